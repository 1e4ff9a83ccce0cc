"""Calls that only the main thread may make, asked for from a worker."""

from __future__ import annotations

from functools import partial
from threading import Event, get_ident, main_thread
from typing import Callable, Generic, Sequence, TypeVar

from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal, pyqtSlot

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text

A = TypeVar("A")
T = TypeVar("T")

MOST_IN_A_CALL = 20
"""How many things a call by parts is made for at once: the window must not stand still for 50 ms."""

_POLL_S = 0.1


class _Call(Generic[T]):
    """A call that crosses threads: its function, then its result or its error."""

    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self._done = Event()
        self._result: list[T] = []
        self._error: Exception | None = None

    def make(self) -> None:
        try:
            self._result.append(self._function())
        except Exception as error:  # noqa: BLE001 - it crosses to the waiting thread, which raises it
            self._error = error
        finally:
            self._done.set()

    def wait(self) -> bool:
        return self._done.wait(_POLL_S)

    def outcome(self) -> T:
        if self._error is not None:
            raise self._error
        return self._result[0]


class MainThread(QObject):
    """Runs functions on the main thread for a worker that waits for them.

    It must be made on the main thread, and nobody deletes it: a worker may come to its end later than the plugin. After
    `shut_down` a waiting worker gets a CANCELLED error instead of waiting for an event loop that may not turn any more.
    """

    _requested = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self._is_open = True
        self._requested.connect(self._on_requested, Qt.ConnectionType.QueuedConnection)

    def call(self, function: Callable[[], T]) -> T:
        """Return what `function` returns when run on the main thread; raise what it raises."""
        if get_ident() == main_thread().ident:
            return function()
        call: _Call[T] = _Call(function)
        self.post(call.make)
        while not call.wait():
            if not self._is_open:
                raise GpkeysError(
                    ErrorCode.CANCELLED, Text("QGIS is closing."), "the main thread does not take calls any more"
                )
        return call.outcome()

    def call_by_parts(self, function: Callable[[Sequence[A]], T], things: Sequence[A]) -> list[T]:
        """Return what `function` returns for a few of the things at a time; the window is drawn in between."""
        starts = range(0, len(things), MOST_IN_A_CALL)
        return [self.call(partial(function, things[start : start + MOST_IN_A_CALL])) for start in starts]

    def post(self, function: Callable[[], object]) -> None:
        """Have `function` run on the main thread, after what was posted before, and do not wait."""
        self._requested.emit(function)

    def is_shut_down(self) -> bool:
        """Whether no call is taken any more: whoever still works must come to an end at once."""
        return not self._is_open

    def shut_down(self) -> None:
        """Let no worker wait any longer."""
        self._is_open = False

    @pyqtSlot(object)
    def _on_requested(self, function: Callable[[], object]) -> None:
        if self._is_open:
            function()
