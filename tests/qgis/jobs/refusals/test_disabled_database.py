"""Wrong master passwords, and the database that QGIS disables after five of them: in a process that ends with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.tooling.tree import TOP

_CELLS = Path(__file__).with_name("disabled_database.py")
_LIMIT_S = 120


def test_it_is_said_before_anything_is_changed() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(_CELLS)]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False, timeout=_LIMIT_S)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
