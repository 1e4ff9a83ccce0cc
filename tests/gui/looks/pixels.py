"""A window rendered, with the places of its words and signs, and how they stand out from their ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterator
from unittest import mock

import numpy as np
from qgis.PyQt.QtCore import QPoint, QRect, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QImage, QPainter
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

# At this scale a letter's stems have pixels of their full colour.
_SCALE = 3
_TEXT, _SIGN = 4.5, 3.0
_NOTHING = 1.03
_LEAST = 9
_SHARES = np.arange(256, dtype=np.float32) / 255
_LINEAR = np.where(_SHARES <= 0.03928, _SHARES / 12.92, ((_SHARES + 0.055) / 1.055) ** 2.4).astype(np.float32)


@dataclass(frozen=True)
class Spot:
    """A place of the window, in its own pixels, what stands there, and the contrast it needs."""

    what: str
    room: QRect
    least: float
    is_flat: bool = False


class Picture:
    """A window as it is drawn."""

    def __init__(self, window: QWidget) -> None:
        self._drawn: list[Spot] = []
        self._window = window
        self._size = window.size()
        image = QImage(self._size * _SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SCALE)
        with mock.patch.object(QPainter, "drawText", self._noting(QPainter.drawText)):
            window.render(image)
        bits = image.constBits()
        bits.setsize(image.sizeInBytes())
        rows = np.frombuffer(bits, np.uint8).reshape(image.height(), image.width(), 4)
        # Of its own: the image goes.
        self._colours = rows.copy()

    def faults(self) -> list[str]:
        """Return what cannot be read or seen, with its contrast."""
        drawn = (spot for spot in self._drawn if self._is_whole(spot.room))
        found = ((spot, self.contrast(spot)) for spot in (*drawn, *spots(self._window)) if _is_seen(spot.room))
        return sorted({f"{value:.1f} {spot.what}" for spot, value in found if value < spot.least})

    def contrast(self, spot: Spot) -> float:
        """Return how what stands in a place differs from the ground, which most of each line of pixels is of."""
        shown = spot.room.intersected(QRect(QPoint(0, 0), self._size))
        left, top, right, bottom = (
            shown.left() * _SCALE,
            shown.top() * _SCALE,
            (shown.right() + 1) * _SCALE,
            (shown.bottom() + 1) * _SCALE,
        )
        light = _luminance(self._colours[top:bottom, left:right])
        ground = _most_common(light.reshape(1, -1) if spot.is_flat else light)[:, None]
        differs = (np.maximum(light, ground) + 0.05) / (np.minimum(light, ground) + 0.05)
        inked = differs[differs > _NOTHING]
        return float(np.percentile(inked, 95)) if inked.size > 2 * _SCALE else 1.0

    def _is_whole(self, room: QRect) -> bool:
        """Say whether nothing cuts a room off; a list draws rows that lie half behind its edge."""
        widget = self._window.childAt(room.center())
        if widget is None or not widget.isEnabled():
            return False
        seen = widget.visibleRegion().boundingRect().translated(widget.mapTo(self._window, QPoint(0, 0)))
        return bool(seen.top() <= room.top() and room.bottom() <= seen.bottom() and room.width() > 2)

    def _noting(self, draw: Any) -> Any:
        def note(painter: QPainter, *given: Any) -> Any:
            room = given[0]
            if isinstance(room, (QRect, QRectF)) and given[-1].strip():
                place = painter.combinedTransform().mapRect(QRectF(room))
                to = QRectF(place.x(), place.y(), place.width(), place.height())
                self._drawn.append(Spot(f"drawn “{given[-1]}”", to.toRect(), _TEXT))
            return draw(painter, *given)

        return note


def _is_seen(room: QRect) -> bool:
    """Say whether enough of it is in sight: what scrolling cuts off is seen in another place."""
    return room.width() > _LEAST and room.height() > _LEAST


def _luminance(rows: Any) -> Any:
    blue, green, red = (_LINEAR[rows[:, :, channel]] for channel in range(3))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _most_common(light: Any) -> Any:
    steps = np.rint(light * 4000).astype(np.int32)
    places = []
    for line in steps:
        values, counts = np.unique(line, return_counts=True)
        places.append(values[counts.argmax()] / 4000)
    return np.array(places, np.float32)


def spots(window: QWidget) -> Iterator[Spot]:
    """Yield the words and signs of a window that can be seen; what is disabled need not be read."""
    for widget in window.findChildren(QWidget):
        # The cross in a field is Qt's own.
        is_in_field = isinstance(widget.parent(), QLineEdit)
        if not is_in_field and widget.isEnabled() and widget.isVisible() and not widget.visibleRegion().isEmpty():
            yield from _of(widget, window)


def _of(widget: QWidget, window: QWidget) -> Iterator[Spot]:
    name = f"{type(widget).__name__} {widget.objectName()}"
    seen = widget.visibleRegion().boundingRect()

    def spot(words: str, room: QRect, least: float) -> Spot:
        shown = room.intersected(seen)
        return Spot(f"{name} “{words}”", shown.translated(widget.mapTo(window, QPoint(0, 0))), least)

    inside = widget.rect().adjusted(3, 3, -3, -3)
    if isinstance(widget, QLabel):
        if widget.text():
            yield spot(widget.text(), widget.contentsRect(), _TEXT)
    elif isinstance(widget, QAbstractButton):
        yield from _of_button(widget, spot)
    elif isinstance(widget, QLineEdit):
        if widget.text() or widget.placeholderText():
            yield spot(widget.text() or widget.placeholderText(), inside, _TEXT)
    elif isinstance(widget, QComboBox):
        yield spot(widget.currentText(), inside.adjusted(0, 0, -20, 0), _TEXT)
    elif isinstance(widget, QPlainTextEdit):
        yield spot(widget.toPlainText() or widget.placeholderText(), inside, _TEXT)
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            room = widget.tabRect(place).adjusted(4, 4, -4, -4)
            yield spot(f"tab {widget.tabText(place)}", room, _TEXT if widget.tabText(place) else _SIGN)
    elif widget.objectName() == "usageBars" or type(widget).__name__ == "_Parts":
        half = widget.rect().adjusted(0, -_LEAST, 2 - widget.width() // 2, _LEAST)
        yield Spot(f"{name} bars", half.translated(widget.mapTo(window, QPoint(0, 0))), _SIGN, is_flat=True)
    elif type(widget).__name__ == "IconLabel":
        yield spot("picture", widget.rect(), _SIGN)


def _of_button(button: QAbstractButton, spot: Any) -> Iterator[Spot]:
    style, words = button.style(), button.text()
    if isinstance(button, (QCheckBox, QRadioButton)):
        option = QStyleOptionButton()
        button.initStyleOption(option)
        is_box = isinstance(button, QCheckBox)
        part = QStyle.SubElement.SE_CheckBoxContents if is_box else QStyle.SubElement.SE_RadioButtonContents
        sign = QStyle.SubElement.SE_CheckBoxIndicator if is_box else QStyle.SubElement.SE_RadioButtonIndicator
        yield spot(words, style.subElementRect(part, option, button), _TEXT)
        yield spot(f"box of {words}", style.subElementRect(sign, option, button).adjusted(-3, -3, 3, 3), _SIGN)
    elif words:
        yield spot(words, button.rect().adjusted(4, 4, -4, -4), _TEXT)
    elif not button.icon().isNull():
        yield spot("icon", button.rect().adjusted(4, 4, -4, -4), _SIGN)
