"""The one place that shows a GpkeysError: a bar inside the dock, with the buttons its code calls for."""

from __future__ import annotations

from typing import Callable, Iterable, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...jobs.running.translate import counted, show, tr
from ...jobs.values import Failed
from ..lifetime.delete_later import delete_later
from ..parts import theme
from .kept_room import KeptRoom
from .notice import Action, Notice
from .notice_clock import NoticeClock

_GRAVITY = (theme.Level.ERROR, theme.Level.WARNING, theme.Level.INFO, theme.Level.GOOD)
_NEWS = (theme.Level.INFO, theme.Level.GOOD)
# What is read in the eight seconds that a success stays.
_SHORT = 160


class Messages(QWidget):
    """The messages of the dock: the gravest in sight, the newest of those; the others behind a button that counts them.

    At most one error stands at a time. A short success goes by itself.
    """

    sign_in_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messages")
        self._notices: dict[str, Notice] = {}
        self._first = ""
        self._outcomes: set[str] = set()
        self._others = QToolButton()
        self._others.setObjectName("otherMessagesButton")
        self._others.setAccessibleName(tr("Other messages"))
        self._others.setCheckable(True)
        self._others.setAutoRaise(True)
        self._others.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._others.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._others.toggled.connect(lambda _is_unfolded: self._arrange())
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.gap(self))
        self._column.addWidget(self._others)
        self._room = KeptRoom(self)
        self._room.closed.connect(lambda: self.setVisible(bool(self._notices)))
        self._column.addWidget(self._room)
        self.hide()

    def post_outcome(self, name: str, text: str, warnings: Iterable[Text], actions: Sequence[Action] = ()) -> None:
        """Say what was done, what could not be done with it, and what can be done next."""
        lines = [text, *map(show, warnings)]
        level = theme.Level.WARNING if len(lines) > 1 else theme.Level.GOOD
        self.post(name, level, "\n".join(lines), actions, can_close=True)
        self._outcomes.add(name)

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
        self,
        key: str,
        level: theme.Level,
        text: str,
        actions: Sequence[Action] = (),
        *,
        can_close: bool = False,
        is_first: bool = False,
    ) -> Notice:
        """Show a message under a key; the one shown under that key before goes.

        One that is first stays in sight before graver ones: what it tells is under way.
        """
        self._drop(key)
        notice = Notice(level, text, actions, can_close=can_close, parent=self)
        notice.setObjectName(f"{key}Notice")
        notice.closed.connect(lambda: self.withdraw(key))
        if level is theme.Level.GOOD and not actions and len(text) <= _SHORT:
            NoticeClock(notice, lambda: self.fade(key))
        # The newest last.
        self._notices[key] = notice
        self._first = key if is_first else self._first
        self._arrange()
        return notice

    def tell(self, key: str, text: str) -> None:
        """Show what is under way under a key; where a message shows under it already, its words change."""
        notice = self._notices.get(key)
        if notice is not None:
            notice.set_text(text)
        else:
            self.post(key, theme.Level.INFO, text, is_first=True)

    def withdraw(self, *keys: str) -> None:
        """Put the messages of keys away, those that there are."""
        for key in keys:
            self._drop(key)
        self._arrange()

    def fade(self, key: str) -> None:
        """Put a message away that goes by itself: what stands below stays where it is while the mouse is near."""
        if key not in self._notices:
            return
        height = self.height() if self.isVisible() and self._room.is_wanted() else 0
        self.withdraw(key)
        if self._notices:
            height -= self._column.heightForWidth(self.width()) + self._column.spacing()
        if height > 0:
            self._room.keep(height)
            self.show()

    def withdraw_news(self) -> None:
        """Put away what only told of something that was done: it does not concern the page that shows next."""
        self._room.close_up()
        for key, notice in tuple(self._notices.items()):
            if notice.can_close and (notice.level in _NEWS or key in self._outcomes):
                self.withdraw(key)

    def clear(self) -> None:
        """Put all messages away."""
        for key in tuple(self._notices):
            self.withdraw(key)

    def text(self, key: str) -> str:
        """Return the words shown under a key, empty when there are none."""
        notice = self._notices.get(key)
        return notice.text() if notice else ""

    def _drop(self, key: str) -> None:
        notice = self._notices.pop(key, None)
        self._outcomes.discard(key)
        self._first = "" if self._first == key else self._first
        if notice is not None:
            self._let_go(notice)

    def _arrange(self) -> None:
        """Show the gravest, and the others where they are unfolded."""
        self._room.close_up()
        newest = reversed(self._notices)
        keys = sorted(newest, key=lambda key: (key != self._first, _GRAVITY.index(self._notices[key].level)))
        others = len(keys) - 1
        if others < 1:
            self._others.setChecked(False)
        words = counted("1 other message", "{count} other messages", others)
        self._others.setText(words)
        is_unfolded = self._others.isChecked()
        self._others.setArrowType(Qt.ArrowType.DownArrow if is_unfolded else Qt.ArrowType.RightArrow)
        self._others.setVisible(others > 0)
        for place, key in enumerate(keys):
            self._column.insertWidget(place, self._notices[key])
            self._notices[key].setVisible(place == 0 or is_unfolded)
        self.setVisible(bool(keys))

    def _let_go(self, notice: Notice) -> None:
        """Take a notice out of the window at once; it may be one of its own buttons that asks for it."""
        notice.hide()
        self._column.removeWidget(notice)
        notice.setParent(None)
        delete_later(notice)

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
