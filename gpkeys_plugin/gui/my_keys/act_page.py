"""What the pages that act on a key share: a form, a progress page in its place while something runs, errors above."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.texts import Text
from ...jobs.ports import Running
from ...jobs.running.translate import show, tr
from ..parts import theme
from ..parts.labels import heading
from ..parts.late_replies import Latest
from ..parts.message_area import Messages
from ..parts.page import Page, tool_button
from ..parts.progress_page import ProgressPage

_OLD_NEWS = ("error", "cancelled", "stayed", "edited", "rotated", "deleted")


class ActPage(QStackedWidget):
    """One act at a time; what comes after it was given up is dropped.

    `left` goes back with nothing done, `done` carries what was done, `token_refused` says that the session has ended.
    """

    left = pyqtSignal()
    done = pyqtSignal(object)
    token_refused = pyqtSignal()

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._latest = Latest()
        self._running: Running | None = None
        self._form: QWidget | None = None
        self.wait = ProgressPage()
        self.wait.cancel_wanted.connect(self._on_cancel)
        self.addWidget(self.wait)

    def is_busy(self) -> bool:
        """Say whether something is under way."""
        return self._running is not None

    def shut_down(self) -> None:
        """Stop what is under way and don't listen to it any more."""
        self._latest.drop()
        running, self._running = self._running, None
        if running is not None:
            running.cancel()

    def run(self, title: str, start: Callable[[], Running]) -> None:
        """Start an act, with the progress page in front until `over`."""
        if self._running is not None:
            return
        for news in _OLD_NEWS:
            self._messages.withdraw(news)
        self._form = self.currentWidget()
        self._latest.start()
        self._is_over = False
        self.wait.start(title)
        self.setCurrentWidget(self.wait)
        running = start()
        self._running = None if self._is_over else running

    def on_progress(self) -> Callable[[float, Text], None]:
        """Return what shows the progress of the act that is being started."""
        return self._latest.only(lambda percent, text: self.wait.show_progress(percent, show(text)))

    def then(self, listener: Callable[..., None]) -> Callable[..., None]:
        """Return `listener`, called once with the outcome of the act that is being started."""

        def hear(*outcome: object) -> None:
            self._over()
            listener(*outcome)

        return self._latest.only(hear)

    def tell(
        self, error: GpkeysError, retry: Callable[[], object] | None = None, *, stayed: Text | None = None
    ) -> None:
        """Show what went wrong and what stayed although it did, above the form as it was left."""
        if error.code is ErrorCode.CANCELLED:
            self._tell_cancelled(stayed)
            return
        if error.ends_session:
            self.token_refused.emit()
        else:
            self._messages.show_error(error, retry)
        if stayed is not None:
            self._messages.post("stayed", theme.Level.WARNING, show(stayed), can_close=True)

    def _tell_cancelled(self, stayed: Text | None) -> None:
        words = [tr("Cancelled."), *([show(stayed)] if stayed is not None else [])]
        level = theme.Level.INFO if stayed is None else theme.Level.WARNING
        self._messages.post("cancelled", level, " ".join(words), can_close=True)

    def _over(self) -> None:
        self._is_over = True
        self._running = None
        self._latest.drop()
        if self._form is not None:
            self.setCurrentWidget(self._form)

    def _on_cancel(self) -> None:
        if self._running is not None:
            self.wait.show_stopping(tr("Stopping…"))
            self._running.cancel()


class BackRow(QWidget):
    """A back button and what the page is about."""

    wanted = pyqtSignal()

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.gap(self))
        self.button = tool_button("backToKeyButton", "back", tr("Back"))
        self.button.clicked.connect(self.wanted)
        self._title = heading(title)
        self._title.setObjectName("pageTitle")
        row.addWidget(self.button)
        row.addWidget(self._title, 1)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)


def form_page(act: ActPage, back: BackRow) -> Page:
    """Return the form of an act: a page headed by a way back."""
    page = Page()
    page.column.addWidget(back)
    back.wanted.connect(act.left)
    act.addWidget(page)
    act.setCurrentWidget(page)
    return page
