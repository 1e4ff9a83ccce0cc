"""One request and its reply, on a QgsNetworkAccessManager that belongs to the network thread."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Callable

from qgis.core import QgsNetworkAccessManager, QgsSettings
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QByteArray, QTimer
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from . import user_agent
from .network_threads import NETWORK, THREADS, IsCancelled, network_thread, raise_if, wait_until


@dataclass(frozen=True)
class Outcome:
    """What came back. `status` is None when no answer came; `error` is Qt's code, 0 for none.

    `is_too_large`: the answer was more than is ever read, and dropped.
    """

    status: int | None
    error: int
    error_text: str = ""
    is_too_large: bool = False
    reason: str = ""
    url: str = field(default="", repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    body: bytes = field(default=b"", repr=False)


class Exchange:
    """A request under way. Everything but `run`, `start` and `cancel` happens in the network thread."""

    def __init__(
        self,
        request: QNetworkRequest,
        verb: str,
        body: bytes | None = None,
        on_done: Callable[[Outcome], None] | None = None,
    ) -> None:
        self._request = request
        self._verb = verb
        self._body = body
        self._on_done = on_done
        self._reply: QNetworkReply | None = None
        self._is_cancelled = False
        self._is_too_large = False
        self._begun_s = 0.0
        self.done = threading.Event()
        self.outcome = Outcome(None, NO_ANSWER)

    def start(self) -> None:
        """Send the request and do not wait."""
        network_thread().post(self._send)

    def run(self, is_cancelled: IsCancelled | None = None) -> Outcome:
        """Send the request and wait for the outcome; raise RequestCancelled at once when cancelled."""
        raise_if(is_cancelled)
        self.start()
        try:
            wait_until(self.done, is_cancelled)
        finally:
            if not self.done.is_set():
                self.cancel()
        return self.outcome

    def cancel(self) -> None:
        """Drop the request."""
        self._is_cancelled = True
        network_thread().post(self.abort)

    def _send(self) -> None:
        if self._is_cancelled:
            self.done.set()
            return
        self._begun_s = time.monotonic()
        self._reply = _send(_MANAGERS.current(), self._request, self._verb, self._body)
        self.prepare(self._reply)
        # The set is what keeps the reply and its slot alive; a closure as the only holder crashed PyQt5.
        _UNDER_WAY.add(self)
        self._reply.finished.connect(self._on_finished)
        _WATCH.begin()

    def prepare(self, reply: QNetworkReply) -> None:
        """Say how the answer is read; in the network thread, before any of it is there."""
        # Qt reads no further than this, so that an answer without end does not fill the memory between two looks. Some
        # more than is allowed, or Qt may stop before it can be seen to be too much.
        reply.setReadBufferSize(2 * MOST_BYTES)

    def abort(self) -> None:
        """Abort the reply; in the network thread only."""
        if self._reply is not None and not self.done.is_set():
            self._reply.abort()

    def abort_out_of_bounds(self) -> None:
        """Abort an answer that is too large, or so slow that it would never end; in the network thread only."""
        if self._reply is None or self.done.is_set():
            return
        received, waited_s = self._reply.bytesAvailable(), time.monotonic() - self._begun_s
        self._is_too_large = received > MOST_BYTES
        # Qt's own time-out starts anew with each byte: at one a second it never comes.
        is_late = 0 < self._request.transferTimeout() < 1000 * waited_s
        if self._is_too_large or (is_late and received < waited_s * _SLOWEST_BYTES_S):
            self._reply.abort()

    def read(self, reply: QNetworkReply) -> Outcome:
        """Return what came back at the end; in the network thread only."""
        # What was compressed well is all there before anybody looks.
        return outcome_of(reply, is_too_large=self._is_too_large or reply.bytesAvailable() > MOST_BYTES)

    def _on_finished(self) -> None:
        reply = self._reply
        if reply is None or self.done.is_set():
            return
        try:
            self.outcome = self.read(reply)
            user_agent.learn(reply)
        finally:
            _UNDER_WAY.discard(self)
            self._reply = None
            _FINISHED.append(reply)
            # While the thread ends, its farewell does: a post would start another thread, which frees what is not its.
            if not THREADS.is_stopping.is_set():
                network_thread().post(_free_finished)
            self.done.set()
        if self._on_done is not None:
            self._on_done(self.outcome)


class _Watch:
    """Looks at the answers under way, several times a second; lives in the network thread."""

    def __init__(self) -> None:
        self._timer: QTimer | None = None

    def begin(self) -> None:
        """Look from now on, until nothing is under way."""
        if self._timer is None:
            self._timer = QTimer()
            self._timer.timeout.connect(self._look)
        if not self._timer.isActive():
            self._timer.start(_LOOK_MS)

    def end(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _look(self) -> None:
        for exchange in tuple(_UNDER_WAY):
            exchange.abort_out_of_bounds()
        if not _UNDER_WAY and self._timer is not None:
            self._timer.stop()


MOST_BYTES = 64 * 1024 * 1024
"""The largest answer that is read. The largest capabilities of the platform are some 5 MB."""
_SLOWEST_BYTES_S = 1024
_LOOK_MS = 200
_WATCH = _Watch()
_UNDER_WAY: set[Exchange] = set()
# Freed in the network thread, by its event loop: by whoever waited, in another thread, or within its own signal, it
# crashes.
_FINISHED: list[QNetworkReply] = []


def _free_finished() -> None:
    """Free the replies that were read: nobody else does, and each keeps some 10 kB.

    PyQt5 listens to `destroyed` in the main thread and hears of it late: by then a new reply may have the address, and
    is taken for dead ("wrapped C/C++ object has been deleted", which ends QGIS 3.40 and 3.44). So it must not listen.
    """
    while _FINISHED:
        reply = _FINISHED.pop()
        with suppress(TypeError):  # where PyQt does not listen at all
            reply.destroyed.disconnect()
        sip.delete(reply)


NO_ANSWER = 99  # QNetworkReply.NetworkError.UnknownNetworkError


class _Managers:
    """The network thread's manager, made anew when the user changes the proxy settings."""

    def __init__(self) -> None:
        self._manager: QgsNetworkAccessManager | None = None
        self._settings: tuple[str, ...] = ()

    def current(self) -> QgsNetworkAccessManager:
        """Return the manager to use now."""
        settings = _proxy_settings()
        if self._manager is None or (settings != self._settings and not _UNDER_WAY):
            self.close()
            self._manager, self._settings = _new_manager(), settings
        return self._manager

    def close(self) -> None:
        """Drop the manager and what it has under way."""
        for exchange in tuple(_UNDER_WAY):
            exchange.abort()
        _UNDER_WAY.clear()
        _free_finished()
        _WATCH.end()
        if self._manager is not None:
            self._manager.deleteLater()
            self._manager = None


