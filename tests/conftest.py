"""What all suites share: the simulator's fixtures."""

from __future__ import annotations

from importlib.util import find_spec

pytest_plugins = ["tests.simulator.fixture"] if find_spec("tests.simulator.fixture") else []
