"""Where the words and signs of a window are, and the contrast that each needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, Iterator

from qgis.PyQt.QtCore import QPoint, QRect
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QTabBar,
    QWidget,
)

from gpkeys_plugin.gui.drawing.icon_label import IconLabel
from gpkeys_plugin.gui.new_key.type_card import TypeCard
from gpkeys_plugin.gui.parts.tick_box_delegate import BoxDelegate

TEXT, SIGN = 4.5, 3.0
# Fewer pixels than that are the rest of something that is cut off.
LEAST = 9
_BOX = 25


@dataclass(frozen=True)
class Spot:
    """A place of the window, in its own pixels, what stands there, and the contrast it needs."""

    what: str
    room: QRect
    least: float
    # Whether all of its room is one ground; else each line of pixels has its own, as with a gradient.
    is_flat: bool = False


# What stands in a place of a widget, and the contrast it needs.
_Part = tuple[str, QRect, float]


def spots(window: QWidget) -> Iterator[Spot]:
    """Yield the words and signs of a window that can be seen; what is disabled need not be read."""
    for widget in window.findChildren(QWidget):
        # The cross in a field is Qt's own.
        is_in_field = isinstance(widget.parent(), QLineEdit)
        if not is_in_field and widget.isEnabled() and widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield from _of(widget, window)


def _of(widget: QWidget, window: QWidget) -> Iterator[Spot]:
    name, place = f"{type(widget).__name__} {widget.objectName()}", widget.mapTo(window, QPoint(0, 0))
    seen = widget.visibleRegion().boundingRect()
    for kind, parts in _PARTS.items():
        if isinstance(widget, kind):
            for words, room, least in parts(widget):
                if words:
                    yield Spot(f"{name} “{words}”", room.intersected(seen).translated(place), least)
    for words, room in _edges(widget):
        yield Spot(f"{name} {words}", room.translated(place), SIGN, is_flat=True)


def _of_label(label: Any) -> Iterator[_Part]:
    yield label.text(), label.contentsRect(), TEXT


def _of_field(field: Any) -> Iterator[_Part]:
    words = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    yield words or field.placeholderText(), field.rect().adjusted(3, 3, -3, -3), TEXT


def _of_combo(combo: Any) -> Iterator[_Part]:
    yield combo.currentText(), combo.rect().adjusted(3, 3, -_BOX, -3), TEXT


def _of_tabs(bar: Any) -> Iterator[_Part]:
    for place in range(bar.count()):
        words, room = bar.tabText(place), bar.tabRect(place).adjusted(4, 4, -4, -4)
        yield f"tab {words}", room, TEXT if words else SIGN


def _of_icon(label: Any) -> Iterator[_Part]:
    # A logo need not stand out.
    yield "" if label.objectName() == "logo" else "picture", label.rect(), SIGN


def _of_list(view: Any) -> Iterator[_Part]:
    if isinstance(view.itemDelegate(), BoxDelegate):
        for number in range(view.model().rowCount()):
            index = view.model().index(number, 0)
            room = view.visualRect(index).intersected(view.viewport().rect()).adjusted(_BOX, 1, -1, -1)
            is_whole = room.height() > view.fontMetrics().height()
            yield str(index.data()) if is_whole else "", room.translated(view.viewport().pos()), TEXT


def _of_button(button: Any) -> Iterator[_Part]:
    if isinstance(button, (QCheckBox, QRadioButton)):
        yield from _of_choice(button)
    else:
        words = button.text() or ("" if button.icon().isNull() else "icon")
        yield words, button.rect().adjusted(4, 4, -4, -4), TEXT if button.text() else SIGN


def _of_choice(button: Any) -> Iterator[_Part]:
    option = QStyleOptionButton()
    button.initStyleOption(option)
    is_box = isinstance(button, QCheckBox)
    contents = QStyle.SubElement.SE_CheckBoxContents if is_box else QStyle.SubElement.SE_RadioButtonContents
    sign = QStyle.SubElement.SE_CheckBoxIndicator if is_box else QStyle.SubElement.SE_RadioButtonIndicator
    yield button.text(), button.style().subElementRect(contents, option, button), TEXT
    room = button.style().subElementRect(sign, option, button).adjusted(-3, -3, 3, 3)
    yield f"box of {button.text()}", room, SIGN


_PARTS: dict[type[QWidget], Callable[[Any], Iterator[_Part]]] = {
    QLabel: _of_label,
    QAbstractButton: _of_button,
    QLineEdit: _of_field,
    QPlainTextEdit: _of_field,
    QComboBox: _of_combo,
    QTabBar: _of_tabs,
    IconLabel: _of_icon,
    QAbstractItemView: _of_list,
}


def _edges(widget: QWidget) -> Iterator[tuple[str, QRect]]:
    """Yield where bars and the edge of what is chosen meet their ground."""
    if widget.objectName() in ("usageBars", "stepBars"):
        yield "bars", widget.rect().adjusted(0, -LEAST, 2 - widget.width() // 2, LEAST)
    elif isinstance(widget, TypeCard) and _is_chosen(widget) and widget.visibleRegion().contains(QPoint(LEAST, 1)):
        yield "edge", QRect(LEAST, -LEAST // 2, LEAST * 3, LEAST + 2)


def _is_chosen(card: TypeCard) -> bool:
    return bool(card.radio.isChecked() and card.radio.isEnabled())
