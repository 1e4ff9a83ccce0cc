"""A job killed at any request and any step within QGIS: the next start finishes or undoes it, and nothing is left.

The points are found by running each job once. `make test` takes a few of each job, `make kill` all, with tables of them
in build/kill.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.faults.offered_jobs import entered, not_entered
from tests.qgis.jobs.faults.struck_jobs import JOBS as STRUCK_JOBS
from tests.qgis.jobs.kills.killed_jobs import JOBS, KilledJob, Work, run
from tests.qgis.jobs.kills.points import Points, write_table
from tests.qgis.jobs.kills.prepared_state import PreparedState
from tests.qgis.jobs.kills.ways_out import AGAIN, FINISH, UNDO, finish_all, take
from tests.qgis.jobs.kills.world import difference, world

TABLES = os.environ.get("GPKEYS_KILL_TABLE", "")
IS_WHOLE = bool(TABLES or os.environ.get("GPKEYS_SOAK"))
_EVERY = 1 if TABLES else 11


_STRUCK = {use for job in STRUCK_JOBS for use in job.of}
_ASKED = tuple(f"before {method} " for method in ("GET", "POST", "PATCH", "PUT", "DELETE"))

WAYS_OUT = [
    pytest.param(job, way_out, id=f"{job.name}-{way_out}")
    for job in JOBS
    if job.often or IS_WHOLE
    for way_out in ((AGAIN,) if job.is_asked_again else (UNDO, FINISH))
]


@pytest.mark.parametrize(("job", "way_out"), WAYS_OUT)
def test_whatever_was_killed_ends_clean(bench: Bench, job: KilledJob, way_out: str) -> None:
    state = PreparedState(bench, job.prepare, is_used_up=job.leads_back)
    recorder = Points()
    work = state.again()
    with entered() as seen:
        run(bench, work, recorder)
    ends = state.world, world(bench)
    assert recorder.names
    assert not_entered(job.of, seen) == []
    assert _STRUCK.intersection(job.of) or not any(name.startswith(_ASKED) for name in recorder.names)
    found = {}
    for name in taken(recorder.names):
        found[name] = problem_after(bench, job, state.again(), way_out, partial(kill, bench, name), ends)
    write_table(TABLES, f"{job.name}-{way_out}", found)
    assert {name: problem for name, problem in found.items() if problem} == {}


def taken(names: list[str]) -> list[str]:
    """Return the points to be tried, in the order in which they were come by."""
    few = set(sorted(names)[::_EVERY])
    return [name for name in names if name in few]


def kill(bench: Bench, name: str, work: Work) -> None:
    """Kill a job at the point of a name."""
    points = Points(name)
    run(bench, work, points)
    assert points.is_dead, f"it did not come by {name}"


def problem_after(
    bench: Bench,
    job: KilledJob,
    work: Work,
    way_out: str,
    cut_off: Callable[[Work], None],
    ends: tuple[dict[str, Any], ...],
) -> str:
    """Cut a job off, take a way out; return what is wrong then, nothing where it is good."""
    try:
        cut_off(work)
        if way_out == AGAIN:
            # What it has begun within is said, and finished first.
            finish_all(bench)
        again = job.again(bench) if job.again is not None else work
        wanted = take(bench, way_out, again).ends(*(reversed(ends) if job.leads_back else ends))
    except Exception as error:  # noqa: BLE001 - whatever it is, the cell is bad
        return f"{type(error).__name__}: {error}"
    found = world(bench)
    return "" if found in wanted else difference(found, wanted[0])
