"""A request whose answer is taken piece by piece, so that files of any size pass through little memory."""

from __future__ import annotations

import threading
from collections import deque
from typing import Callable

import requests
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from .network_threads import POLL_MS, IsCancelled, network_thread, raise_if, wait_until
from .one_request import Exchange, Outcome, outcome_of

_PIECE_BYTES = 1 << 18
# What was received and is not taken yet; beyond it, the server has to wait.
_MOST_HELD_BYTES = 1 << 22

Failure = Callable[[Outcome, requests.PreparedRequest], "requests.RequestException | None"]


class StreamedExchange(Exchange):
    """A request under way. `head` is what came before the body, once `run_to_body` has returned."""

    def __init__(self, request: QNetworkRequest) -> None:
        super().__init__(request, "GET")
        self._source: QNetworkReply | None = None
        self._pieces: deque[bytes] = deque()
        self._held_bytes = 0
        self._is_asking = False
        self._changed = threading.Condition()
        self._has_head = threading.Event()
        self.head = self.outcome

    def run_to_body(self, is_cancelled: IsCancelled | None) -> Outcome:
        """Send the request and wait until the body begins; raise RequestCancelled at once when cancelled."""
        raise_if(is_cancelled)
        self.start()
        try:
            wait_until(self._has_head, is_cancelled)
        finally:
            if not self._has_head.is_set():
                self.cancel()
        return self.head

    def next_piece(self, is_cancelled: IsCancelled | None) -> bytes:
        """Return the next bytes, none at the end; raise RequestCancelled when cancelled."""
        raise_if(is_cancelled)
        with self._changed:
            while not self._pieces and not self.done.is_set():
                raise_if(is_cancelled)
                self._changed.wait(POLL_MS / 1000)
            piece = self._pieces.popleft() if self._pieces else b""
            self._held_bytes -= len(piece)
            has_to_ask = self._held_bytes <= _MOST_HELD_BYTES // 2 and not self._is_asking and not self.done.is_set()
            self._is_asking = self._is_asking or has_to_ask
        if has_to_ask:
            network_thread().post(self._take_again)
        return piece

    def prepare(self, reply: QNetworkReply) -> None:
        """Have the body be taken as it comes."""
        self._source = reply
        reply.setReadBufferSize(_MOST_HELD_BYTES)
        reply.metaDataChanged.connect(self._on_head)
        reply.readyRead.connect(self._take)

    def abort_out_of_bounds(self) -> None:
        """Nothing: whoever takes the pieces knows how many there may be, and may well be slow."""

    def read(self, reply: QNetworkReply) -> Outcome:
        """Take what is left, however much is held: that is no more than Qt had read."""
        self._on_head()
        self._source = None
        if reply.isOpen():
            self._hold(bytes(reply.readAll()))
        return outcome_of(reply, has_body=False)

    def _on_finished(self) -> None:
        super()._on_finished()
        if not self._has_head.is_set():
            self.head = self.outcome
            self._has_head.set()
        with self._changed:
            self._changed.notify_all()

    def _on_head(self) -> None:
        if self._source is None or self._has_head.is_set():
            return
        head = outcome_of(self._source, has_body=False)
        if head.status is not None:
            self.head = head
            self._has_head.set()

    def _take_again(self) -> None:
        with self._changed:
            self._is_asking = False
        self._take()

    def _take(self) -> None:
        self._on_head()
        while self._source is not None and self._held_bytes < _MOST_HELD_BYTES and self._source.bytesAvailable() > 0:
            self._hold(bytes(self._source.read(_PIECE_BYTES)))

    def _hold(self, piece: bytes) -> None:
        if piece:
            with self._changed:
                self._pieces.append(piece)
                self._held_bytes += len(piece)
                self._changed.notify_all()


class StreamedBody:
    """The body as `requests` reads it. What breaks it is raised as the exceptions of `requests`."""

    def __init__(
        self,
        exchange: StreamedExchange,
        request: requests.PreparedRequest,
        failure: Failure,
        is_cancelled: IsCancelled | None,
    ) -> None:
        self._exchange = exchange
        self._request = request
        self._failure = failure
        self._is_cancelled = is_cancelled
        self._rest = b""

    def read(self, size: int | None = None, decode_content: bool | None = None) -> bytes:
        """Return up to `size` bytes, none at the end; without a size, all that is left."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(_PIECE_BYTES), b""))
        piece = self._rest or self._exchange.next_piece(self._is_cancelled)
        if not piece:
            error = self._failure(self._exchange.outcome, self._request)
            if error is not None:
                raise error
        self._rest = piece[size:]
        return piece[:size]

    def close(self) -> None:
        """Let go of the connection; what was not taken is dropped."""
        if not self._exchange.done.is_set():
            self._exchange.cancel()