_MANAGERS = _Managers()
THREADS.on_end(NETWORK, _MANAGERS.close)


def _new_manager() -> QgsNetworkAccessManager:
    # QGIS takes the proxy from the thread's own manager, whichever one sends; that one read the settings only once.
    QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()
    manager = QgsNetworkAccessManager()
    manager.setupDefaultProxyAndCache()
    # Asked never to load from the cache, Qt 5 still appends to a 5xx answer what QGIS has cached of that address
    # (another account's, perhaps) and reports the cached status: there must be no cache.
    manager.setCache(None)
    # A 401 with "WWW-Authenticate: Basic" would open QGIS's modal credential dialog: it is our answer to read instead.
    manager.authenticationRequired.disconnect()
    return manager


def _proxy_settings() -> tuple[str, ...]:
    settings = QgsSettings()
    settings.beginGroup("proxy")
    return tuple(f"{key}={settings.value(key)}" for key in sorted(settings.childKeys()))


def _send(manager: QgsNetworkAccessManager, request: QNetworkRequest, verb: str, body: bytes | None) -> QNetworkReply:
    data = QByteArray(body or b"")
    if verb == "GET" and body is None:
        return manager.get(request)
    if verb == "HEAD":
        return manager.head(request)
    if verb == "POST":
        return manager.post(request, data)
    if verb == "PUT":
        return manager.put(request, data)
    if verb == "DELETE" and body is None:
        return manager.deleteResource(request)
    return manager.sendCustomRequest(request, verb.encode("ascii"), data)


def outcome_of(reply: QNetworkReply, *, is_too_large: bool = False, has_body: bool = True) -> Outcome:
    """Return what a reply says, with its body unless that is not wanted; in the network thread only."""
    return Outcome(
        is_too_large=is_too_large,
        status=reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute),
        error=code_of(reply.error()),
        error_text=reply.errorString(),
        reason=reply.attribute(QNetworkRequest.Attribute.HttpReasonPhraseAttribute) or "",
        url=reply.url().toString(),
        headers=tuple((_latin(name), _latin(value)) for name, value in reply.rawHeaderPairs()),
        body=bytes(reply.readAll()) if has_body and reply.isOpen() and not is_too_large else b"",
    )


def _latin(raw: QByteArray) -> str:
    return bytes(raw).decode("latin-1")


def code_of(value: object) -> int:
    """Return the number behind a Qt enumeration, under PyQt5 and PyQt6 alike."""
    return int(getattr(value, "value", value))  # type: ignore[call-overload]
