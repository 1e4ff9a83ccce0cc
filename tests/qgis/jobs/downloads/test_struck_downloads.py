"""Each request of each job of downloads struck by each fault: files, notes and words agree, and both ways out end well.

The matrix of `tests/qgis/jobs/faults`, whose state is a folder: after a fault there is the whole file, nothing, or the
beginning of it, noted to be gone on with. `make test` takes some cells, `make faults` all.
"""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from typing import Any

import pytest

from gpkeys_plugin.jobs.downloads.fetch_order import FetchOutcome
from gpkeys_plugin.jobs.running.task import RunningJob
from tests.qgis.jobs.downloads.conftest import Downloads
from tests.qgis.jobs.downloads.order_verdict import (
    leaked,
    secrets_of,
    wrong_at_end,
    wrong_in_folder,
    wrong_in_outcome,
)
from tests.qgis.jobs.downloads.orders import JOBS, OrderedJob, Orders, Work, files_in
from tests.qgis.jobs.faults.fault_kinds import FAULTS, FaultKind
from tests.qgis.jobs.faults.fault_tables import Row, add_row, add_sums
from tests.qgis.jobs.faults.offered_jobs import entered, not_entered
from tests.qgis.jobs.faults.quick_waits import Waits, impatient, quick
from tests.qgis.jobs.faults.sent_requests import SentRequest, sent
from tests.qgis.jobs.faults.told_by_jobs import Told, carried_out
from tests.qgis.jobs.faults.user_cancels import cancelled_at
from tests.qgis.jobs.faults.verdict import LONGEST_PAUSED_S, LONGEST_S, wrong_in_words

_FOLDER = os.environ.get("GPKEYS_FAULT_TABLE", "")
_EVERY = 6
# Other bytes under the head of an answer that is right.
_SPOILING = ("bad-json", "other-shape")
_SHORT_S, _LONG_S = 0.3, 3.0
_STRUCK = [job for job in JOBS if job.often or _FOLDER]


