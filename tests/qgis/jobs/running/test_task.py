"""The task that runs a use case, seen from QGIS."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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
