"""Keys made elsewhere written into this QGIS, and keys deleted with what was made for them."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.delete_key import delete_key, deletion_outlook
from gpkeys_plugin.jobs.values import ConnectRequest, CreatedKey, Deleted, DeletionOutlook, KeyPage
from gpkeys_plugin.keys.services.endpoints import ConnectionKind, ConnectionPlan
from gpkeys_plugin.store import auth_configs, connections
from gpkeys_plugin.store.records import installed_keys
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.pages import cancelled, page_of
from tests.qgis.jobs.test_create_key import create, draft_of, held

_PASSWORD = "Mot-de-passe-26"  # pragma: allowlist secret - made up


def connect(bench: Bench, page: KeyPage, request: ConnectRequest) -> CreatedKey:
    """Connect the key, as the window does."""
    created: CreatedKey = bench.run(
        lambda progress: ExistingKeyConnector(bench.signed_in, bench.main_thread, progress).connect(page, request)
    )
    return created


def delete(bench: Bench, page: KeyPage) -> tuple[DeletionOutlook, Deleted]:
    """Delete the key with all that may go, as the window does."""
    outlook: DeletionOutlook = bench.run(
        lambda progress: deletion_outlook(page, bench.signed_in, bench.main_thread, progress)
    )
    deleted: Deleted = bench.run(
        lambda progress: delete_key(page, outlook, bench.signed_in, bench.main_thread, progress)
    )
    return outlook, deleted


def from_elsewhere(bench: Bench, type_: KeyType) -> KeyPage:
    """Return the page of a key that this QGIS has forgotten, as if it came from another computer."""
    created = create(bench, draft_of(bench, type_))
    for connection in created.connections:
        connections.remove(connection)
    if type_ is KeyType.BASIC:
        auth_configs.remove(created.authcfg)
    installed_keys.forget(bench.signed_in.api_url, created.key.id)
    return page_of(bench, created.key)


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2])
def test_a_key_from_elsewhere_is_written_and_twice_is_once(bench: Bench, type_: KeyType) -> None:
    page = from_elsewhere(bench, type_)
    assert not page.held.is_connected
    first = connect(bench, page, ConnectRequest(password=_PASSWORD))
    before = held(bench)
    second = connect(bench, page, ConnectRequest(password=_PASSWORD))
    assert held(bench) == before
    assert (second.authcfg, second.connections) == (first.authcfg, first.connections)
    assert {made.kind for made in first.connections} == {ConnectionKind.WMS, ConnectionKind.WFS}
    assert page_of(bench, page.details.key).held.is_connected


def test_a_wrong_password_is_refused_before_it_is_kept(bench: Bench) -> None:
    page = from_elsewhere(bench, KeyType.BASIC)
    before = held(bench)
    with pytest.raises(GpkeysError) as caught:
        connect(bench, page, ConnectRequest(password="autre-chose"))  # pragma: allowlist secret - made up
    assert caught.value.code is ErrorCode.INVALID
    assert held(bench) == before


def test_a_wrong_password_leaves_the_good_one_that_was_kept(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.BASIC)).key)
    with pytest.raises(GpkeysError):
        connect(bench, page, ConnectRequest(password="autre-chose"))  # pragma: allowlist secret - made up
    connect(bench, page, ConnectRequest())


@pytest.mark.parametrize("nth", range(1, 8))
def test_a_connecting_that_fails_leaves_the_connections_there_were(bench: Bench, nth: int) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    before = {made: connections.read(made.kind, made.name) for made in page.held.connections}
    bench.simulator.fail("GET", r"/users/me/", "status", status=403, nth=nth, times=60)
    with contextlib.suppress(GpkeysError):
        connect(bench, page, ConnectRequest())
    bench.simulator.reset_faults()
    assert {made: connections.read(made.kind, made.name) for made in page.held.connections} == before
    assert installed_keys.find(bench.signed_in.api_url, page.details.key.id) is not None


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2])
def test_a_deleted_key_takes_along_what_was_made_for_it_and_nothing_else(bench: Bench, type_: KeyType) -> None:
    before = held(bench)
    page = page_of(bench, create(bench, draft_of(bench, type_)).key)
    foreign = connections.write(ConnectionPlan("à moi", ConnectionKind.WMS, "https://exemple.fr/wms", ()))
    outlook, deleted = delete(bench, page)
    assert bench.platform_keys() == ()
    assert held(bench) == before
    assert set(deleted.connections) == set(outlook.removable_connections) == set(page.held.connections)
    assert connections.exists(foreign.kind, foreign.name)
    assert bench.signed_in.authcfg in auth_configs.ids()


def test_a_configuration_that_opens_something_else_stays(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.BASIC)).key)
    plan = ConnectionPlan("à moi", ConnectionKind.WMS, "https://exemple.fr/wms", ())
    foreign = connections.write(plan, authcfg=page.held.authcfg)
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
