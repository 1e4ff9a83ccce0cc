"""The files of a download that has ended, and what became of each: those that could not be had come first."""

from __future__ import annotations

from typing import Any, Sequence

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QObject, Qt

from ...jobs.downloads.fetch_files import FetchedFile
from ..parts.row_content import ROW_ROLE, hint
from .download_words import fetched_row, why

_TOP = QModelIndex()
_WORDS, _SPOKEN = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)


class FetchedModel(QAbstractListModel):
    """A row a file."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._files: Sequence[FetchedFile] = ()

    def show_files(self, files: Sequence[FetchedFile]) -> None:
        """Show these."""
        self.beginResetModel()
        self._files = sorted(files, key=lambda one: one.error is None)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _TOP) -> int:  # noqa: N802
        """Return the number of files."""
        return 0 if parent.isValid() else len(self._files)

    def data(self, index: QModelIndex, role: int = _WORDS) -> Any:
        """Return what a row shows."""
        if not index.isValid() or role not in (ROW_ROLE, _WORDS, _SPOKEN, _TIP):
            return None
        one = self._files[index.row()]
        row = fetched_row(one)
        if role == _TIP:
            return hint([str(one.path), row.details, why(one)])
        return row if role == ROW_ROLE else row.sentence
