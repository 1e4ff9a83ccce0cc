"""The place where one acts: how far it is, with Cancel; then what came of it, with Undo."""

from __future__ import annotations

from typing import Callable, Iterable, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from ...entrepot.translatable_text import Text
from ...jobs.running.task import RunningJob
from ...jobs.running.translate import show, tr
from ..notices.message_area import Messages
from ..notices.notice import Action, Notice
from ..parts import theme
from ..parts.labels import TonedLabel
from ..parts.page import push_button
from ..parts.page_job import JobUnderWay


class OutcomeSlot(QWidget):
    """One act at a time."""

    busy_changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.act = JobUnderWay(self._on_busy)
        self.messages = Messages()
        self.messages.setObjectName("repairMessages")
        self._bar = QProgressBar()
        self._bar.setObjectName("repairProgressBar")
        self._bar.setTextVisible(False)
        self._text = TonedLabel()
        self._text.setObjectName("repairProgressText")
        self._cancel = push_button("cancelRepairButton", tr("Cancel"))
        self._cancel.clicked.connect(self._on_cancel)
        self._progress = QWidget()
        self._had_focus = False
        self._build()
        self._progress.hide()

    def begin(self, title: str, old_news: Iterable[str], start: Callable[[], RunningJob]) -> None:
        """Start an act, unless one is under way; its listeners are made by `act`. `old_news` are withdrawn."""
        if self.act.is_busy():
            return
        for news in old_news:
            self.messages.withdraw(news)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self._text.setText(title)
        self._cancel.setEnabled(True)
        self.act.begin(start)
        if self.act.is_busy():
            self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def progress(self) -> Callable[[float, Text], None]:
        """Return what shows the progress of the act that is being started."""
        return self.act.part(self._on_progress)

    def tell(self, key: str, level: theme.Level, text: str, actions: Sequence[Action]) -> Notice:
        """Say what came of an act; the keyboard, if it was on Cancel, goes to what can be done next.

        After a success that is to close the message: an Enter pressed twice is not to undo anything.
        """
        notice = self.messages.post(key, level, text, actions, can_close=True)
        if self._had_focus:
            act = None if level is theme.Level.GOOD else notice.findChild(QPushButton)
            (act or notice.findChild(QToolButton, "noticeCloseButton")).setFocus(Qt.FocusReason.OtherFocusReason)
        return notice

    def _build(self) -> None:
        space = theme.gap(self)
        row = QHBoxLayout()
        row.setSpacing(space)
        row.addWidget(self._bar, 1)
        row.addWidget(self._cancel)
        inner = QVBoxLayout(self._progress)
        inner.setContentsMargins(space * 2, 0, space * 2, 0)
        inner.setSpacing(space)
        inner.addLayout(row)
        inner.addWidget(self._text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space)
        column.addWidget(self._progress)
        column.addWidget(self.messages)

    def _on_progress(self, percent: float, text: Text) -> None:
        self._bar.setRange(0, 100)
        self._bar.setValue(round(percent))
        if self._cancel.isEnabled():
            self._text.setText(show(text))

    def _on_cancel(self) -> None:
        self._cancel.setEnabled(False)
        self._text.setText(tr("Stopping…"))
        self.act.cancel()

    def _on_busy(self, is_busy: bool) -> None:
        self._had_focus = self._cancel.hasFocus()
        self._progress.setVisible(is_busy)
        self.busy_changed.emit()
