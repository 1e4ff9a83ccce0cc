"""Runs one use case that makes or takes back a key, with its progress in front of the wizard."""

from __future__ import annotations

from typing import Callable, Sequence

from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget

from ...entrepot.models import Key
from ...jobs.running.task import RunningJob
from ...jobs.running.translate import tr
from ...jobs.values import CreatedKey, CreationRemainder, Failed
from ...jobs.window.new_key_jobs import NewKeyJobs
from ...keys.draft import Grant, KeyDraft
from ...keys.upkeep.holdings import Holdings
from ..parts.job_with_progress_page import JobInFront
from ..parts.progress_page import ProgressPage


class CreationRun(QObject):
    """`made` carries the key and whether it existed before, `failed` what went wrong and what tries again."""

    began = pyqtSignal()
    made = pyqtSignal(object, bool)
    failed = pyqtSignal(object, object)
    undone = pyqtSignal(object)

    def __init__(self, new_key_jobs: NewKeyJobs, pages: QStackedWidget, wait: ProgressPage) -> None:
        super().__init__(pages)
        self._jobs = new_key_jobs
        self._job = JobInFront(pages, wait)

    def is_under_way(self) -> bool:
        """Say whether something is being made."""
        return self._job.is_busy()

    def create(self, draft: KeyDraft, holdings: Holdings, retry: Callable[[], None]) -> None:
        """Create a key."""
        self._begin(
            tr("Creating the key “{name}”").format(name=draft.name),
            lambda: self._jobs.create(draft, holdings, self._job.progress(), self._made(), self._failed(retry)),
        )

    def extend(self, key: Key, grants: Sequence[Grant], holdings: Holdings, retry: Callable[[], None]) -> None:
        """Add services to a key."""
        self._begin(
            tr("Adding the services to the key “{name}”").format(name=key.name),
            lambda: self._jobs.extend(
                key, grants, holdings, self._job.progress(), self._made(is_extended=True), self._failed(retry)
            ),
        )

    def finish(self, remainder: CreationRemainder, retry: Callable[[], None]) -> None:
        """Finish a creation that stopped half-way."""
        self._begin(
            tr("Finishing the key “{name}”").format(name=remainder.key_name),
            lambda: self._jobs.finish(remainder, self._job.progress(), self._made(), self._failed(retry)),
        )

    def undo(self, remainder: CreationRemainder, retry: Callable[[], None]) -> None:
        """Take back what is left of a creation."""
        self._begin(
            tr("Undoing the creation of the key “{name}”").format(name=remainder.key_name),
            lambda: self._jobs.undo(
                remainder,
                self._job.end(lambda: self.undone.emit(remainder)),
                self._failed(retry),
            ),
        )

    def cancel(self) -> None:
        """Ask it to stop; it answers when it has."""
        self._job.cancel()

    def shut_down(self) -> None:
        """Stop it and don't listen any more."""
        self._job.drop()

    def _begin(self, title: str, start: Callable[[], RunningJob]) -> None:
        self.began.emit()
        self._job.begin_under(title, start)

    def _made(self, *, is_extended: bool = False) -> Callable[[CreatedKey], None]:
        return self._job.end(lambda created: self.made.emit(created, is_extended))

    def _failed(self, retry: Callable[[], None]) -> Callable[[Failed], None]:
        return self._job.end(lambda failure: self.failed.emit(failure, retry))
