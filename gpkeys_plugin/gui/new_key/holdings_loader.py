"""Reads what the account has; only the latest answer counts."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...jobs.running.task import RunningJob
from ...jobs.window.new_key_jobs import NewKeyJobs
from ..parts.late_replies import Latest


class Loading(QObject):
    """One reading at a time: a new one, or `drop`, ends the one before."""

    loaded = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(self, new_key_jobs: NewKeyJobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = new_key_jobs
        self._latest = Latest()
        self._running: RunningJob | None = None

    def start(self) -> None:
        """Read anew."""
        self.drop()
        self._latest.start()
        self._running = self._jobs.load(self._latest.only(self.loaded.emit), self._latest.only(self.failed.emit))

    def drop(self) -> None:
        """Give up what is under way."""
        self._latest.drop()
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
