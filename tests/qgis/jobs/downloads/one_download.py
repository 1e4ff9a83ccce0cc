"""One start of QGIS in which files are fetched, to be killed in the middle (`tests/qgis/jobs/kills/one_start.py`).

("record", folder)      fetches all; the points it came by
("run", folder, point)  fetches up to a point and stands still there; [point] once it does, to be killed then
("take", folder, way)   gives up what the start before has left, or goes on with it: what came of it, in words
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from gpkeys_plugin.jobs.downloads import archive_members, fetch_file, make_ready, mosaic, unpack
from gpkeys_plugin.jobs.downloads.fetch_order import FetchOutcome
from gpkeys_plugin.jobs.downloads.part_file import PartFile
from gpkeys_plugin.store.records.json_file import JsonFile
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.downloads.orders import JOBS, Orders
from tests.qgis.jobs.kills.one_start import Say, Standstill
from tests.qgis.jobs.kills.points import Points
from tests.qgis.jobs.kills.ways_out import UNDO

NOTHING_NOTED = "nothing is noted"
_WITH_PART = next(job for job in JOBS if job.is_fetching and job.has_part)
_STEPS: tuple[tuple[Any, str], ...] = (
    (archive_members, "write"),
    (unpack, "_replace"),
    (make_ready, "unpack"),
    (mosaic, "_is_written"),
    (mosaic, "_write"),
    (make_ready, "_write_note"),
    (JsonFile, "replace"),
)
_OF_FILES = ("open_at", "write", "discard")
_OF_PATHS = ("replace", "rename", "unlink")
# A few pieces a tile.
_PIECE_BYTES = 2000


@contextmanager
def watched(points: Points) -> Iterator[None]:
    """Have each step of a file, of what is made of it and of what is noted come by the points."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(fetch_file, "_PIECE_BYTES", _PIECE_BYTES)
        for name in _OF_FILES:
            passing = _around(points, name, lambda place: place.path.name, getattr(PartFile, name))
            patched.setattr(PartFile, name, passing)
        for name in _OF_PATHS:
            patched.setattr(Path, name, _around(points, name, lambda path: path.name, getattr(Path, name)))
        for owner, name in _STEPS:
            short = owner.__name__.rpartition(".")[2]
            patched.setattr(owner, name, points.around(f"{short}.{name}", getattr(owner, name)))
        yield


def _around(points: Points, name: str, called: Callable[[Any], str], step: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(step)
    def passing(owner: Any, *given: Any, **more: Any) -> Any:
        points.pass_by(f"before {name} {called(owner)}")
        result = step(owner, *given, **more)
        points.pass_by(f"after {name} {called(owner)}")
        return result

    return passing


def record(bench: Bench, say: Say, folder: str) -> None:
    """Fetch all."""
    orders, points = Orders.of(bench, Path(folder)), Points()
    work = _WITH_PART.prepared(orders)
    with watched(points):
        bench.run(work)
    say(points.names)


def run_to(bench: Bench, say: Say, folder: str, point: str) -> None:
    """Fetch up to a point."""
    work = _WITH_PART.prepared(Orders.of(bench, Path(folder)))
    with watched(Standstill(point, say)):
        bench.run(work)
    say(["it did not come by"])


def take(bench: Bench, say: Say, folder: str, way: str) -> None:
    """Give up, or go on: with what is noted, or from the beginning where QGIS ended before anything was."""
    orders = Orders.of(bench, Path(folder))
    give_up = orders.give_up()
    if way == UNDO:
        say(NOTHING_NOTED if give_up is None else str(bench.run(give_up) or ""))
        return
    outcome: FetchOutcome = bench.run(orders.go_on() or orders.fetch())
    left = "" if orders.begun() is None else "still noted"
    say(" ".join(map(str, (*(one.error for one in outcome.failed), *outcome.problems, left))).strip())


OBEYED = {"record": record, "run": run_to, "take": take}
