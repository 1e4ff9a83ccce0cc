"""The plugin unloaded in the middle of a job: it is taken back or ended, or the next load finishes or undoes it.

Where the jobs are cut off is found by running each once. `make test` takes a few points of some, `make soak` all of
all.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from qgis.core import QgsApplication

from gpkeys_plugin.jobs.running.main_thread import MainThread
from gpkeys_plugin.jobs.running.task import TaskRunner
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.kills.killed_jobs import KilledJob, Work, run
from tests.qgis.jobs.kills.points import Points, watched
from tests.qgis.jobs.kills.prepared_state import PreparedState
from tests.qgis.jobs.kills.test_kills import WAYS_OUT, problem_after
from tests.qgis.jobs.kills.world import world

_IS_LONG = bool(os.environ.get("GPKEYS_SOAK"))
_EVERY = 1 if _IS_LONG else 31
_WAYS_OUT = WAYS_OUT if _IS_LONG else WAYS_OUT[1::5]


class Unloading(Points):
    """Has the plugin unloaded where a job comes by the point wanted, and lets the job go on."""

    def __init__(self, wanted: str, main_thread: MainThread, unload: Callable[[], None]) -> None:
        super().__init__()
        self._unloads_at = wanted
        self._main_thread = main_thread
        self._unload = unload
        self._has_begun = threading.Event()

    def pass_by(self, what: str) -> str:
        """Come by a point."""
        name = super().pass_by(what)
        if name == self._unloads_at:
            self._main_thread.post(self._begin)
            if threading.current_thread() is not threading.main_thread():
                assert self._has_begun.wait(20), name
        return name

    def _begin(self) -> None:
        self._has_begun.set()
        self._unload()


def unload_in(bench: Bench, name: str, work: Work) -> None:
    """Start a job, unload at a point as the plugin does, and load again; nobody may have heard of the job's end."""
    heard: list[Any] = []
    unloaded: list[bool] = []
    main_thread, runner = bench.main_thread, bench.runner

    def unload() -> None:
        runner.cancel_all()
        main_thread.shut_down()
        runner.shut_down()
        unloaded.append(True)

    try:
        # What asks for the unloading stays open while the plugin's own does not take calls any more.
        with watched(Unloading(name, MainThread(), unload)):
            runner.start("essai", work, heard.append, heard.append)
            bench.qtbot.waitUntil(lambda: bool(unloaded or heard), timeout=60_000)
        # On a busy machine a job needs longer to take itself back than an unloading waits for it.
        bench.qtbot.waitUntil(_is_all_over, timeout=60_000)
        assert heard == []
    finally:
        bench.main_thread, bench.runner = MainThread(), TaskRunner()


def _is_all_over() -> bool:
    is_job_alive = any(thread.name == "GPKeys job" for thread in threading.enumerate())
    return not is_job_alive and QgsApplication.taskManager().countActiveTasks() == 0


@pytest.mark.parametrize(("job", "way_out"), _WAYS_OUT)
def test_whatever_was_unloaded_ends_clean(bench: Bench, job: KilledJob, way_out: str) -> None:
    state, recorder = PreparedState(bench, job.prepare, is_used_up=job.leads_back), Points()
    run(bench, state.again(), recorder)
    ends = state.world, world(bench)
    found = {}
    few = set(sorted(recorder.names)[::_EVERY])
    for name in sorted(few):
        found[name] = problem_after(bench, job, state.again(), way_out, partial(unload_in, bench, name), ends)
    assert {name: problem for name, problem in found.items() if problem} == {}
