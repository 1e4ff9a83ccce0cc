"""The matrix sees it when a protection is gone: each one, switched off, turns a cell red that is green with it."""

from __future__ import annotations

from typing import Any

import pytest

from gpkeys_plugin.entrepot import lost_answers
from gpkeys_plugin.jobs import connect_existing
from gpkeys_plugin.jobs.running import task
from gpkeys_plugin.jobs.running.undo_list import UndoList
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.faults.cells import Matrix
from tests.qgis.jobs.faults.fault_kinds import FAULTS
from tests.qgis.jobs.faults.struck_jobs import JOBS

_KEYS, _ACCESSES = "/api/users/me/keys", "/api/users/me/keys/…/accesses"


_CELLS = {
    "nothing is taken back": ("create-hash", "403", f"POST {_ACCESSES}"),
    "what is confirmed is believed": ("create-hash", "2xx, nothing done", f"POST {_ACCESSES}"),
    "a lost answer is not looked up": ("create-hash", "answer lost once", f"POST {_KEYS}"),
    "a cancel is told as what came of it": ("delete-hash", "cancel during", f"DELETE {_KEYS}/…"),
    "what is missing is not said": ("connect-hash", "404", "GET /api/users/me/permissions/…"),
}


def _switch_off(protection: str, patched: pytest.MonkeyPatch) -> None:
    instead: dict[str, tuple[Any, str, Any]] = {
        "nothing is taken back": (UndoList, "take_back", lambda _: ()),
        "what is confirmed is believed": (lost_answers, "read_back", lambda *_: True),
        "a lost answer is not looked up": (lost_answers, "candidates", lambda *_: []),
        "a cancel is told as what came of it": (task, "_as_cancelled", lambda error: error),
        "what is missing is not said": (connect_existing, "unserved_warnings", lambda *_: ()),
    }
    patched.setattr(*instead[protection])


@pytest.mark.parametrize("protection", _CELLS)
def test_a_protection_switched_off_is_seen(bench: Bench, monkeypatch: pytest.MonkeyPatch, protection: str) -> None:
    job_name, fault_name, label = _CELLS[protection]
    matrix = Matrix(bench, next(job for job in JOBS if job.name == job_name))
    request = next(found for found in matrix.ends.requests if found.label == label)
    fault = next(found for found in FAULTS if found.name == fault_name)
    assert matrix.cell(request, fault, "undo") == ""
    with monkeypatch.context() as broken:
        _switch_off(protection, broken)
        assert matrix.cell(request, fault, "undo")
