"""Layers dragged from the panel onto QGIS's map, or among its layers."""

from __future__ import annotations

from typing import Sequence

from qgis.core import QgsMimeDataUtils
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QDrag
from qgis.PyQt.QtWidgets import QWidget


def drag(source: QWidget, uris: Sequence[QgsMimeDataUtils.Uri]) -> None:
    """Have layers follow the mouse until it is let go; returns then. Nothing happens where there are none."""
    if uris:
        dragged = QDrag(source)
        dragged.setMimeData(QgsMimeDataUtils.encodeUriList(list(uris)))
        dragged.exec(Qt.DropAction.CopyAction)
