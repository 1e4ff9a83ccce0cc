"""Replies are freed, and freeing them ends no QGIS."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.tooling.tree import TOP

_PATIENCE_S = 180
_MOST_KB = 10 * 1024


def test_many_requests_leave_no_memory_behind(tmp_path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "tests.qgis.network.http.many_requests_script", "750"]
    done = subprocess.run(
        command, env=environment, cwd=TOP, capture_output=True, text=True, timeout=_PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < _MOST_KB
