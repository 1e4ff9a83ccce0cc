"""The jobs that faults strike, each from the state it begins in; and what of their results must be true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.entrepot.retries import Patience
from gpkeys_plugin.jobs.add_layers import add_layers
from gpkeys_plugin.jobs.check_key import check_key
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.delete_key import delete_key, deletion_outlook, finish_deletion
from gpkeys_plugin.jobs.finish_creation import finish_creation, undo_creation
from gpkeys_plugin.jobs.finish_edit import finish_edit, undo_edit
from gpkeys_plugin.jobs.finish_rotation import finish_rotation, undo_rotation
from gpkeys_plugin.jobs.load_holdings import load_holdings
from gpkeys_plugin.jobs.load_key_page import load_key_page
from gpkeys_plugin.jobs.load_overviews import load_overviews
from gpkeys_plugin.jobs.load_titles import TitleLookup
from gpkeys_plugin.jobs.rotate_key import KeyRotator
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.steps.vector_styles.fetch_styles import StyleReader
from gpkeys_plugin.jobs.values import ConnectRequest, Failed, RotationRequest
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.network.authentication.token_obfuscation import hide
from gpkeys_plugin.network.open_session import open_session
from gpkeys_plugin.store import environments
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.configurations.oauth2_json import OAuth2Setup, TechnicalAccount
from gpkeys_plugin.store.records import titles
from gpkeys_plugin.store.records.deletions import DELETIONS
from gpkeys_plugin.store.records.edits import EDITS
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.faults import true_results
from tests.qgis.jobs.faults.reading_jobs import READING_JOBS
from tests.qgis.jobs.faults.script_jobs import SCRIPT_JOBS
from tests.qgis.jobs.faults.struck_job import Prepare, StruckJob, Work
from tests.qgis.jobs.faults.true_results import IsUntrue, Parts
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.kills.killed_jobs import JOBS as KILLED_JOBS
from tests.qgis.jobs.kills.killed_jobs import KilledJob, run
from tests.qgis.jobs.kills.points import Points
from tests.qgis.jobs.test_create_key import create, draft_of, failure

PASSWORDS = ("Mot-de-passe-26", "Autre-mot-de-passe-27")  # pragma: allowlist secret - made up
_REQUEST = RotationRequest("essai-urbanisme-2", PASSWORDS[1])
_AGENT = "Mozilla/5.0 QGIS/32216/Debian GNU/Linux 12"


def _rotation(type_: KeyType) -> Prepare:
    def prepare(bench: Bench) -> Work:
        page = page_of(bench, create(bench, draft_of(bench, type_)).key)
        return lambda progress: KeyRotator(bench.signed_in, bench.rotations, bench.main_thread, progress).rotate(
            page, _REQUEST
        )

    return prepare


def _rotation_end(type_: KeyType, end: Callable[..., Any]) -> Prepare:
    def prepare(bench: Bench) -> Work:
        rotation = bench.run(_rotation(type_)(bench))
        return lambda progress: end(rotation.id, bench.signed_in, bench.rotations, bench.main_thread, progress)

    return prepare


def _creation_end(type_: KeyType, end: Callable[..., Any]) -> Prepare:
    def prepare(bench: Bench) -> Work:
        bench.simulator.fail("POST", "/accesses$", status=403, times=50)
        bench.simulator.fail("DELETE", "/users/me/keys/", status=500, times=50)
        failure(bench, draft_of(bench, type_))
        bench.simulator.reset_faults()
        (entry,) = bench.creations.entries()
        return lambda progress: end(entry, bench.signed_in, bench.creations, bench.main_thread, progress)

    return prepare


def _connection_with_password(bench: Bench) -> Work:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.BASIC)).key)
    request = ConnectRequest(password=PASSWORDS[0])
    return lambda progress: ExistingKeyConnector(bench.signed_in, bench.main_thread, progress).connect(page, request)


def _deletion(type_: KeyType) -> Prepare:
    def prepare(bench: Bench) -> Work:
        page = page_of(bench, create(bench, draft_of(bench, type_)).key)

        def work(progress: Progress) -> Any:
            outlook = deletion_outlook(page, bench.signed_in, bench.main_thread, progress)
            return delete_key(page, outlook, bench.signed_in, bench.main_thread, progress)

        return work

    return prepare


def _edit_end(end: Callable[..., Any]) -> Prepare:
    def prepare(bench: Bench) -> Work:
        _stopped(bench, _KILLED["edit-hash"].prepare(bench), DELETE="/accesses/")
        (entry,) = EDITS.entries()
        return lambda progress: end(entry.id, bench.signed_in, bench.main_thread, progress)

    return prepare


def _copy_end(end: Callable[..., Any]) -> Prepare:
    """Return the end of a key whose copy stood in its place already when QGIS ended."""

    def prepare(bench: Bench) -> Work:
        run(bench, _KILLED["dedicated-key"].prepare(bench), Points("after copies_for_keys.put_in_place"))
        (entry,) = bench.creations.entries()
        return lambda progress: end(entry, bench.signed_in, bench.creations, bench.main_thread, progress)

    return prepare


def _deletion_end(bench: Bench) -> Work:
    _stopped(bench, _deletion(KeyType.HASH)(bench), DELETE="/users/me/keys/", GET="/users/me/keys$")
    (entry,) = DELETIONS.entries()
    return lambda progress: finish_deletion(entry.id, bench.signed_in, bench.main_thread, progress)


def _stopped(bench: Bench, work: Work, **refused: str) -> None:
    """Run a job that stops half-way, since the platform answers no request of these methods and paths."""
    for method, path in refused.items():
        bench.simulator.fail(method, path, status=500, times=50)
    with pytest.raises(Failed):
        bench.run(work)
    bench.simulator.reset_faults()


def _check(type_: KeyType) -> Prepare:
    def prepare(bench: Bench) -> Work:
        page = page_of(bench, create(bench, draft_of(bench, type_)).key)
        return Parts.of(lambda progress: check_key(page, bench.signed_in, _AGENT, progress))

    return prepare


def _holdings(bench: Bench) -> Work:
    create(bench, draft_of(bench, KeyType.HASH))
    return lambda progress: load_holdings(bench.signed_in, progress)


def _key_page(bench: Bench) -> Work:
    key = create(bench, draft_of(bench, KeyType.HASH)).key
    return lambda progress: load_key_page(key, bench.signed_in, bench.main_thread, progress)


def _overviews(bench: Bench) -> Work:
    create(bench, draft_of(bench, KeyType.HASH, "un"))
    create(bench, draft_of(bench, KeyType.OAUTH2, "deux"))
    holdings = bench.run(lambda progress: load_holdings(bench.signed_in, progress))
    return Parts.of(lambda progress: load_overviews(holdings.keys, bench.signed_in, progress))


def _titles(bench: Bench) -> Work:
    # The pace is kept by pauses, which take no time here.
    bench.simulator.switch(search_limit_per_s=0)
    holdings = bench.run(lambda progress: load_holdings(bench.signed_in, progress))
    offerings = [offering for permission in holdings.permissions for offering in permission.offerings]
    url = environments.current().search_url

    def work(progress: Progress) -> Any:
        titles._RECORDS.path.unlink(missing_ok=True)
        return TitleLookup().run(offerings, bench.signed_in, url, progress)

    return work


def _layers(bench: Bench) -> Work:
    created = create(bench, draft_of(bench, KeyType.HASH))

    def work(progress: Progress) -> Any:
        reader = StyleReader(bench.signed_in, progress)
        return add_layers(created.layers, "Essai", bench.main_thread, progress, reader)

    return work


def _session(bench: Bench) -> Work:
    """Take up a kept session whose access token is due, as the sign-in does at the start of QGIS."""
    simulator, api_url = bench.simulator, bench.signed_in.api_url
    authcfg = auth_configs.store_oauth2(OAuth2Setup("une session", environments.current(), simulator.client_secret))
    tokens = simulator.tokens_for("camille")
    kept = {"token": tokens["access_token"], "refreshtoken": tokens["refresh_token"], "expires": "1"}

    def work(progress: Progress) -> Any:
        token_file.restore(authcfg, {f"{name}.essai": hide(text) for name, text in kept.items()})
        session = open_session(authcfg, guarded_url=api_url, is_cancelled=progress.is_cancelled)
        return EntrepotClient(session, api_url, patience=Patience(progress.is_cancelled)).me()

    return work


def _session_of_an_account(bench: Bench) -> Work:
    """Open a session without a browser: QGIS asks for the tokens with a user name and a password."""
    simulator, api_url = bench.simulator, bench.signed_in.api_url
    account = TechnicalAccount(*simulator.account("camille"))
    setup = OAuth2Setup("un compte", environments.current(), simulator.client_secret, account=account)
    authcfg = auth_configs.store_oauth2(setup)

    def work(progress: Progress) -> Any:
        token_file.remove(authcfg)
        session = open_session(authcfg, guarded_url=api_url, is_cancelled=progress.is_cancelled)
        return EntrepotClient(session, api_url, patience=Patience(progress.is_cancelled)).me()

    return work


_KILLED = {job.name: job for job in KILLED_JOBS}
# Those that are killed with what follows them, or from another state, are struck in their own way.
_APART = {"rotate-basic", "rotate-hash", "connect-basic", "delete-basic", "delete-hash"}
_TRUTHS: dict[str, IsUntrue] = {
    **dict.fromkeys(("mend-layers", "mend-layers-opening"), true_results.mended_layers),
    "mend-connections": true_results.mended_connections,
}
_SELDOM = {
    "rename-basic",
    "connect-basic-anew",
    "connect-hash-anew",
    "extend-unconnected",
    "create-unconnected",
    "configuration-anew",
    "mend-files",
}
_OFTEN = {"mend-layers"}
# They ask nobody: QGIS has what they need.
_SILENT = {"undo-layers", "undo-layers-configuring", "undo-connections", "undo-files", "remove-leftovers"}


def _struck(job: KilledJob) -> StruckJob:
    """Return a job that is killed, to be struck too: one that mends does what it can and says what it left."""
    truth, is_partial = _TRUTHS.get(job.name, true_results.nothing), job.name.startswith("mend-")
    again = (job.again or job.prepare) if is_partial else None
    often = (job.often or job.name in _OFTEN) and job.name not in _SELDOM
    return StruckJob(job.name, job.prepare, truth, is_partial, job.of, again, often)


_DELETE = (deletion_outlook, delete_key)
_CHECK = (check_key,)
_OPENS = (open_session,)

JOBS = (
    *(_struck(job) for job in KILLED_JOBS if job.name not in _APART | _SILENT),
    StruckJob("connect-basic", _connection_with_password, of=(ExistingKeyConnector.connect,)),
    StruckJob("rotate-basic", _rotation(KeyType.BASIC), of=(KeyRotator.rotate,)),
    StruckJob("rotate-hash", _rotation(KeyType.HASH), of=(KeyRotator.rotate,)),
    StruckJob("finish-rotation-basic", _rotation_end(KeyType.BASIC, finish_rotation), of=(finish_rotation,)),
    StruckJob("finish-rotation-hash", _rotation_end(KeyType.HASH, finish_rotation), of=(finish_rotation,)),
    StruckJob("undo-rotation-basic", _rotation_end(KeyType.BASIC, undo_rotation), of=(undo_rotation,)),
    StruckJob("undo-rotation-hash", _rotation_end(KeyType.HASH, undo_rotation), of=(undo_rotation,)),
    StruckJob("finish-creation-basic", _creation_end(KeyType.BASIC, finish_creation), of=(finish_creation,)),
    StruckJob("finish-creation-hash", _creation_end(KeyType.HASH, finish_creation), of=(finish_creation,)),
    StruckJob("undo-creation-basic", _creation_end(KeyType.BASIC, undo_creation), of=(undo_creation,)),
    StruckJob("finish-copy", _copy_end(finish_creation), of=(finish_creation,), often=False),
    StruckJob("undo-copy", _copy_end(undo_creation), of=(undo_creation,)),
    StruckJob("delete-basic", _deletion(KeyType.BASIC), of=_DELETE),
    StruckJob("delete-hash", _deletion(KeyType.HASH), of=_DELETE),
    StruckJob("finish-edit", _edit_end(finish_edit), of=(finish_edit,)),
    StruckJob("undo-edit", _edit_end(undo_edit), of=(undo_edit,)),
    StruckJob("finish-deletion", _deletion_end, of=(finish_deletion,)),
    StruckJob("check-basic", _check(KeyType.BASIC), true_results.verdicts, of=_CHECK),
    StruckJob("check-hash", _check(KeyType.HASH), true_results.verdicts, of=_CHECK),
    StruckJob("holdings", _holdings, true_results.same, of=(load_holdings,)),
    StruckJob("key-page", _key_page, true_results.page, of=(load_key_page,)),
    StruckJob("overviews", _overviews, true_results.overviews, of=(load_overviews,)),
    StruckJob("titles", _titles, true_results.titles, of=(TitleLookup.run,)),
    StruckJob("add-layers", _layers, true_results.layers, may_lack=True, of=(add_layers,)),
    StruckJob("open-session", _session, true_results.same, of=_OPENS),
    StruckJob("open-session-of-an-account", _session_of_an_account, true_results.same, of=_OPENS),
    *READING_JOBS,
    *SCRIPT_JOBS,
)
