"""The small sign that more is being read of what shows already."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QProgressBar, QWidget

from ...jobs.running.translate import tr
from ..parts import theme


class ReadingBar(QProgressBar):
    """A thin bar, in the place where it stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keyPageBar")
        self.setAccessibleName(tr("Reading…"))
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setMaximumHeight(theme.gap(self))
