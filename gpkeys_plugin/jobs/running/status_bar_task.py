"""What QGIS shows of a job in its status bar, and where the user cancels it there."""

from __future__ import annotations

from typing import Callable

from qgis.core import QgsApplication, QgsTask


class StatusBarTask(QgsTask):
    """A task that does no work: it shows how far a job is, hands over the user's wish to cancel, and ends with the job.

    It is put on hold before QGIS gets it and stays so, since a task that QGIS runs waits for a free thread of its pool,
    and may be lost there for good (docs/QGIS_TRAPS.md). Everything happens on the main thread.
    """

    def __init__(self, title: str, on_cancel: Callable[[], None]) -> None:
        super().__init__(title, QgsTask.Flag.CanCancel)
        self._on_cancel = on_cancel
        self._learn_that_nobody_watches()
        self.hold()
        QgsApplication.taskManager().addTask(self)
        # Otherwise the list of tasks shows the sign of a pause. QGIS itself goes by what the task is, and leaves it be.
        running = QgsTask.TaskStatus.Running
        self.statusChanged.emit(getattr(running, "value", running))

    def _learn_that_nobody_watches(self) -> None:
        """Have PyQt find out, and remember, that `disconnectNotify` is not Python's.

        QGIS's status bar drops the bar of a task that has ended. Qt then calls `disconnectNotify` of the task under one
        of its own locks, and PyQt waits for Python's there, unless it has found out while Python still knew the task: a
        thread that holds Python's and wants Qt's, as the network thread does for each request, would stand still with
        the window for ever.
        """
        self.taskCompleted.connect(_nothing)
        self.taskCompleted.disconnect(_nothing)

    def cancel(self) -> None:
        """Hand over the wish; the task stays until the job has come to its end. QGIS calls this."""
        self._on_cancel()

    def end(self) -> None:
        """Have QGIS drop it: a task on hold ends by being cancelled, and of one that never ran nobody is notified."""
        super().cancel()


def _nothing() -> None:
    """Do nothing."""
