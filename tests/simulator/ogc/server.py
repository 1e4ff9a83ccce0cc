"""The child process: `python -m tests.simulator.ogc.server` serves the open data on a loopback port.

It prints {"ogc_url": …} when ready. Addresses: `/wms?`, `/wmts?`, `/wfs?`, `/tms/1.0.0/…`, `/vector-tms/…`. It ends on
SIGTERM and when the process that started it does. HTTP is spoken by threads; the main thread alone asks QGIS Server.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import queue
import shutil
import signal
import socket
import sys
import tempfile
import threading
import traceback
from concurrent.futures import Future
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from .cache import default_root

if TYPE_CHECKING:
    from .answers import Answer

_PR_SET_PDEATHSIG = 1
_STEP_S = 1.0
_ANSWER_TIMEOUT_S = 120

Question = tuple[str, str, "Future[Answer]"]


class _Server(ThreadingHTTPServer):
    """Several workers may share a port; the kernel deals out the connections."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int, questions: queue.SimpleQueue[Question]) -> None:
        self.questions = questions
        super().__init__(("127.0.0.1", port), _Handler)

    def server_bind(self) -> None:
        if hasattr(socket, "SO_REUSEPORT"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        super().server_bind()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is nothing to report."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Without this, Nagle's algorithm and delayed acknowledgements cost 40 ms an answer.
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def do_GET(self) -> None:
        """Have the main thread answer."""
        base_url = f"http://{self.headers.get('Host') or '127.0.0.1'}"
        future: Future[Answer] = Future()
        self.server.questions.put((base_url, self.path, future))
        try:
            answer = future.result(_ANSWER_TIMEOUT_S)
        except Exception as error:  # noqa: BLE001  # the process must survive whatever one question did
            self.log_error("%s: %r", self.path, error)
            self.send_error(500)
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def do_HEAD(self) -> None:
        """Answer without the body."""
        self.do_GET()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Stay quiet."""


def die_with_parent() -> None:
    """Ask the kernel (Linux) for a SIGTERM when the thread that started this process ends."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            sys.exit("the parent is gone already")


def _isolate(home: Path) -> None:
    """No display, no profile of the user's, no chatter: before anything of QGIS is imported."""
    os.environ.update(
        QT_QPA_PLATFORM="offscreen",
        XDG_RUNTIME_DIR=str(home),
        XDG_CACHE_HOME=str(home),
        XDG_CONFIG_HOME=str(home),
        XDG_DATA_HOME=str(home),
        QGIS_CUSTOM_CONFIG_PATH=str(home),
        QGIS_OPTIONS_PATH=str(home),
        QGIS_AUTH_DB_DIR_PATH=str(home),
        QGIS_SERVER_CACHE_DIRECTORY=str(home / "cache"),
        QGIS_SERVER_LOG_LEVEL="2",
        QGIS_SERVER_LOG_STDERR="1",
        QGIS_SERVER_PARALLEL_RENDERING="0",
        GDAL_SKIP="",
    )


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _serve(port: int, cache_root: Path) -> None:
    from qgis.core import QgsApplication

    application = QgsApplication([], False)
    application.initQgis()

    from .engine import Engine

    engine = Engine(cache_root)
    questions: queue.SimpleQueue[Question] = queue.SimpleQueue()
    server = _Server(port, questions)
    threading.Thread(target=server.serve_forever, name="http", daemon=True).start()
    print(json.dumps({"ogc_url": f"http://127.0.0.1:{server.server_port}"}), flush=True)
    while True:
        try:
            # In steps: a signal that the kernel hands to the other thread does not wake this one, which acts on it.
            base_url, target, future = questions.get(timeout=_STEP_S)
        except queue.Empty:
            continue
        try:
            future.set_result(engine.answer(base_url, target))
        except Exception as error:  # noqa: BLE001  # the thread that asks raises it
            future.set_exception(error)


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="loopback port, a free one by default")
    parser.add_argument("--cache", type=Path, default=default_root(), help="folder for the generated data")
    arguments = parser.parse_args()
    die_with_parent()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    home = Path(tempfile.mkdtemp(prefix="gpkeys-ogc-"))
    try:
        _isolate(home)
        _serve(arguments.port, arguments.cache)
    except Exception:
        # The process ends below without Python's own last words.
        traceback.print_exc()
        raise
    finally:
        shutil.rmtree(home, ignore_errors=True)
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        # QGIS may crash when Python tears it down; there is nothing left to save.
        os._exit(0 if isinstance(sys.exc_info()[1], SystemExit) else 1)


if __name__ == "__main__":
    main()
