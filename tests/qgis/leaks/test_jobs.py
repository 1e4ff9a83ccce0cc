"""Marked secrets go through every job, done or failed; afterwards they are found only where they belong."""

from __future__ import annotations

from pathlib import Path

import pytest

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.values import CreatedKey, KeyPage
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.store import layers, qgis_capabilities_cache
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.kills.killed_jobs import KilledJob, Work
from tests.qgis.jobs.kills.world import clear
from tests.qgis.jobs.refusals.refused_jobs import JOBS
from tests.qgis.jobs.test_check_key import rows, verdicts
from tests.qgis.jobs.test_create_key import create, draft_of
from tests.qgis.jobs.test_delete_key import delete
from tests.qgis.jobs.test_rotate_key import finish, rotate
from tests.qgis.leaks.eavesdropper import Eavesdropper
from tests.qgis.leaks.searched_places import KEEPS_HEADERS, SETTINGS, files_with, processes_with
from tests.qgis.leaks.secret_search import found

# A project for a server carries the hash of its own key, as the user chose; the one it is made from has a key's, too.
_PROJECTS_WITH_A_HASH = {"dedicated-key": {"plan.qgs", "copie.qgs"}}
# These have QGIS ask with a login what their layers are.
_DRAWING_WITH_A_LOGIN = {"undo-layers-configuring"}
FAULTS = (("status", 401), ("status", 500), ("html", 200))


def lasting_secrets(bench: Bench) -> set[str]:
    """Return what signs in, and the tokens that came of it."""
    account, kept = bench.simulator.account("camille"), token_file.read(bench.signed_in.authcfg)
    assert kept is not None
    return {account.password, bench.simulator.client_secret, *filter(None, (kept.access, kept.refresh))}


def secrets_of_keys(bench: Bench) -> set[str]:
    """Return the hashes and passwords of the keys that are there now, on the platform and in QGIS."""
    session = bench.simulator.session_for("camille")
    address = f"{bench.simulator.api_url}/users/me/keys"
    keys = [
        session.get(f"{address}/{key['_id']}", timeout=10).json() for key in session.get(address, timeout=10).json()
    ]
    hashes = {key["type_infos"]["hash"] for key in keys if key["type_infos"].get("hash")}
    held = [auth_config_snapshots.take(id_).entries for id_ in auth_configs.ids() if id_ != bench.signed_in.authcfg]
    return hashes | {entries["password"] for entries in held if entries.get("password")}


def run(bench: Bench, work: Work, heard: Eavesdropper) -> None:
    """Run a job to its end, whichever it is."""
    try:
        heard.look_at_values(bench.run(work))
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not tell
        heard.hear_failure(error)
    heard.look_at_values()


@pytest.mark.parametrize("job", [pytest.param(job, id=job.name) for job in JOBS])
def test_no_job_tells(bench: Bench, heard: Eavesdropper, job: KilledJob, tmp_path: Path) -> None:
    work = job.prepare(bench)
    secrets = lasting_secrets(bench) | secrets_of_keys(bench)
    for action, status in FAULTS:
        # Not the first one: the job is to be in the middle of it.
        bench.simulator.fail(None, r"/users/me/", action, status=status, nth=2, times=3)
        run(bench, work, heard)
        bench.simulator.reset_faults()
        secrets |= secrets_of_keys(bench)
    run(bench, work, heard)
    secrets |= lasting_secrets(bench) | secrets_of_keys(bench)
    clear(bench)
    assert all(len(secret) > 8 for secret in secrets)
    assert any("/users/me/keys" in url for url in heard.urls)
    assert [secret[:3] for secret in found(secrets, heard.all())] == []
    kept = kept_answers() if KEEPS_HEADERS and job.name in _DRAWING_WITH_A_LOGIN else set()
    assert files_with(secrets, tmp_path).keys() <= _PROJECTS_WITH_A_HASH.get(job.name, set()) | kept
    assert processes_with(secrets) == {}


def live(bench: Bench, heard: Eavesdropper, type_: KeyType) -> tuple[KeyPage, set[str]]:
    """Take a key through its life up to its deletion; return its page, and the secrets it had on the way."""
    page = page_of(bench, create(bench, draft_of(bench, type_)).key)
    seen = [page, *verdicts(bench, page).values(), *rows(bench).values()]
    secrets = secrets_of_keys(bench)
    if type_ is not KeyType.OAUTH2:
        rotation = rotate(bench, page)
        key = finish(bench, rotation.id)
        page = page_of(bench, key)
        seen += [rotation, key, page, *verdicts(bench, page).values()]
        secrets |= secrets_of_keys(bench)
    heard.look_at_values(*seen)
    return page, secrets


@pytest.mark.parametrize("type_", [KeyType.HASH, KeyType.BASIC, KeyType.OAUTH2])
def test_a_key_leaves_nothing_behind(bench: Bench, heard: Eavesdropper, type_: KeyType, tmp_path: Path) -> None:
    page, secrets = live(bench, heard, type_)
    # As long as the key lives, its hash stands in the URLs of the connections, as the user wished.
    assert set(files_with(secrets, tmp_path)) == ({SETTINGS} if type_ is KeyType.HASH else set())
    # QGIS's network log shows URLs: ours hold no hash.
    assert [asked for asked in bench.simulator.requests() if asked.authentication == "apikey-query"] == []
    delete(bench, page)
    heard.look_at_values()
    secrets |= lasting_secrets(bench)
    assert len(secrets) == {KeyType.HASH: 6, KeyType.BASIC: 6, KeyType.OAUTH2: 4}[type_]
    assert files_with(secrets, tmp_path) == {}
    assert [secret[:3] for secret in found(secrets, heard.all())] == []
    assert processes_with(secrets) == {}


@pytest.mark.parametrize("type_", [KeyType.HASH, KeyType.BASIC])
def test_what_qgis_keeps_of_layers_goes_with_the_secret(bench: Bench, type_: KeyType, tmp_path: Path) -> None:
    created = create(bench, draft_of(bench, type_))
    old = secrets_of_keys(bench)
    ask(created)
    is_kept = type_ is KeyType.HASH or KEEPS_HEADERS
    assert (files_with(old, tmp_path).keys() & kept_answers() != set()) == is_kept
    key = finish(bench, rotate(bench, page_of(bench, created.key)).id)
    assert files_with(old, tmp_path) == {}
    new = secrets_of_keys(bench)
    assert not new & old
    ask(created)
    assert (files_with(new, tmp_path).keys() & kept_answers() != set()) == is_kept
    delete(bench, page_of(bench, key))
    assert files_with(new, tmp_path) == {}


def ask(created: CreatedKey) -> None:
    """Have QGIS ask what the layers of a key's connections are."""
    recipes = [recipe for recipe in created.layers if recipe.connection.kind is ConnectionKind.WMS]
    assert recipes
    assert all(layers.make_layer(recipe).isValid() for recipe in recipes)


def kept_answers() -> set[str]:
    """Return the names of the files in QGIS's disk cache."""
    return {path.name for path in qgis_capabilities_cache.disk_folder().rglob("*.d")}


def test_what_is_planted_is_found(bench: Bench, heard: Eavesdropper, tmp_path: Path) -> None:
    (tmp_path / "planted.txt").write_text("x marked%20secret y", "utf-8")
    assert files_with({"marked secret"}, tmp_path) == {"planted.txt": {"marked secret"}}
    heard.hear_failure(ValueError("marked secret"))
    assert found({"marked secret"}, heard.all()) == {"marked secret"}
