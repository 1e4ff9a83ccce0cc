"""An icon that stands for itself."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QPainter, QPaintEvent
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from .icons import icon


class IconLabel(QWidget):
    """One of the plugin's icons, as sharp as the screen is, in a colour that is asked for when it is drawn."""

    def __init__(self, name: str, lines: float, colour: Callable[[], QColor], parent: QWidget | None = None) -> None:
        """Make it `lines` lines of text high."""
        super().__init__(parent)
        self._name, self._lines, self._colour = name, lines, colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return its room."""
        side = round(self.fontMetrics().height() * self._lines)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw it."""
        painter = QPainter(self)
        icon(self._name, self._colour()).paint(painter, self.rect())
        painter.end()
