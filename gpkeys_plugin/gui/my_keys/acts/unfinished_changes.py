"""Edits and deletions that stopped half-way: a notice each, above all pages, and the progress of ending one."""

from __future__ import annotations

from functools import partial
from typing import Callable, Iterable

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from ....entrepot.translatable_text import Text
from ....jobs.running.task import RunningJob
from ....jobs.running.translate import show, tr
from ....jobs.values import ChangeRemainder, Failed
from ....jobs.window.unfinished_changes import UnfinishedChanges
from ...notices.message_area import Messages
from ...notices.notice import Action
from ...parts import theme
from .key_act_page import ActPage


class UnfinishedChangesPage(ActPage):
    """`began` asks for the front; `done` carries what was edited, `undone` what is as it was, `deleted` what went."""

    help_page = "edit"
    began = pyqtSignal()
    undone = pyqtSignal(object)
    deleted = pyqtSignal(object)

    def __init__(self, unfinished: UnfinishedChanges, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(messages, parent)
        self._unfinished = unfinished
        self._shown: set[str] = set()

    def show_notices(self) -> None:
        """Show a notice for each that the account has now, and no others."""
        self.withdraw()
        for remainder in self._unfinished.all():
            self._post(remainder)

    def show_failure(self, failure: Failed) -> None:
        """Show the notice of one that has just stopped, with what stayed of it."""
        if isinstance(failure.remainder, ChangeRemainder):
            self._post(failure.remainder, failure.stayed)

    def withdraw(self) -> None:
        """Take all notices away."""
        for name in self._shown:
            self._messages.withdraw(name)
        self._shown.clear()

    def _post(self, remainder: ChangeRemainder, stayed: Iterable[Text] = ()) -> None:
        name = f"change-{remainder.id}"
        words = " ".join(map(show, (remainder.text, *stayed)))
        self._messages.post(name, theme.Level.WARNING, words, self._actions(remainder))
        self._shown.add(name)

    def _actions(self, remainder: ChangeRemainder) -> tuple[Action, ...]:
        if not remainder.is_deletion:
            return (
                Action("finishChangeButton", tr("Finish"), partial(self._on_finish_edit, remainder)),
                Action("undoChangeButton", tr("Undo the change"), partial(self._on_undo_edit, remainder)),
            )
        return (
            Action("finishDeletionButton", tr("Finish"), partial(self._on_finish_deletion, remainder)),
            Action("leaveDeletionButton", tr("Leave it as it is"), partial(self._on_leave_deletion, remainder)),
        )

    def _on_finish_edit(self, remainder: ChangeRemainder) -> None:
        self._begin(
            tr("Finishing the change of the key “{name}”").format(name=remainder.key_name),
            lambda: self._unfinished.finish_edit(remainder, self.act.progress(), *self._ends(self.done.emit)),
        )

    def _on_undo_edit(self, remainder: ChangeRemainder) -> None:
        self._begin(
            tr("Undoing the change of the key “{name}”").format(name=remainder.key_name),
            lambda: self._unfinished.undo_edit(remainder, self.act.progress(), *self._ends(self.undone.emit)),
        )

    def _on_finish_deletion(self, remainder: ChangeRemainder) -> None:
        self._begin(
            tr("Finishing the deletion of the key “{name}”").format(name=remainder.key_name),
            lambda: self._unfinished.finish_deletion(remainder, self.act.progress(), *self._ends(self.deleted.emit)),
        )

    def _on_leave_deletion(self, remainder: ChangeRemainder) -> None:
        self._begin(
            tr("Leaving the deletion of the key “{name}” as it is").format(name=remainder.key_name),
            lambda: self._unfinished.leave_deletion(remainder, *self._ends(self._on_left)),
        )

    def _begin(self, title: str, start: Callable[[], RunningJob]) -> None:
        if not self.act.is_busy():
            self.began.emit()
            self.run(title, start)

    def _ends(self, listener: Callable[..., None]) -> tuple[Callable[..., None], Callable[[Failed], None]]:
        return self.act.end(listener), self.act.end(self._on_failed)

    def _on_left(self) -> None:
        self.show_notices()
        self.left.emit()

    def _on_failed(self, failure: Failed) -> None:
        """Say why, and read again what there is: some of it may have been done."""
        self.tell(failure)
        self.show_notices()
        if failure.error.ends_session:
            self.left.emit()
        else:
            self.left_half_done.emit()
