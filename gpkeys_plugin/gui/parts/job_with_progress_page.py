"""A job that the user waits for."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from ...entrepot.translatable_text import Text
from ...jobs.running.task import RunningJob
from ...jobs.running.translate import show, tr
from .page_job import JobUnderWay
from .progress_page import ProgressPage


class JobInFront(JobUnderWay):
    """Its progress is in front of the pages while it is under way; then the page that was in front before."""

    def __init__(self, pages: QStackedWidget, wait: ProgressPage) -> None:
        super().__init__(self._on_busy)
        self._pages = pages
        self._wait = wait
        self._before: QWidget | None = None

    def begin_under(self, title: str, start: Callable[[], RunningJob]) -> None:
        """Start a job, under a title that says what it does."""
        self._wait.start(title)
        self.begin(start)

    def progress(self) -> Callable[[float, Text], None]:
        """Return what shows the progress of the job that is being started."""
        return self.part(lambda percent, text: self._wait.show_progress(percent, show(text)))

    def cancel(self) -> None:
        """Ask the job to stop, and show that this was heard."""
        if self.is_busy():
            self._wait.show_stopping(tr("Stopping…"))
            super().cancel()

    def _on_busy(self, is_busy: bool) -> None:
        if is_busy:
            self._before = self._pages.currentWidget()
            self._pages.setCurrentWidget(self._wait)
        elif self._before is not None:
            self._pages.setCurrentWidget(self._before)
