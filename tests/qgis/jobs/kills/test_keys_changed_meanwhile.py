"""A job killed at any point, and its key renamed, deleted or made anew on the web site before the next start.

Whatever the job had made in QGIS by then is the key's still, or goes with it: nothing is nobody's. `make test` takes a
few points of what writes a key into QGIS, `make kill` all points of all jobs, with tables in build/kill.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest

from gpkeys_plugin.entrepot.models import Key, KeyUpdate
from gpkeys_plugin.jobs.connect_existing import ExistingKeyConnector
from gpkeys_plugin.jobs.delete_key import finish_deletion, remove_leftovers
from gpkeys_plugin.jobs.finish_creation import finish_creation, undo_creation
from gpkeys_plugin.jobs.finish_edit import finish_edit, undo_edit
from gpkeys_plugin.jobs.finish_rotation import finish_rotation, undo_rotation
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import Failed
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.records import installed_keys
from gpkeys_plugin.store.records.deletions import DELETIONS
from gpkeys_plugin.store.records.edits import EDITS
from gpkeys_plugin.store.records.installed_keys import InstalledKey
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.kills.connecting_jobs import connecting, made_on_the_web
from tests.qgis.jobs.kills.killed_jobs import HEADER_JOBS, JOBS, KilledJob, run
from tests.qgis.jobs.kills.nobodys import nobodys
from tests.qgis.jobs.kills.points import Points, write_table
from tests.qgis.jobs.kills.prepared_state import PreparedState
from tests.qgis.jobs.kills.test_kills import IS_WHOLE, TABLES, taken

_NEW_NAME = "Renommée"
_ATTEMPTS = 3


def _rename(bench: Bench, key: Key) -> None:
    bench.run(lambda _: bench.signed_in.client().update_key(key.id, KeyUpdate(name=_NEW_NAME)))


def _delete(bench: Bench, key: Key) -> None:
    bench.run(lambda _: bench.signed_in.client().delete_key(key.id))


def _make_again(bench: Bench, key: Key) -> None:
    _delete(bench, key)
    made_on_the_web(bench, key.type, key.name)


_CHANGES = {"renamed": _rename, "deleted": _delete, "made again": _make_again}


def _is_connecting(job: KilledJob) -> bool:
    return ExistingKeyConnector.connect in job.of or job.name in ("create-header", "extend-unconnected")


@pytest.fixture
def _with_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have QGIS keep hashes for headers: 3.22 does, though it cannot send them, and no service answers here."""
    monkeypatch.setattr(auth_configs, "has_method", lambda _: True)


@pytest.mark.usefixtures("_with_headers")
@pytest.mark.parametrize("change", _CHANGES)
@pytest.mark.parametrize(
    "job", [job for job in (*JOBS, *HEADER_JOBS) if IS_WHOLE or _is_connecting(job)], ids=lambda job: job.name
)
def test_whatever_was_killed_is_the_keys_or_goes_with_it(bench: Bench, job: KilledJob, change: str) -> None:
    state, recorder = PreparedState(bench, job.prepare, is_used_up=job.leads_back), Points()
    run(bench, state.again(), recorder)
    assert recorder.names
    found = {name: _problem(bench, state, name, _CHANGES[change]) for name in taken(recorder.names)}
    write_table(TABLES, f"{job.name}-{change.replace(' ', '-')}", found)
    assert {name: problem for name, problem in found.items() if problem} == {}


def _problem(bench: Bench, state: PreparedState, point: str, change: Callable[[Bench, Key], None]) -> str:
    try:
        before = _killed(bench, state, point)
        now = sorted(bench.platform_keys(), key=lambda key: key.id not in before)
        if now:
            change(bench, now[0])
        _start_again(bench)
    except Exception as error:  # noqa: BLE001 - whatever it is, the cell is bad
        return f"{type(error).__name__}: {error}"
    return "; ".join(nobodys(bench, state.theirs))


def _killed(bench: Bench, state: PreparedState, point: str) -> set[str]:
    """Kill the job at a point; return the ids of the keys that there were before it."""
    # How many requests a trial of a key takes depends on which service answers first.
    for _ in range(_ATTEMPTS):
        work, points = state.again(), Points(point)
        before = {key.id for key in bench.platform_keys()}
        run(bench, work, points)
        if points.is_dead:
            return before
    raise AssertionError(f"it did not come by {point}")


def _start_again(bench: Bench) -> None:
    """Do as users can at the next start: leave what was begun, connect each key, remove what is left of others."""
    _leave_begun(bench)
    there = bench.platform_keys()
    for key in there:
        bench.run(connecting(bench, key, page_of(bench, key).held.hash_storage or HashStorage.URL))
    for known in installed_keys.installed():
        if known.key_id not in {key.id for key in there}:
            bench.run(partial(_remove, bench, known))


def _remove(bench: Bench, known: InstalledKey, _: Progress) -> None:
    remove_leftovers(known, bench.signed_in.authcfg, bench.main_thread)


def _leave_begun(bench: Bench) -> None:
    signed_in, main_thread = bench.signed_in, bench.main_thread
    for creation in bench.creations.entries():
        at = creation, signed_in, bench.creations, main_thread
        _one_of(bench, partial(finish_creation, *at), partial(undo_creation, *at))
    for rotation in bench.rotations.entries():
        of = rotation.id, signed_in, bench.rotations, main_thread
        _one_of(bench, partial(finish_rotation, *of), partial(undo_rotation, *of))
    for edit in EDITS.entries():
        to = edit.id, signed_in, main_thread
        _one_of(bench, partial(finish_edit, *to), partial(undo_edit, *to))
    for deletion in DELETIONS.entries():
        bench.run(partial(finish_deletion, deletion.id, signed_in, main_thread))


def _one_of(bench: Bench, finish: Callable[..., object], undo: Callable[..., object]) -> None:
    try:
        bench.run(finish)
    except Failed:
        # Of a key that is gone nothing can be undone either: the record ends, and says so.
        with suppress(Failed):
            bench.run(undo)
