"""A disk that refuses in the middle of a download, for real: said, nothing wrong left, and gone on with afterwards.

Full, read-only, or with the folder moved away, so this needs the right to mount. `make test` takes a few of the points
that a download comes by, `make refuse` all.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
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
from tests.qgis.jobs.kills.points import Points
from tests.qgis.jobs.refusals.profile_refusals import Refusal, disk_full, disk_read_only, mounted, unmount

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


class _Refused(Points):
    """Has the disk begin to refuse when a download comes by a point."""

    def __init__(self, moment: str, refusal: AbstractContextManager[None]) -> None:
        super().__init__()
        self._moment, self._refusal = moment, refusal
        self._beginning = threading.Lock()
        self.until = ExitStack()

    def pass_by(self, what: str) -> str:
        """Come by a point."""
        name = super().pass_by(what)
        if name == self._moment:
            with self._beginning:
                self.until.enter_context(self._refusal)
        return name


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Return a small disk."""
    place = tmp_path / "disk"
    place.mkdir()
    if not mounted("-t", "tmpfs", "-o", f"size={_DISK_MB}m", "tmpfs", str(place)):
        pytest.skip("only who may mount a file system can have one refuse: run it as root")
    yield place
    unmount(place)


@pytest.mark.parametrize("refusal", _REFUSALS)
def test_what_is_refused_is_said_and_gone_on_with(downloads: Downloads, disk: Path, refusal: str) -> None:
    (disk / "données").mkdir()
    orders, recorder = Orders.of(downloads.bench, disk / "données"), Points()
    work = _JOB.prepared(orders)
    with quick(), watched(recorder):
        downloads.bench.run(work)
    whole = files_in(orders.folder)
    moments = sorted(recorder.names)[::_EVERY]
    found = {moment: _cell(orders, moment, _REFUSALS[refusal](disk), whole) for moment in moments}
    if _TABLE:
        lines = [f"{cell} {refusal}\t{problem or 'good'}\n" for cell, problem in found.items()]
        Path(_TABLE, f"download-{refusal}.tsv").write_text("".join(lines), encoding="utf-8")
    assert {cell: problem for cell, problem in found.items() if problem} == {}


def _cell(orders: Orders, moment: str, refusal: AbstractContextManager[None], whole: dict[str, bytes]) -> str:
    """Have the disk refuse at a point; return what is wrong then or after going on, nothing where it is good."""
    bench, points = orders.bench, _Refused(moment, refusal)
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
