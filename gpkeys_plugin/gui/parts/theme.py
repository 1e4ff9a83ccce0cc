"""Colours, icons and distances that follow the user's palette and font."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from qgis.PyQt.QtCore import QByteArray, Qt
from qgis.PyQt.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from qgis.PyQt.QtSvg import QSvgRenderer
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

_ICONS = Path(__file__).parents[2] / "resources" / "icons"
_ICON_PROPERTY = "gpkeysIcon"
_ICON_SIZES = (16, 20, 24, 32, 48, 64, 96)
_READABLE = 4.6


class Level(Enum):
    """How serious a message is; the value is its hue, in degrees."""

    ERROR = 4
    WARNING = 30
    GOOD = 145
    INFO = 212


def mix(first: QColor, second: QColor, share: float) -> QColor:
    """Return `first` with `share` (0 to 1) of `second` in it."""
    pairs = zip(first.getRgbF()[:3], second.getRgbF()[:3])
    return QColor.fromRgbF(*(a + (b - a) * share for a, b in pairs))


def contrast(first: QColor, second: QColor) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG reckons it."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in colour.getRgbF()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4


def seen(palette: QPalette) -> QPalette:
    """Return a palette whose window and text are those that are drawn.

    QGIS's themes are style sheets: the palettes of plain widgets then say transparent black, or the text's colour for
    the window (3.22 to 3.44), and what is worked out from them cannot be read. A dialog's is right, also unshown.
    """
    if not QApplication.instance().styleSheet():
        return palette
    dialog = QDialog()
    dialog.ensurePolished()
    return dialog.palette()


def muted(palette: QPalette) -> QColor:
    """Return the colour of secondary text, still readable."""
    palette = seen(palette)
    text = palette.color(QPalette.ColorRole.WindowText)
    return mix(text, palette.color(QPalette.ColorRole.Window), 0.3)


def wash(palette: QPalette, level: Level) -> QColor:
    """Return a quiet ground in the hue of a level."""
    palette = seen(palette)
    ground = palette.color(QPalette.ColorRole.Window)
    return mix(ground, QColor.fromHsv(level.value, 200, 210), 0.16)


def ink(palette: QPalette, level: Level, ground: QColor | None = None) -> QColor:
    """Return a colour of the hue of a level that can be read on `ground` (the window's, or the level's wash)."""
    under = ground or wash(palette, level)
    step = 6 if _luminance(under) < 0.2 else -6
    lightness = 128
    colour = QColor.fromHsl(level.value, 170, lightness)
    while contrast(colour, under) < _READABLE and 0 <= lightness + step <= 255:
        lightness += step
        colour = QColor.fromHsl(level.value, 170, lightness)
    return colour


def icon(name: str, colour: QColor) -> QIcon:
    """Return the plugin's icon `name`, drawn in `colour`."""
    source = (_ICONS / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour.name())
    renderer = QSvgRenderer(QByteArray(source.encode("utf-8")))
    made = QIcon()
    for size in _ICON_SIZES:
        made.addPixmap(_pixmap(renderer, size))
    return made


def _pixmap(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter)
    painter.end()
    return pixmap


def dress(button: QAbstractButton, name: str) -> None:
    """Give a button an icon that `redress` draws anew when the palette changes."""
    button.setProperty(_ICON_PROPERTY, name)
    # Under QGIS's themes a button's words are black until it is polished (3.22 to 3.44), mostly when it first shows.
    button.ensurePolished()
    role = QPalette.ColorRole.ButtonText
    button.setIcon(icon(name, button.palette().color(role)))


def redress(root: QWidget) -> None:
    """Draw the icons of all buttons below `root` in the colours of now."""
    for button in root.findChildren(QAbstractButton):
        name = button.property(_ICON_PROPERTY)
        if name:
            dress(button, str(name))


def em(widget: QWidget) -> int:
    """Return the width of an "m", the measure all distances are made of."""
    return max(1, widget.fontMetrics().horizontalAdvance("m"))


def gap(widget: QWidget) -> int:
    """Return the distance between things that belong together."""
    return max(3, em(widget) // 2)


def larger(font: QFont, factor: float, *, bold: bool = False) -> QFont:
    """Return a font `factor` times as large, whichever unit its size is kept in."""
    made = QFont(font)
    made.setBold(bold or font.bold())
    if font.pointSizeF() > 0:
        made.setPointSizeF(font.pointSizeF() * factor)
    else:
        made.setPixelSize(max(1, round(font.pixelSize() * factor)))
    return made
