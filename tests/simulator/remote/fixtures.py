"""pytest plugin: a running simulator, and a handle to steer it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulator.remote.launch import running_simulator
from tests.simulator.remote.steering import Simulator


@pytest.fixture(scope="session")
def simulator_process() -> Iterator[Simulator]:
    """The whole simulator, OGC server included, started once a session."""
    with running_simulator() as simulator:
        yield simulator


@pytest.fixture(scope="session")
def light_simulator_process() -> Iterator[Simulator]:
    """SSO, API, gateway and controls without the OGC server, started once a session: ready in a second."""
    with running_simulator("--no-ogc") as simulator:
        yield simulator


@pytest.fixture
def simulator(simulator_process: Simulator) -> Iterator[Simulator]:
    """The whole simulator as the seeds make it; what a test does to it is undone."""
    simulator_process.reset()
    yield simulator_process
    simulator_process.reset()


@pytest.fixture
def light_simulator(light_simulator_process: Simulator) -> Iterator[Simulator]:
    """The light simulator as the seeds make it; what a test does to it is undone."""
    light_simulator_process.reset()
    yield light_simulator_process
    light_simulator_process.reset()
