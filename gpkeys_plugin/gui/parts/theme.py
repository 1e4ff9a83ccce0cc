"""Colours and distances that follow the user's theme and font."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from qgis.PyQt.QtGui import QColor, QFont, QPalette
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from ..drawing import drawn_colours
from ..drawing.colour_contrast import away_from, contrast, luminance, mix, readable
from ..drawing.icons import icon

_ICON_PROPERTY = "gpkeysIcon"
# More than WCAG asks for (4.5): the same words stand on grounds that differ a little.
_READABLE = 5.0
_VISIBLE = 3.2


class Level(Enum):
    """How serious a message is; the value is its hue, in degrees."""

    ERROR = 4
    WARNING = 30
    GOOD = 145
    INFO = 212


def seen(palette: QPalette) -> QPalette:
    """Return a palette whose window and words are those that are drawn, with enough contrast for quieter words."""
    return drawn_colours.window(palette)


def muted(palette: QPalette) -> QColor:
    """Return the colour of secondary text, still readable."""
    drawn = seen(palette)
    return quieter(drawn.color(QPalette.ColorRole.WindowText), drawn.color(QPalette.ColorRole.Window))


def quieter(words: QColor, ground: QColor) -> QColor:
    """Return the colour of secondary text beside `words`: as quiet as can be read on `ground`, but not too quiet."""
    return QColor(_quieter(words.getRgbF(), ground.getRgbF()))


# Asked for by each quiet line of the window, and at each change of theme again.
@lru_cache(maxsize=32)
def _quieter(words_rgba: tuple[float, ...], ground_rgba: tuple[float, ...]) -> QColor:
    words, ground = QColor.fromRgbF(*words_rgba), QColor.fromRgbF(*ground_rgba)
    for share in (0.3, 0.25, 0.2, 0.15, 0.1, 0.05):
        colour = mix(words, ground, share)
        if contrast(colour, ground) >= _READABLE:
            return colour
    return readable(words, ground)


def mark(palette: QPalette) -> QColor:
    """Return the colour of what is chosen or has the keyboard: the theme's highlight, as far as it stands out."""
    ground = seen(palette).color(QPalette.ColorRole.Window)
    return away_from(QApplication.palette().color(QPalette.ColorRole.Highlight), ground, _VISIBLE)


def wash(palette: QPalette, level: Level) -> QColor:
    """Return a quiet ground in the hue of a level, on which the theme's words can be read."""
    drawn = seen(palette)
    ground, words = drawn.color(QPalette.ColorRole.Window), drawn.color(QPalette.ColorRole.WindowText)
    hue = QColor.fromHsv(level.value, 200, 210 if luminance(words) < luminance(ground) else 90)
    return mix(ground, hue, 0.16)


def ink(palette: QPalette, level: Level, ground: QColor | None = None) -> QColor:
    """Return a colour of the hue of a level that can be read on `ground` (the window's, or the level's wash)."""
    under = ground or wash(palette, level)
    step = 6 if luminance(under) < 0.2 else -6
    lightness = 128
    colour = QColor.fromHsl(level.value, 170, lightness)
    while contrast(colour, under) < _READABLE and 0 <= lightness + step <= 255:
        lightness += step
        colour = QColor.fromHsl(level.value, 170, lightness)
    return colour


def dress(button: QAbstractButton, name: str) -> None:
    """Give a button an icon that `follow` draws anew when the theme changes."""
    button.setProperty(_ICON_PROPERTY, name)
    button.setIcon(icon(name, drawn_colours.button_words()))


def follow(root: QWidget) -> None:
    """Follow a theme that has changed, in all that is below `root`."""
    drawn_colours.forget()
    redress(root)


def redress(root: QWidget) -> None:
    """Dress all that is below `root` as the theme of now calls for."""
    sheet = drawn_colours.sheet()
    if root.styleSheet() != sheet:
        root.setStyleSheet(sheet)
    for widget in root.findChildren(QWidget):
        _redress(widget)


def _redress(widget: QWidget) -> None:
    follow_theme = getattr(widget, "follow_theme", None)
    if follow_theme is not None:
        follow_theme()
    elif isinstance(widget, QAbstractButton):
        name = widget.property(_ICON_PROPERTY)
        if name:
            dress(widget, str(name))
    elif isinstance(widget, (QLineEdit, QPlainTextEdit)):
        show_hint(widget)


def show_hint(field: QLineEdit | QPlainTextEdit) -> None:
    """Let the hint in an empty field be read: QGIS's themes and Qt's default draw it half transparent."""
    words, ground = drawn_colours.field_words(type(field))
    # Nothing else with it: set on a field, words stay black when another theme makes its ground dark (3.40, 3.44).
    hint = QPalette()
    hint.setColor(QPalette.ColorRole.PlaceholderText, quieter(words, ground))
    field.setPalette(hint)


def colour_words(widget: QWidget, words: str, colour: QColor) -> bool:
    """Give words of a widget, named by a selector, a colour by a sheet of its own; return whether it needs one.

    Under a style sheet, as QGIS's themes are, its palette counts for nothing; elsewhere a sheet would cost a polishing.
    """
    sheet = f"{words} {{ color: {colour.name()}; }}" if drawn_colours.is_themed() else ""
    if sheet != widget.styleSheet():
        widget.setStyleSheet(sheet)
    return bool(sheet)


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
