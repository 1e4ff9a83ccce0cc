"""Waits on this machine for the browser to bring the answer of a sign-in, and takes nothing else for it.

QGIS's own reply server takes the first request that comes, from whichever computer, with or without the `state` of the
login, and ends with it. This one listens on the loopback address only; what does not carry the `state` is told so.
"""

from __future__ import annotations

import contextlib
import hmac
import html
import os
import socket
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Iterator, Sequence
from urllib.parse import parse_qs

_LOCAL = "127.0.0.1"
_POLL_S = 0.05
# Whoever connects and says nothing keeps nobody else from being heard, but not for ever.
_SILENCE_S = 5


@dataclass(frozen=True)
class Reply:
    """What the sign-in service sent back: a code, or an error of OAuth2 and its description."""

    code: str = field(default="", repr=False)
    error: str = ""
    description: str = ""


@dataclass(frozen=True)
class Pages:
    """What the browser shows, in the user's language: for the answer waited for, and for any other request."""

    answered: str
    ignored: str


class PortsTaken(OSError):
    """Every port is in use."""


class ReplyListener:
    """Hears the requests of one login. `reply` is its answer once `has_reply` is set, `ignored` counts the others."""

    def __init__(self, path: str, state: str, pages: Pages) -> None:
        self.has_reply = threading.Event()
        self.reply = Reply()
        self.ignored = 0
        self.port = 0
        self._path = f"/{path}"
        self._state = state
        self._pages = pages
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def listening(self, ports: Sequence[int]) -> Iterator[None]:
        """Listen on the first of the ports that is free, which `port` then says; raises PortsTaken."""
        server = _bound(ports)
        server.listener = self
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(_POLL_S,), daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()

    def hear(self, target: str) -> tuple[HTTPStatus, str]:
        """Take what a request asks for, a path and a query, as the answer if it is; return what the browser is shown.

        The first answer counts.
        """
        reply = self._parsed(target)
        with self._lock:
            if reply is None or self.has_reply.is_set():
                self.ignored += 1
                return HTTPStatus.NOT_FOUND, self._pages.ignored
            self.reply = reply
            self.has_reply.set()
        return HTTPStatus.OK, self._pages.answered

    def _parsed(self, target: str) -> Reply | None:
        path, _, query = target.partition("?")
        told = parse_qs(query)
        states = told.get("state", [])
        # The only thing that tells this login's answer from anybody's: compared as a secret is.
        if len(states) != 1 or not hmac.compare_digest(states[0].encode("utf-8"), self._state.encode("ascii")):
            return None
        code, error = told.get("code", [""]), told.get("error", [""])
        if path != self._path or len(code) != 1 or not (code[0] or error[0]):
            return None
        return Reply(code[0], error[0], told.get("error_description", [""])[0])


class _Server(ThreadingTCPServer):
    """A thread for each connection, so that one that says nothing holds nobody up. `listener` hears them."""

    # A port that was used a moment ago may be taken again; on Windows the same option would share it with a stranger.
    allow_reuse_address = os.name == "posix"
    daemon_threads = True
    listener: ReplyListener

    def server_bind(self) -> None:
        """Take the port for this program alone."""
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        super().server_bind()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that hangs up: there is no console, and the address holds the code."""


class _Handler(BaseHTTPRequestHandler):
    timeout = _SILENCE_S
    server: _Server

    def do_GET(self) -> None:
        """Answer a GET."""
        status, text = self.server.listener.hear(self.path)
        body = _page(text)
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def version_string(self) -> str:
        """Tell nobody which Python this is."""
        return "QGIS"

    def log_message(self, *_arguments: object) -> None:
        """Write down nothing: the address holds the code."""


_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Connection": "close",
}


def _page(text: str) -> bytes:
    style = "font: 1.2em sans-serif; margin: 4em auto; max-width: 30em; text-align: center"
    return (
        '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>QGIS</title><p style="{style}">{html.escape(text)}</p>'
    ).encode()


def _bound(ports: Sequence[int]) -> _Server:
    for port in ports:
        with contextlib.suppress(OSError):
            return _Server((_LOCAL, port), _Handler)
    raise PortsTaken(f"none of {tuple(ports)} is free")
