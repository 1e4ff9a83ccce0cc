"""What the list of editions is narrowed to: words, zone, format, the newest ones, what covers the map."""

from __future__ import annotations

from typing import Callable, Sequence

from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ...entrepot.downloads.models import Edition, Extent
from ...jobs.running.translate import tr
from ...keys.downloads.edition_search import EditionSearch, terms_of
from ..parts import theme
from ..parts.flow_layout import FlowLayout
from ..parts.outlined_choices import TickBox
from ..parts.shortening import ShorteningCombo
from .download_words import names_of

_DELAY_MS = 150


class EditionFilters(QWidget):
    """`changed` says that other editions are wanted; `map_extent` tells what the map shows."""

    changed = pyqtSignal()

    def __init__(self, map_extent: Callable[[], Extent | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._map_extent = map_extent
        self.search = QLineEdit()
        self._zones = _combo("downloadZoneCombo", tr("Zone"), tr("All zones"))
        self._formats = _combo("downloadFormatCombo", tr("Format"), tr("All formats"))
        self._newest = TickBox(tr("Newest ed&itions"))
        self._map = TickBox(tr("On &the map"))
        self._timer = QTimer(self)
        self._build()
        self._connect()

    def wanted(self) -> EditionSearch:
        """Return what is wanted now; the map is looked at each time."""
        # Not by the service's own filters `zone` and `polygon`, which scripts use: the list is read once, whatever is
        # looked for, and narrowed here at each letter and each move of the map. The service would have to be asked anew
        # for each of these, a few pages a second; and nothing tells in which reference system it takes a polygon, so
        # that scripts compare the extents again, too.
        return EditionSearch(
            self.search.text().strip(),
            str(self._zones.currentData() or ""),
            str(self._formats.currentData() or ""),
            self._map_extent() if self._map.isChecked() else None,
            is_newest_only=self._newest.isChecked(),
        )

    def offer(self, editions: Sequence[Edition]) -> None:
        """Offer the zones and formats of these editions; what was chosen stays chosen where it is among them."""
        _offer(self._zones, names_of(terms_of(editions, "zones")))
        _offer(self._formats, names_of(terms_of(editions, "formats")))

    def clear(self) -> None:
        """Want everything again, the newest editions only."""
        self.blockSignals(True)
        self.search.clear()
        self._timer.stop()
        for combo in (self._zones, self._formats):
            combo.setCurrentIndex(0)
        self._newest.setChecked(True)
        self._map.setChecked(False)
        self.blockSignals(False)

    def show_only(self, edition: Edition) -> None:
        """Want an edition, be it the newest or not."""
        self.clear()
        self._newest.setChecked(False)
        self.search.setText(edition.title)

    def _build(self) -> None:
        self.search.setObjectName("downloadSearch")
        self.search.setPlaceholderText(tr("Search a zone, a date, a name"))
        self.search.setAccessibleName(tr("Search a zone, a date, a name"))
        self.search.setClearButtonEnabled(True)
        self._newest.setObjectName("newestEditionBox")
        self._newest.setChecked(True)
        self._newest.setToolTip(tr("Of each zone and format only the last edition"))
        self._map.setObjectName("coversMapBox")
        self._map.setToolTip(tr("Only what covers a part of what the map shows"))
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        space = theme.gap(self)
        column, combos, boxes = QVBoxLayout(self), QHBoxLayout(), FlowLayout(spacing=space)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space)
        column.addWidget(self.search)
        for combo in (self._zones, self._formats):
            combos.addWidget(combo, 1)
        for box in (self._newest, self._map):
            boxes.addWidget(box)
        column.addLayout(combos)
        column.addLayout(boxes)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._timer.start)
        self._timer.timeout.connect(self.changed)
        for combo in (self._zones, self._formats):
            combo.currentIndexChanged.connect(lambda _place: self.changed.emit())
        for box in (self._newest, self._map):
            box.toggled.connect(lambda _is_on: self.changed.emit())


def _combo(name: str, words: str, everything: str) -> ShorteningCombo:
    combo = ShorteningCombo()
    combo.setObjectName(name)
    combo.setAccessibleName(words)
    combo.addItem(everything, "")
    return combo


def _offer(combo: ShorteningCombo, choices: list[tuple[str, str]]) -> None:
    if [combo.itemData(place) for place in range(1, combo.count())] == [code for _, code in choices]:
        return
    chosen = combo.currentData()
    combo.blockSignals(True)
    while combo.count() > 1:
        combo.removeItem(combo.count() - 1)
    for words, code in choices:
        combo.addItem(words, code)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))
    combo.blockSignals(False)
