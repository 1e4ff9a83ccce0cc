"""The rows of the list of keys, as far as they are in sight."""

from __future__ import annotations

from typing import Iterable

from qgis.PyQt.QtCore import QModelIndex, QPoint, QSize, Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QListView

from ...entrepot.models import Key
from ...jobs.running.translate import tr
from ..parts import theme
from .key_list_model import OVERVIEW_ROLE

_LINES = 1


class KeysListView(QListView):
    """Tells which keys are in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("keysList")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(tr("Access keys"))
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setUniformItemSizes(True)
        self.setAlternatingRowColors(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keys_in_sight(self) -> tuple[Key, ...]:
        """Return the keys whose rows are to be seen, from above."""
        if not self.isVisible():
            return ()
        bottom = self.viewport().rect().bottomLeft()
        first, last = self.indexAt(QPoint(0, 0)).row(), self.indexAt(bottom).row()
        rows = range(max(first, 0), (self.model().rowCount() - 1 if last < 0 else last) + 1)
        return tuple(self.model().index(row, 0).data(OVERVIEW_ROLE).key for row in rows)

    def dataChanged(self, first: QModelIndex, last: QModelIndex, roles: Iterable[int] = ()) -> None:  # noqa: N802
        """Paint anew what has changed: QListView lays all rows out for one (Qt 5.15), and ours are alike in height."""
        QAbstractItemView.dataChanged(self, first, last, list(roles))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for a key: the list takes what the page leaves, and scrolls instead of it."""
        return QSize(theme.em(self) * 12, _LINES * round(self.fontMetrics().height() * 4.4))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the same."""
        return self.sizeHint()
