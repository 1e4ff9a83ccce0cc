"""What the tests of peers share: the servers, the simulator in front of them, an account signed in through QGIS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tests.qgis.jobs.conftest import Bench, benches
from tests.qgis.store.conftest import manager, own_settings
from tests.simulator.ogc.process import OgcServer
from tests.simulator.remote.launch import running_simulator
from tests.simulator.remote.steering import Simulator

__all__ = ["bench", "manager", "own_settings", "peers_url"]


@pytest.fixture(scope="session")
def peers_url() -> Iterator[str]:
    """Start MapServer and MapProxy over the made-up data, open to all; return their URL."""
    with OgcServer(module="tests.peers.server") as server:
        yield server.url


@pytest.fixture(scope="session")
def peered_simulator(peers_url: str) -> Iterator[Simulator]:
    """Start a simulator whose gateway guards the peers."""
    with running_simulator("--peer", peers_url) as simulator:
        yield simulator


@pytest.fixture
def bench(
    peered_simulator: Simulator, manager: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """Return a bench for camille, on the simulator before the peers."""
    peered_simulator.reset()
    yield from benches(peered_simulator, qtbot, tmp_path, monkeypatch)
