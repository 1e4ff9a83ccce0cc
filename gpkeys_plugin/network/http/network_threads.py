"""The two threads of this room: one that talks to servers, one that asks QGIS for authentication.

Why own threads and not the caller's:
- QGIS 3.22 keeps an OAuth2 login's reply server in the thread that first asked; a pool thread has no event loop, and
  every later login hangs. A thread that always has one is never poisoned.
- A waiting login holds a lock in QGIS. Only the authentication thread waits for it; callers can be cancelled.
- Connections to the API stay open between tasks.
"""

from __future__ import annotations

import atexit
import threading
from collections import deque
from typing import Callable, Generic, TypeVar

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QThread, QTimer, pyqtSignal, pyqtSlot

from ...entrepot.errors import RequestCancelled

POLL_MS = 100
_GUI_POLL_MS = 20
_STOP_WAIT_MS = 3000

Result = TypeVar("Result")
IsCancelled = Callable[[], bool]


class Job(Generic[Result]):
    """Some work for another thread, and its result once `done` is set; None when it raised."""

    def __init__(self, work: Callable[[], Result]) -> None:
        self._work = work
        self.done = threading.Event()
        self.result: Result | None = None

    def run(self) -> None:
        """Do the work; whoever waits is woken even when it raises."""
        try:
            self.result = self._work()
        finally:
            self.done.set()


class _Worker(QObject):
    """Lives in a thread and runs what is posted to it, one after the other.

    A job may spin an event loop of its own; what arrives meanwhile waits, because QGIS's lock is not recursive.
    """

    arrived = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[Callable[[], None]] = deque()
        self._is_busy = False
        self.arrived.connect(self._run_waiting, Qt.ConnectionType.QueuedConnection)

    def post(self, work: Callable[[], None]) -> None:
        """Have `work` run in the thread; may be called from any thread."""
        self._waiting.append(work)
        self.arrived.emit()

    def post_last(self, work: Callable[[], None]) -> None:
        """Have `work` run when nothing else waits."""
        self.post(lambda: self.post_last(work) if self._waiting else work())

    @pyqtSlot()
    def _run_waiting(self) -> None:
        if self._is_busy:
            return
        self._is_busy = True
        try:
            while self._waiting:
                self._waiting.popleft()()
        finally:
            self._is_busy = False
            if self._waiting:
                self.arrived.emit()


class WorkerThread:
    """A thread with an event loop that runs what is posted to it."""

    def __init__(self, name: str) -> None:
        self._thread = QThread()
        self._thread.setObjectName(name)
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._ident = 0
        self._thread.start()
        self._worker.post(self._note_ident)

    def post(self, work: Callable[[], None]) -> None:
        """Have `work` run in the thread, and do not wait."""
        self._worker.post(work)

    def call(self, work: Callable[[], Result], is_cancelled: IsCancelled | None = None) -> Result | None:
        """Run `work` in the thread, wait for it and return its result; None when it raised there."""
        job = Job(work)
        self.post(job.run)
        wait_until(job.done, is_cancelled)
        return job.result

    def _note_ident(self) -> None:
        self._ident = threading.get_ident()

    def is_current(self) -> bool:
        """Whether the caller runs in this thread."""
        return self._ident == threading.get_ident()

    def stop(self, farewell: Callable[[], None]) -> bool:
        """Run `farewell` in the thread and end it; False when it is still busy after a while."""
        # Not before what waits already: whatever it starts, the farewell must end.
        self._worker.post_last(lambda: self._end(farewell))
        return bool(self._thread.wait(_STOP_WAIT_MS))

    def _end(self, farewell: Callable[[], None]) -> None:
        farewell()
        self._thread.quit()


def _nothing() -> None:
    """Say no farewell."""


def wait_until(done: threading.Event, is_cancelled: IsCancelled | None = None) -> None:
    """Wait for `done`; raise RequestCancelled as soon as `is_cancelled` says so. Keeps the window drawn."""
    if is_gui_thread():
        _spin_until(done, is_cancelled)
        return
    while not done.wait(POLL_MS / 1000):
        raise_if(is_cancelled)


def is_gui_thread() -> bool:
    """Whether the caller runs in the thread of the application.

    Without asking Qt for its thread: PyQt would keep watch over that object, hear too late of its end in a thread that
    comes and goes, and take whatever has its address by then, a reply perhaps, for dead.
    """
    return QCoreApplication.instance() is not None and threading.get_ident() == threading.main_thread().ident


def _spin_until(done: threading.Event, is_cancelled: IsCancelled | None) -> None:
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if done.is_set() or (is_cancelled and is_cancelled()) else None)
    timer.start(_GUI_POLL_MS)
    while not done.is_set():
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not done.is_set():
            raise_if(is_cancelled)


def raise_if(is_cancelled: IsCancelled | None) -> None:
    """Raise RequestCancelled when `is_cancelled` says so."""
    if is_cancelled is not None and is_cancelled():
        raise RequestCancelled("cancelled by the user")


class _Gui(QObject):
    """Runs what other threads hand over, on the GUI thread, after what was already waiting there."""

    arrived = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._run, Qt.ConnectionType.QueuedConnection)
        app = QCoreApplication.instance()
        if app is not None:
            self.moveToThread(app.thread())

    @pyqtSlot(object)
    def _run(self, work: Callable[[], None]) -> None:
        work()


class Threads:
    """The threads that are running; each is started when first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[str, WorkerThread] = {}
        self._farewells: dict[str, Callable[[], None]] = {}
        # A thread that does not end in time is kept: destroying a running one would end QGIS.
        self._abandoned: list[WorkerThread] = []
        self._gui: _Gui | None = None
        self.is_stopping = threading.Event()

    def post_to_gui(self, work: Callable[[], None]) -> None:
        """Have `work` run on the GUI thread, after everything that waits there now."""
        with self._lock:
            self._gui = self._gui or _Gui()
        self._gui.arrived.emit(work)

    def get(self, name: str) -> WorkerThread:
        """Return the thread `name`, started if need be."""
        with self._lock:
            if name not in self._running:
                self._start(name)
            return self._running[name]

    def on_end(self, name: str, farewell: Callable[[], None]) -> None:
        """Have `farewell` run in the thread `name` whenever it is about to end."""
        self._farewells[name] = farewell

    def stop(self) -> None:
        """End all threads."""
        self.is_stopping.set()
        with self._lock:
            running, self._running = self._running, {}
        stopped = {name: thread.stop(self._farewells.get(name, _nothing)) for name, thread in running.items()}
        self._abandoned += [thread for name, thread in running.items() if not stopped[name]]
        self.is_stopping.clear()

    def _start(self, name: str) -> None:
        if is_gui_thread():
            # A worker that meets a TLS error before the main manager exists would wait for ever.
            QgsNetworkAccessManager.instance()
        self._running[name] = WorkerThread(f"GPKeys {name}")


THREADS = Threads()
atexit.register(THREADS.stop)


NETWORK = "network"
AUTHENTICATION = "authentication"


def network_thread() -> WorkerThread:
    """Return the thread that talks to servers."""
    return THREADS.get(NETWORK)


def authentication_thread() -> WorkerThread:
    """Return the thread in which QGIS's authentication runs for this plugin."""
    return THREADS.get(AUTHENTICATION)


def stop_threads() -> None:
    """End both threads; they start again when needed."""
    THREADS.stop()
