"""A job killed half-way, and the way out of it killed in its turn, at any point: the next start still leads out of it.

`make test` takes a few points of each, `make kill` all, with tables in build/kill.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from gpkeys_plugin.jobs.finish_rotation import finish_rotation
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import Failed
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.kills.killed_jobs import JOBS, KilledJob, Work, run
from tests.qgis.jobs.kills.points import Killed, Points, watched, write_table
from tests.qgis.jobs.kills.prepared_state import PreparedState
from tests.qgis.jobs.kills.test_kills import TABLES, kill, taken
from tests.qgis.jobs.kills.ways_out import FINISH, UNDO, finish_all, take, undo_all
from tests.qgis.jobs.kills.world import difference, world

_HALF_WAY = {
    "create-basic": "after POST users/me/keys/…/accesses",
    "create-hash": "after connections.write_all",
    "rotate-basic": "before DELETE users/me/keys/…",
    "rotate-hash": "before DELETE users/me/keys/…",
    "edit-hash": "after PATCH users/me/keys/…",
    "extend-unconnected": "after connections.write_all",
    "delete-basic": "after DELETE users/me/keys/…",
    "dedicated-key": "after copies_for_keys.put_in_place",
}
_ATTEMPTS = 3
_WAYS = {UNDO: undo_all, FINISH: finish_all}
_CLOSED = {("delete-basic", UNDO)}


class _Mortal(Bench):
    """A bench whose jobs may be killed."""

    def run(self, work: Callable[[Progress], Any]) -> Any:
        """Run a job, to its end or to where it is killed."""

        def outlived(progress: Progress) -> Any:
            with suppress(Killed):
                return work(progress)
            return None

        return super().run(outlived)


@pytest.mark.parametrize("then", _WAYS)
@pytest.mark.parametrize(
    ("job", "first"),
    [
        pytest.param(job, way, id=f"{job.name}-{way}")
        for job in JOBS
        for way in _WAYS
        if job.name in _HALF_WAY and (job.name, way) not in _CLOSED
    ],
)
def test_a_killed_way_out_leaves_a_way_out(bench: Bench, job: KilledJob, first: str, then: str) -> None:
    begun = PreparedState(bench, job.prepare)
    run(bench, begun.again(), Points())
    ends, passed = (begun.world, world(bench)), Points()
    stopped = PreparedState(bench, partial(_stopped_half_way, job))
    stopped.again()
    _take(bench, first, passed)
    assert world(bench) == ends[first == FINISH]
    found = {}
    for point in taken(passed.names):
        found[point] = _problem_after(bench, stopped, first, point, then, ends)
    write_table(TABLES, f"out-{job.name}-{first}-{then}", found)
    assert {point: problem for point, problem in found.items() if problem} == {}


def test_what_an_extension_has_written_for_a_key_that_had_nothing_here_is_removed(bench: Bench) -> None:
    work = next(job for job in JOBS if job.name == "extend-unconnected").prepare(bench)
    before = world(bench)
    kill(bench, "after connections.write_all", work)
    _take(bench, UNDO, Points())
    assert world(bench) == before


def test_an_undo_that_has_cost_the_new_password_cannot_be_finished(bench: Bench) -> None:
    _stopped_half_way(next(job for job in JOBS if job.name == "rotate-basic"), bench)
    keys = bench.platform_keys()
    # The old secret is back in the key's configuration, the new one not yet in the spare one.
    _take(bench, UNDO, Points("after auth_configs.change"))
    (entry,) = bench.rotations.entries()
    assert entry.is_swapped
    with pytest.raises(Failed, match="not swapped"):
        bench.run(partial(finish_rotation, entry.id, bench.signed_in, bench.rotations, bench.main_thread))
    assert bench.platform_keys() == keys
    assert undo_all(bench)
    assert len(bench.platform_keys()) == len(keys) - 1


def _problem_after(
    bench: Bench, stopped: PreparedState, first: str, point: str, then: str, ends: tuple[dict[str, Any], ...]
) -> str:
    """Kill a way out at a point, take one at the next start; return what is wrong then, nothing where it is good."""
    try:
        # A record is not written where nothing in it changes: now and then a way out does without one of them.
        assert any(_is_killed(bench, stopped, first, point) for _ in range(_ATTEMPTS)), f"it did not come by {point}"
        wanted = take(bench, then, _nothing).ends(*ends)
    except Exception as error:  # noqa: BLE001 - whatever it is, the cell is bad
        return f"{type(error).__name__}: {error}"
    found = world(bench)
    return "" if found in wanted else difference(found, wanted[0])


def _stopped_half_way(job: KilledJob, bench: Bench) -> Work:
    kill(bench, _HALF_WAY[job.name], job.prepare(bench))
    return _nothing


def _is_killed(bench: Bench, stopped: PreparedState, way: str, point: str) -> bool:
    points = Points(point)
    stopped.again()
    _take(bench, way, points)
    return points.is_dead


def _take(bench: Bench, way: str, points: Points) -> None:
    with watched(points):
        _WAYS[way](_Mortal(**vars(bench)))


def _nothing(_: Progress) -> None:
    """Ask for nothing again."""
