"""The files that were found, and below each its places: a tree of two levels, whatever its size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.PyQt.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt, pyqtSignal

from ...jobs.file_repair.file_values import FileFound, FilesFound, FilesMended, PlaceOutcome
from ...jobs.file_repair.remedy_words import CAUSES, PLACES, remedy_in_words
from ...jobs.file_repair.report_of_files import came_of, layer_of, services_of
from ...jobs.running.translate import counted, show, tr
from ...keys.layer_needs.loose_texts import shortened
from ..parts.row_content import ROW_ROLE, Row, hint
from ..parts.theme import Level
from ..parts.value_words import number

_TOP = QModelIndex()
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
_TIP, _WORDS, _SPOKEN = (
    int(Qt.ItemDataRole.ToolTipRole),
    int(Qt.ItemDataRole.DisplayRole),
    int(Qt.ItemDataRole.AccessibleTextRole),
)


class FilesModel(QAbstractItemModel):
    """Files can be ticked where something in them can be mended. The number of an index below a file is the file's."""

    ticks_changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: tuple[FileFound, ...] = ()
        self._ticked: set[Path] = set()
        self._outcomes: dict[tuple[Path, object], PlaceOutcome] = {}
        self._are_ticks_shown = False

    def show_found(self, found: FilesFound) -> None:
        """Show what a scan found, all that can be mended ticked."""
        self.beginResetModel()
        self._files = found.files
        self._outcomes = {}
        self._are_ticks_shown = found.is_signed_in
        self._ticked = {file.path for file in found.files if file.places and not file.is_open}
        self.endResetModel()
        self.ticks_changed.emit()

    def show_mended(self, mended: FilesMended) -> None:
        """Show what became of the places; nothing is ticked any more."""
        self.beginResetModel()
        self._outcomes = {(one.path, one.found.value): one for one in mended.outcomes}
        self._are_ticks_shown = False
        self._ticked = set()
        self.endResetModel()
        self.ticks_changed.emit()

    def ticked(self) -> frozenset[Path]:
        """Return the files that are ticked."""
        return frozenset(self._ticked) if self._are_ticks_shown else frozenset()

    def index(self, row: int, column: int, parent: QModelIndex = _TOP) -> QModelIndex:
        """Return the index of a row."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: QModelIndex) -> QModelIndex:
        """Return the file of a place."""
        number = int(index.internalId()) if index.isValid() else 0
        return self.createIndex(number - 1, 0, 0) if number else QModelIndex()

    def rowCount(self, parent: QModelIndex = _TOP) -> int:  # noqa: N802
        """Return the number of files, or of a file's places."""
        if not parent.isValid():
            return len(self._files)
        return 0 if parent.internalId() else len(self._files[parent.row()].places)

    def columnCount(self, parent: QModelIndex = _TOP) -> int:  # noqa: N802
        """Return one: the rows are drawn in lines."""
        return 1

    def flags(self, index: QModelIndex) -> Any:
        """Return what can be done with a row."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self._can_tick(index) else flags

    def data(self, index: QModelIndex, role: int = _WORDS) -> Any:
        """Return what a row shows."""
        if not index.isValid():
            return None
        if role == _CHECK:
            return self._tick_of(index) if self._can_tick(index) else None
        if role not in (ROW_ROLE, _TIP, _WORDS, _SPOKEN):
            return None
        row, tip = self._place_row(index) if index.internalId() else self._file_row(self._files[index.row()])
        return row if role == ROW_ROLE else tip if role == _TIP else row.sentence

    def setData(self, index: QModelIndex, value: Any, role: int = _CHECK) -> bool:  # noqa: N802
        """Tick or untick a file."""
        if role != _CHECK or not self._can_tick(index):
            return False
        path = self._files[index.row()].path
        # PyQt6 may hand back an int after a click.
        change = self._ticked.add if Qt.CheckState(value) == Qt.CheckState.Checked else self._ticked.discard
        change(path)
        self.dataChanged.emit(index, index, [_CHECK])
        self.ticks_changed.emit()
        return True

    def _can_tick(self, index: QModelIndex) -> bool:
        if not index.isValid() or index.internalId() or not self._are_ticks_shown:
            return False
        file = self._files[index.row()]
        return bool(file.places) and not file.is_open

    def _tick_of(self, index: QModelIndex) -> Any:
        is_ticked = self._files[index.row()].path in self._ticked
        return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked

    def _file_row(self, file: FileFound) -> tuple[Row, str]:
        warning = show(file.problem) if file.problem is not None else ""
        if file.is_open:
            warning = tr("Open in this QGIS: mended on the page before")
        folder = str(file.path.parent)
        row = Row(file.path.name, (), warning, self._count(file), is_heading=True, foot=folder)
        return row, hint([str(file.path), warning, row.details])

    def _count(self, file: FileFound) -> str:
        found = (self._outcomes.get((file.path, one.value)) for one in file.places)
        done = [outcome for outcome in found if outcome is not None]
        if done:
            mended = sum(1 for one in done if one.left is None)
            return tr("{mended} mended, {left} left").format(mended=number(mended), left=number(len(done) - mended))
        if not file.places:
            return ""
        return counted("1 place", "{count} places", len(file.places))

    def _place_row(self, index: QModelIndex) -> tuple[Row, str]:
        file = self._files[int(index.internalId()) - 1]
        one = file.places[index.row()]
        outcome = self._outcomes.get((file.path, one.value))
        said = came_of(outcome) if outcome is not None else show(remedy_in_words(one.remedy))
        cause = show(CAUSES[one.cause])
        is_left = outcome is not None and outcome.left is not None
        level = Level.WARNING if is_left else None if outcome is None else Level.GOOD
        row = Row(layer_of(one), (show(PLACES[one.place.where]),), "", cause, more=((said, level),))
        carried = tr("It carries {hash}.").format(hash=shortened(one.hash)) if one.hash else ""
        return row, hint([row.title, " ".join(filter(None, services_of(one))), cause, carried, said])
