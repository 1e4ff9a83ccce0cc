"""The task that runs a use case, seen from QGIS."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication, QgsNetworkAccessManager, QgsRasterLayer, QgsTask
from qgis.PyQt.QtCore import QCoreApplication, QThreadPool, QTimer

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.running import task
from gpkeys_plugin.jobs.running.off_the_main_thread import off_main_thread
from gpkeys_plugin.jobs.running.task import Progress, TaskRunner
from gpkeys_plugin.jobs.values import Failed
from tests.tooling.tree import TOP

_PATIENCE_S = 90


def last_line(folder: Path, script: str, *arguments: str) -> str:
    """Run a script of this folder in a QGIS of its own; return the last line that it prints."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(folder / "profile"),
        "XDG_RUNTIME_DIR": str(folder),
    }
    command = [sys.executable, "-m", f"tests.qgis.jobs.running.{script}", *arguments]
    # A standstill is for ever: the time-out only ends the test.
    done = subprocess.run(
        command, env=environment, cwd=TOP, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
    )
    return (done.stdout.splitlines() or [done.stderr])[-1]


def test_tasks_end_while_another_thread_keeps_python_and_qt_busy(tmp_path: Path) -> None:
    assert last_line(tmp_path, "task_end_script") == "done"


def test_no_job_is_lost_and_none_begins_twice(tmp_path: Path) -> None:
    count = "5000" if os.environ.get("GPKEYS_SOAK") else "1000"
    assert last_line(tmp_path, "short_jobs_script", count) == f"{count} begun, 0 twice, {count} ended"


class Sleeper(QgsTask):
    """A task of somebody else's that takes a slot of QGIS's pool until it is woken."""

    def __init__(self) -> None:
        super().__init__("sommeil")
        self.wake = threading.Event()

    def run(self) -> bool:
        return self.wake.wait(_PATIENCE_S)


@pytest.fixture
def full_pool(qgis_app: Any, qtbot: QtBot) -> Iterator[None]:
    """Fill QGIS's pool with tasks that wait."""
    manager, ended = QgsApplication.taskManager(), []
    # Newer ones have a pool of their own for tasks.
    pool = manager.threadPool() if hasattr(manager, "threadPool") else QThreadPool.globalInstance()
    sleepers = [Sleeper() for _ in range(pool.maxThreadCount() + 1)]
    for sleeper in sleepers:
        sleeper.taskCompleted.connect(lambda: ended.append(1))
        manager.addTask(sleeper)
    qtbot.waitUntil(lambda: pool.activeThreadCount() == pool.maxThreadCount())
    yield
    for sleeper in sleepers:
        sleeper.wake.set()
    qtbot.waitUntil(lambda: len(ended) == len(sleepers))


def test_a_job_waits_for_no_free_slot_of_qgis(qtbot: QtBot, full_pool: None) -> None:
    outcome: list[Any] = []
    runner = TaskRunner()
    runner.start("essai", lambda _: "fait", outcome.append, outcome.append)
    qtbot.waitUntil(lambda: bool(outcome))
    assert outcome == ["fait"]
    runner.shut_down()


class Held:
    """A job that works until it is let go, and what is heard of it."""

    def __init__(self, runner: TaskRunner, title: str = "essai") -> None:
        self.has_begun, self.may_end = threading.Event(), threading.Event()
        self.heard: list[Any] = []
        self.job = runner.start(
            title, self._work, self.heard.append, self.heard.append, lambda *told: self.heard.append(told)
        )

    def _work(self, progress: Progress) -> str:
        progress.tell(40, Text("Reading…"))
        self.has_begun.set()
        self.may_end.wait(_PATIENCE_S)
        progress.check()
        return "fait"


def shown() -> list[tuple[str, float]]:
    """Return what QGIS shows of tasks: description and share done."""
    return [(one.description(), one.progress()) for one in QgsApplication.taskManager().activeTasks()]


def test_qgis_shows_a_job_as_long_as_it_runs_and_cancels_it(qtbot: QtBot) -> None:
    statuses: list[int] = []
    QgsApplication.taskManager().statusChanged.connect(lambda _, status: statuses.append(int(status)))
    held = Held(TaskRunner(), "Lecture de la clé")
    qtbot.waitUntil(lambda: bool(held.heard))
    assert shown() == [("Lecture de la clé", 40)]
    assert statuses == [int(QgsTask.TaskStatus.Running)]
    QgsApplication.taskManager().cancelAll()
    # What was begun is still to be taken back: QGIS is not to close unasked.
    assert shown() == [("Lecture de la clé", 40)]
    held.may_end.set()
    qtbot.waitUntil(lambda: len(held.heard) == 2)
    assert held.heard[1].code is ErrorCode.CANCELLED
    assert shown() == []


