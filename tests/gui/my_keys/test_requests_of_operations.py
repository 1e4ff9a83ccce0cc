"""How many requests what a person does takes, until the window has settled: what the benchmark measures, held exactly.

Which of them go at once is held where the jobs are tested (`tests/qgis/jobs/requests_sent`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from gpkeys_plugin.keys.upkeep.overview import USAGE_PERIOD
from tests.benchmarks import operations
from tests.benchmarks.account_window import USER, AccountWindow, kept_session
from tests.benchmarks.operations import Bench, Operation
from tests.benchmarks.plain_client import PlainClient
from tests.benchmarks.round_trips import SMALL
from tests.qgis.store.conftest import manager, own_settings
from tests.simulator.remote.steering import LoggedRequest, Simulator

__all__ = ["manager", "own_settings"]

_VARIABLES = ("GPKEYS_API_URL", "GPKEYS_SSO_URL", "GPKEYS_CLIENT_ID", "GPKEYS_CLIENT_SECRET", "GPKEYS_SEARCH_URL")
_PATIENCE_MS = 60_000
_REQUESTS = {
    "kept session → wizard": {"GET": 5},
    "wizard ready": {"GET": 5},
    "My keys: rows, complete": {"GET": 5 + 60},
    "show one key": {"GET": 8},
    # Each key and its accesses and use, and each permission once; then nothing.
    "all keys in turn": {"GET": 236},
    "the same once more": {},
    "create, 10 services of 5": {"GET": 14, "POST": 6},
    "change 1 access": {"GET": 2, "POST": 1, "DELETE": 1},
    "rename": {"GET": 1, "PATCH": 1},
    "rotate": {"GET": 12, "POST": 6},
    "finish": {"GET": 14, "PATCH": 1, "DELETE": 1},
    "what a deletion ends": {"GET": 1},
    "delete": {"GET": 1, "DELETE": 1},
    "create, 200 services of 40": {"GET": 125, "POST": 1 + 40},
    "the same, 200 services": {"GET": 1},
    "delete, 200 services": {"GET": 1, "DELETE": 1},
    "gpkeys:listkeys, names only": {"GET": 1},
    "gpkeys:listkeys": {"GET": 1 + 2 * 60},
}
_READING_USES = (operations.SCRIPT, operations.LOOK_OUT, operations.LOOK_OUT_OF_MANY)


@pytest.fixture
def bench(light_simulator: Simulator, manager: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Return the benchmark's small account, in a window that was opened before."""
    for name in _VARIABLES:
        monkeypatch.setenv(name, "")
    light_simulator.sow(USER, **SMALL)
    authcfg, plain = kept_session(light_simulator), PlainClient(light_simulator.session_for(USER), "")
    made = Bench(AccountWindow(authcfg), plain)
    yield made
    made.window.close()
    plain.close()


def test_each_takes_as_many_requests_as_it_must(bench: Bench, light_simulator: Simulator, qtbot: QtBot) -> None:
    found = {}
    for operation in operations.small_account(is_quick=False):
        if operation.prepare is not None:
            operation.prepare(bench)
            qtbot.waitUntil(bench.window.is_idle, timeout=_PATIENCE_MS)
        light_simulator.clear_requests()
        _do(operation, bench, qtbot)
        found[operation.name] = dict(
            Counter(one.method for one in light_simulator.requests() if _is_part(one, operation))
        )
    assert found == _REQUESTS


def _do(operation: Operation, bench: Bench, qtbot: QtBot) -> None:
    operation.act(bench)
    qtbot.waitUntil(lambda: operation.is_shown(bench) and bench.window.is_idle(), timeout=_PATIENCE_MS)


def _is_part(request: LoggedRequest, operation: Operation) -> bool:
    """Whether a request belongs to an operation: not what QGIS's own layers ask, nor the last use of rows in sight.

    That is read whenever rows stand still, beside everything else.
    """
    is_told = request.service in ("api", "gateway") and request.authentication != "apikey-query"
    return is_told and (not _is_last_use(request) or operation in _READING_USES)


def _is_last_use(request: LoggedRequest) -> bool:
    if "/keys/" not in request.path or not request.path.endswith("/stats"):
        return False
    start, end = (date.fromisoformat(request.parameters[name][:10]) for name in ("start", "end"))
    return end - start >= USAGE_PERIOD
