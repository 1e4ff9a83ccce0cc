"""What the network's tests share: an open authentication database, a local server, a person at the login page."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from typing import Any

import pytest

from tests.simulator.remote.steering import Simulator

MASTER = "essai"
TIMEOUT_S = 20.0


def wait_for(is_true: Callable[[], bool], timeout_s: float = TIMEOUT_S) -> None:
    """Process events until `is_true`, or fail."""
    from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, QTimer

    deadline = time.monotonic() + timeout_s
    # Without a pause it would keep those from working whom it waits for.
    timer = QTimer()
    timer.start(5)
    while not is_true():
        assert time.monotonic() < deadline, "it did not happen in time"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def in_thread(work: Callable[[], Any]) -> Future[Any]:
    """Start `work` in a thread of its own."""
    with_one = ThreadPoolExecutor(1)
    future = with_one.submit(work)
    with_one.shutdown(wait=False)
    return future


def result_of(future: Future[Any], timeout_s: float = TIMEOUT_S) -> Any:
    """Wait for a thread while events go on, as in the application; raise what it raised."""
    wait_for(future.done, timeout_s)
    return future.result()


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("", 0))
        return int(probe.getsockname()[1])


def is_listening(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def is_free(port: int) -> bool:
    """Whether QGIS could listen there: tried as QGIS does, on all addresses."""
    from qgis.PyQt.QtNetwork import QHostAddress, QTcpServer

    server = QTcpServer()
    is_listening = bool(server.listen(QHostAddress(QHostAddress.SpecialAddress.Any), port))
    server.close()
    return is_listening


@pytest.fixture
def manager(qgis_app: Any) -> Any:
    """Return QGIS's authentication manager with the database open."""
    from qgis.core import QgsApplication

    found = QgsApplication.authManager()
    if not found.masterPasswordIsSet():
        assert found.setMasterPassword(MASTER, True)
    return found


@pytest.fixture
def make_config(manager: Any, light_simulator: Simulator) -> Iterator[Callable[..., str]]:
    """Make an OAuth2 configuration for the simulator; the arguments override its JSON."""
    from qgis.core import QgsAuthMethodConfig

    from gpkeys_plugin.network.authentication import token_file

    made: list[str] = []

    def make(**values: Any) -> str:
        config = QgsAuthMethodConfig()
        config.setName(f"essai {len(made)}")
        config.setMethod("OAuth2")
        config.setConfig("oauth2config", json.dumps(_oauth2_json(light_simulator) | values))
        assert manager.storeAuthenticationConfig(config)[0]
        made.append(config.id())
        return str(config.id())

    yield make
    for authcfg in made:
        token_file.remove(authcfg)
        manager.removeAuthenticationConfig(authcfg)


def _oauth2_json(simulator: Simulator) -> dict[str, Any]:
    return {
        "clientId": simulator.client_id,
        "clientSecret": simulator.client_secret,
        "configType": 1,
        "grantFlow": 0,
        "requestUrl": simulator.auth_url,
        "tokenUrl": simulator.token_url,
        "scope": "openid profile email",
        "requestTimeout": 5,
        "persistToken": True,
        "redirectPort": free_port(),
    }


@dataclass
class Person:
    """Somebody who goes to the login page as soon as it opens."""

    simulator: Simulator
    logins: int = 0
    opened: list[str] = field(default_factory=list)
    _unseen: Queue[str] = field(default_factory=Queue)

    def see(self, url: Any) -> None:
        """See a page open in the browser."""
        self.opened.append(url.toString(url.ComponentFormattingOption.FullyEncoded))
        self._unseen.put(self.opened[-1])

    def forget(self) -> None:
        """Leave the pages alone that are open."""
        self._unseen = Queue()

    def log_in(self, username: str = "camille", *, cancel: bool = False) -> Future[Any]:
        """Wait until the login page opens, then walk through it, in a thread."""
        return in_thread(lambda: self.walk(username, cancel=cancel))

    def walk(self, username: str, *, cancel: bool = False) -> Any:
        """Do it, in this thread."""
        address = self._unseen.get(timeout=TIMEOUT_S)
        self.logins += 1
        return self.simulator.browse_login(address, username, cancel=cancel)


@pytest.fixture
def person(light_simulator: Simulator) -> Person:
    """Return somebody who can sign in at the simulator."""
    return Person(light_simulator)


@dataclass
class Heard:
    """A request as the local server got it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class LocalServer:
    """A server of this test: `answer` decides what each request gets."""

    port: int = 0
    heard: list[Heard] = field(default_factory=list)
    answer: Callable[[Heard, BaseHTTPRequestHandler], tuple[int, dict[str, str], bytes] | None] = lambda *_: (
        200,
        {},
        b"ok",
    )

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Return an address on it."""
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def server() -> Iterator[LocalServer]:
    """A real HTTP server on this machine."""
    local = LocalServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            request = Heard(self.command, self.path, dict(self.headers), self.rfile.read(length))
            local.heard.append(request)
            given = local.answer(request, self)
            if given is None:
                self.close_connection = True
                return
            status, headers, body = given
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_CONNECT = do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer

        def log_message(self, *_arguments: Any) -> None:
            """Say nothing."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    local.port = httpd.server_port
    # Its end is noticed at once: by default a server looks for it twice a second.
    threading.Thread(target=httpd.serve_forever, args=(0.02,), daemon=True).start()
    yield local
    httpd.shutdown()
    httpd.server_close()
