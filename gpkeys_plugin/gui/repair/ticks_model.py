"""What can be mended as a Qt model: a row each, with a box where it can be chosen."""

from __future__ import annotations

from typing import Any, Collection, Sequence

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, pyqtSignal

from ..parts.row_content import ROW_ROLE, Row, hint


class TicksModel(QAbstractListModel):
    """Rows by their ids; without boxes where nothing can be chosen."""

    ticks_changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, Row]] = []
        self._ticked: set[str] = set()
        self._has_boxes = False

    def show_rows(self, rows: Sequence[tuple[str, Row]], ticked: Collection[str], *, has_boxes: bool) -> None:
        """Show other rows, some of them ticked."""
        self.beginResetModel()
        self._rows = list(rows)
        self._has_boxes = has_boxes
        self._ticked = {id_ for id_, _ in rows if id_ in ticked} if has_boxes else set()
        self.endResetModel()

    def ticked(self) -> frozenset[str]:
        """Return the ids of what is ticked."""
        return frozenset(self._ticked)

    def tick_all(self, *, is_ticked: bool) -> None:
        """Tick or untick every row."""
        self._ticked = {id_ for id_, _ in self._rows} if is_ticked and self._has_boxes else set()
        self._tell(0, len(self._rows) - 1)

    # What Qt asks of a model

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802, B008
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex) -> Qt.ItemFlags:
        """Return what can be done with a row."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        can = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return can | Qt.ItemFlag.ItemIsUserCheckable if self._has_boxes else can

    def data(self, index: QModelIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return what a row shows."""
        if not index.isValid():
            return None
        id_, row = self._rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            box = Qt.CheckState.Checked if id_ in self._ticked else Qt.CheckState.Unchecked
            return box if self._has_boxes else None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence
        return hint((row.sentence,)) if role == Qt.ItemDataRole.ToolTipRole else None

    def setData(self, index: QModelIndex, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:  # noqa: N802
        """Tick or untick a row."""
        if role != Qt.ItemDataRole.CheckStateRole or not self._has_boxes or not index.isValid():
            return False
        id_, _ = self._rows[index.row()]
        # PyQt6 hands back a number after a click.
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._ticked.add(id_)
        else:
            self._ticked.discard(id_)
        self._tell(index.row(), index.row())
        return True

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, 0))
        self.ticks_changed.emit()
