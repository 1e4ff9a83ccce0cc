"""Lists that show all their rows: the page around them scrolls, so that there are not two bars side by side."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex, QPoint, Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QScrollArea


def follow_current_row(view: QAbstractItemView) -> None:
    """Give a list no bars of its own; the page around it, if one scrolls, follows the row that the keyboard is at."""
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.selectionModel().currentChanged.connect(lambda current, _before: _bring_into_sight(view, current))


def _bring_into_sight(view: QAbstractItemView, row: QModelIndex) -> None:
    area = view.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None and row.isValid() and view.hasFocus():
        room = view.visualRect(row)
        middle = view.viewport().mapTo(area.widget(), QPoint(room.center().x(), room.center().y()))
        area.ensureVisible(middle.x(), middle.y(), 0, room.height())
