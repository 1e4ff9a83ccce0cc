"""The room of a message that went by itself: what stands below it must not move under the mouse."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QDockWidget, QWidget

_ENDING = (QEvent.Type.Leave, QEvent.Type.Hide)


class KeptRoom(QWidget):
    """Empty and as high as it is told, until the mouse leaves the panel that it stands in."""

    closed = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._panel: QWidget | None = None
        self.hide()

    def is_wanted(self) -> bool:
        """Say whether the mouse is over the panel."""
        return self._panel_around().underMouse()

    def keep(self, height: int) -> None:
        """Keep a room."""
        self.setFixedHeight(max(height, 0))
        self._panel = self._panel_around()
        self._panel.installEventFilter(self)
        self.show()

    def close_up(self) -> None:
        """Keep none any more."""
        if self._panel is not None:
            self._panel.removeEventFilter(self)
            self._panel = None
            self.hide()
            self.closed.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Close up once nobody is about to click."""
        if event.type() in _ENDING:
            self.close_up()
        return False

    def _panel_around(self) -> QWidget:
        around = self.parentWidget()
        while not isinstance(around, QDockWidget) and around.parentWidget() is not None:
            around = around.parentWidget()
        return around
