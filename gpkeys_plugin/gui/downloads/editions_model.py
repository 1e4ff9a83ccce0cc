"""Editions and below each its files, with ticks; rows are handed to the view a few hundred at a time."""

from __future__ import annotations

from typing import Any, Sequence

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, pyqtSignal

from ...entrepot.downloads.models import Edition, RemoteFile
from ...jobs.downloads.fetch_order import OrderedEdition
from ..parts.row_content import ROW_ROLE, hint
from .chosen_files import ChosenFiles, id_of
from .download_words import edition_row, file_row

ROWS_AT_ONCE = 200

_TOP = QModelIndex()
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_TIP, _WORDS, _SPOKEN = (
    int(Qt.ItemDataRole.ToolTipRole),
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.AccessibleTextRole),
)


class EditionsModel(QAbstractItemModel):
    """A view lays out each row that it is given, whether it is in sight or not: it asks for more where it needs them.

    The number of an index below an edition is the edition's row, counted from 1.
    """

    ticks_changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.chosen = ChosenFiles()
        self._found: Sequence[Edition] = ()
        self._given = 0

    def show_found(self, found: Sequence[Edition]) -> None:
        """Show these editions, the first ones at once; where more of the same have come, the rows stay."""
        if self._given >= ROWS_AT_ONCE and tuple(found[: self._given]) == tuple(self._found[: self._given]):
            # What comes after the rows that the view has concerns it only once it asks.
            self._found = found
            return
        self.beginResetModel()
        self._found = found
        self._given = min(ROWS_AT_ONCE, len(found))
        self.endResetModel()

    def show_files(self, edition: Edition, files: tuple[RemoteFile, ...]) -> None:
        """Show the files of an edition below it."""
        row = self._row_of(edition)
        if row is None:
            self.chosen.know(edition, files)
            return
        index = self.index(row, 0)
        if files and self.chosen.files(edition) is None:
            self.beginInsertRows(index, 0, len(files) - 1)
            self.chosen.know(edition, files)
            self.endInsertRows()
        else:
            self.chosen.know(edition, files)
        self.dataChanged.emit(index, index)

    def edition(self, index: QModelIndex) -> Edition | None:
        """Return the edition of a row, None below an edition and where there is no row."""
        return self._found[index.row()] if index.isValid() and not index.internalId() else None

    def clear(self) -> None:
        """Show and choose nothing."""
        self.beginResetModel()
        self.chosen.clear()
        self._found, self._given = (), 0
        self.endResetModel()
        self.ticks_changed.emit()

    def index(self, row: int, column: int, parent: QModelIndex = _TOP) -> QModelIndex:
        """Return the index of a row."""
        if column or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: QModelIndex) -> QModelIndex:
        """Return the edition of a file."""
        number = int(index.internalId()) if index.isValid() else 0
        return self.createIndex(number - 1, 0, 0) if number else QModelIndex()

    def rowCount(self, parent: QModelIndex = _TOP) -> int:  # noqa: N802
        """Return the number of editions that were given, or of an edition's files."""
        if not parent.isValid():
            return self._given
        edition = self.edition(parent)
        return len(self.chosen.files(edition) or ()) if edition is not None else 0

    def columnCount(self, parent: QModelIndex = _TOP) -> int:  # noqa: N802
        """Return one: the rows are drawn in lines."""
        return 1

    def hasChildren(self, parent: QModelIndex = _TOP) -> bool:  # noqa: N802
        """Say whether a row can be opened: an edition whose files are not known may have some."""
        if not parent.isValid():
            return self._given > 0
        edition = self.edition(parent)
        return edition is not None and self.chosen.files(edition) != ()

    def canFetchMore(self, parent: QModelIndex) -> bool:  # noqa: N802
        """Say whether there are more editions than the view was given."""
        return not parent.isValid() and self._given < len(self._found)

    def fetchMore(self, parent: QModelIndex) -> None:  # noqa: N802
        """Give the view some more."""
        if self.canFetchMore(parent):
            last = min(self._given + ROWS_AT_ONCE, len(self._found))
            self.beginInsertRows(QModelIndex(), self._given, last - 1)
            self._given = last
            self.endInsertRows()

    def flags(self, index: QModelIndex) -> Any:
        """Return what can be done with a row."""
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: QModelIndex, role: int = _WORDS) -> Any:
        """Return what a row shows."""
        if not index.isValid():
            return None
        edition = self._edition_of(index)
        file = self._file(index)
        if role == _CHECK:
            return self._tick_of(edition, file)
        if role not in (ROW_ROLE, _TIP, _WORDS, _SPOKEN):
            return None
        row = file_row(file) if file is not None else edition_row(edition, self.chosen.files(edition))
        if role == _TIP:
            return hint([row.title, ", ".join(row.badges), row.details, row.foot, edition.title])
        return row if role == ROW_ROLE else row.sentence

    def setData(self, index: QModelIndex, value: Any, role: int = _CHECK) -> bool:  # noqa: N802
        """Tick or untick an edition, or a file of it."""
        if role != _CHECK or not index.isValid():
            return False
        # PyQt6 may hand back an int after a click.
        is_chosen = Qt.CheckState(value) == Qt.CheckState.Checked
        edition, file = self._edition_of(index), self._file(index)
        if file is None:
            self.chosen.choose(edition, is_chosen=is_chosen)
        else:
            self.chosen.choose_file(edition, file.name, is_chosen=is_chosen)
        self._ticks_changed(index if file is None else index.parent())
        return True

    def tick(self, wanted: OrderedEdition) -> None:
        """Tick an edition, or files of it; its row may be still to come."""
        for name in wanted.names or ():
            self.chosen.choose_file(wanted.edition, name, is_chosen=True)
        if wanted.names is None:
            self.chosen.choose(wanted.edition, is_chosen=True)
        row = self._row_of(wanted.edition)
        if row is None:
            self.ticks_changed.emit()
        else:
            self._ticks_changed(self.index(row, 0))

    def tick_found(self, *, is_chosen: bool) -> None:
        """Tick or untick every edition that was found, whether the view was given its row or not."""
        for edition in self._found:
            self.chosen.choose(edition, is_chosen=is_chosen)
        for row in range(self._given):
            files = self.rowCount(self.index(row, 0))
            if files:
                above = self.index(row, 0)
                self.dataChanged.emit(self.index(0, 0, above), self.index(files - 1, 0, above), [_CHECK])
        if self._given:
            self.dataChanged.emit(self.index(0, 0), self.index(self._given - 1, 0), [_CHECK])
        self.ticks_changed.emit()

    def _ticks_changed(self, above: QModelIndex) -> None:
        self.dataChanged.emit(above, above, [_CHECK])
        count = self.rowCount(above)
        if count:
            self.dataChanged.emit(self.index(0, 0, above), self.index(count - 1, 0, above), [_CHECK])
        self.ticks_changed.emit()

    def _tick_of(self, edition: Edition, file: RemoteFile | None) -> Any:
        names = self.chosen.names(edition)
        if names is None or (file is not None and file.name in names):
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if names and file is None else Qt.CheckState.Unchecked

    def _edition_of(self, index: QModelIndex) -> Edition:
        return self._found[int(index.internalId()) - 1 if index.internalId() else index.row()]

    def _file(self, index: QModelIndex) -> RemoteFile | None:
        files = self.chosen.files(self._edition_of(index)) or ()
        return files[index.row()] if index.internalId() else None

    def _row_of(self, edition: Edition) -> int | None:
        wanted = id_of(edition)
        return next((row for row, one in enumerate(self._found[: self._given]) if id_of(one) == wanted), None)
