"""Draws a row of the services tree: the title, and below it badges, a warning and secondary text."""

from __future__ import annotations

from qgis.PyQt.QtCore import QModelIndex, QRect, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ..drawing import drawn_colours
from ..drawing.colour_contrast import mix, readable
from . import theme
from .row_content import ROW_ROLE, Row
from .tick_box_delegate import outline_box, show_selection

_LEAST_NAME = 6


class ServicesDelegate(QStyledItemDelegate):
    """Two lines a row (or more), all rows alike in height, so that ten thousand of them scroll at once."""

    small_lines = 1

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: N802
        """Return room for the lines."""
        metrics = QFontMetrics(option.font)
        small = (QFontMetrics(_small(option.font)).height() + 2) * self.small_lines
        return QSize(metrics.horizontalAdvance("m") * 12, metrics.height() + small + metrics.height() // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Let the style draw ground, focus and box; draw the words over them."""
        row = index.data(ROW_ROLE)
        if not isinstance(row, Row):
            super().paint(painter, option, index)
            return
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        style = own.widget.style() if own.widget else QApplication.style()
        room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, own, own.widget)
        own.text = ""
        show_selection(own)
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, own, painter, own.widget)
        outline_box(painter, own)
        room.setRight(self.words_end(option, index))
        # QGIS's themes leave nothing between a box and its words.
        box = style.subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, own, own.widget)
        start = box.right() if box.isValid() else option.rect.left()
        room.setLeft(max(room.left(), start + QFontMetrics(option.font).horizontalAdvance("m") // 2))
        _Words(painter, own).draw(row, QRect(room.left(), option.rect.top(), room.width(), option.rect.height()))

    def words_end(self, option: QStyleOptionViewItem, index: QModelIndex) -> int:
        """Return how far to the right the words of a row may go."""
        return int(option.rect.right()) - 3


class PermissionsDelegate(ServicesDelegate):
    """Three lines a row."""

    small_lines = 2


class KeysDelegate(ServicesDelegate):
    """Four lines a row."""

    small_lines = 3


class _Words:
    """The words of one row, in the colours that go with its ground."""

    def __init__(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        self._painter = painter
        self._palette = option.palette
        self._font = QFont(option.font)
        self._is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_active = bool(option.state & QStyle.StateFlag.State_Active)
        group = QPalette.ColorGroup.Active if is_active else QPalette.ColorGroup.Inactive
        words = QPalette.ColorRole.HighlightedText if self._is_selected else QPalette.ColorRole.Text
        self._ground = drawn_colours.row_ground(option)
        self._ink = readable(self._palette.color(group, words), self._ground)

    def draw(self, row: Row, room: QRect) -> None:
        """Draw a row into its room."""
        self._painter.save()
        bold = QFont(self._font)
        bold.setBold(row.is_heading)
        small = _small(self._font)
        above, below = QFontMetrics(bold).height(), QFontMetrics(small).height()
        height = above + (below + 2) * (1 + bool(row.more) + bool(row.foot))
        top = room.top() + (room.height() - height) // 2
        title = QRect(room.left(), top, room.width(), above)
        ink = self._faded() if row.is_muted else self._ink
        # Licences of several years, and layers of one data set, differ at their ends.
        self._text(title, row.title, bold, ink, Qt.TextElideMode.ElideMiddle)
        second = QRect(room.left(), top + above + 2, room.width(), below)
        self._second(row, second, small)
        third = second.translated(0, below + 2)
        self._third(row, third, small)
        self._text(third.translated(0, below + 2) if row.more else third, row.foot, small, self._faded())
        self._painter.restore()

    def _second(self, row: Row, line: QRect, font: QFont) -> None:
        for badge in row.badges:
            line = self._badge(line, badge, font)
        if row.warning:
            line = self._text(line, row.warning, font, self._toned(theme.Level.WARNING))
        if row.details:
            line = self._text(line, row.details, font, self._faded())
        # Shorter than that, a name tells nothing: the tooltip has it.
        if row.name and line.width() >= QFontMetrics(font).horizontalAdvance("m") * _LEAST_NAME:
            self._text(line, row.name, font, self._faded(), Qt.TextElideMode.ElideMiddle)

    def _third(self, row: Row, line: QRect, font: QFont) -> None:
        for text, level in row.more:
            line = self._text(line, text, font, self._faded() if level is None else self._toned(level))

    def _text(
        self,
        line: QRect,
        text: str,
        font: QFont,
        colour: QColor,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> QRect:
        metrics = QFontMetrics(font)
        self._painter.setFont(font)
        self._painter.setPen(colour)
        shown = metrics.elidedText(text, mode, line.width())
        self._painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        return line.adjusted(metrics.horizontalAdvance(shown) + metrics.horizontalAdvance("  "), 0, 0, 0)

    def _badge(self, line: QRect, text: str, font: QFont) -> QRect:
        metrics = QFontMetrics(font)
        pad = max(3, metrics.horizontalAdvance("m") // 2)
        width = min(metrics.horizontalAdvance(text) + 2 * pad, line.width())
        box = QRect(line.left(), line.top(), width, line.height())
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(mix(self._ground, self._ink, 0.35))
        # What is selected has words that are hardly more than readable on their ground.
        self._painter.setBrush(mix(self._ground, self._ink, 0 if self._is_selected else 0.08))
        self._painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), pad / 2, pad / 2)
        self._text(box.adjusted(pad, 0, -pad + 1, 0), text, font, self._ink)
        return line.adjusted(box.width() + pad, 0, 0, 0)

    def _faded(self) -> QColor:
        # The ground of what is selected is of middle lightness: faded words could not be read on it.
        return self._ink if self._is_selected else theme.quieter(self._ink, self._ground)

    def _toned(self, level: theme.Level) -> QColor:
        return self._ink if self._is_selected else theme.ink(self._palette, level, self._ground)


def _small(font: QFont) -> QFont:
    return theme.larger(font, 0.9)
