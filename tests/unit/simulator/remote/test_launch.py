"""The simulator as a process: its JSON line, its ends, its children."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.simulator.remote.launch import SimulatorDidNotStart, running_simulator
from tests.simulator.remote.steering import Simulator

_ROOT = Path(__file__).resolve().parents[4]
_COMMAND = [sys.executable, "-m", "tests.simulator"]
_DEADLINE_S = 20.0
_needs_qgis = pytest.mark.skipif(importlib.util.find_spec("qgis") is None, reason="the OGC server is QGIS Server")


@contextmanager
def _process(*command: str) -> Iterator[subprocess.Popen[str]]:
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=_ROOT, text=True, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def _line(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    line: dict[str, Any] = json.loads(process.stdout.readline())
    return line


def _is_served(url: str) -> bool:
    try:
        requests.get(url, timeout=5)
    except requests.ConnectionError:
        return False
    return True


def _wait_until_gone(url: str) -> None:
    deadline = time.monotonic() + _DEADLINE_S
    while _is_served(url):
        assert time.monotonic() < deadline, f"{url} is still served"


def test_json_line_and_clean_stop() -> None:
    with _process(*_COMMAND, "--no-ogc") as process:
        line = _line(process)
        assert {"api_url", "gateway_url", "control_url", "sso_url", "client_id", "client_secret"} <= set(line)
        assert line["ogc_url"] is None
        assert [known["username"] for known in line["accounts"]][:2] == ["camille", "nadia"]
        assert _is_served(line["api_url"])
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=_DEADLINE_S)
        assert (process.returncode, output, errors) == (0, "", "")
        assert not _is_served(line["api_url"])


def test_stops_while_a_request_hangs() -> None:
    with _process(*_COMMAND, "--no-ogc") as process:
        line = _line(process)
        requests.post(f"{line['control_url']}/fail", json={"path": "^/api", "action": "timeout"}, timeout=5)
        with pytest.raises(requests.ReadTimeout):
            requests.get(line["api_url"], timeout=0.2)
        process.terminate()
        assert process.wait(_DEADLINE_S) == 0


def test_ends_with_its_parent() -> None:
    starter = (
        "import subprocess, sys\n"
        f"child = subprocess.Popen({[*_COMMAND, '--no-ogc']!r}, stdout=subprocess.PIPE, text=True)\n"
        "print(child.stdout.readline(), end='', flush=True)\n"
        "sys.stdin.read()\nchild.wait()\n"
    )
    with _process(sys.executable, "-c", starter) as parent:
        line = _line(parent)
        parent.kill()
        _wait_until_gone(line["api_url"])


def test_given_ports_and_options(unused_ports: tuple[int, int]) -> None:
    port, sso_port = unused_ports
    ports = ("--port", str(port), "--sso-port", str(sso_port))
    with running_simulator("--no-ogc", *ports, "--token-lifetime", "77", "--latency-ms", "30") as simulator:
        assert simulator.api_url == f"http://127.0.0.1:{port}/api"
        assert simulator.sso_url == f"http://127.0.0.1:{sso_port}/realms/geoplateforme"
        simulator.reset()
        assert simulator.tokens_for("camille")["expires_in"] == 77
        assert (simulator.requests()[-1].duration_ms or 0) >= 30


def test_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with pytest.raises(SimulatorDidNotStart, match="in use"), running_simulator("--no-ogc", "--port", port):
            pass


def test_verbose_writes_no_secret() -> None:
    with _process(*_COMMAND, "--no-ogc", "--verbose") as process:
        simulator = Simulator.from_description(_line(process))
        simulator.token_for("camille")
        requests.get(
            f"{simulator.gateway_url}/wfs",
            params={"apikey": "secret-invente"},  # pragma: allowlist secret - made up
            timeout=10,  # pragma: allowlist secret - made up
        )  # pragma: allowlist secret - made up
        process.terminate()
        errors = process.communicate(timeout=_DEADLINE_S)[1]
    assert "GET /private/wfs?apikey=*** 401" in errors
    assert "secret-invente" not in errors
    assert simulator.client_secret not in errors


@_needs_qgis
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_ogc_server_ends_with_the_simulator(end: signal.Signals) -> None:
    with _process(*_COMMAND) as process:
        line = _line(process)
        assert _is_served(line["ogc_url"])
        os.kill(process.pid, end)
        process.wait(_DEADLINE_S)
        _wait_until_gone(line["ogc_url"])


@pytest.fixture
def unused_ports() -> tuple[int, int]:
    """Two ports that were free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as first, socket.create_server(("127.0.0.1", 0)) as second:
        return first.getsockname()[1], second.getsockname()[1]
