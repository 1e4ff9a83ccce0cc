"""Adding services to the one OAUTH2 key."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Sequence

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import Key, KeyType
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.add_services import extend_key
from gpkeys_plugin.jobs.load_holdings import load_holdings
from gpkeys_plugin.jobs.values import CreatedKey, Failed
from gpkeys_plugin.keys.draft import Grant
from gpkeys_plugin.keys.services.catalogue import build
from gpkeys_plugin.keys.upkeep.holdings import Holdings
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.records import installed_keys
from gpkeys_plugin.store.records.installed_keys import InstalledKey
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.test_create_key import create, draft_of


def only_oauth_grants(bench: Bench) -> tuple[Grant, ...]:
    """Return what only an OAUTH2 key may open."""
    holdings: Holdings = bench.run(lambda progress: load_holdings(bench.signed_in, progress))
    return tuple(
        Grant(offering.id, permission.id)
        for permission in holdings.permissions
        for offering in permission.offerings
        if permission.only_oauth
    )


def _disk_full(*_: object) -> None:
    raise GpkeysError(ErrorCode.QGIS, Text("Disk full."), "disk full")


def extend(bench: Bench, key: Key, grants: Sequence[Grant]) -> CreatedKey:
    """Add services, as the window does."""
    extended: CreatedKey = bench.run(
        lambda progress: extend_key(key, grants, bench.signed_in, bench.main_thread, progress)
    )
    return extended


def test_old_and_new_services_are_open_and_written(bench: Bench) -> None:
    draft = draft_of(bench, KeyType.OAUTH2)
    key = create(bench, draft).key
    new = only_oauth_grants(bench)
    extended = extend(bench, key, new)
    assert len(bench.accesses(key.id)) == len(draft.grants) + len(new)
    names = {layer.name.partition(":")[0] for layer in extended.layers}
    assert {"rochebrune.plu_2026", "rochebrune.reseaux_eau_potable"} <= names
    assert extended.authcfg == bench.signed_in.authcfg


def test_a_service_the_key_has_already_is_not_asked_for_again(bench: Bench) -> None:
    draft = draft_of(bench, KeyType.OAUTH2)
    key = create(bench, draft).key
    bench.simulator.clear_requests()
    extend(bench, key, draft.grants)
    assert bench.simulator.requests(method="POST", path="/accesses") == []


def test_a_failure_leaves_the_key_as_it_was(bench: Bench) -> None:
    draft = draft_of(bench, KeyType.OAUTH2)
    key = create(bench, draft).key
    before = {access.offering.id for access in bench.accesses(key.id)}
    bench.simulator.fail("POST", r"/accesses$", "status", status=403, nth=1, times=50)
    with pytest.raises(Failed):
        extend(bench, key, only_oauth_grants(bench))
    bench.simulator.reset_faults()
    assert {access.offering.id for access in bench.accesses(key.id)} == before


def test_a_failure_just_after_writing_leaves_the_earlier_connections(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = create(bench, draft_of(bench, KeyType.OAUTH2)).key
    before = installed_keys.find(bench.signed_in.api_url, key.id)
    assert before is not None
    assert len(before.connections) == 2
    stored = [connections.read(made.kind, made.name) for made in before.connections]
    remember, failures = installed_keys.remember, [GpkeysError(ErrorCode.QGIS, Text("Disk full."), "disk full")]

    def fail_once(installed: InstalledKey) -> None:
        if failures:
            raise failures.pop()
        remember(installed)

    monkeypatch.setattr(installed_keys, "remember", fail_once)
    with pytest.raises(Failed):
        extend(bench, key, only_oauth_grants(bench))
    assert failures == []
    assert [connections.read(made.kind, made.name) for made in before.connections] == stored
    assert installed_keys.find(bench.signed_in.api_url, key.id) == before


def test_services_that_cannot_be_closed_again_are_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    key = create(bench, draft_of(bench, KeyType.OAUTH2)).key
    before = len(bench.accesses(key.id))
    monkeypatch.setattr(installed_keys, "remember", _disk_full)
    bench.simulator.fail("DELETE", r"/accesses/", "status", status=500, times=50)
    with pytest.raises(Failed) as caught:
        extend(bench, key, only_oauth_grants(bench))
    bench.simulator.reset_faults()
    assert len(bench.accesses(key.id)) > before
    assert caught.value.error.log == "disk full"
    # The record of the earlier connections cannot be written either.
    assert [str(text) for text in caught.value.stayed] == [
        f"Earlier connections of the key “{key.name}” are not as they were.",
        "Some of the new services may still be open to the key; all that it had is still there.",
    ]


@pytest.mark.parametrize("switch", ["accepted", "409"])
def test_a_service_the_key_opens_through_another_permission_is_left_as_it_is(bench: Bench, switch: str) -> None:
    bench.simulator.switch(second_access=switch)
    holdings: Holdings = bench.run(lambda progress: load_holdings(bench.signed_in, progress))
    choice = next(one for one in build(holdings.permissions, datetime.now(timezone.utc)).choices if one.alternatives)
    key = create(bench, replace(draft_of(bench, KeyType.OAUTH2), grants=(choice.grant,))).key
    before = bench.accesses(key.id)
    extend(bench, key, (choice.through(choice.alternatives[0].id).grant, *only_oauth_grants(bench)))
    assert set(bench.accesses(key.id)) >= set(before)
    assert len(bench.accesses(key.id)) == len(before) + len(only_oauth_grants(bench))
