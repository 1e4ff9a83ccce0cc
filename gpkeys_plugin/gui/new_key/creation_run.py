"""Runs one use case that makes or takes back a key, with the progress page in front."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...entrepot.errors import GpkeysError
from ...entrepot.models import Key
from ...entrepot.texts import Text
from ...jobs.ports import KeyDesk, Running
from ...jobs.running.translate import show, tr
from ...jobs.values import CreatedKey, CreationFailed, CreationRemainder, Holdings
from ...keys.draft import Grant, KeyDraft
from ..parts.late_replies import Latest
from ..parts.progress_page import ProgressPage


class Making(QObject):
    """At most one such use case at a time; what comes after it was given up is dropped."""

    began = pyqtSignal()
    made = pyqtSignal(object, bool)
    failed = pyqtSignal(object, object)
    undone = pyqtSignal(object)

    def __init__(self, new_key_jobs: KeyDesk, page: ProgressPage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = new_key_jobs
        self._page = page
        self._latest = Latest()
        self._running: Running | None = None

    def is_under_way(self) -> bool:
        """Say whether something is being made."""
        return self._running is not None

    def create(self, draft: KeyDraft, holdings: Holdings, retry: Callable[[], None]) -> None:
        """Create a key."""
        self._begin(tr("Creating the key “{name}”").format(name=draft.name))
        self._run(lambda: self._jobs.create(draft, holdings, self._progress(), self._done(), self._failed(retry)))

    def extend(self, key: Key, grants: tuple[Grant, ...], holdings: Holdings, retry: Callable[[], None]) -> None:
        """Add services to a key."""
        self._begin(tr("Adding the services to the key “{name}”").format(name=key.name))
        self._run(
            lambda: self._jobs.extend(
                key, grants, holdings, self._progress(), self._done(is_extended=True), self._failed(retry)
            )
        )

    def finish(self, remainder: CreationRemainder, retry: Callable[[], None]) -> None:
        """Finish a creation that stopped half-way."""
        self._begin(tr("Finishing the key “{name}”").format(name=remainder.key_name))
        self._run(lambda: self._jobs.finish(remainder, self._progress(), self._done(), self._failed(retry)))

    def undo(self, remainder: CreationRemainder, retry: Callable[[], None]) -> None:
        """Take back what is left of a creation."""
        self._begin(tr("Undoing the creation of the key “{name}”").format(name=remainder.key_name))
        on_done = self._latest.only(lambda: self._on_undone(remainder))
        on_failed = self._latest.only(lambda error: self._on_failed(CreationFailed(error), retry))
        self._run(lambda: self._jobs.undo(remainder, on_done, on_failed))

    def cancel(self) -> None:
        """Ask it to stop; it answers when it has."""
        if self._running is not None:
            self._page.show_stopping(tr("Stopping…"))
            self._running.cancel()

    def shut_down(self) -> None:
        """Stop it and don't listen any more."""
        self._latest.drop()
        running, self._running = self._running, None
        if running is not None:
            running.cancel()

    def _begin(self, title: str) -> None:
        self._latest.start()
        self._is_over = False
        self._page.start(title)
        self.began.emit()

    def _run(self, start: Callable[[], Running]) -> None:
        running = start()
        self._running = None if self._is_over else running

    def _progress(self) -> Callable[[float, Text], None]:
        return self._latest.only(lambda percent, text: self._page.show_progress(percent, show(text)))

    def _done(self, *, is_extended: bool = False) -> Callable[[CreatedKey], None]:
        return self._latest.only(lambda created: self._on_done(created, is_extended=is_extended))

    def _failed(self, retry: Callable[[], None]) -> Callable[[CreationFailed], None]:
        return self._latest.only(lambda failure: self._on_failed(failure, retry))

    def _on_done(self, created: CreatedKey, *, is_extended: bool) -> None:
        self._over()
        self.made.emit(created, is_extended)

    def _on_failed(self, failure: CreationFailed | GpkeysError, retry: Callable[[], None]) -> None:
        self._over()
        known = failure if isinstance(failure, CreationFailed) else CreationFailed(failure)
        self.failed.emit(known, retry)

    def _on_undone(self, remainder: CreationRemainder) -> None:
        self._over()
        self.undone.emit(remainder)

    def _over(self) -> None:
        self._is_over = True
        self._running = None
        self._latest.drop()