class Matrix:
    """The cells of one job."""

    def __init__(self, orders: Orders, job: OrderedJob) -> None:
        self._orders, self._job, self._bench = orders, job, orders.bench
        with quick() as waits:
            work = job.prepared(orders)
            self._bench.simulator.clear_requests()
            self._bench.signed_in.known.forget()
            with entered() as seen:
                told = carried_out(self._bench, work, waits)
        assert not told.errors, told.errors
        assert not_entered(job.of, seen) == []
        self.requests = sent(self._bench.simulator.requests())
        self.whole = files_in(orders.folder)
        self._result = told.results[0]
        assert bool(self.whole) == job.is_fetching
        assert orders.begun() is None

    def cell(self, request: SentRequest, fault: FaultKind, way_out: str) -> str:
        """Run the job with the fault, then take the way out; return what is wrong, empty for nothing."""
        with quick() as waits:
            work = self._job.prepared(self._orders)
            told = self._struck(work, request, fault, waits)
            try:
                return self._judged(told, fault) or self._way_out(way_out, work)
            except Exception as error:  # noqa: BLE001 - whatever it is, the cell is bad
                return f"afterwards {type(error).__name__}: {error}"

    def _struck(self, work: Work, request: SentRequest, fault: FaultKind, waits: Waits) -> Told:
        bench, running = self._bench, list[RunningJob]()
        bench.simulator.clear_requests()
        bench.signed_in.known.forget()
        fault.strike(bench.simulator, request)
        with ExitStack() as stack:
            stack.enter_context(impatient(_SHORT_S if fault.order.get("action") == "timeout" else _LONG_S))
            if fault.cancel:
                stack.enter_context(cancelled_at(request, fault.cancel, lambda: self._cancel(running)))
            told = carried_out(bench, work, waits, running)
        is_struck = running[0].is_to_stop() if fault.cancel else any(one.fault for one in bench.simulator.requests())
        bench.simulator.reset_faults()
        assert is_struck, f"{fault.name} never struck {request.label}"
        return told

    def _cancel(self, running: list[RunningJob]) -> None:
        self._bench.main_thread.call(lambda: running[0].cancel())  # noqa: PLW0108 - there once the main thread is free

    def _judged(self, told: Told, fault: FaultKind) -> str:
        if told.seconds > LONGEST_S or told.paused_s > LONGEST_PAUSED_S:
            return f"took {told.seconds:.0f} s and {told.paused_s:.0f} s of pauses"
        wrong = leaked(self._orders, told.all_words, secrets_of(self._orders))
        is_spoilt = fault.order.get("action") in _SPOILING
        wrong = wrong or wrong_in_folder(self._orders.folder, self.whole, is_spoilt=is_spoilt)
        if wrong:
            return wrong
        if told.failure is not None:
            return wrong_in_words(told.failure, told.errors[0], fault) or self._wrong_in_failure(told)
        return self._wrong_in_success(told.results[0])

    def _wrong_in_failure(self, told: Told) -> str:
        """Return what is wrong with a failure: the window offers to go on with what it has begun."""
        is_offered = self._job.name.startswith("script") or self._orders.begun() is not None
        return "" if is_offered or not self._job.is_fetching else f"nothing noted after {told.errors}"

    def _wrong_in_success(self, result: Any) -> str:
        if isinstance(result, FetchOutcome):
            return wrong_in_outcome(result, self._orders, self.whole)
        if not self._job.is_fetching:
            return "" if result == self._result else f"{result} instead of {self._result}"
        return "" if result.outcome.failure else wrong_at_end(self._orders.folder, self.whole)

    def _way_out(self, way_out: str, work: Work) -> str:
        """Give up what is noted, or go on; return what is wrong after that."""
        give_up = self._orders.give_up() if way_out == "undo" else None
        if give_up is not None:
            self._bench.run(give_up)
            return self._wrong_after_giving_up()
        result = self._bench.run(self._orders.go_on() or work)
        if isinstance(result, FetchOutcome) and (result.failed or result.problems):
            return f"gone on, but {[one.error for one in result.failed]} {result.problems}"
        wrong = wrong_at_end(self._orders.folder, self.whole)
        return wrong or ("still noted" if self._orders.begun() is not None else "")

    def _wrong_after_giving_up(self) -> str:
        """Return what is wrong with what stays: whole files only."""
        left = [name for name in files_in(self._orders.folder) if name not in self.whole]
        if left or self._orders.begun() is not None:
            return f"given up, but there is {left}"
        return wrong_in_folder(self._orders.folder, self.whole)


@pytest.mark.parametrize("job", _STRUCK, ids=lambda job: job.name)
def test_whatever_fails_leaves_whole_files_or_what_is_gone_on_with(downloads: Downloads, job: OrderedJob) -> None:
    matrix = Matrix(Orders.of(downloads.bench, downloads.folder), job)
    rows = []
    for number, (request, fault) in enumerate(_cells(job, matrix.requests)):
        way_out, begun_s = ("undo", "finish")[number % 2], time.monotonic()
        wrong = matrix.cell(request, fault, way_out)
        rows.append(Row(request.label, fault.name, way_out, wrong, time.monotonic() - begun_s))
        add_row(_FOLDER, f"download-{job.name}", rows[-1])
    assert rows
    add_sums(_FOLDER, f"download-{job.name}", rows)
    assert {f"{row.fault} | {row.request} | {row.way_out}": row.wrong for row in rows if row.wrong} == {}


def _cells(job: OrderedJob, requests: tuple[SentRequest, ...]) -> list[tuple[SentRequest, FaultKind]]:
    """Return all cells; or one cell of every sixth fault, beginning with another one for each job."""
    if _FOLDER:
        return [(request, fault) for request in requests for fault in FAULTS if fault.concerns(request)]
    start, cells = JOBS.index(job), []
    for number, fault in enumerate(FAULTS):
        concerned = [request for request in requests if fault.concerns(request)]
        if concerned and (number + start) % _EVERY == 0:
            cells.append((concerned[(7 * number + start) % len(concerned)], fault))
    return cells
