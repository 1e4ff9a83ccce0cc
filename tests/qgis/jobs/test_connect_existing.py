"""Keys made elsewhere, written into this QGIS."""

from __future__ import annotations

import contextlib

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.steps import key_steps
from gpkeys_plugin.jobs.values import ConnectRequest, CreatedKey, Failed, KeyPage
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.records import installed_keys
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.test_create_key import create, draft_of, held
from tests.qgis.store.one_connection import remove_one

_PASSWORD = "Mot-de-passe-26"  # pragma: allowlist secret - made up


def connect(bench: Bench, page: KeyPage, request: ConnectRequest) -> CreatedKey:
    """Connect the key, as the window does."""
    created: CreatedKey = bench.run(
        lambda progress: ExistingKeyConnector(bench.signed_in, bench.main_thread, progress).connect(page, request)
    )
    return created


def from_elsewhere(bench: Bench, type_: KeyType) -> KeyPage:
    """Return the page of a key that this QGIS has forgotten, as if it came from another computer."""
    created = create(bench, draft_of(bench, type_))
    for connection in created.connections:
        remove_one(connection)
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
    with pytest.raises(Failed) as caught:
        connect(bench, page, ConnectRequest(password="autre-chose"))  # pragma: allowlist secret - made up
    assert caught.value.error.code is ErrorCode.INVALID
    assert held(bench) == before


def test_a_wrong_password_leaves_the_good_one_that_was_kept(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.BASIC)).key)
    with pytest.raises(Failed):
        connect(bench, page, ConnectRequest(password="autre-chose"))  # pragma: allowlist secret - made up
    connect(bench, page, ConnectRequest())


def test_a_configuration_that_cannot_be_put_back_is_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.BASIC)).key)

    def refuse(*_: object) -> None:
        raise RuntimeError("the database is locked")

    monkeypatch.setattr(auth_config_snapshots, "put_back", refuse)
    with pytest.raises(Failed) as caught:
        connect(bench, page, ConnectRequest(password="autre-chose"))  # pragma: allowlist secret - made up
    assert [str(text) for text in caught.value.stayed] == [
        f"The authentication configuration {page.held.authcfg} is not as it was."
    ]


def test_connections_that_cannot_be_removed_again_are_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    page = from_elsewhere(bench, KeyType.HASH)

    def refuse(*_: object) -> None:
        raise GpkeysError(ErrorCode.QGIS, Text("Read-only."), "read-only")

    monkeypatch.setattr(key_steps, "remember_titles", refuse)
    monkeypatch.setattr(connections, "remove", refuse)
    with pytest.raises(Failed) as caught:
        connect(bench, page, ConnectRequest())
    assert [str(text) for text in caught.value.stayed] == [
        f"Connections just written for the key “{page.details.key.name}” are still in QGIS."
    ]
    # They can be removed later, also once the key is gone.
    assert installed_keys.find(bench.signed_in.api_url, page.details.key.id) is not None


@pytest.mark.parametrize("nth", range(1, 8))
def test_a_connecting_that_fails_leaves_the_connections_there_were(bench: Bench, nth: int) -> None:
    page = page_of(bench, create(bench, draft_of(bench, KeyType.HASH)).key)
    before = {made: connections.read(made.kind, made.name) for made in page.held.connections}
    bench.simulator.fail("GET", r"/users/me/", "status", status=403, nth=nth, times=60)
    with contextlib.suppress(Failed):
        connect(bench, page, ConnectRequest())
    bench.simulator.reset_faults()
    assert {made: connections.read(made.kind, made.name) for made in page.held.connections} == before
    assert installed_keys.find(bench.signed_in.api_url, page.details.key.id) is not None
