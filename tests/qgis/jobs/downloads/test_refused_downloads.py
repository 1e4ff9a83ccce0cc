"""A disk that refuses in the middle of a download, for real: said, nothing wrong left, and gone on with afterwards.

Full, read-only, or with the folder moved away, so this needs the right to mount. `make test` takes a few of the points
that a download comes by, `make refuse` all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from gpkeys_plugin.jobs.downloads.disk_problems import DiskError
from gpkeys_plugin.jobs.downloads.fetch_order import FetchOutcome
from tests.qgis.jobs.downloads.conftest import Downloads
from tests.qgis.jobs.downloads.one_download import watched
from tests.qgis.jobs.downloads.order_verdict import wrong_at_end, wrong_in_folder, wrong_in_outcome
from tests.qgis.jobs.downloads.orders import JOBS, Orders, files_in
from tests.qgis.jobs.faults.quick_waits import quick
from tests.qgis.jobs.faults.told_by_jobs import carried_out
from tests.qgis.jobs.kills.points import Points, write_table
from tests.qgis.jobs.refusals.profile_refusals import Refusal, disk_full, disk_read_only, small_disk
from tests.qgis.jobs.refusals.refused_from_a_point import RefusedFrom

_TABLE = os.environ.get("GPKEYS_REFUSAL_TABLE", "")
_EVERY = 1 if _TABLE else 23
# More than a download leaves free.
_DISK_MB = 80
_JOB = next(job for job in JOBS if job.is_fetching and job.has_part)


@contextmanager
def _folder_gone(disk: Path) -> Iterator[None]:
    """Have the folder be elsewhere."""
    folder, elsewhere = disk / "données", disk / "ailleurs"
    shutil.move(folder, elsewhere)
    yield
    shutil.move(elsewhere, folder)


_REFUSALS: dict[str, Refusal] = {
    "disk-full": disk_full,
    "disk-read-only": disk_read_only,
    "folder-gone": _folder_gone,
}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a small disk."""
    with small_disk(tmp_path, _DISK_MB) as place:
        yield place


@pytest.mark.parametrize("refusal", _REFUSALS)
def test_what_is_refused_is_said_and_gone_on_with(downloads: Downloads, disk: Path, refusal: str) -> None:
    (disk / "données").mkdir()
    orders, recorder = Orders.of(downloads.bench, disk / "données"), Points()
    work = _JOB.prepared(orders)
    with quick(), watched(recorder):
        downloads.bench.run(work)
    whole = files_in(orders.folder)
    moments = sorted(recorder.names)[::_EVERY]
    found = {f"{moment} {refusal}": _cell(orders, moment, _REFUSALS[refusal](disk), whole) for moment in moments}
    write_table(_TABLE, f"download-{refusal}", found)
    assert {cell: problem for cell, problem in found.items() if problem} == {}


def _cell(orders: Orders, moment: str, refusal: AbstractContextManager[None], whole: dict[str, bytes]) -> str:
    """Have the disk refuse at a point; return what is wrong then or after going on, nothing where it is good."""
    bench = orders.bench
    points = RefusedFrom(moment, refusal, bench.main_thread)
    work = _JOB.prepared(orders)
    with quick() as waits, watched(points), points.until:
        told = carried_out(bench, work, waits)
    # What is being made cannot be taken away from a disk that takes no change.
    wrong = wrong_in_folder(orders.folder, whole, was_killed=True)
    if told.failure is not None:
        error = told.failure.error
        wrong = wrong or ("" if isinstance(error, DiskError) and error.advice is not None else f"said {error!r}")
        wrong = wrong or ("" if orders.begun() is not None else "nothing noted")
    else:
        wrong = wrong or wrong_in_outcome(told.results[0], orders, whole)
    with quick():
        outcome: FetchOutcome = bench.run(orders.go_on() or work)
    if outcome.failed or outcome.problems:
        return wrong or f"gone on, but {outcome.failed} {outcome.problems}"
    return wrong or wrong_at_end(orders.folder, whole)
