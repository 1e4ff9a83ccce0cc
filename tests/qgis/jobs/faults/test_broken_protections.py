"""The matrix sees it when a protection is gone: each one, switched off, turns a cell red that is green with it."""

from __future__ import annotations

from typing import Any

import pytest

from gpkeys_plugin.entrepot import lost_answers
from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.jobs import connect_existing
from gpkeys_plugin.jobs.running import task
from gpkeys_plugin.jobs.running.undo_list import UndoList
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.faults.cells import Matrix
from tests.qgis.jobs.faults.fault_kinds import FAULTS
from tests.qgis.jobs.faults.struck_jobs import JOBS

_KEY, _ACCESSES = "/api/users/me/keys/…", "/api/users/me/keys/…/accesses"


@pytest.mark.parametrize(
    ("job_name", "fault_name", "request_label", "owner", "name", "instead"),
    [
        pytest.param(
            "create-hash", "403", f"POST {_ACCESSES}", UndoList, "take_back", lambda _: (), id="nothing is taken back"
        ),
        pytest.param(
            "create-hash",
            "2xx, nothing done",
            f"POST {_ACCESSES}",
            EntrepotClient,
            "_is_seen",
            staticmethod(lambda *_: True),
            id="what is confirmed is believed",
        ),
        pytest.param(
            "create-hash",
            "answer lost once",
            f"POST {_KEY.removesuffix('/…')}",
            lost_answers,
            "candidates",
            lambda *_: [],
            id="a lost answer is not looked up",
        ),
        pytest.param(
            "delete-hash", "cancel during", f"DELETE {_KEY}", task, "_as_cancelled", lambda error: error, id="no cancel"
        ),
        pytest.param(
            "connect-hash",
            "404",
            "GET /api/users/me/permissions/…",
            connect_existing,
            "unserved_warnings",
            lambda *_: (),
            id="what is missing is not said",
        ),
    ],
)
def test_a_protection_switched_off_is_seen(
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
    job_name: str,
    fault_name: str,
    request_label: str,
    owner: Any,
    name: str,
    instead: Any,
) -> None:
    matrix = Matrix(bench, next(job for job in JOBS if job.name == job_name))
    request = next(found for found in matrix.ends.requests if found.label == request_label)
    fault = next(found for found in FAULTS if found.name == fault_name)
    assert matrix.cell(request, fault, "undo") == ""
    with monkeypatch.context() as broken:
        broken.setattr(owner, name, instead)
        assert matrix.cell(request, fault, "undo")
