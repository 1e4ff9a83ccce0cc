"""Colours that are worked out: under a style sheet as QGIS's own themes are, and to be read on any ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication, QLabel, QRadioButton, QWidget

from gpkeys_plugin.gui.drawing import drawn_colours
from gpkeys_plugin.gui.drawing.colour_contrast import contrast
from gpkeys_plugin.gui.parts import theme

# What “Night Mapping” says of a label and of a dialog.
_SHEET = "QWidget { background-color: transparent; color: #aaaaaa; } QDialog { background-color: #323232; }"


@pytest.fixture
def label(qgis_app: Any) -> Iterator[QLabel]:
    application = QApplication.instance()
    before = application.styleSheet()
    application.setStyleSheet(_SHEET)
    drawn_colours.forget()
    shown = QLabel("essai")
    shown.ensurePolished()
    yield shown
    application.setStyleSheet(before)
    drawn_colours.forget()


def drawn(widget: QWidget) -> set[str]:
    """Return the colours of a widget's picture."""
    picture = widget.grab().toImage()
    return {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}


@pytest.mark.parametrize(("kind", "words"), [(QLabel, "QLabel"), (QRadioButton, "QRadioButton:disabled")])
def test_words_have_a_colour_of_their_own_under_a_theme_and_follow_it(
    label: QLabel, kind: type[QLabel | QRadioButton], words: str
) -> None:
    shown = kind("essai")
    # So large that some of the picture is the letters' alone.
    shown.setFont(theme.larger(shown.font(), 5))
    shown.setEnabled(kind is QLabel)
    for colour in ("#cc3300", "#0033cc"):
        assert theme.colour_words(shown, words, QColor(colour))
        assert colour in drawn(shown)
    QApplication.instance().setStyleSheet("")
    assert not theme.colour_words(shown, words, QColor("#cc3300"))
    assert shown.styleSheet() == ""


def test_a_transparent_ground_is_not_taken_for_black(label: QLabel) -> None:
    assert label.palette().color(QPalette.ColorRole.Window).alpha() == 0
    assert theme.seen(label.palette()).color(QPalette.ColorRole.Window) == QColor("#323232")


@pytest.mark.parametrize("level", list(theme.Level))
def test_a_notice_can_be_read(label: QLabel, level: theme.Level) -> None:
    ground = theme.wash(label.palette(), level)
    assert contrast(QColor("#aaaaaa"), ground) >= 4
    assert contrast(ground, QColor("#323232")) < 2


@pytest.mark.parametrize("ground", ["#ffffff", "#efefef", "#2d2d30", "#000000", "#1f3a5f"])
@pytest.mark.parametrize("level", list(theme.Level))
def test_messages_can_be_read_on_any_ground(ground: str, level: theme.Level, qgis_app: Any) -> None:
    palette = QPalette(QColor(ground))
    palette.setColor(QPalette.ColorRole.Window, QColor(ground))
    wash = theme.wash(palette, level)
    assert contrast(theme.ink(palette, level), wash) >= 4.5
    assert contrast(palette.color(QPalette.ColorRole.WindowText), wash) >= 4.5
    window = palette.color(QPalette.ColorRole.Window)
    assert contrast(theme.muted(palette), window) >= 4.5
