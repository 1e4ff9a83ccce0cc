"""SIGKILL, for real: QGIS in a process of its own, ended in the middle of a job, and started again on the same profile.

The files of the profile and the platform are all that the next start has. `make test` takes a few points of each job,
`make kill` all of them with both ways out, with tables in build/kill.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.test_lifecycle import described
from tests.qgis.jobs.kills.one_start import main
from tests.qgis.jobs.kills.points import write_table
from tests.qgis.jobs.kills.test_kills import TABLES
from tests.qgis.jobs.kills.ways_out import FINISH, UNDO, WayTaken
from tests.qgis.jobs.kills.world import difference
from tests.simulator.remote.steering import Simulator

_JOBS = ("create-basic", "create-hash", "edit-basic", "rotate-basic", "rotate-hash")
_POINTS = 2
_WAYS = (UNDO, FINISH)
_PATIENCE_S = 120.0
# Each start is forked from a process that has read all modules, and has done nothing with them.
_STARTS = multiprocessing.get_context("forkserver")
_STARTS.set_forkserver_preload([main.__module__])


class Start:
    """A start of QGIS on a profile."""

    def __init__(self, simulator: Simulator, profile: Path, *more: Any) -> None:
        """Start it; `more` is what it obeys other than here."""
        self._pipe, theirs = _STARTS.Pipe()
        self._process = _STARTS.Process(target=main, args=(theirs, described(simulator), profile, *more), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, *order: str) -> Any:
        """Give an order; return its answer."""
        self._pipe.send(order)
        assert self._pipe.poll(_PATIENCE_S), f"QGIS does not answer {order} in {_PATIENCE_S:.0f} s"
        try:
            return self._pipe.recv()
        except EOFError:
            self._process.join()
            raise AssertionError(f"QGIS ended by itself in {order}: {self._process.exitcode}") from None

    def kill(self) -> None:
        """Kill it, wherever it is."""
        self._process.kill()
        self._process.join()
        assert self._process.exitcode == -signal.SIGKILL
        self._pipe.close()


@pytest.fixture
def start(light_simulator: Simulator, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], Start]:
    """Return what starts QGIS on the profile of this test."""

    def started() -> Start:
        one = Start(light_simulator, tmp_path)
        request.addfinalizer(one._process.kill)
        return one

    return started


@pytest.mark.parametrize("job", _JOBS)
def test_the_next_start_ends_what_a_killed_one_has_begun(start: Callable[[], Start], job: str) -> None:
    now = start()
    before, names, after = now.ask("record", job)
    found = {}
    for point, way in _cells(names):
        stands_at = now.ask("run", job, point)
        now.kill()
        now = start()
        taken, world = now.ask("take", way)
        ends = WayTaken(**taken).ends(before, after)
        wrong = "" if world in ends else difference(world, ends[0])
        found[f"{point} {way}"] = wrong if stands_at == [point] else "it did not come by"
    now.kill()
    write_table(TABLES, f"real-{job}", found)
    assert {cell: problem for cell, problem in found.items() if problem} == {}


def _cells(names: list[str]) -> list[tuple[str, str]]:
    if TABLES:
        return [(name, way) for name in names for way in _WAYS]
    few = set(sorted(names)[len(names) // (2 * _POINTS) :: len(names) // _POINTS])
    return list(zip([name for name in names if name in few], cycle(_WAYS)))
