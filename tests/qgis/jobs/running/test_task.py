"""The task that runs a use case, seen from QGIS."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.running.task import Progress, TaskRunner
from gpkeys_plugin.jobs.values import Failed
from tests.tooling.tree import TOP

_PATIENCE_S = 90


def test_tasks_end_while_another_thread_keeps_python_and_qt_busy(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path / "profile"),
        "XDG_RUNTIME_DIR": str(tmp_path),
    }
    command = [sys.executable, "-m", "tests.qgis.jobs.running.task_end_script"]
    # A standstill is for ever: the time-out only ends the test.
    done = subprocess.run(
        command, env=environment, cwd=TOP, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
    )
    assert done.stdout.split("\n")[-2:] == ["done", ""], done.stderr


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
