"""These tests are for the stage only: `-p tests.qt6.stage`."""

from __future__ import annotations

import sys

collect_ignore_glob = [] if "tests.qt6.stage" in sys.modules else ["test_*.py"]