def test_what_shows_its_progress_changes_something_until_it_is_to_stop(qtbot: QtBot) -> None:
    runner, read = TaskRunner(), threading.Event()
    runner.start("lecture", lambda _: read.wait(_PATIENCE_S), lambda _: None, lambda _: None)
    assert not runner.is_changing()
    held = Held(runner)
    assert runner.is_changing()
    held.job.cancel()
    assert not runner.is_changing()
    for event in (read, held.may_end):
        event.set()
    qtbot.waitUntil(lambda: len(held.heard) == 2)
    runner.shut_down()


def test_unloading_cancels_what_runs_and_nobody_hears_of_it(qtbot: QtBot) -> None:
    runner = TaskRunner()
    held = Held(runner)
    qtbot.waitUntil(lambda: bool(held.heard))
    QTimer.singleShot(0, held.may_end.set)
    runner.cancel_all()
    runner.shut_down()
    assert [told[0] for told in held.heard] == [40]
    assert shown() == []


def test_a_job_that_does_not_end_holds_up_the_unloading_for_a_while_only(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task, "_GOODBYE_S", 0.2)
    runner = TaskRunner()
    held = Held(runner)
    qtbot.waitUntil(lambda: bool(held.heard))
    runner.cancel_all()
    runner.shut_down()
    assert shown() == []
    del runner
    held.may_end.set()
    qtbot.waitUntil(lambda: all(thread.name != "GPKeys job" for thread in threading.enumerate()))
    assert [told[0] for told in held.heard] == [40]


def test_an_unloading_sleeps_until_the_job_has_ended(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Awake it would turn tens of thousands of times in this while, at the cost of the job that it waits for."""
    monkeypatch.setattr(task, "_GOODBYE_S", _PATIENCE_S)
    turns = Turns()
    monkeypatch.setattr(task, "QCoreApplication", turns)
    runner = TaskRunner()
    held = Held(runner)
    qtbot.waitUntil(lambda: bool(held.heard))
    end = threading.Timer(0.5, held.may_end.set)
    end.start()
    runner.cancel_all()
    assert held.may_end.is_set()
    assert 0 < turns.count < 100
    runner.shut_down()


class Turns:
    """Qt's application, counting how often it is asked for the next events."""

    def __init__(self) -> None:
        self.count = 0

    def processEvents(self, *arguments: Any) -> None:  # noqa: N802 - the name in Qt
        self.count += 1
        QCoreApplication.processEvents(*arguments)


def test_the_log_says_why_a_use_case_failed_whatever_it_raised(qtbot: QtBot) -> None:
    logged: list[str] = []
    told: list[Exception] = []
    QgsApplication.messageLog().messageReceived.connect(lambda message, *_: logged.append(message))
    cause = GpkeysError(ErrorCode.SERVER, Text("No."), "the server said no")

    def fail(_: Progress) -> None:
        raise Failed(cause, (Text("Something stayed."),))

    runner = TaskRunner()
    runner.start("essai", fail, lambda _: None, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert logged.count("the server said no") == 1
    assert not any("unexpected" in line for line in logged)
    runner.shut_down()


@pytest.fixture
def silent_server() -> Iterator[int]:
    """Return the port of a server that takes every connection and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def short_timeout(qgis_app: Any) -> Iterator[None]:
    """Have QGIS wait for an answer for less than a second."""
    before = QgsNetworkAccessManager.timeout()
    QgsNetworkAccessManager.setTimeout(700)
    yield
    QgsNetworkAccessManager.setTimeout(before)


def is_opened(port: int) -> bool:
    """Return whether QGIS opens a layer of a WMS."""
    uri = f"url=http://127.0.0.1:{port}/&layers=a&styles=&format=image/png&crs=EPSG:3857"
    return bool(QgsRasterLayer(uri, "essai", "wms").isValid())


def test_a_layer_whose_service_never_answers_ends_a_job_in_time(
    qtbot: QtBot, silent_server: int, short_timeout: None
) -> None:
    outcome: list[Any] = []
    runner = TaskRunner()
    runner.start("essai", lambda _: is_opened(silent_server), outcome.append, outcome.append)
    qtbot.waitUntil(lambda: bool(outcome), timeout=20_000)
    assert outcome == [False]


def test_a_layer_whose_service_never_answers_ends_a_script_in_time(silent_server: int, short_timeout: None) -> None:
    def wait(ended: threading.Event) -> None:
        assert ended.wait(20)

    assert off_main_thread(lambda: is_opened(silent_server), wait) is False
