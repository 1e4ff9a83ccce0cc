"""Keys deleted, with what was made for them and nothing else."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from qgis.core import QgsRasterLayer, QgsSettings

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import KeyType, KeyUpdate
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.delete_key import delete_key, deletion_outlook, deletion_remainder, finish_deletion
from gpkeys_plugin.jobs.values import ChangeRemainder, ConnectRequest, Deleted, DeletionOutlook, Failed, KeyPage
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ConnectionPlan
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit, grants_of
from gpkeys_plugin.store import connections, qgis_capabilities_cache
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.connection_settings import group, layout_for
from gpkeys_plugin.store.records import connection_origins, installed_keys
from gpkeys_plugin.store.records.deletions import DELETIONS, UnfinishedDeletion
from tests.qgis.jobs.computers import open_layers, put_into_project
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import cancelled, page_of
from tests.qgis.jobs.kills.test_finish_edit import stopped, ways_out
from tests.qgis.jobs.kills.world import world
from tests.qgis.jobs.test_connect_existing import connect, from_elsewhere
from tests.qgis.jobs.test_create_key import create, draft_of, held
from tests.qgis.store.one_connection import write_one


def delete(bench: Bench, page: KeyPage) -> tuple[DeletionOutlook, Deleted]:
    """Delete the key with all that may go, as the window does."""
    outlook: DeletionOutlook = bench.run(
        lambda progress: deletion_outlook(page, bench.signed_in, bench.main_thread, progress)
    )
    deleted: Deleted = bench.run(
        lambda progress: delete_key(page, outlook, bench.signed_in, bench.main_thread, progress)
    )
    return outlook, deleted


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2])
def test_a_deleted_key_takes_along_what_was_made_for_it_and_nothing_else(bench: Bench, type_: KeyType) -> None:
    before = held(bench)
    page = page_of(bench, create(bench, draft_of(bench, type_)).key)
    foreign = write_one(ConnectionPlan("à moi", ConnectionKind.WMS, "https://exemple.fr/wms", ()))
    outlook, deleted = delete(bench, page)
    assert bench.platform_keys() == ()
    assert held(bench) == before
    assert set(deleted.connections) == set(outlook.removable_connections) == set(page.held.connections)
    assert connections.exists(foreign.kind, foreign.name)
    assert bench.signed_in.authcfg in auth_configs.ids()


def test_the_answers_that_qgis_kept_of_a_deleted_key_go_too(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    hash_value = page.details.hash
    assert hash_value is not None
    kept = qgis_capabilities_cache.disk_folder() / "data8" / "0"
    kept.mkdir(parents=True, exist_ok=True)
    with_hash, without = kept / "with.d", kept / "without.d"
    with_hash.write_bytes(f"https://data.geopf.fr/private/wfs?apikey={hash_value}".encode())
    without.write_bytes(b"https://data.geopf.fr/private/wfs?apikey=another")
    delete(bench, page)
    assert (with_hash.exists(), without.exists()) == (False, True)
    without.unlink()


def test_nothing_is_noted_of_a_connection_that_was_removed_by_hand(bench: Bench) -> None:
    created = create(bench, draft_of(bench, KeyType.HASH))
    for made in created.connections:
        QgsSettings().remove(group(layout_for(), made.kind, made.name))
    delete(bench, page_of(bench, created.key))
    assert connection_origins.recorded() == ()


def test_a_configuration_that_opens_something_else_stays(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.BASIC)).key)
    plan = ConnectionPlan("à moi", ConnectionKind.WMS, "https://exemple.fr/wms", ())
    foreign = write_one(plan, authcfg=page.held.authcfg)
    outlook, _ = delete(bench, page_of(bench, page.details.key))
    assert foreign in outlook.held.other_connections
    assert outlook.removable_authcfgs == ()
    assert page.held.authcfg in auth_configs.ids()


def test_a_deletion_that_fails_leaves_everything(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.BASIC)).key)
    before: dict[str, Any] = held(bench)
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=500, times=50)
    with pytest.raises(GpkeysError):
        delete(bench, page)
    bench.simulator.reset_faults()
    assert held(bench) == before


def test_a_deletion_cancelled_while_the_key_goes_is_carried_to_its_end(bench: Bench) -> None:
    before = held(bench)
    page = page_of(bench, create(bench, draft_of(bench, KeyType.BASIC)).key)
    outlook = bench.run(lambda progress: deletion_outlook(page, bench.signed_in, bench.main_thread, progress))
    (deleted,) = cancelled(
        bench, lambda progress: delete_key(page, outlook, bench.signed_in, bench.main_thread, progress)
    )
    assert isinstance(deleted, Deleted)
    assert held(bench) == before


def test_a_key_that_is_gone_already_is_no_error(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    outlook, _ = delete(bench, page)
    bench.run(lambda progress: delete_key(page, outlook, bench.signed_in, bench.main_thread, progress))


def refuse(*_: object, **__: object) -> None:
    """Write nothing."""
    raise OSError("disk full")


def finish(bench: Bench, deletion_id: str) -> Deleted:
    """Carry a deletion to its end, as the window does."""
    deleted: Deleted = bench.run(partial(finish_deletion, deletion_id, bench.signed_in, bench.main_thread))
    return deleted


@pytest.mark.parametrize("place", [(connections, "remove"), (auth_configs, "remove"), (installed_keys, "forget")])
def test_what_could_not_be_removed_from_qgis_is_told_and_can_be_finished(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, place: tuple[Any, str]
) -> None:
    before = held(bench)
    page = page_of(bench, create(bench, draft_of(bench, KeyType.BASIC)).key)
    with monkeypatch.context() as patched:
        patched.setattr(*place, refuse)
        _, deleted = delete(bench, page)
    what, next_act = map(str, deleted.warnings)
    assert "could not all be removed" in what
    assert "finish the deletion in the list of keys" in next_act
    assert bench.platform_keys() == ()
    assert held(bench) != before
    (entry,) = DELETIONS.unfinished(bench.signed_in.api_url, bench.signed_in.account_id)
    assert finish(bench, entry.id).warnings == ()
    assert held(bench) == before
    assert DELETIONS.entries() == ()
    with pytest.raises(GpkeysError):
        finish(bench, entry.id)


def test_a_configuration_that_could_not_be_removed_is_removed_later(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.BASIC)).key)

    def locked(_: str) -> None:
        raise GpkeysError(ErrorCode.QGIS, Text("Locked."), "locked")

    with monkeypatch.context() as patched:
        patched.setattr(auth_configs, "remove", locked)
        why, next_act = map(str, delete(bench, page)[1].warnings)
    assert (why, "finish the deletion" in next_act) == ("Locked.", True)
    (entry,) = DELETIONS.entries()
    finish(bench, entry.id)
    assert page.held.authcfg not in auth_configs.ids()


def test_a_deletion_that_is_refused_leaves_no_record(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=403, times=50)
    with pytest.raises(GpkeysError) as caught:
        delete(bench, page)
    bench.simulator.reset_faults()
    assert DELETIONS.entries() == ()
    # Not what is said of a permission that may have ended.
    assert "website" in str(caught.value.advice)


@pytest.mark.parametrize("looks_refused", [1, 50])
def test_a_deletion_of_which_nobody_knows_whether_it_was_made_is_told_of(bench: Bench, looks_refused: int) -> None:
    before = held(bench)
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    outlook = bench.run(lambda progress: deletion_outlook(page, bench.signed_in, bench.main_thread, progress))
    bench.simulator.fail("DELETE", r"/users/me/keys/", "applied-lost")
    bench.simulator.fail("GET", r"/users/me/keys", "status", status=403, times=looks_refused)
    with pytest.raises(Failed) as caught:
        bench.run(partial(delete_key, page, outlook, bench.signed_in, bench.main_thread))
    bench.simulator.reset_faults()
    left = caught.value.remainder
    assert isinstance(left, ChangeRemainder)
    assert left.is_deletion
    assert ways_out(bench).all() == (left,)
    finish(bench, left.id)
    assert held(bench) == before


def test_a_deletion_can_be_left_as_it_is(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.BASIC)).key)
    with monkeypatch.context() as patched:
        patched.setattr(auth_configs, "remove", refuse)
        delete(bench, page)
    (left,) = ways_out(bench).all()
    said: list[str] = []
    ways_out(bench).leave_deletion(left, lambda: said.append("left"), lambda failure: said.append(str(failure)))
    bench.qtbot.waitUntil(lambda: bool(said))
    assert said == ["left"]
    assert ways_out(bench).all() == ()
    assert page.held.authcfg in auth_configs.ids()


@pytest.mark.parametrize("is_connected", [True, False])
@pytest.mark.parametrize("place", [connections, auth_configs])
def test_finishing_leaves_what_another_key_has_taken_over_since(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, place: Any, is_connected: bool
) -> None:
    draft = draft_of(bench, KeyType.BASIC)
    page = page_of(bench, create(bench, draft).key)
    with monkeypatch.context() as patched:
        patched.setattr(place, "remove", refuse)
        delete(bench, page)
    again = create(bench, draft, is_connected=is_connected)
    assert again.authcfg == page.held.authcfg
    (entry,) = DELETIONS.entries()
    before = {**world(bench), "begun": []}
    finish(bench, entry.id)
    assert world(bench) == before


def test_an_edit_that_stopped_goes_with_its_key(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    stopped(bench, page, KeyEdit("Autre nom", grants_of(page.accesses)[1:]))
    delete(bench, page_of(bench, bench.platform_keys()[0]))
    assert ways_out(bench).all() == ()


def test_a_connection_whose_name_another_key_has_taken_is_not_the_deleted_key_s(bench: Bench) -> None:
    first = create(bench, draft_of(bench, KeyType.HASH))
    for made in first.connections:
        QgsSettings().remove(group(layout_for(), made.kind, made.name))
    bench.run(lambda _: bench.signed_in.client().update_key(first.key.id, KeyUpdate("Autre nom")))
    second = create(bench, draft_of(bench, KeyType.BASIC))
    assert set(second.connections) == set(first.connections)
    delete(bench, page_of(bench, replace(first.key, name="Autre nom")))
    assert all(connections.exists(made.kind, made.name) for made in second.connections)


@pytest.mark.parametrize("is_kept", [False, True])
@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2])
def test_what_was_made_for_a_key_since_its_deletion_stopped_goes_with_it(
    bench: Bench, type_: KeyType, *, is_kept: bool
) -> None:
    before = held(bench)
    page = from_elsewhere(bench, type_)
    # Stopped before the request.
    at = bench.signed_in.api_url, bench.signed_in.account_id
    key = page.details.key
    entry = UnfinishedDeletion("a1b2", *at, key.id, key.name, key.type.value, is_kept=is_kept)
    DELETIONS.write(entry)
    connected = connect(bench, page, ConnectRequest(password="Mot-de-passe-26"))  # pragma: allowlist secret - made up
    deleted = finish(bench, entry.id)
    assert DELETIONS.entries() == ()
    assert set(deleted.connections) == (set() if is_kept else set(connected.connections))
    assert (set(auth_configs.ids()) == before["configurations"]) is (not is_kept or type_ is not KeyType.BASIC)
    assert ("stays, as you wished" in str(deletion_remainder(entry).text)) is is_kept


def layer_of(page: KeyPage, name: str) -> str:
    """Put a layer that the key opens into the open project; return its id."""
    url = f"https://data.geopf.fr/private/wms-r?apikey={page.details.hash}"
    source = f"url={url}&layers={name}&styles=&format=image/png&crs=EPSG:2154"
    return put_into_project(QgsRasterLayer(source, name, "wms"))


@pytest.mark.parametrize("is_wanted", [True, False])
def test_its_layers_leave_the_open_project_where_that_is_wanted_and_no_other_does(
    bench: Bench, is_wanted: bool
) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    other = replace(page, details=replace(page.details, hash="AutreHash0000"))  # pragma: allowlist secret - made up
    mine, changed, foreign = layer_of(page, "SCAN"), layer_of(page, "PLU"), layer_of(other, "ORTHO")
    outlook = bench.run(lambda progress: deletion_outlook(page, bench.signed_in, bench.main_thread, progress))
    assert set(outlook.held.layer_ids) == {mine, changed}
    # Given another key since it was looked at.
    layers = open_layers()
    layers[changed].setDataSource(layers[foreign].source(), "PLU", "wms")
    chosen = replace(outlook, unwanted_layers=outlook.held.layer_ids if is_wanted else ())
    deleted = bench.run(lambda progress: delete_key(page, chosen, bench.signed_in, bench.main_thread, progress))
    assert set(open_layers()) == {changed, foreign} | (set() if is_wanted else {mine})
    assert deleted.layer_names == (("SCAN",) if is_wanted else ())


def test_layers_stay_where_the_key_cannot_be_deleted(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    mine = layer_of(page, "SCAN")
    outlook = bench.run(lambda progress: deletion_outlook(page, bench.signed_in, bench.main_thread, progress))
    chosen = replace(outlook, unwanted_layers=outlook.held.layer_ids)
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=403, times=50)
    with pytest.raises(GpkeysError):
        bench.run(lambda progress: delete_key(page, chosen, bench.signed_in, bench.main_thread, progress))
    assert set(open_layers()) == {mine}
