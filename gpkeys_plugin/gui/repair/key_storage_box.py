"""Where the key goes that a mended layer or connection gets, and what that means for sharing the project."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...jobs.repair.repair_values import WhereKept
from ...jobs.running.translate import tr
from ...keys.draft import HashStorage
from ..parts import theme, value_words
from ..parts.labels import FieldMessage, TonedLabel, field_label
from ..parts.shortening import ShorteningCombo
from . import repair_words

_PLACES = {HashStorage.URL: WhereKept.IN_URL, HashStorage.HEADER: WhereKept.IN_CONFIGURATION}


class WhereBox(QWidget):
    """Three places, the key's own first; or the one where an administrator has `fixed` that a hash goes."""

    def __init__(self, fixed: HashStorage | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fixed = fixed
        self._combo = ShorteningCombo()
        self._combo.setObjectName("whereCombo")
        self._words = TonedLabel()
        self._words.setObjectName("whereWords")
        self._fixed_line = FieldMessage()
        self._fixed_line.setObjectName("whereFixedLine")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self))
        for widget in (field_label(tr("Where the key goes"), self._combo), self._combo, self._fixed_line, self._words):
            column.addWidget(widget)
        self._offer()
        self._combo.currentIndexChanged.connect(lambda _place: self._explain())
        self._explain()

    def where(self) -> WhereKept:
        """Return the place chosen; that of each key where one is fixed, since a hash goes there by itself."""
        return self._shown() if self._fixed is None else WhereKept.AS_THE_KEY

    def _offer(self) -> None:
        names = {
            WhereKept.AS_THE_KEY: tr("Where QGIS keeps it already"),
            WhereKept.IN_CONFIGURATION: tr("In an authentication configuration"),
            WhereKept.IN_URL: tr("In the URL"),
        }
        for place in names if self._fixed is None else (_PLACES[self._fixed],):
            self._combo.addItem(names[place], place.name)
        if self._fixed is not None:
            self._combo.setEnabled(False)
            self._fixed_line.say(value_words.fixed(self._combo.currentText()), None)

    def _shown(self) -> WhereKept:
        return WhereKept[str(self._combo.currentData())]

    def _explain(self) -> None:
        words = repair_words.sharing(self._shown())
        self._words.setText(words)
        self._combo.setAccessibleDescription(" ".join(filter(None, (self._fixed_line.text(), words))))
