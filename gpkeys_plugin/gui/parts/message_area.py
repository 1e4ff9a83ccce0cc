"""The one place that shows a GpkeysError: a bar inside the dock, with the buttons its code calls for."""

from __future__ import annotations

from typing import Callable, Iterable, Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...jobs.running.translate import show, tr
from ...jobs.values import Failed
from . import theme
from .notice import Action, Notice


class Messages(QWidget):
    """The messages of the dock, newest first; at most one error stands at a time."""

    sign_in_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messages")
        self._notices: dict[str, Notice] = {}
        self._leaving: dict[int, Notice] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.gap(self))
        self.hide()

    def post_outcome(self, name: str, text: str, warnings: Iterable[Text]) -> None:
        """Say what was done, and what could not be done with it."""
        lines = [text, *map(show, warnings)]
        level = theme.Level.WARNING if len(lines) > 1 else theme.Level.GOOD
        self.post(name, level, "\n".join(lines), can_close=True)

    def show_error(
        self,
        error: GpkeysError,
        retry: Callable[[], object] | None = None,
        on_session_end: Callable[[], object] | None = None,
    ) -> None:
        """Show what went wrong; `retry` is offered where trying again makes sense. A cancelled call says nothing.

        Of a session that has ended `on_session_end` is told instead, where it is given.
        """
        if error.ends_session and on_session_end is not None:
            on_session_end()
            return
        if error.code is ErrorCode.CANCELLED:
            return
        self.post("error", theme.Level.ERROR, sentence(error), self._actions(error, retry), can_close=True)
        if error.details or error.status:
            self._notices["error"].set_details(_details(error))

    def show_failure(
        self, failure: Failed, retry: Callable[[], object] | None = None, *, cancelled: str | None = None
    ) -> None:
        """Show why a use case failed, or that it was `cancelled`, and what stayed although it did.

        Of a session that has ended only the latter: the dock says the rest. What can be finished or undone has a
        message of its own, with what stayed.
        """
        stayed = [show(text) for text in failure.stayed] if failure.remainder is None else []
        if failure.error.code is ErrorCode.CANCELLED:
            level = theme.Level.WARNING if stayed else theme.Level.INFO
            self.post("cancelled", level, " ".join([cancelled or tr("Cancelled."), *stayed]), can_close=True)
            return
        if not failure.error.ends_session:
            self.show_error(failure.error, retry)
        if stayed:
            self.post("stayed", theme.Level.WARNING, " ".join(stayed), can_close=True)

    def post(
        self, key: str, level: theme.Level, text: str, actions: Sequence[Action] = (), *, can_close: bool = False
    ) -> Notice:
        """Show a message under a key; the one shown under that key before goes."""
        self.withdraw(key)
        notice = Notice(level, text, actions, can_close=can_close, parent=self)
        notice.setObjectName(f"{key}Notice")
        notice.closed.connect(lambda: self.withdraw(key))
        self._notices[key] = notice
        self._column.insertWidget(0, notice)
        self.show()
        notice.show()
        return notice

    def withdraw(self, key: str) -> None:
        """Put the message of a key away, if there is one."""
        notice = self._notices.pop(key, None)
        if notice is not None:
            self._let_go(notice)
        self.setVisible(bool(self._notices))

    def clear(self) -> None:
        """Put all messages away."""
        for key in tuple(self._notices):
            self.withdraw(key)

    def text(self, key: str) -> str:
        """Return the words shown under a key, empty when there are none."""
        notice = self._notices.get(key)
        return notice.text() if notice else ""

    def _let_go(self, notice: Notice) -> None:
        """Take a notice out of the window at once; it may be one of its own buttons that asks for it."""
        notice.hide()
        self._column.removeWidget(notice)
        notice.setParent(None)
        place = id(notice)
        self._leaving[place] = notice
        notice.destroyed.connect(lambda: self._leaving.pop(place, None))
        notice.deleteLater()

    def _actions(self, error: GpkeysError, retry: Callable[[], object] | None) -> list[Action]:
        if error.ends_session or error.code is ErrorCode.SIGN_IN_REFUSED:
            return [Action("signInAgainButton", tr("Sign in again"), self._on_sign_in)]
        if retry is not None and error.can_retry:
            return [Action("retryButton", tr("Try again"), lambda: self._on_retry(retry))]
        return []

    def _on_sign_in(self) -> None:
        self.withdraw("error")
        self.sign_in_wanted.emit()

    def _on_retry(self, retry: Callable[[], object]) -> None:
        self.withdraw("error")
        retry()


def sentence(error: GpkeysError) -> str:
    """Return what happened and what to do next."""
    parts = [show(error.user)]
    if error.advice is not None:
        parts.append(show(error.advice))
    return " ".join(parts)


def _details(error: GpkeysError) -> str:
    lines = list(error.details)
    if error.status:
        lines.append(tr("HTTP status {status}").format(status=error.status))
    return "\n".join(lines)
