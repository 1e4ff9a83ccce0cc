"""Every state of the window can be read in each of QGIS's themes: 4.5 for words, 3 for signs (WCAG 1.4.3, 1.4.11)."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import permutations
from typing import Any, Iterator

import pytest
from qgis.PyQt.QtCore import QPoint, QRect, QSize, Qt
from qgis.PyQt.QtWidgets import QApplication, QComboBox, QLineEdit, QRadioButton, QWidget

from gpkeys_plugin.gui.drawing import drawn_colours
from gpkeys_plugin.gui.parts import theme
from tests.gui.looks.all_scenes import SCENES
from tests.gui.scenes import Stage

from .pixels import Picture
from .spots import Spot
from .themes import GRAY, NIGHT, THEMES, Themes

# Rows, boxes, cards, notices, icons, bars, fields with hints.
_TELLING = ("step_1", "step_2_basic", "load_failed", "keys", "key_usage", "permissions")
_BESIDE_SIGN, _NAMED = 24, 2.0
_CHOICES = """
    QComboBox { border: 1px solid #202020; background-color: #4e4e4e; color: #aaa; }
    QComboBox:editable { background-color: #202020; color: #ddd; }
"""


@pytest.mark.parametrize("name", list(SCENES))
def test_everything_can_be_read(worn: str, one: Stage, name: str) -> None:
    SCENES[name](one)
    for field in one.dock.findChildren(QLineEdit):
        # What is selected is drawn in the theme's own colours.
        field.deselect()
    assert Picture(one.dock).faults() == []


@pytest.mark.parametrize("name", _TELLING)
def test_dressed_once_more_it_can_still_be_read(worn: str, one: Stage, name: str) -> None:
    """As after each of the palettes that QGIS sets one after another."""
    SCENES[name](one)
    for _ in range(2):
        theme.follow(one.dock)
        QApplication.processEvents()
    assert Picture(one.dock).faults() == []


@pytest.mark.parametrize(("before", "after"), list(permutations(THEMES, 2)))
@pytest.mark.parametrize("name", _TELLING)
def test_everything_can_be_read_after_a_change(
    themes: Themes, one: Stage, qtbot: Any, before: str, after: str, name: str
) -> None:
    themes.wear(before)
    SCENES[name](one)
    one.dock.grab()
    themes.wear(after)
    qtbot.waitUntil(lambda: Picture(one.dock).faults() == [], timeout=2000)


@pytest.mark.parametrize("theme", [NIGHT, GRAY])
def test_a_type_that_cannot_be_chosen_is_still_named(themes: Themes, one: Stage, qtbot: Any, theme: str) -> None:
    themes.wear(theme)
    SCENES["step_2_forced"](one)
    radio = one.dock.findChild(QRadioButton, "hashRadio")
    assert not radio.isEnabled()
    room = QRect(radio.pos() + QPoint(_BESIDE_SIGN, 0), radio.size() - QSize(_BESIDE_SIGN, 0))
    spot = Spot("HASH", room, _NAMED)
    # A page that was made before the change follows in the next turn of the event loop.
    qtbot.waitUntil(lambda: Picture(radio.parentWidget()).contrast(spot) >= _NAMED, timeout=2000)


@pytest.mark.parametrize("name", ["step_1", "step_2_basic", "key_hash"])
def test_what_has_the_keyboard_stands_out(worn: str, one: Stage, qtbot: Any, name: str) -> None:
    SCENES[name](one)
    one.dock.activateWindow()
    qtbot.waitUntil(one.dock.isActiveWindow)
    kept = one.dock.focusWidget()
    if kept is not None:
        kept.clearFocus()
    plain = Picture(one.dock)
    faint = {}
    for widget in _reached_by_tab(one.dock):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        contrast = Picture(one.dock).change_since(plain, widget)
        if contrast < 3:
            faint[widget.objectName()] = contrast
        widget.clearFocus()
    assert faint == {}


def test_a_choice_can_be_read_where_an_editable_one_has_other_words(qtbot: Any) -> None:
    """As in QGIS 3.40's “Night Mapping”: what a choice's palette says before it is drawn is not what is drawn."""
    window = QWidget()
    choice = QComboBox(window)
    choice.addItem("By name")
    qtbot.addWidget(window)
    with _dressed(_CHOICES):
        theme.follow(window)
        window.show()
        assert Picture(window).faults() == []


@contextmanager
def _dressed(sheet: str) -> Iterator[None]:
    application = QApplication.instance()
    before = application.styleSheet()
    application.setStyleSheet(sheet)
    yield
    application.setStyleSheet(before)
    drawn_colours.forget()


def _reached_by_tab(window: QWidget) -> list[QWidget]:
    def is_reached(widget: QWidget) -> bool:
        by_tab = Qt.FocusPolicy(widget.focusPolicy()) & Qt.FocusPolicy.TabFocus
        return bool(by_tab) and widget.isEnabled() and not widget.visibleRegion().isEmpty()

    found = [widget for widget in window.findChildren(QWidget) if is_reached(widget)]
    assert len(found) > 3
    return found
