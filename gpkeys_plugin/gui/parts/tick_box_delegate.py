"""Boxes that can be seen on any ground: some styles draw them dark on dark."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtGui import QPainter, QPalette
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from . import theme


class BoxDelegate(QStyledItemDelegate):
    """Draws a row as the style does, with an outline around its box."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw a row."""
        super().paint(painter, option, index)
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        outline_box(painter, own)


def outline_box(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Draw an outline around the box of a row, in a colour that stands out from the row's ground."""
    if not option.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator:
        return
    style = option.widget.style() if option.widget else QApplication.style()
    box = style.subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, option.widget)
    ground = option.palette.color(QPalette.ColorRole.Base)
    painter.save()
    painter.setPen(theme.mix(ground, option.palette.color(QPalette.ColorRole.Text), 0.55))
    painter.drawRect(box.adjusted(0, 0, -1, -1))
    painter.restore()
