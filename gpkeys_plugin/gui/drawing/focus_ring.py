"""The ring around what has the keyboard: styles mark it as faintly as 1.9 on the window's ground, or not at all."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QEvent, QObject, QRect, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPaintEvent, QPen
from qgis.PyQt.QtWidgets import QApplication, QWidget

_WIDTH = 2


class FocusRing(QObject):
    """Draws the ring in a window, where the keyboard came by itself or by a key, not by a click of the mouse."""

    def __init__(self, window: QWidget, colour: Callable[[], QColor]) -> None:
        """Draw it in a colour that is asked for each time."""
        super().__init__(window)
        self._colour = colour
        self._window = window
        self._ring: _Ring | None = None
        QApplication.instance().focusChanged.connect(self._on_focus)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        ring, self._ring = self._ring, None
        if ring is not None:
            ring.deleteLater()
        is_ours = now is not None and now is not self._window and self._window.isAncestorOf(now)
        if now is not None and is_ours and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self._ring = _Ring(now, self._colour)
            self._ring.destroyed.connect(self._on_gone)

    def _on_gone(self) -> None:
        """Let go of a ring that goes with its page."""
        if self.sender() is self._ring:
            self._ring = None


class _Ring(QWidget):
    """Beside the widget that it surrounds, so that it scrolls with it and is cut off with it."""

    def __init__(self, around: QWidget, colour: Callable[[], QColor]) -> None:
        super().__init__(around.parentWidget())
        self._colour = colour
        self.setObjectName("focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._around = around
        around.installEventFilter(self)
        self._follow()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow what is surrounded."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the ring."""
        painter = QPainter(self)
        painter.setPen(QPen(self._colour(), _WIDTH))
        half = _WIDTH // 2
        painter.drawRect(self.rect().adjusted(half, half, -half, -half))
        painter.end()

    def _follow(self) -> None:
        room: QRect = self._around.geometry().adjusted(-_WIDTH, -_WIDTH, _WIDTH, _WIDTH)
        self.setGeometry(room.intersected(self.parentWidget().rect()))
        self.raise_()
