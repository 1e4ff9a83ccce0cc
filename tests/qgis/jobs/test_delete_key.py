"""Keys deleted, with what was made for them and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from qgis.core import QgsSettings

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.entrepot.models import KeyType, KeyUpdate
from gpkeys_plugin.jobs.delete_key import delete_key, deletion_outlook
from gpkeys_plugin.jobs.values import Deleted, DeletionOutlook, KeyPage
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ConnectionPlan
from gpkeys_plugin.store import connections, qgis_capabilities_cache
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.connection_settings import group, layout_for
from gpkeys_plugin.store.records import connection_origins
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import cancelled, page_of
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


def test_a_connection_whose_name_another_key_has_taken_is_not_the_deleted_key_s(bench: Bench) -> None:
    first = create(bench, draft_of(bench, KeyType.HASH))
    for made in first.connections:
        QgsSettings().remove(group(layout_for(), made.kind, made.name))
    bench.run(lambda _: bench.signed_in.client().update_key(first.key.id, KeyUpdate("Autre nom")))
    second = create(bench, draft_of(bench, KeyType.BASIC))
    assert set(second.connections) == set(first.connections)
    delete(bench, page_of(bench, replace(first.key, name="Autre nom")))
    assert all(connections.exists(made.kind, made.name) for made in second.connections)
