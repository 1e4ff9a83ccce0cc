"""Where the person stands in the wizard: "Step 1 of 2", the step's title, and a bar of two parts."""

from __future__ import annotations

from qgis.PyQt.QtCore import QRect, QSize
from qgis.PyQt.QtGui import QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ...jobs.running.translate import tr
from ..drawing.colour_contrast import mix
from . import theme
from .labels import TonedLabel, heading

TOTAL = 2


class Stepper(QWidget):
    """The head of a wizard page."""

    def __init__(self, number: int, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self) // 2)
        count = TonedLabel(tr("Step {number} of {total}").format(number=number, total=TOTAL))
        count.setObjectName("stepCount")
        column.addWidget(count)
        name = heading(title)
        name.setObjectName("stepTitle")
        column.addWidget(name)
        column.addWidget(_Parts(number))


class _Parts(QWidget):
    def __init__(self, done: int) -> None:
        super().__init__()
        self._done = done
        self.setObjectName("stepBars")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for a thin bar."""
        return QSize(theme.em(self) * 8, max(4, theme.gap(self)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the parts, those reached in the highlight colour."""
        painter = QPainter(self)
        drawn = theme.seen(self.palette())
        reached = theme.mark(drawn)
        ground = drawn.color(QPalette.ColorRole.Window)
        ahead = mix(ground, drawn.color(QPalette.ColorRole.WindowText), 0.2)
        space = theme.gap(self)
        width = (self.width() - space * (TOTAL - 1)) // TOTAL
        height = max(3, self.height() // 2)
        for part in range(TOTAL):
            box = QRect(part * (width + space), (self.height() - height) // 2, width, height)
            painter.fillRect(box, reached if part < self._done else ahead)
        painter.end()
