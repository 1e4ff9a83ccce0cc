"""Consumption as a table, to be read row by row and copied into a spreadsheet."""

from __future__ import annotations

from typing import Callable, Sequence

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QKeyEvent, QKeySequence
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
)

from ...entrepot.models import Hits
from ...jobs.running.translate import tr
from ..parts import theme, value_words

_FITTING = QHeaderView.ResizeMode.ResizeToContents
_WIDTHS = (QHeaderView.ResizeMode.Stretch, _FITTING, _FITTING)


class UsageTable(QTableWidget):
    """A row a day or a month, the latest first; as high as its rows, since the page scrolls."""

    def __init__(self) -> None:
        super().__init__(0, 3)
        self._rows: tuple[Hits, ...] = ()
        self._is_monthly = False
        self.setObjectName("usageTable")
        self.setAccessibleName(tr("Consumption"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        for column, mode in enumerate(_WIDTHS):
            self.horizontalHeader().setSectionResizeMode(column, mode)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[Hits], when: Callable[[Hits], str], *, is_monthly: bool) -> None:
        """Show other rows; `when` says what day or month one is of."""
        self._rows, self._is_monthly = tuple(reversed(rows)), is_monthly
        first = tr("Month") if is_monthly else tr("Day")
        self.setHorizontalHeaderLabels([first, tr("Requests"), tr("Volume")])
        self.setRowCount(len(self._rows))
        for place, row in enumerate(self._rows):
            cells = (when(row), value_words.number(row.hits), value_words.size(row.data_transfer))
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
                self.setItem(place, column, item)
        self.updateGeometry()

    def copy(self) -> None:
        """Copy what is shown as a spreadsheet takes it: days as 2026-11-26, plain numbers, bytes."""
        first = tr("Month") if self._is_monthly else tr("Day")
        lines = ["\t".join((first, tr("Requests"), tr("Volume (bytes)")))]
        lines += ["\t".join(self._plain(row)) for row in self._rows]
        QApplication.clipboard().setText("\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Copy all of it: of a cell, Qt would copy the words alone."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for all rows."""
        height = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length() + 2 * self.frameWidth()
        return QSize(theme.em(self) * 20, height)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same height: the page scrolls."""
        return QSize(theme.em(self) * 8, self.sizeHint().height())

    def _plain(self, row: Hits) -> tuple[str, str, str]:
        day = row.begin_date.astimezone().date().isoformat() if row.begin_date is not None else ""
        return day[:7] if self._is_monthly else day, str(row.hits), str(row.data_transfer)
