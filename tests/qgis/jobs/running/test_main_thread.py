"""Calls of the main thread, asked for by a worker."""

from __future__ import annotations

from threading import current_thread, main_thread
from typing import Any

from qgis.PyQt.QtCore import QTimer

from gpkeys_plugin.jobs.running.main_thread import MOST_IN_A_CALL, MainThread
from tests.qgis.jobs.conftest import Bench


def test_many_things_are_done_a_few_at_a_time(bench: Bench) -> None:
    things, done = list(range(2 * MOST_IN_A_CALL + 3)), list[Any]()

    def note(part: Any) -> int:
        assert current_thread() is main_thread()
        QTimer.singleShot(0, lambda: done.append("drawn"))
        done.append(len(part))
        return sum(part)

    sums = bench.run(lambda _: bench.main_thread.call_by_parts(note, things))
    assert sum(sums) == sum(things)
    assert done == [MOST_IN_A_CALL, "drawn", MOST_IN_A_CALL, "drawn", 3, "drawn"]


def test_nothing_is_not_called_for(qgis_app: Any) -> None:
    assert MainThread().call_by_parts(lambda _: "called", ()) == []
