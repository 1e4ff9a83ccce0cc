"""What all suites share: the simulator's fixtures."""

from __future__ import annotations

from importlib.util import find_spec

pytest_plugins = ["tests.simulator.remote.fixtures"] if find_spec("tests.simulator.remote.fixtures") else []
