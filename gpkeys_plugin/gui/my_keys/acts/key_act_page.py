"""What the pages that act on a key share: a form, progress in its place while something runs, errors above."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from ....jobs.running.task import RunningJob
from ....jobs.running.translate import tr
from ....jobs.values import Failed
from ...notices.message_area import Messages
from ...parts import theme
from ...parts.focus_after_turn import follow_turns
from ...parts.job_with_progress_page import JobInFront
from ...parts.labels import heading
from ...parts.page import Page, tool_button
from ...parts.progress_page import ProgressPage

_OLD_NEWS = ("error", "cancelled", "stayed", "edited", "rotated", "deleted")


class ActPage(QStackedWidget):
    """One act at a time.

    `left` goes back with nothing done, `left_half_done` after a failure with the key no longer as it was shown; `done`
    carries what was done, `token_refused` says that the session has ended. `stopped_half_way` carries the failure of an
    act that can be finished or undone.
    """

    left = pyqtSignal()
    left_half_done = pyqtSignal()
    done = pyqtSignal(object)
    token_refused = pyqtSignal()
    stopped_half_way = pyqtSignal(object)

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._is_half_done = False
        self.done.connect(self._forget_half_done)
        wait = ProgressPage()
        self.addWidget(wait)
        self.act = JobInFront(self, wait)
        wait.cancel_wanted.connect(self.act.cancel)
        follow_turns(self)

    def shut_down(self) -> None:
        """Stop what is under way and don't listen to it any more."""
        self.act.drop()

    def run(self, title: str, start: Callable[[], RunningJob]) -> None:
        """Start an act, unless one is under way; its listeners are made by `self.act`."""
        if self.act.is_busy():
            return
        for news in _OLD_NEWS:
            self._messages.withdraw(news)
        self.act.begin_under(title, start)

    def tell(self, failure: Failed, retry: Callable[[], object] | None = None) -> None:
        """Show what went wrong and what stayed although it did, above the form as it was left."""
        if failure.error.ends_session:
            self.token_refused.emit()
        has_remainder = failure.remainder is not None
        self._messages.show_failure(failure, None if has_remainder else retry)
        self._is_half_done = self._is_half_done or has_remainder or bool(failure.stayed)
        if has_remainder:
            self.stopped_half_way.emit(failure)

    def leave(self) -> None:
        """Go back to where it was come from."""
        way_back = self.left_half_done if self._is_half_done else self.left
        self._forget_half_done()
        way_back.emit()

    def _forget_half_done(self) -> None:
        self._is_half_done = False


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
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._title, 1)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)


def form_page(act: ActPage, back: BackRow) -> Page:
    """Return the form of an act: a page headed by a way back."""
    page = Page()
    page.column.addWidget(back)
    back.wanted.connect(act.leave)
    page.escape_with(back.button)
    act.addWidget(page)
    act.setCurrentWidget(page)
    return page
