"""Each request of each job struck by each fault: platform, QGIS, records and words agree, and the way out ends clean.

The requests are those that a job really sends, found by running it once. `make test` takes some cells of each job and
of each fault, `make faults` all, with tables in build/faults; GPKEYS_FAULT_CELLS, a regular expression on
"fault | request", picks some.
"""

from __future__ import annotations

import os
import re
import time

import pytest

from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.faults.cells import Matrix
from tests.qgis.jobs.faults.fault_kinds import FAULTS, FaultKind
from tests.qgis.jobs.faults.fault_tables import Row, add_row, add_sums
from tests.qgis.jobs.faults.sent_requests import SentRequest
from tests.qgis.jobs.faults.struck_job import StruckJob
from tests.qgis.jobs.faults.struck_jobs import JOBS
from tests.qgis.jobs.kills import ways_out
from tests.qgis.jobs.kills.killed_jobs import JOBS as KILLED_JOBS

_FOLDER = os.environ.get("GPKEYS_FAULT_TABLE", "")
_WANTED = re.compile(os.environ.get("GPKEYS_FAULT_CELLS", ""))
_EVERY = 6


# What is killed, and what is killed as the way out of that (`test_killed_ways_out.py`).
_WAYS_OUT = {use for use in vars(ways_out).values() if getattr(use, "__module__", "").startswith("gpkeys_plugin.jobs.")}
_KILLED = _WAYS_OUT.union(*(job.of for job in KILLED_JOBS))
_STRUCK = JOBS if _FOLDER or _WANTED.pattern else [job for job in JOBS if job.often]


@pytest.mark.parametrize("job", _STRUCK, ids=lambda job: job.name)
def test_whatever_fails_is_told_and_ends_clean(bench: Bench, job: StruckJob) -> None:
    matrix = Matrix(bench, job)
    assert _KILLED.intersection(job.of) or not matrix.ends.is_change
    rows = []
    for number, (request, fault) in enumerate(_cells(job, matrix.ends.requests)):
        way_out, begun_s = ("undo", "finish")[number % 2], time.monotonic()
        wrong = matrix.cell(request, fault, way_out)
        rows.append(Row(request.label, fault.name, way_out, wrong, time.monotonic() - begun_s))
        add_row(_FOLDER, job.name, rows[-1])
    assert rows
    add_sums(_FOLDER, job.name, rows)
    assert {f"{row.fault} | {row.request} | {row.way_out}": row.wrong for row in rows if row.wrong} == {}


def _cells(job: StruckJob, requests: tuple[SentRequest, ...]) -> list[tuple[SentRequest, FaultKind]]:
    """Return all cells; or one cell of every sixth fault, beginning with another one for each job."""
    if _FOLDER or _WANTED.pattern:
        whole = [(request, fault) for request in requests for fault in FAULTS if fault.concerns(request)]
        return [(request, fault) for request, fault in whole if _WANTED.search(f"{fault.name} | {request.label}")]
    start = JOBS.index(job)
    cells = []
    for number, fault in enumerate(FAULTS):
        concerned = [request for request in requests if fault.concerns(request)]
        if concerned and (number + start) % _EVERY == 0:
            cells.append((concerned[(7 * number + start) % len(concerned)], fault))
    return cells
