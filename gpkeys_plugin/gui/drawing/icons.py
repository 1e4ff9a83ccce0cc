"""The plugin's icons, drawn in a colour of the theme, at the size and the moment that they are asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from qgis.PyQt.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from qgis.PyQt.QtSvg import QSvgRenderer
from qgis.PyQt.QtWidgets import QApplication, QStyleOption

_FOLDER = Path(__file__).parents[2] / "resources" / "icons"
_MOST_KEPT = 200


def icon(name: str, colour: QColor) -> QIcon:
    """Return the plugin's icon `name` in `colour`. Nothing is drawn before somebody paints it."""
    return QIcon(_Drawing(name, colour.name()))


class _Drawing(QIconEngine):
    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour

    def clone(self) -> QIconEngine:
        """Return another one of the same drawing: QIcon makes one where a copy of it is changed."""
        return _Drawing(self._name, self._colour)

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        """Return the drawing at a size, in pixels of the screen."""
        drawn = _pixmap(self._name, self._colour, size.width(), size.height())
        if mode == QIcon.Mode.Normal:
            return drawn
        option = QStyleOption()
        option.palette = QApplication.palette()
        return QApplication.style().generatedIconPixmap(mode, drawn, option)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon."""
        scale = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.pixmap(rect.size() * scale, mode, state))


@lru_cache(maxsize=_MOST_KEPT)
def _pixmap(name: str, colour: str, width: int, height: int) -> QPixmap:
    pixmap = QPixmap(width, height)
    if pixmap.isNull():  # A list not laid out yet asks for no size: Qt writes 20 lines for each to its log.
        return pixmap
    pixmap.fill(Qt.GlobalColor.transparent)
    side = min(width, height)
    painter = QPainter(pixmap)
    _renderer(name, colour).render(painter, QRectF((width - side) / 2, (height - side) / 2, side, side))
    painter.end()
    return pixmap


def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(source.encode("utf-8")))
