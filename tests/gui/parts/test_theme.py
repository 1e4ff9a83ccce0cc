"""Colours that are worked out: under a style sheet as QGIS's own themes are, and to be read on any ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QApplication, QLabel

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
