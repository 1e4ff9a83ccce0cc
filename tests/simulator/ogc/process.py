"""The parent's side: starts the OGC server and its further workers, and stops them."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import IO

from .cache import default_root

_ROOT = Path(__file__).resolve().parents[3]
_STOP_TIMEOUT_S = 5.0


class OgcServerError(RuntimeError):
    """The OGC server did not start; the message ends with what it wrote."""


class OgcServer:
    """Running child processes that serve the open data at `url` (all of them at the same port).

    Start it from a thread that lives as long as the server shall: the children end with it. `module` is what they run.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        cache_root: Path | None = None,
        workers: int = 1,
        timeout_s: float = 90,
        module: str = "tests.simulator.ogc.server",
    ) -> None:
        """Start the workers and wait until each is ready."""
        self._module = module
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # lives as long as the children
        self._children: list[subprocess.Popen[bytes]] = []
        self.url = ""
        deadline = time.monotonic() + timeout_s
        try:
            for _ in range(workers):
                self._children.append(self._start(port, cache_root or default_root()))
                self.url = self._wait_until_ready(self._children[-1], deadline)
                port = int(self.url.rpartition(":")[2])
        except BaseException:
            self.stop()
            raise

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The ids of the children."""
        return tuple(child.pid for child in self._children)

    def stop(self) -> None:
        """End all children, gently first."""
        for child in self._children:
            child.terminate()
        for child in self._children:
            try:
                child.wait(_STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            if child.stdout is not None:
                child.stdout.close()
        self._children.clear()

    def __enter__(self) -> OgcServer:
        """Serve as long as the block runs."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def _start(self, port: int, cache_root: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", self._module, "--port", str(port), "--cache", str(cache_root)]
        return subprocess.Popen(
            command, cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._log, bufsize=0
        )

    def _wait_until_ready(self, child: subprocess.Popen[bytes], deadline: float) -> str:
        line = b""
        output = child.stdout
        if output is None:
            raise OgcServerError("the child has no output")
        while not line.endswith(b"\n"):
            left = deadline - time.monotonic()
            if left <= 0:
                raise OgcServerError(f"the OGC server is not ready in time\n{self.log_tail()}")
            readable, _, _ = select.select([output], [], [], left)
            piece = output.read(4096) if readable else b""
            if readable and not piece:
                raise OgcServerError(f"the OGC server ended with {child.wait()}\n{self.log_tail()}")
            line += piece
        return str(json.loads(line)["ogc_url"])

    def log_tail(self, size: int = 4000) -> str:
        """The last that the children wrote."""
        self._log.seek(0, 2)
        self._log.seek(max(0, self._log.tell() - size))
        return self._log.read().decode(errors="replace")
