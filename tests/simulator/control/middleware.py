"""What stands before both servers' applications: latency, ordered faults, the log."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tests.simulator.control.faults import Faults, Rehearsal, strike
from tests.simulator.control.request_log import Entry, RequestLog

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTROL_PREFIX = "/control"


class Middleware:
    """WSGI middleware. The control interface itself passes untouched."""

    def __init__(self, app: WSGIApplication, faults: Faults, log: RequestLog, rehearsed: Rehearsal) -> None:
        """Stand before `app`; what it does while `rehearsed` is forgotten."""
        self._app = app
        self._faults = faults
        self._log = log
        self._rehearsed = rehearsed

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        path = environ["PATH_INFO"]
        # Read at once: an answer that does not wait for the body would leave it in the connection.
        body = _whole_body(environ)
        if path.startswith(CONTROL_PREFIX):
            return self._app(environ, start_response)
        entry = self._log.begin(environ, body)
        started = time.monotonic()
        released = self._faults.released
        fault = self._faults.striking(environ["REQUEST_METHOD"], path)
        released.wait(self._faults.latency_ms(environ["REQUEST_METHOD"]) / 1000)
        answered = _noting(entry, start_response, started)
        if fault is None:
            return self._app(environ, answered)
        entry["fault"] = fault.action
        return strike(fault, self._app, environ, answered, released, self._rehearsed)


def _whole_body(environ: WSGIEnvironment) -> bytes:
    stream = environ["wsgi.input"]
    if environ.get("wsgi.input_terminated"):
        body: bytes = stream.read()
    else:
        body = stream.read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def _noting(entry: Entry, start_response: StartResponse, started: float) -> StartResponse:
    """Note the status in the log when the answer starts."""

    def noting(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        entry["status"] = int(status.split(" ", 1)[0])
        entry["duration_ms"] = round((time.monotonic() - started) * 1000)
        return start_response(status, headers, *more)

    return noting
