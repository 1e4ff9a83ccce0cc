"""What the window is drawn on."""

from __future__ import annotations

from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QWidget

from . import drawn_colours


class Ground(QWidget):
    """Draws its own ground where words could hardly be read on that of QGIS's theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_own = drawn_colours.has_own_ground()

    def follow_theme(self) -> None:
        """Ask again whether one is needed."""
        self._has_own = drawn_colours.has_own_ground()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw it."""
        super().paintEvent(event)
        if self._has_own:
            painter = QPainter(self)
            painter.fillRect(self.rect(), drawn_colours.window(self.palette()).color(QPalette.ColorRole.Window))
            painter.end()
