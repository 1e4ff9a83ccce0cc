"""The child process: `python -m tests.peers.server` serves the made-up data by MapServer and MapProxy on one port.

It prints {"ogc_url": …} when ready and has the addresses of the simulator's own OGC server: `/wms?` and `/wfs?` are
MapServer's, `/wmts?` and `/tms/1.0.0/…` MapProxy's. It ends on SIGTERM and when the process that started it does.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import threading
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Response

from tests.peers.made_up_files import data_folder
from tests.peers.mapproxy import make_mapproxy
from tests.peers.mapserver import make_mapserver
from tests.simulator.ogc import cache
from tests.simulator.ogc.server import die_with_parent

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_HOST = "127.0.0.1"


class _Handler(WSGIRequestHandler):
    """Keeps connections open between requests, says nothing of those that went well."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


def _peers(url: str, cache_root: Path, home: Path) -> WSGIApplication:
    mapserver = make_mapserver(data_folder(cache_root), home)
    mapproxy = make_mapproxy(f"{url}/wms", home)
    mounts: dict[str, WSGIApplication] = {
        "/wms": mapserver,
        "/wfs": mapserver,
        "/wmts": mapproxy.wmts,
        "/tms": mapproxy.tms,
    }
    return DispatcherMiddleware(Response("no such service", 404), mounts)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit()


def _serve(server: BaseWSGIServer, cache_root: Path, home: Path) -> None:
    url = f"http://{_HOST}:{server.port}"
    server.app = _peers(url, cache_root, home)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"ogc_url": url}), flush=True)
    threading.Event().wait()


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="loopback port, a free one by default")
    parser.add_argument("--cache", type=Path, default=cache.default_root(), help="folder for the generated data")
    arguments = parser.parse_args()
    die_with_parent()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    server = make_server(_HOST, arguments.port, Response("not ready", 503), threaded=True, request_handler=_Handler)
    with tempfile.TemporaryDirectory(prefix="gpkeys-peers-") as home:
        _serve(server, arguments.cache, Path(home))


if __name__ == "__main__":
    main()
