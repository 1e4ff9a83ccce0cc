"""What QGIS's theme really draws, whatever palettes say.

The themes are style sheets. Under them the palettes of plain widgets say transparent black, or the text's colour for
the window (QGIS 3.22 to 3.44), and what is worked out from them cannot be read. A dialog's is right, also unshown. What
colour the face of a button has, only its picture tells.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Callable

from qgis.PyQt.QtCore import QItemSelectionModel, QSize, QStringListModel
from qgis.PyQt.QtGui import QColor, QImage, QPalette
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QListView,
    QPushButton,
    QSpinBox,
    QStyle,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from .colour_contrast import away_from, contrast, mix

_READABLE = 4.6
# Antialiasing takes some of it from thin letters.
_CLEAR = 5.0
# What leaves room for quieter words.
_ROOMY = 6.0
_FOCUS_WASH = 0.12
_FACE = QSize(40, 30)
_EDGE = 4
_ROWS = 3


def window(palette: QPalette) -> QPalette:
    """Return a palette whose window and words are those that are drawn.

    Where the theme's words hardly stand out from its ground (“Blend of Gray”: 4.0), the ground is another one:
    `Ground` draws it.
    """
    return _themed_window(QApplication.palette().cacheKey()) if is_themed() else _with_contrast(palette)


def is_themed() -> bool:
    """Say whether one of QGIS's themes is on, or another style sheet."""
    # The style sheet itself is 30 kB of text, too much to ask for at each drawing.
    return bool(QApplication.style().metaObject().className() == "QStyleSheetStyle")


def has_own_ground() -> bool:
    """Say whether the window is to be drawn on another ground than the theme's."""
    palette = QApplication.palette()
    return _is_hard_to_read(_probed(palette.cacheKey()) if is_themed() else palette)


def button_words() -> QColor:
    """Return the colour of words and icons of buttons."""
    if is_themed():
        return _words_on(QToolButton, QApplication.palette().cacheKey())
    return QApplication.palette().color(QPalette.ColorRole.ButtonText)


def field_words(kind: Callable[[], QWidget]) -> tuple[QColor, QColor]:
    """Return the colours of words and ground of a kind of field, as one says that nobody has dressed yet.

    A field with a palette of its own tells the application's instead of the theme's (3.22).
    """
    return _field_words(kind, QApplication.palette().cacheKey())


def sheet() -> str:
    """Return a style sheet for the window, for what a theme draws that can't be read.

    “Night Mapping” has the words of buttons and choices at 3.3. The colours are said also where the palette has them:
    that of a choice which is not drawn yet is that of an editable one (3.40, 3.44), and what is drawn is at 3.7.
    """
    if not is_themed():
        return ""
    # The tab in front has the theme's ground.
    rules = ["QTabBar::tab { background-color: transparent; }"] if has_own_ground() else []
    for kind in (QToolButton, QPushButton, QComboBox, QSpinBox):
        for is_checked in (False, True) if issubclass(kind, QAbstractButton) else (False,):
            words = _words_on(kind, QApplication.palette().cacheKey(), is_checked=is_checked)
            states = ":enabled:checked" if is_checked else ":enabled"
            rules.append(f"{kind.__name__}{states} {{ color: {words.name()}; }}")
    return "\n".join(rules)


def row_ground(option: QStyleOptionViewItem) -> QColor:
    """Return what a row of a list is drawn on: each other row may have another ground, and what is selected."""
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    is_other = bool(option.features & QStyleOptionViewItem.ViewItemFeature.Alternate)
    if is_themed():
        return _row_grounds(QApplication.palette().cacheKey())[2 if is_selected else 1 if is_other else 0]
    is_active = bool(option.state & QStyle.StateFlag.State_Active)
    group = QPalette.ColorGroup.Active if is_active else QPalette.ColorGroup.Inactive
    if is_selected:
        return option.palette.color(group, QPalette.ColorRole.Highlight)
    ground = option.palette.color(group, QPalette.ColorRole.AlternateBase if is_other else QPalette.ColorRole.Base)
    # Qt's Fusion style fills the row that has the keyboard with a little of the highlight, not only its edge.
    has_wash = bool(option.state & QStyle.StateFlag.State_HasFocus)
    return mix(ground, option.palette.color(group, QPalette.ColorRole.Highlight), _FOCUS_WASH) if has_wash else ground


def forget() -> None:
    """Look again: what was seen while the theme was changing may be of neither."""
    _probed.cache_clear()
    _themed_window.cache_clear()
    _words_on.cache_clear()
    _field_words.cache_clear()
    _row_grounds.cache_clear()


@lru_cache(maxsize=1)
def _probed(_palette: int) -> QPalette:
    probe = QDialog()
    probe.ensurePolished()
    return probe.palette()


@lru_cache(maxsize=1)
def _themed_window(palette: int) -> QPalette:
    return _with_contrast(_probed(palette))


def _is_hard_to_read(palette: QPalette) -> bool:
    words, ground = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
    return contrast(words, ground) < _READABLE


def _with_contrast(palette: QPalette) -> QPalette:
    if not _is_hard_to_read(palette):
        return palette
    made = QPalette(palette)
    words, ground = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
    made.setColor(QPalette.ColorRole.Window, away_from(ground, words, _ROOMY))
    return made


@lru_cache(maxsize=4)
def _field_words(kind: Callable[[], QWidget], _palette: int) -> tuple[QColor, QColor]:
    field = kind()
    field.ensurePolished()
    return field.palette().color(QPalette.ColorRole.Text), field.palette().color(QPalette.ColorRole.Base)


@lru_cache(maxsize=6)
def _words_on(kind: type[QWidget], _palette: int, *, is_checked: bool = False) -> QColor:
    """Return the colour of the words on a kind of button: the theme's own, unless it would be hard to read."""
    button = kind()
    button.resize(_FACE)
    if isinstance(button, QAbstractButton):
        button.setCheckable(True)
        button.setChecked(is_checked)
    button.ensurePolished()
    image = QImage(_FACE, QImage.Format.Format_RGB32)
    image.fill(window(QPalette()).color(QPalette.ColorRole.Window))
    button.render(image)
    faces = (image.pixelColor(_FACE.width() // 2, place) for place in (_EDGE, _FACE.height() - 1 - _EDGE))
    words = button.palette().color(QPalette.ColorRole.ButtonText)
    for face in faces:
        words = away_from(words, face, _CLEAR)
    return words


@lru_cache(maxsize=1)
def _row_grounds(_palette: int) -> tuple[QColor, ...]:
    """Return the grounds of a row, of the one below it, and of one that is selected."""
    rows = QListView()
    rows.setAlternatingRowColors(True)
    rows.setModel(QStringListModel([""] * _ROWS, rows))
    rows.setUniformItemSizes(True)
    rows.setGridSize(_FACE)
    rows.resize(_FACE.width(), _FACE.height() * (_ROWS + 1))
    last = rows.model().index(_ROWS - 1, 0)
    rows.selectionModel().select(last, QItemSelectionModel.SelectionFlag.Select)
    image = rows.grab().toImage()
    scale = image.devicePixelRatioF()
    centres = (rows.visualRect(rows.model().index(row, 0)).center() for row in range(_ROWS))
    places = (rows.viewport().mapTo(rows, centre) * scale for centre in centres)
    return tuple(image.pixelColor(place) for place in places)
