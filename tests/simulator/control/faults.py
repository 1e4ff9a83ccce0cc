"""Faults that tests order: what goes wrong with the n-th request that matches, and how."""

from __future__ import annotations

import json
import os
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

from tests.simulator.gateway.error_pages import exception_report

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Rehearsal = Callable[[], AbstractContextManager[None]]

ACTIONS = (
    "status",
    "timeout",
    "reset",
    "applied-lost",
    "html",
    "service-exception",
    "exception-report",
    "empty",
    "bad-json",
    "cut-json",
    "cut-transfer",
    "first-byte",
    "other-shape",
    "ignored",
)
_POLL_S = 0.1
_GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
_XML = "text/xml; charset=utf-8"
_SORRY = ("NoApplicableCode", "Ressource momentanément indisponible")
_SUCCESSES_THAT_ARE_NONE = {
    "service-exception": exception_report("wms", *_SORRY),
    "exception-report": exception_report("wfs", *_SORRY),
    "empty": "",
}
_SPOILED = ("bad-json", "cut-json", "cut-transfer", "first-byte", "other-shape")
_BAD_JSON = b'{"_id": "0dac5121", "name": pas du JSON'


class FaultError(ValueError):
    """An order for a fault that makes no sense."""


@dataclass
class Fault:
    """Strikes the requests number `nth` to `nth + times - 1` that match, counted from the order.

    `applied` lets the application do its work before `status`, `html`, `timeout` or `reset` strikes; the lost and the
    spoiled answers are always those of applied requests: half of them, their first byte, a list for an object or an
    object for a list. `service-exception`, `exception-report` and `empty` say 200, unless `status` says otherwise, and
    are no answer. `ignored` gives the answer of a change that is not made.
    """

    path: str
    action: str
    method: str | None = None
    nth: int = 1
    times: int = 1
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    applied: bool = False
    seen: int = 0

    def __post_init__(self) -> None:
        """Refuse what could never strike."""
        if self.action not in ACTIONS:
            raise FaultError(f"action is one of {ACTIONS}, not {self.action!r}")
        if self.nth < 1 or self.times < 1:
            raise FaultError("nth and times count from 1")
        try:
            re.compile(self.path)
        except re.error as error:
            raise FaultError(f"path is not a regular expression: {error}") from error

    def strikes(self, method: str, path: str) -> bool:
        """Count a request; whether it is struck."""
        if self.method not in (None, "*", method) or not re.search(self.path, path):
            return False
        self.seen += 1
        return self.nth <= self.seen < self.nth + self.times


class Faults:
    """The orders that stand, and the latency."""

    def __init__(self, latency_ms: int = 0) -> None:
        """No fault yet; the latency given here is the one that a reset brings back."""
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._initial_latency_ms = latency_ms
        self.set_latency(latency_ms)
        self.released = threading.Event()

    def set_latency(self, latency_ms: int, since: str | None = None) -> None:
        """Delay every answer by that, or every one from the next request of the method `since` on."""
        self._latency_ms, self._since = latency_ms, since

    def latency_ms(self, method: str) -> int:
        """Return the delay of the answer to a request."""
        if method == self._since:
            self._since = None
        return 0 if self._since else self._latency_ms

    def order(self, fault: Fault) -> None:
        """Add a fault."""
        with self._lock:
            self._faults.append(fault)

    def clear(self) -> None:
        """Withdraw all orders and let go of the requests that hang."""
        with self._lock:
            self._faults.clear()
            self.set_latency(self._initial_latency_ms)
            # Whoever hangs holds the old event: the new one is for those to come.
            self.released.set()
            self.released = threading.Event()

    def striking(self, method: str, path: str) -> Fault | None:
        """Count a request for all orders; the first that strikes it."""
        with self._lock:
            struck = [fault for fault in self._faults if fault.strikes(method, path)]
        return struck[0] if struck else None


