"""Whether the layers of a new key go to the map at once."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...jobs.running.translate import tr
from ...jobs.window import window_memory
from ..parts import theme
from ..parts.outlined_choices import TickBox


class MapBox(QWidget):
    """A box to tick. What the user chose last time is kept; `leave_map` counts for one key."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = TickBox(tr("Add its layers to the map"))
        self._box.setObjectName("addLayersBox")
        self._box.clicked.connect(window_memory.ADDS_NEW_LAYERS.set)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.gap(self) * 2, 0, theme.gap(self) * 2, 0)
        column.addWidget(self._box)
        self.clear()

    def is_ticked(self) -> bool:
        """Say whether the layers go to the map."""
        return self._box.isChecked()

    def leave_map(self) -> None:
        """Leave the map alone, for this key."""
        self._box.setChecked(False)

    def clear(self) -> None:
        """Propose what was chosen last."""
        self._box.setChecked(window_memory.ADDS_NEW_LAYERS.get())
