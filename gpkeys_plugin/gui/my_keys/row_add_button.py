"""The button in each row of the list of keys that adds the layers of the key to the map.

It is painted, since the list may have thousands of rows. The keyboard has the same under the list and in the menu.
"""

from __future__ import annotations

from qgis.PyQt.QtCore import QAbstractItemModel, QEvent, QModelIndex, QRect, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter
from qgis.PyQt.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QToolTip

from ...jobs.running.translate import tr
from ...keys.upkeep.overview import CONNECTABLE, KeyOverview
from ..drawing import drawn_colours
from ..drawing.colour_contrast import mix, readable
from ..drawing.icons import icon
from ..parts.row_content import tooltip
from ..parts.row_delegate import KeysDelegate
from .key_list_model import OVERVIEW_ROLE

_MARGIN = 4
_LEAST_SIDE = 20
_MOUSE = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick)


class AddButtonDelegate(KeysDelegate):
    """`add_wanted` carries the key whose button was clicked."""

    add_wanted = pyqtSignal(object)

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._is_online = True

    def set_online(self, is_online: bool) -> None:
        """Show the buttons, or not while nobody is signed in."""
        self._is_online = is_online

    def words_end(self, option: QStyleOptionViewItem, index: QModelIndex) -> int:
        """Leave room for the button."""
        if self._key_of(index) is None:
            return super().words_end(option, index)
        return self.place(option).left() - _MARGIN

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw the button after the words."""
        super().paint(painter, option, index)
        if self._key_of(index) is None:
            return
        place = self.place(option)
        ground = drawn_colours.row_ground(option)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = option.palette.ColorRole.HighlightedText if is_selected else option.palette.ColorRole.Text
        ink = readable(option.palette.color(role), ground)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # As WCAG wants the edge of a control: 3 to 1.
        painter.setPen(mix(ground, ink, 0.6))
        painter.drawRoundedRect(place, 3, 3)
        edge = max(3, place.width() // 6)
        icon("add", ink).paint(painter, place.adjusted(edge, edge, -edge, -edge))
        painter.restore()

    def editorEvent(  # noqa: N802 - the name Qt calls
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        """Take clicks on the button, which then neither open the key nor select its row anew."""
        row = self._key_of(index)
        if row is None or event.type() not in _MOUSE or not isinstance(event, QMouseEvent):
            return bool(super().editorEvent(event, model, option, index))
        if event.button() != Qt.MouseButton.LeftButton or not self.place(option).contains(event.pos()):
            return False
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.add_wanted.emit(row.key)
        return True

    def helpEvent(  # noqa: N802 - the name Qt calls
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: QModelIndex
    ) -> bool:
        """Say what the button does."""
        row = self._key_of(index)
        if row is None or not self.place(option).contains(event.pos()):
            return bool(super().helpEvent(event, view, option, index))
        words = tr("Add the layers of “{name}” to the map").format(name=row.key.name)
        QToolTip.showText(event.globalPos(), tooltip(words), view)
        return True

    def place(self, option: QStyleOptionViewItem) -> QRect:
        """Return where the button of a row is."""
        side = max(_LEAST_SIDE, round(QFontMetrics(option.font).height() * 1.5))
        left = option.rect.right() - side - _MARGIN
        return QRect(left, option.rect.top() + (option.rect.height() - side) // 2, side, side)

    def _key_of(self, index: QModelIndex) -> KeyOverview | None:
        """Return the key of a row that has a button."""
        found = index.data(OVERVIEW_ROLE)
        has_one = isinstance(found, KeyOverview) and found.key.type in CONNECTABLE and self._is_online
        return found if has_one else None
