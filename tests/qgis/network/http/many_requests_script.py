"""Run by itself: many requests from several threads; prints how much more memory it came to hold, in kB.

Usage: python -m tests.qgis.network.http.many_requests_script REQUESTS
"""

from __future__ import annotations

import resource
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEventLoop, QTimer

from gpkeys_plugin.network.http.network_threads import stop_threads
from gpkeys_plugin.network.open_session import open_session

THREADS = 4
BODY = b"x" * 40_000


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


def most_memory_kb() -> int:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def ask(url: str, count: int) -> None:
    """Send requests one after the other."""
    session = open_session()
    for _ in range(count):
        assert session.get(url, timeout=60).content == BODY


def ask_at_once(app: QgsApplication, url: str, count: int) -> None:
    """Send requests from several threads, while the application's events go on."""
    with ThreadPoolExecutor(THREADS) as pool:
        futures = [pool.submit(ask, url, count // THREADS) for _ in range(THREADS)]
        timer = QTimer()
        timer.start(5)
        while not all(future.done() for future in futures):
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        for future in futures:
            future.result()


def main() -> None:
    """Measure."""
    app = QgsApplication([], False)
    app.initQgis()
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    httpd.daemon_threads = True
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{httpd.server_port}/"
    count = int(sys.argv[1])
    ask_at_once(app, url, 500)
    before = most_memory_kb()
    ask_at_once(app, url, count)
    sys.stdout.write(f"{most_memory_kb() - before}\n")
    sys.stdout.flush()
    stop_threads()
    httpd.shutdown()


main()