def strike(
    fault: Fault,
    app: WSGIApplication,
    environ: WSGIEnvironment,
    start_response: StartResponse,
    released: threading.Event,
    rehearsed: Rehearsal,
) -> Iterable[bytes]:
    """Answer a request as the fault says, or break its connection; what is done while `rehearsed` is forgotten."""
    if fault.action == "ignored":
        with rehearsed():
            answer = _applied(app, environ)
        return answer(environ, start_response)
    if fault.action == "applied-lost":
        _applied(app, environ)
        _break(environ, is_hard=False)
    if fault.action in _SPOILED:
        return _spoiled(fault, _applied(app, environ), environ, start_response)
    if fault.applied:
        _applied(app, environ)
    if fault.action == "timeout":
        _hang(environ, released)
    if fault.action == "reset":
        _break(environ, is_hard=True)
    return _refusal(fault)(environ, start_response)


def _applied(app: WSGIApplication, environ: WSGIEnvironment) -> Response:
    body, status, headers = run_wsgi_app(app, environ, buffered=True)
    return Response(b"".join(body), status, headers)


def _refusal(fault: Fault) -> Response:
    if fault.action == "html":
        response = Response(fault.body or _GATEWAY_PAGE, fault.status or 502, mimetype="text/html")
    elif fault.action in _SUCCESSES_THAT_ARE_NONE:
        response = Response(_SUCCESSES_THAT_ARE_NONE[fault.action], fault.status or 200, content_type=_XML)
    elif isinstance(fault.body, str):
        response = Response(fault.body, fault.status or 500)
    else:
        response = _json_refusal(fault)
    response.headers.update(fault.headers)
    return response


def _json_refusal(fault: Fault) -> Response:
    status = fault.status or 500
    reason = HTTP_STATUS_CODES.get(status, "Error")
    body = fault.body if fault.body is not None else {"error": reason, "error_description": [f"{reason} (ordered)"]}
    return Response(json.dumps(body), status, mimetype="application/json")


def _spoiled(
    fault: Fault, answer: Response, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    whole = answer.get_data()
    if fault.action == "cut-transfer":
        answer.headers["Content-Length"] = str(len(whole))
        start_response(answer.status, answer.headers.to_wsgi_list())
        return _cut(whole, environ)
    answer.set_data(_spoilt_body(fault.action, whole))
    answer.status_code = fault.status or (200 if answer.status_code == 204 else answer.status_code)
    answer.headers.update({"Content-Type": "application/json", **fault.headers})
    return answer(environ, start_response)


def _spoilt_body(action: str, whole: bytes) -> bytes:
    if action == "bad-json":
        return _BAD_JSON
    if action == "other-shape":
        return _other_shape(whole)
    return whole[:1] if action == "first-byte" else whole[: len(whole) // 2]


def _other_shape(whole: bytes) -> bytes:
    """The first item in the place of a list, a list of one in the place of an object."""
    try:
        body = json.loads(whole)
    except ValueError:
        return b"[]"
    if isinstance(body, list):
        return json.dumps(body[0] if body else {}).encode()
    return json.dumps([body]).encode()


def _cut(whole: bytes, environ: WSGIEnvironment) -> Iterable[bytes]:
    """Half of the announced body, then the end of the connection."""
    yield whole[: len(whole) // 2]
    _break(environ, is_hard=False)


def _hang(environ: WSGIEnvironment, released: threading.Event) -> None:
    """Say nothing until the client has gone or the faults are withdrawn."""
    connection: socket.socket = environ["werkzeug.socket"]
    while not released.wait(_POLL_S):
        if _is_gone(connection):
            break
    _break(environ, is_hard=False)


def _is_gone(connection: socket.socket) -> bool:
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def _break(environ: WSGIEnvironment, is_hard: bool) -> None:
    """End the connection: hard is a reset, soft an end without an answer."""
    connection: socket.socket = environ["werkzeug.socket"]
    if is_hard:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        os.close(connection.detach())
    else:
        connection.shutdown(socket.SHUT_RDWR)
    # werkzeug takes this for a client that left, and says nothing more.
    raise ConnectionAbortedError("broken on order")
