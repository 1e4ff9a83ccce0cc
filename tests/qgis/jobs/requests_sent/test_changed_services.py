"""What QGIS holds after a change of services: what all written anew would hold, and only what changed was touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.edit_key import KeyEditor
from gpkeys_plugin.jobs.running.task import RunningJob
from gpkeys_plugin.jobs.values import ConnectRequest, Edited, KeyPage
from gpkeys_plugin.jobs.window.my_keys_jobs import MyKeysJobs
from gpkeys_plugin.jobs.window.new_key_jobs import QgisSide
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe, WrittenConnection
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit, difference, grant_of
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.records import connection_origins, installed_keys, known_layers
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.requests_sent.drafts import draft_for
from tests.qgis.jobs.requests_sent.rounds import rounds
from tests.qgis.jobs.test_create_key import create
from tests.simulator.memory import seeds

_BEFORE = (seeds.SCAN, seeds.ORTHO, seeds.PLAN, seeds.ARCHIVE)
_SWAP = "a service in the place of another"
_AFTER = {
    _SWAP: (seeds.SCAN, seeds.ORTHO, seeds.PLAN, seeds.SHADING),
    "one less": (seeds.SCAN, seeds.PLAN, seeds.ARCHIVE),
    "one more": (*_BEFORE, seeds.SHADING),
    "all others": (seeds.SHADING,),
    "none": (),
}

Held = tuple[set[WrittenConnection], set[WrittenConnection], Mapping[WrittenConnection, set[LayerRecipe]]]


@pytest.mark.parametrize(
    ("change", "name", "type_"),
    [
        *((change, name, KeyType.HASH) for change in _AFTER for name in ("", "Autre nom")),
        (_SWAP, "Autre nom", KeyType.BASIC),
        (_SWAP, "Autre nom", KeyType.OAUTH2),
    ],
)
def test_qgis_holds_what_it_would_hold_if_all_were_written_anew(
    bench: Bench, change: str, name: str, type_: KeyType
) -> None:
    page = page_of(bench, create(bench, draft_for(bench, type_, _BEFORE)).key)
    wanted = draft_for(bench, type_, _AFTER[change]).grants
    edited = _edit(bench, page, KeyEdit(name or page.details.key.name, wanted))
    assert edited.warnings == ()
    assert edited.served is not None
    held = _held(bench, page)
    assert {grant_of(access) for access in bench.accesses(page.details.key.id)} == set(wanted)
    again = page_of(bench, bench.platform_keys()[0])
    bench.run(
        lambda progress: ExistingKeyConnector(bench.signed_in, bench.main_thread, progress).connect(
            again, ConnectRequest()
        )
    )
    assert held == _held(bench, page)
    assert {layer.name for layer in edited.served} == {layer.name for layer in (*again.served, *again.elsewhere)}


def test_a_connection_that_stays_is_not_written_again(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_for(bench, KeyType.HASH, (seeds.SCAN, seeds.ARCHIVE))).key)
    written: list[str] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(connections, "write_all", _noting(written))
        _edit(bench, page, KeyEdit(page.details.key.name, draft_for(bench, KeyType.HASH, _AFTER["one more"]).grants))
    assert written
    assert not any("scan25" in name for name in written)


def test_where_a_connection_was_taken_away_all_are_written_anew(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_for(bench, KeyType.HASH, _BEFORE)).key)
    connections.remove(page.held.connections[:1])
    edited = _edit(bench, page, KeyEdit(page.details.key.name, draft_for(bench, KeyType.HASH, (seeds.SCAN,)).grants))
    assert edited.served is None
    held = installed_keys.find(bench.signed_in.api_url, page.details.key.id)
    assert held is not None
    assert held.connections
    assert all(connections.exists(one.kind, one.name) for one in held.connections)


def test_a_page_believed_too_long_loses_nothing(bench: Bench) -> None:
    """What is asked for was done elsewhere since the page was read, and something else besides."""
    page = page_of(bench, create(bench, draft_for(bench, KeyType.HASH, _BEFORE)).key)
    by_name = {access.offering.layer_name: access for access in page.accesses}
    _edit(bench, page, KeyEdit(grants=draft_for(bench, KeyType.HASH, (seeds.SCAN, seeds.PLAN, seeds.SHADING)).grants))
    wanted = [grant_of(one) for name, one in by_name.items() if name != seeds.ARCHIVE]
    shading = draft_for(bench, KeyType.HASH, (seeds.SHADING,)).grants
    _edit(bench, page, KeyEdit(page.details.key.name, (*wanted, *shading)), is_fresh=True)
    now = {access.offering.layer_name for access in bench.accesses(page.details.key.id)}
    # The orthophoto was closed elsewhere, and nobody asked for it.
    assert now == {seeds.SCAN, seeds.PLAN, seeds.SHADING}


def test_the_page_of_a_key_is_known_after_an_edit(bench: Bench) -> None:
    page = page_of(bench, create(bench, draft_for(bench, KeyType.HASH, _BEFORE)).key)
    jobs, key = _jobs(bench), page.details.key
    read: list[Any] = []
    _wait(bench, read, lambda: jobs.page(key, read.append, read.append))
    grants = draft_for(bench, KeyType.HASH, _AFTER["one less"]).grants
    found = difference(read[0].details, read[0].accesses, KeyEdit("Autre nom", grants))
    edited: list[Any] = []
    _wait(bench, edited, lambda: jobs.edit(read[0], found, lambda *_: None, edited.append, edited.append))
    again: list[Any] = []
    with rounds():
        _wait(bench, again, lambda: jobs.page(edited[0].details.key, again.append, again.append))
    bench.signed_in.known.forget()
    (known,), read_anew = again, page_of(bench, edited[0].details.key)
    assert set(known.served) == set(read_anew.served)
    # Consumption is as of the day it was read.
    assert replace(known, served=(), usage=None) == replace(read_anew, served=(), usage=None)


def _edit(bench: Bench, page: KeyPage, edit: KeyEdit, *, is_fresh: bool = False) -> Edited:
    found = difference(page.details, page.accesses, edit)
    edited: Edited = bench.run(
        lambda progress: KeyEditor(bench.signed_in, bench.main_thread, progress).edit(page, found, is_fresh=is_fresh)
    )
    return edited


def _held(bench: Bench, page: KeyPage) -> Held:
    """Return what is recorded for a key, and written for it, and how its layers are made."""
    installed = installed_keys.find(bench.signed_in.api_url, page.details.key.id)
    assert installed is not None
    mine = [origin.connection for origin in connection_origins.recorded() if origin.owner == page.details.key.id]
    there = {one for one in mine if connections.exists(one.kind, one.name)}
    return set(installed.connections), there, {one: set(made) for one, made in known_layers.all_known().items()}


def _noting(written: list[str]) -> Any:
    """Return what writes connections, and notes their names."""
    write_all = connections.write_all

    def write(planned: Any, **more: Any) -> None:
        written.extend(connection.name for _, connection in planned)
        write_all(planned, **more)

    return write


def _jobs(bench: Bench) -> MyKeysJobs:
    side = QgisSide(lambda: "QGIS", lambda: None, lambda _: None, lambda _: None)
    return MyKeysJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, bench.rotations, side)


def _wait(bench: Bench, outcome: list[Any], start: Any) -> None:
    running: RunningJob = start()
    bench.qtbot.waitUntil(lambda: bool(outcome), timeout=30_000)
    assert running is not None
