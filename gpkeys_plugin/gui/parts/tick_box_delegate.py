"""Boxes that can be seen on any ground: some styles draw them dark on dark."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtGui import QPainter, QPalette
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ..drawing import drawn_colours
from ..drawing.colour_contrast import away_from, mix

_READABLE, _VISIBLE = 4.6, 3.2


class BoxDelegate(QStyledItemDelegate):
    """Draws a row as the style does, with an outline around its box."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw a row."""
        own = QStyleOptionViewItem(option)
        show_selection(own)
        super().paint(painter, own, index)
        self.initStyleOption(own, index)
        outline_box(painter, own)


def outline_box(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Draw an outline around the box of a row, in a colour that stands out from the row's ground."""
    if not option.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator:
        return
    style = option.widget.style() if option.widget else QApplication.style()
    box = style.subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, option.widget)
    ground = drawn_colours.row_ground(option)
    painter.save()
    painter.setPen(away_from(mix(ground, option.palette.color(QPalette.ColorRole.Text), 0.55), ground, _VISIBLE))
    painter.drawRect(box.adjusted(0, 0, -1, -1))
    painter.restore()


def show_selection(option: QStyleOptionViewItem) -> None:
    """Let the words of a selected row be read: Qt's own blue reaches 3.7 under white. QGIS's themes draw their own."""
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        ground = option.palette.color(group, QPalette.ColorRole.Highlight)
        words = option.palette.color(group, QPalette.ColorRole.HighlightedText)
        option.palette.setColor(group, QPalette.ColorRole.Highlight, away_from(ground, words, _READABLE))
