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
from qgis.core import QgsApplication, QgsNetworkAccessManager, QgsRasterLayer

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.running.off_the_main_thread import off_main_thread
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
