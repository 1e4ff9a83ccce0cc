"""The task that runs a use case off the GUI thread, and the runner that keeps it alive."""

from __future__ import annotations

from typing import Any, Callable

from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsTask
from qgis.PyQt.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, pyqtSignal

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ..values import Failed

LOG_TAG = "GPKeys"

_GOODBYE_MS = 3000
_TURN_MS = 50

Work = Callable[["Progress"], Any]


class Progress:
    """What a use case tells while it runs, and how it learns that it was cancelled."""

    def __init__(self, task: JobTask | None = None) -> None:
        self._task = task

    def is_cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self._task is not None and self._task.isCanceled()

    def tell(self, percent: float, text: Text) -> None:
        """Say what is being done and the share done, 0 to 100; raise a CANCELLED error if the user asked to stop."""
        self.check()
        if self._task is not None:
            self._task.setProgress(percent)
            self._task.progressed.emit(percent, text)

    def hand_over(self, part: Any) -> None:
        """Hand over a part of the result while the rest is still being worked on."""
        if self._task is not None:
            self._task.part_done.emit(part)

    def check(self) -> None:
        """Raise a CANCELLED error if the user asked to stop."""
        if self.is_cancelled():
            raise GpkeysError(ErrorCode.CANCELLED, Text("Cancelled."), "cancelled by the user")


class JobTask(QgsTask):
    """One use case as a QGIS task, with a bar in QGIS's status bar and a cancel button there."""

    progressed = pyqtSignal(float, object)
    part_done = pyqtSignal(object)

    def __init__(
        self,
        title: str,
        work: Work,
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
        on_end: Callable[[JobTask], None],
    ) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._work = work
        self._on_done = on_done
        self._on_failed = on_failed
        self._on_end = on_end
        self._result: Any = None
        self._error: Exception | None = None
        self._is_heard = True
        self._learn_that_nobody_watches()

    def _learn_that_nobody_watches(self) -> None:
        """Have PyQt find out, and remember, that `disconnectNotify` is not Python's.

        QGIS's status bar drops the bar of a task that has ended. Qt then calls `disconnectNotify` of the task under one
        of its own locks, and PyQt waits for Python's there, unless it has found out while Python still knew the task: a
        thread that holds Python's and wants Qt's, as the network thread does for each request, would stand still with
        the window for ever.
        """
        self.taskCompleted.connect(_nothing)
        self.taskCompleted.disconnect(_nothing)

    def run(self) -> bool:
        """Do the work; QGIS calls this on a worker thread."""
        try:
            self._result = self._work(Progress(self))
        except Exception as error:  # noqa: BLE001 - the boundary of the thread: everything is handed to on_failed
            self._error = _as_cancelled(error) if self.isCanceled() else error
        return self._error is None

    def finished(self, result: bool) -> None:
        """Hand over the outcome; QGIS calls this on the main thread, and deletes the task afterwards."""
        self._on_end(self)
        if not self._is_heard:
            return
        if result:
            self._on_done(self._result)
        else:
            self._on_failed(self._error or _cancelled_before_start())

    def heard(self, listener: Callable[[Any], None]) -> Callable[[Any], None]:
        """Return `listener`, deaf once nobody is to be called back any more."""
        return lambda part: listener(part) if self._is_heard else None

    def silence(self) -> None:
        """Call nobody back any more."""
        self._is_heard = False


def _nothing() -> None:
    """Do nothing."""


def _as_cancelled(error: Exception) -> Exception:
    """Return a failure as the cancel it came after: a change under way was let come to its end, and that was a bad one.

    A change of which nobody knows whether it was made stays what it is.
    """
    failed = Failed.of(error)
    if not failed.error.can_retry:
        return error
    cancelled = GpkeysError(ErrorCode.CANCELLED, Text("Cancelled."), f"cancelled; {failed.error.log}")
    return Failed(cancelled, failed.stayed, failed.remainder) if isinstance(error, Failed) else cancelled


def _cancelled_before_start() -> GpkeysError:
    return GpkeysError(ErrorCode.CANCELLED, Text("Cancelled."), "the task was cancelled before it ran")


class RunningJob:
    """A job that was started, and may have ended since, its task with it."""

    def __init__(self, runner: TaskRunner, task: JobTask) -> None:
        self._runner = runner
        self._task = task

    def cancel(self) -> None:
        """Ask it to stop: a CANCELLED error follows. Nothing happens where it has ended."""
        if self._runner.is_running(self._task):
            self._task.cancel()


class TaskRunner:
    """Starts tasks and keeps them until they have ended, since QGIS does not hold the Python side of a task."""

    def __init__(self) -> None:
        self._running: set[JobTask] = set()

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
        task = JobTask(title, work, on_done, _logged(on_failed), self._running.discard)
        if on_progress is not None:
            task.progressed.connect(on_progress)
        if on_part is not None:
            task.part_done.connect(task.heard(on_part))
        self._running.add(task)
        QgsApplication.taskManager().addTask(task)
        return RunningJob(self, task)

    def is_running(self, task: JobTask) -> bool:
        """Whether a task has not ended yet; QGIS deletes one that has."""
        return task in self._running

    def cancel_all(self) -> None:
        """Cancel what runs and call nobody back any more; what was begun gets a moment to be taken back."""
        for task in tuple(self._running):
            task.silence()
            task.cancel()
        moment = QElapsedTimer()
        moment.start()
        while self._running and not moment.hasExpired(_GOODBYE_MS):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, _TURN_MS)

    def shut_down(self) -> None:
        """Let the workers come to their end; the main thread takes no calls meanwhile."""
        for task in tuple(self._running):
            task.waitForFinished(_GOODBYE_MS)
        self._running.clear()


def _logged(listener: Callable[[Exception], None]) -> Callable[[Exception], None]:
    def hear(error: Exception) -> None:
        QgsMessageLog.logMessage(Failed.of(error).error.log, LOG_TAG, Qgis.MessageLevel.Warning)
        listener(error)

    return hear
