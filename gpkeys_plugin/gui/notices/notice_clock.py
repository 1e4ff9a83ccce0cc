"""The time that a notice of a success stays."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QEvent, QObject, QTimer
from qgis.PyQt.QtWidgets import QApplication, QWidget

from .notice import Notice

STAY_MS = 8000
_TELLING = frozenset(
    {
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.Enter,
        QEvent.Type.Leave,
        QEvent.Type.FocusIn,
        QEvent.Type.FocusOut,
    }
)


class NoticeClock(QObject):
    """Tells once a notice has been in sight for a while.

    While the mouse is over it or the focus in it, it stays; then the time begins anew.
    """

    def __init__(self, notice: Notice, on_end: Callable[[], None]) -> None:
        super().__init__(notice)
        self._notice = notice
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAY_MS)
        self.timer.timeout.connect(on_end)
        for widget in (notice, *notice.findChildren(QWidget)):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the time run, or not."""
        if event.type() in _TELLING:
            self._follow()
        return False

    def _follow(self) -> None:
        notice, focused = self._notice, QApplication.focusWidget()
        has_focus = focused is not None and (focused is notice or notice.isAncestorOf(focused))
        if not notice.isVisible() or notice.underMouse() or has_focus:
            self.timer.stop()
        elif not self.timer.isActive():
            self.timer.start()
