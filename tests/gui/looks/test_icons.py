"""The plugin's icons, where Qt asks for one of no size: a list that is not laid out yet does."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import QRect, QSize
from qgis.PyQt.QtGui import QColor, QPainter, QPixmap

from gpkeys_plugin.gui.drawing.icons import icon


@pytest.mark.parametrize("size", [(0, 0), (0, 16), (16, 0)])
def test_one_of_no_size_leaves_nothing_in_the_log(qgis_app: Any, qtlog: Any, size: tuple[int, int]) -> None:
    ground = QPixmap(20, 20)
    painter = QPainter(ground)
    drawn = icon("key", QColor("black"))
    drawn.paint(painter, QRect(0, 0, *size))
    assert drawn.pixmap(QSize(*size)).isNull()
    painter.end()
    assert [record.message for record in qtlog.records] == []
