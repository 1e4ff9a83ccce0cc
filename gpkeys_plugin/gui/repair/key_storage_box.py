"""Where the key goes that a mended layer or connection gets, and what that means for sharing the project."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...jobs.repair.repair_values import WhereKept
from ...jobs.running.translate import tr
from ..parts import theme
from ..parts.labels import TonedLabel, field_label
from ..parts.shortening import ShorteningCombo
from . import repair_words


class WhereBox(QWidget):
    """Three places; the key's own is the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._combo = ShorteningCombo()
        self._combo.setObjectName("whereCombo")
        self._combo.addItem(tr("Where QGIS keeps it already"), WhereKept.AS_THE_KEY.name)
        self._combo.addItem(tr("In an authentication configuration"), WhereKept.IN_CONFIGURATION.name)
        self._combo.addItem(tr("In the URL"), WhereKept.IN_URL.name)
        self._words = TonedLabel()
        self._words.setObjectName("whereWords")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self))
        for widget in (field_label(tr("Where the key goes"), self._combo), self._combo, self._words):
            column.addWidget(widget)
        self._combo.currentIndexChanged.connect(lambda _place: self._explain())
        self._explain()

    def where(self) -> WhereKept:
        """Return the place chosen."""
        return WhereKept[str(self._combo.currentData())]

    def _explain(self) -> None:
        words = repair_words.sharing(self.where())
        self._words.setText(words)
        self._combo.setAccessibleDescription(words)
