"""What the profile refuses, for every job: said before anything is changed, or told truly afterwards; nothing is lost.

Really refused, so this needs the right to mount. `make test` has each job refused by everything before it begins, and
by one thing after its first change of the platform; `make refuse` by everything at every third step, with tables in
build/refuse.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.jobs.steps import service_probe
from gpkeys_plugin.jobs.values import CreationRemainder, Failed
from gpkeys_plugin.store.qgis_settings import settings_file
from gpkeys_plugin.store.records import authentication_database
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.faults.verdict import is_part
from tests.qgis.jobs.kills.killed_jobs import KilledJob, Work
from tests.qgis.jobs.kills.points import Points, watched, write_table
from tests.qgis.jobs.kills.prepared_state import PreparedState
from tests.qgis.jobs.kills.ways_out import finish_all, undo_all
from tests.qgis.jobs.kills.world import difference, world
from tests.qgis.jobs.refusals.profile_refusals import REFUSALS, small_disk
from tests.qgis.jobs.refusals.refused_from_a_point import RefusedFrom
from tests.qgis.jobs.refusals.refused_jobs import JOBS, TABLE

_DISK_MB = 16
_EVERY = int(os.environ.get("GPKEYS_REFUSAL_EVERY", "3"))
# With the master password missing, a job may do without it.
_UNWRITABLE = tuple(name for name in REFUSALS if name != "password-missing")
_CHANGES = ("after POST", "after PATCH", "after DELETE", "after PUT")
_SETTINGS_WRITTEN = (
    "before connections.write_all",
    "before connections.remove",
    "before hash_swap.swap_in_connections",
)


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """Give a test a disk of its own, small, for QGIS's settings and our records."""
    with small_disk(tmp_path, _DISK_MB) as disk:
        yield disk


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authentication_database, "_PATIENCE_S", 0.1)
    monkeypatch.setattr(service_probe, "_WAITS_S", (0.0, 0.0))
    monkeypatch.setattr(service_probe, "_REPEAT_AFTER_S", 0.0)


@dataclass(frozen=True)
class _Ends:
    """What a job begins with; what it leaves, warns of and says that it made where nothing is refused."""

    before: dict[str, Any]
    after: dict[str, Any]
    usual: set[str]
    made: tuple[str, ...]


@pytest.mark.parametrize("job", [pytest.param(job, id=job.name) for job in JOBS])
def test_what_cannot_be_kept_is_said_before_anything_is_changed(bench: Bench, job: KilledJob, tmp_path: Path) -> None:
    work = job.prepare(bench)
    before = world(bench)
    found: dict[str, Any] = {}
    for name in _UNWRITABLE:
        bench.simulator.clear_requests()
        with REFUSALS[name](tmp_path):
            found[name] = _said(bench, work)
        sent = {request.method for request in bench.simulator.requests(service="api")} - {"GET"}
        found[name] = found[name] if sent or world(bench) != before else "nothing changed"
    assert set(found.values()) == {"nothing changed"}, found


@pytest.mark.parametrize(
    ("job", "refusals"),
    [
        pytest.param(job, tuple(REFUSALS) if TABLE else (tuple(REFUSALS)[number % len(REFUSALS)],), id=job.name)
        for number, job in enumerate(JOBS)
    ],
)
def test_what_is_refused_half_way_is_told_and_nothing_is_lost(
    bench: Bench, job: KilledJob, refusals: tuple[str, ...], tmp_path: Path
) -> None:
    state, recorder = PreparedState(bench, job.prepare, is_used_up=job.leads_back), Points()
    work = state.again()
    with watched(recorder):
        outcome = bench.run(work)
    ends = _Ends(state.world, world(bench), _warnings(outcome), _made(outcome))
    moments = [(moment, name) for moment in _moments(recorder.names) for name in refusals if _is_apart(moment, name)]
    found = {}
    for moment, name in [(recorder.names[0], "password-missing"), *moments]:
        found[f"{moment} {name}"] = _cell(bench, state.again(), moment, name, ends, tmp_path)
    write_table(TABLE, job.name, found)
    assert {cell: problem for cell, problem in found.items() if problem} == {}


def _is_apart(moment: str, refusal: str) -> bool:
    """Whether a refusal can be judged at once: the lock of a file on a disk turned read-only lapses after 30 s."""
    return refusal != "disk-read-only" or "JsonFile" not in moment


def _moments(names: list[str]) -> list[str]:
    first = next((name for name in names if name.startswith(_CHANGES)), names[len(names) // 2])
    written = [name for name in names if name in _SETTINGS_WRITTEN]
    return list(dict.fromkeys((first, *written, *names[::_EVERY]))) if TABLE else [first]


def _said(bench: Bench, work: Work) -> str:
    try:
        bench.run(work)
    except (Failed, GpkeysError) as error:
        return str(Failed.of(error).error.user)
    return "done"


def _cell(bench: Bench, work: Work, moment: str, refusal: str, ends: _Ends, disk: Path) -> str:
    """Have a job refused at a point; return what is wrong then, nothing where it is good."""
    points = RefusedFrom(moment, REFUSALS[refusal](disk), bench.main_thread)
    outcome: Any = None
    with watched(points), points.until:
        try:
            outcome = bench.run(work)
        except (Failed, GpkeysError) as error:
            outcome = Failed.of(error)
        is_kept = settings_file.are_kept() or "settings" not in refusal
    return _judged(bench, work, outcome, ends, is_kept=is_kept)


def _judged(bench: Bench, work: Work, outcome: Any, ends: _Ends, *, is_kept: bool) -> str:
    found = world(bench)
    if not isinstance(outcome, Failed):
        is_told = bool(_warnings(outcome) - ends.usual) or is_part(outcome) or _made(outcome) != ends.made
        return "" if is_told or (found == ends.after and is_kept) else f"done, but {difference(found, ends.after)}"
    if found == ends.before:
        return ""
    if not outcome.stayed and outcome.remainder is None and not found["begun"]:
        return f"{outcome.error.log}: nothing said of {difference(found, ends.before)}"
    if found["begun"]:
        is_undone = undo_all(bench) or finish_all(bench) is None
        if is_undone and isinstance(outcome.remainder, CreationRemainder):
            # Of a creation that is undone nothing is left, however far it had come before.
            return "" if not world(bench)["keys"] and not world(bench)["connections"] else "an undone key is left"
    else:
        bench.run(work)
        is_undone = False
    found = world(bench)
    wanted = ends.before if is_undone else ends.after
    return "" if found in (ends.before, ends.after) else f"{is_undone=}: {difference(found, wanted)}"


def _warnings(outcome: Any) -> set[str]:
    told = (*getattr(outcome, "warnings", ()), *getattr(outcome, "unchanged", ()))
    return {str(text) for text in told}


def _made(outcome: Any) -> tuple[str, ...]:
    """Return the configurations that a mending says it made: layers without theirs get the key's own."""
    return tuple(getattr(outcome, "configurations", ()))
