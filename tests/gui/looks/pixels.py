"""A window rendered, and how its words and signs stand out from their ground."""

from __future__ import annotations

from typing import Any, Iterator
from unittest import mock

import numpy as np
from qgis.PyQt.QtCore import QPoint, QRect, QRectF
from qgis.PyQt.QtGui import QImage, QPainter
from qgis.PyQt.QtWidgets import QWidget

from gpkeys_plugin.gui.parts.row_delegate import ServicesDelegate

from .spots import LEAST, TEXT, Spot, spots

# At this scale a letter's stems have pixels of their full colour.
_SCALE = 2
_NOTHING = 1.03
_STEPS = 2048
_EDGE = 5
_SHARES = np.arange(256, dtype=np.float32) / 255
_LINEAR = np.where(_SHARES <= 0.03928, _SHARES / 12.92, ((_SHARES + 0.055) / 1.055) ** 2.4).astype(np.float32)


class Picture:
    """A window as it is drawn."""

    def __init__(self, window: QWidget) -> None:
        self._drawn: list[tuple[QWidget, str, QRect]] = []
        self._window = window
        self._size = window.size()
        image = QImage(self._size * _SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SCALE)
        self._view: QWidget | None = None
        noting = mock.patch.object(QPainter, "drawText", self._noting(QPainter.drawText))
        with noting, mock.patch.object(ServicesDelegate, "paint", self._within_view(ServicesDelegate.paint)):
            window.render(image)
        bits = image.constBits()
        bits.setsize(image.sizeInBytes())
        rows = np.frombuffer(bits, np.uint8).reshape(image.height(), image.width(), 4)
        # Of its own: the image goes.
        self._colours = rows.copy()

    def faults(self) -> list[str]:
        """Return what cannot be read or seen, with its contrast."""
        found = (
            (spot, self.contrast(spot)) for spot in (*self._drawn_words(), *spots(self._window)) if _is_seen(spot.room)
        )
        return sorted({f"{value:.1f} {spot.what}" for spot, value in found if value < spot.least})

    def contrast(self, spot: Spot) -> float:
        """Return how what stands in a place differs from the ground, which most of each line of pixels is of."""
        shown = spot.room.intersected(QRect(QPoint(0, 0), self._size))
        light = _luminance(self.part(shown))
        ground = _most_common(light.reshape(1, -1) if spot.is_flat else light)[:, None]
        differs = (np.maximum(light, ground) + 0.05) / (np.minimum(light, ground) + 0.05)
        inked = differs[differs > _NOTHING]
        return float(np.percentile(inked, 95)) if inked.size > 2 * _SCALE else 1.0

    def change_since(self, before: Picture, widget: QWidget) -> float:
        """Return the contrast of what has changed at the edges of a widget."""
        place = widget.rect().translated(widget.mapTo(self._window, QPoint(0, 0))).adjusted(-2, -2, 2, 2)
        shown = place.intersected(QRect(QPoint(0, 0), self._size))
        now, then = (_luminance(picture.part(shown)) for picture in (self, before))
        differs = (np.maximum(now, then) + 0.05) / (np.minimum(now, then) + 0.05)
        edge = _SCALE * _EDGE
        differs[edge:-edge, edge:-edge] = 1
        changed = differs[differs > _NOTHING]
        # A line along the shorter side, at the least.
        least = _SCALE * _SCALE * min(shown.width(), shown.height())
        return float(np.percentile(changed, 75)) if changed.size >= least else 1.0

    def part(self, room: QRect) -> Any:
        """Return the colours of a room's pixels."""
        rows = slice(room.top() * _SCALE, (room.bottom() + 1) * _SCALE)
        return self._colours[rows, room.left() * _SCALE : (room.right() + 1) * _SCALE]

    def _drawn_words(self) -> Iterator[Spot]:
        """Yield what is drawn by hand, where nothing cuts it off: a list draws rows that lie half behind its edge."""
        for widget, words, room in self._drawn:
            seen = widget.visibleRegion().boundingRect()
            if widget.isEnabled() and seen.top() <= room.top() and room.bottom() <= seen.bottom():
                place = room.intersected(seen).translated(widget.mapTo(self._window, QPoint(0, 0)))
                yield Spot(words, place, TEXT)

    def _within_view(self, paint: Any) -> Any:
        """Note in which list a row is drawn: its painter does not know (PyQt)."""

        def note(delegate: Any, painter: QPainter, option: Any, index: Any) -> None:
            self._view = option.widget.viewport()
            paint(delegate, painter, option, index)
            self._view = None

        return note

    def _noting(self, draw: Any) -> Any:
        def note(painter: QPainter, *given: Any) -> Any:
            room = given[0]
            if isinstance(room, (QRect, QRectF)) and given[-1].strip():
                place = painter.combinedTransform().mapRect(QRectF(room))
                to = QRectF(place.topLeft() / _SCALE, place.size() / _SCALE).toRect()
                self._drawn.append((self._view or painter.device(), f"drawn “{given[-1]}”", to))
            return draw(painter, *given)

        return note


def _is_seen(room: QRect) -> bool:
    """Say whether enough of it is in sight: what scrolling cuts off is seen in another place."""
    return room.width() > LEAST and room.height() > LEAST


def _luminance(rows: Any) -> Any:
    blue, green, red = (_LINEAR[rows[:, :, channel]] for channel in range(3))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _most_common(light: Any) -> Any:
    steps = np.rint(light * (_STEPS - 1)).astype(np.int64)
    lines = np.arange(len(steps))[:, None] * _STEPS
    counts = np.bincount((lines + steps).ravel(), minlength=len(steps) * _STEPS).reshape(len(steps), _STEPS)
    return (counts.argmax(axis=1) / (_STEPS - 1)).astype(np.float32)
