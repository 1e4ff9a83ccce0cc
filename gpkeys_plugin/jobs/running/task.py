"""A use case on a thread of its own, what it tells meanwhile, and the runner that starts it."""

from __future__ import annotations

from threading import Event, Thread
from time import monotonic
from typing import Any, Callable, NamedTuple

from qgis.core import Qgis, QgsMessageLog
from qgis.PyQt.QtCore import QCoreApplication, QEventLoop, QTimer

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ..values import Failed
from .main_thread import MainThread
from .off_the_main_thread import use_timers
from .status_bar_task import StatusBarTask
from .waits import Waits, wait_text

LOG_TAG = "GPKeys"

_GOODBYE_S = 3.0
# Asleep until there is one: a job's end, what it asks of the main thread, a timer. Told how long to take instead, Qt
# comes back at once where there is none, and the turns would take the processor from the job that is waited for.
_NEXT_EVENT = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents

Work = Callable[["Progress"], Any]


class Progress:
    """What a use case tells while it runs, and how it learns that it was cancelled."""

    def __init__(self, job: RunningJob | None = None) -> None:
        self._job = job

    def is_cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self._job is not None and self._job.is_to_stop()

    def tell(self, percent: float, text: Text) -> None:
        """Say what is being done and the share done, 0 to 100; raise a CANCELLED error if the user asked to stop."""
        self.check()
        if self._job is not None:
            self._job.tell(percent, text)

    def tell_wait(self, left_s: int, why: Text | None = None) -> None:
        """Say how many seconds are left of a wait, 0 at its end; without a reason the platform asks for it."""
        if self._job is not None:
            self._job.tell_wait(left_s, why)

    def hand_over(self, part: Any) -> None:
        """Hand over a part of the result while the rest is still being worked on."""
        if self._job is not None:
            self._job.hand_over(part)

    def check(self) -> None:
        """Raise a CANCELLED error if the user asked to stop."""
        if self.is_cancelled():
            raise GpkeysError(ErrorCode.CANCELLED, Text("Cancelled."), "cancelled by the user")


class Listeners(NamedTuple):
    """Who hears of a job, on the main thread: of its end, its progress, the parts of its result, and its waits."""

    on_done: Callable[[Any], None]
    on_failed: Callable[[Exception], None]
    on_progress: Callable[[float, Text], None]
    on_part: Callable[[Any], None]
    on_wait: Callable[[RunningJob, int, Text | None], None]


Outcome = Callable[[Listeners], None]


