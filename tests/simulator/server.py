"""The assembly: state, SSO, API, gateway and controls on two loopback ports of one process."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from tests.simulator.api.routes import blueprint as api
from tests.simulator.api.routes import unknown_route
from tests.simulator.control.control_routes import Controls
from tests.simulator.control.faults import Faults
from tests.simulator.control.middleware import Middleware
from tests.simulator.control.request_log import RequestLog, masked_query
from tests.simulator.gateway.key_guard import TokenChecker
from tests.simulator.gateway.peer_routes import blueprint as peer_gateway
from tests.simulator.gateway.routes import blueprint as gateway
from tests.simulator.memory.seeds import seeded_holdings
from tests.simulator.memory.state import State
from tests.simulator.ogc.process import OgcServer
from tests.simulator.options import Options
from tests.simulator.public.annexes import blueprint as annexes
from tests.simulator.public.search_service import blueprint as search
from tests.simulator.sso.realm import Sso

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST = "127.0.0.1"


class SimulatorServer:
    """The whole miniature. Ports are bound once it is constructed, requests are answered after `start`."""

    def __init__(self, options: Options) -> None:
        """Bind the ports, start the OGC server and put everything together."""
        handler = _TalkativeHandler if options.is_verbose else _Handler
        self._data_server = make_server(HOST, options.port, _not_ready, threaded=True, request_handler=handler)
        self._sso_server = make_server(HOST, options.sso_port, _not_ready, threaded=True, request_handler=handler)
        self._faults = Faults(options.latency_ms)
        self._state = State(seeded_holdings(), options.switches)
        self._sso = Sso(self._state, _url(self._sso_server))
        self._log = RequestLog(self._state, self._sso.username_of)
        self._ogc = OgcServer(cache_root=options.data_cache) if options.has_ogc else None
        self._peer_url = options.peer_url
        self._data_server.app = self._watched(self._data_app().wsgi_app)
        self._sso_server.app = self._watched(self._sso.app.wsgi_app)

    def _watched(self, app: WSGIApplication) -> Middleware:
        return Middleware(app, self._faults, self._log, self._state.rehearsed)

    def _data_app(self) -> Flask:
        app = Flask(__name__)
        gateway_url = _url(self._data_server) + "/private"
        checker = self._sso.username_of
        app.register_blueprint(api(self._state, checker, gateway_url), url_prefix="/api")
        app.register_blueprint(self._gateway(checker), url_prefix="/private")
        app.register_blueprint(annexes(self._state, checker))
        app.register_blueprint(search(self._state), url_prefix="/recherche")
        controls = Controls(self._state, self._sso, self._faults, self._log)
        app.register_blueprint(controls.blueprint(), url_prefix="/control")
        app.register_error_handler(HTTPException, self._http_error)
        return app

    @property
    def _ogc_url(self) -> str | None:
        return self._ogc.url if self._ogc else self._peer_url

    def _gateway(self, checker: TokenChecker) -> Blueprint:
        if self._peer_url is not None:
            return peer_gateway(self._state, checker, self._peer_url)
        return gateway(self._state, checker, self._ogc_url)

    def _http_error(self, error: HTTPException) -> Response | HTTPException:
        """Unknown routes and methods of the API answer JSON, like its other errors."""
        return unknown_route(error, self._state) if request.path.startswith("/api") else error

    def description(self) -> dict[str, Any]:
        """What the JSON line tells."""
        base = _url(self._data_server)
        return {
            "api_url": f"{base}/api",
            "gateway_url": f"{base}/private",
            "control_url": f"{base}/control",
            "sso_url": self._sso.issuer,
            "ogc_url": self._ogc_url,
            "client_id": self._sso.client_id,
            "client_secret": self._sso.client_secret,
            "accounts": [
                {"username": known.username, "password": known.password, "description": known.description}
                for known in self._state.accounts()
            ],
        }

    def start(self) -> None:
        """Answer requests, each in its thread."""
        for server in (self._data_server, self._sso_server):
            threading.Thread(target=server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Stop listening, let go of what hangs, stop the children."""
        self._faults.clear()
        for server in (self._data_server, self._sso_server):
            server.shutdown()
            server.server_close()
        if self._ogc is not None:
            self._ogc.stop()


def _url(server: BaseWSGIServer) -> str:
    return f"http://{HOST}:{server.port}"


def _not_ready(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    start_response("503 Service Unavailable", [("Content-Length", "0")])
    return []


class _Handler(WSGIRequestHandler):
    """Keeps connections open between requests, says nothing on standard error."""

    protocol_version = "HTTP/1.1"

    def connection_dropped(self, error: BaseException, environ: WSGIEnvironment | None = None) -> None:
        """A client that left, or a connection broken on order: no further request can come."""
        self.close_connection = True

    def log(self, type: str, message: str, *arguments: Any) -> None:  # noqa: A002 - werkzeug's name
        """Nothing."""


class _TalkativeHandler(_Handler):
    """Writes one line a request to standard error, without secrets."""

    def log(self, type: str, message: str, *arguments: Any) -> None:  # noqa: A002 - werkzeug's name
        """One line; the request line itself would show keys."""
        if type != "info":
            sys.stderr.write(f"{type}: {message % arguments}\n")

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Method, path, masked query, status."""
        parts = urlsplit(self.path)
        sys.stderr.write(f"{self.command} {parts.path}?{masked_query(parts.query)} {int(code)}\n")
