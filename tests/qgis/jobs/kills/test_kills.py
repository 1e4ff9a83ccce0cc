"""A job killed at any request and any step within QGIS: the next start finishes or undoes it, and nothing is left.

The points are found by running each job once. `make test` takes every eleventh, `make kill` all, with a table of them
in build/kill.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.kills.killed_jobs import JOBS, KilledJob, Work, finish_all, run, undo_all
from tests.qgis.jobs.kills.points import Points
from tests.qgis.jobs.kills.world import clear, world

_ALL = os.environ.get("GPKEYS_KILL_TABLE", "")
EVERY = 1 if _ALL else 11
"""Which points are taken."""


WAYS_OUT = [
    pytest.param(job, way_out, id=f"{job.name}-{way_out}")
    for job in JOBS
    for way_out in (("again",) if job.is_asked_again else ("undo", "finish"))
]


@pytest.mark.parametrize(("job", "way_out"), WAYS_OUT)
def test_whatever_was_killed_ends_clean(bench: Bench, job: KilledJob, way_out: str) -> None:
    work = job.prepare(bench)
    before, recorder = world(bench), Points()
    run(bench, work, recorder)
    after = world(bench)
    assert recorder.names
    found = {}
    for nth in range(len(recorder.names))[::EVERY]:
        clear(bench)
        found[nth] = problem_after(bench, job, way_out, partial(_kill, bench, nth), (before, after))
    _write_table(job.name, way_out, recorder.names, found)
    assert {f"{nth} {recorder.names[nth]}": problem for nth, problem in found.items() if problem} == {}


def _kill(bench: Bench, nth: int, work: Work) -> None:
    run(bench, work, Points(nth))


def problem_after(
    bench: Bench, job: KilledJob, way_out: str, cut_off: Callable[[Work], None], ends: tuple[dict[str, Any], ...]
) -> str:
    """Cut a job off, take a way out; return what is wrong then, nothing where it is good."""
    work = job.prepare(bench)
    cut_off(work)
    before, after = ends
    try:
        has_begun = bool(world(bench)["begun"])
        if way_out == "again":
            bench.run(work)
            wanted = [after]
        elif way_out == "undo":
            is_undone = undo_all(bench)
            if not is_undone:
                finish_all(bench)
            wanted = [before if is_undone else after] if has_begun else [before, after]
        else:
            is_finished = finish_all(bench)
            if not is_finished:
                undo_all(bench)
            wanted = [before, after] if not has_begun or not is_finished else [after]
    except Exception as error:  # noqa: BLE001 - whatever it is, the cell is bad
        return f"{type(error).__name__}: {error}"
    found = world(bench)
    return "" if found in wanted else _difference(found, wanted[0])


def _difference(found: dict[str, Any], wanted: dict[str, Any]) -> str:
    return "; ".join(
        f"{part}: {found[part]} instead of {wanted[part]}" for part in found if found[part] != wanted[part]
    )


def _write_table(job: str, way_out: str, names: list[str], found: dict[int, str]) -> None:
    if _ALL:
        lines = [f"{nth}\t{names[nth]}\t{problem or 'good'}\n" for nth, problem in found.items()]
        Path(_ALL, f"{job}-{way_out}.tsv").write_text("".join(lines), encoding="utf-8")