class RunningJob:
    """A use case that was started on a thread of its own, and may have ended since.

    The thread is there at once, whatever QGIS's tasks wait for. It is a daemon: one that does not come to its end in
    time, in a call of QGIS perhaps, must not keep a process that has no window from ending.
    """

    def __init__(
        self,
        title: str,
        work: Work,
        listeners: Listeners,
        main_thread: MainThread,
        on_end: Callable[[RunningJob], None],
    ) -> None:
        self._work = work
        self._listeners = listeners
        self._main_thread = main_thread
        self._on_end = on_end
        self._outcome: Outcome = _unheard
        self._cancelling = Event()
        self._task = StatusBarTask(title, self._cancelling.set)
        self._thread = Thread(target=self._run, name="GPKeys job", daemon=True)

    def begin(self) -> None:
        """Start the thread."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask it to stop: a CANCELLED error follows. Nothing happens where it has ended."""
        self._cancelling.set()

    def is_to_stop(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelling.is_set()

    def tell(self, percent: float, text: Text) -> None:
        """Have it shown how far the job is; called in its thread."""
        self._main_thread.post(lambda: self._told(percent, text))

    def tell_wait(self, left_s: int, why: Text | None) -> None:
        """Have a wait shown; called in its thread."""
        self._main_thread.post(lambda: self._listeners.on_wait(self, left_s, why))

    def progress(self) -> float:
        """Return the share done, 0 to 100, as far as it was told."""
        return float(self._task.progress())

    def hand_over(self, part: Any) -> None:
        """Hand a part of the result to the listener; called in its thread."""
        self._main_thread.post(lambda: self._listeners.on_part(part))

    def silence(self) -> None:
        """Call nobody back any more."""
        self._listeners = _NOBODY

    def wait(self, timeout_s: float) -> None:
        """Wait for the end of the thread, and have QGIS show nothing of it any more; nobody hears of its outcome."""
        self._thread.join(timeout_s)
        self._task.end()

    def _run(self) -> None:
        use_timers()
        self._outcome = self._worked()
        self._main_thread.post(self._end)

    def _worked(self) -> Outcome:
        try:
            result = self._work(Progress(self))
        except Exception as error:  # noqa: BLE001 - the boundary of the thread: everything is handed to on_failed
            failure = _as_cancelled(error) if self.is_to_stop() else error
            return lambda listeners: listeners.on_failed(failure)
        return lambda listeners: listeners.on_done(result)

    def _told(self, percent: float, text: Text) -> None:
        self._task.setProgress(percent)
        self._listeners.on_progress(percent, text)

    def _end(self) -> None:
        self._on_end(self)
        self._task.end()
        # Let go of here: the thread may be the last to hold this job, and what came of it belongs to the main thread.
        outcome, self._outcome = self._outcome, _unheard
        listeners, self._listeners = self._listeners, _NOBODY
        outcome(listeners)


def _as_cancelled(error: Exception) -> Exception:
    """Return a failure as the cancel it came after: a change under way was let come to its end, and that was a bad one.

    A change of which nobody knows whether it was made stays what it is.
    """
    failed = Failed.of(error)
    if not failed.error.can_retry:
        return error
    cancelled = GpkeysError(ErrorCode.CANCELLED, Text("Cancelled."), f"cancelled; {failed.error.log}")
    return Failed(cancelled, failed.stayed, failed.remainder) if isinstance(error, Failed) else cancelled


class TaskRunner:
    """Starts jobs, and ends those that run when the plugin goes.

    `waits` tells of those that wait and show no progress.
    """

    def __init__(self) -> None:
        self._main_thread = MainThread()
        self._running: set[RunningJob] = set()
        self._changing: set[RunningJob] = set()
        self.waits = Waits()

    def start(
        self,
        title: str,
        work: Work,
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
        on_progress: Callable[[float, Text], None] | None = None,
        on_part: Callable[[Any], None] | None = None,
    ) -> RunningJob:
        """Run `work` off the GUI thread; the callables run on the GUI thread. Failures are logged."""
        on_wait = _in_the_place_of(on_progress) if on_progress is not None else self.waits.hear
        listeners = Listeners(on_done, _logged(on_failed), on_progress or _unheard, on_part or _unheard, on_wait)
        job = RunningJob(title, work, listeners, self._main_thread, self._on_end)
        self._running.add(job)
        if on_progress is not None:
            self._changing.add(job)
        job.begin()
        return job

    def is_changing(self) -> bool:
        """Whether a job is under way that changes something, which is what shows its progress, and is not to stop."""
        return any(not job.is_to_stop() for job in self._changing)

    def cancel_all(self) -> None:
        """Cancel what runs and call nobody back any more; what was begun gets a moment to be taken back."""
        self.waits.silence()
        for job in tuple(self._running):
            job.silence()
            job.cancel()
        end = QTimer()
        end.setSingleShot(True)
        end.start(int(_GOODBYE_S * 1000))
        while self._running and end.isActive():
            QCoreApplication.processEvents(_NEXT_EVENT)

    def shut_down(self) -> None:
        """Hear of no job any more, and let the threads come to their end; the main thread takes no calls meanwhile."""
        self._main_thread.shut_down()
        end_s = monotonic() + _GOODBYE_S
        for job in tuple(self._running):
            job.wait(max(0.0, end_s - monotonic()))
        self._running.clear()

    def _on_end(self, job: RunningJob) -> None:
        self._running.discard(job)
        self._changing.discard(job)
        self.waits.forget(job)


def _in_the_place_of(
    on_progress: Callable[[float, Text], None],
) -> Callable[[RunningJob, int, Text | None], None]:
    """Return what shows a wait in the place of what is being done."""
    return lambda job, left_s, why: on_progress(job.progress(), wait_text(left_s, why))


def _unheard(*_: object) -> None:
    """Tell nobody."""


_NOBODY = Listeners(_unheard, _unheard, _unheard, _unheard, _unheard)


def _logged(listener: Callable[[Exception], None]) -> Callable[[Exception], None]:
    def hear(error: Exception) -> None:
        QgsMessageLog.logMessage(Failed.of(error).error.log, LOG_TAG, Qgis.MessageLevel.Warning)
        listener(error)

    return hear
