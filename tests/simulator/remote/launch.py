"""Starting the simulator as a process of its own, and ending it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.simulator.remote.steering import Simulator

_ROOT = Path(__file__).resolve().parents[3]
_READY_TIMEOUT_S = 120.0
_STOP_TIMEOUT_S = 10.0


class SimulatorDidNotStart(RuntimeError):
    """The process ended, or said nothing in time; the message holds what it wrote."""


@contextmanager
def running_simulator(*arguments: str) -> Iterator[Simulator]:
    """A simulator started with these arguments, ended with the block."""
    with tempfile.TemporaryFile() as log:
        process = _started(arguments, log)
        try:
            yield Simulator.from_description(_description(process, log))
        finally:
            _end(process)


def _started(arguments: tuple[str, ...], log: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.simulator", *arguments],
        cwd=_ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=log,
        bufsize=0,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )


def _description(process: subprocess.Popen[bytes], log: IO[bytes]) -> dict[str, object]:
    """The JSON line, once it is there."""
    if process.stdout is None:
        raise SimulatorDidNotStart("no pipe to read from")
    deadline = time.monotonic() + _READY_TIMEOUT_S
    line = b""
    while not line.endswith(b"\n"):
        readable, _, _ = select.select([process.stdout], [], [], max(deadline - time.monotonic(), 0))
        piece = process.stdout.read(65536) if readable else b""
        if not piece:
            raise SimulatorDidNotStart(_written(log))
        line += piece
    description: dict[str, object] = json.loads(line)
    return description


def _written(log: IO[bytes]) -> str:
    log.seek(0)
    return log.read()[-4000:].decode(errors="replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
