"""Every page in French at the narrowest: nothing scrolls to the side, one bar scrolls down, no tab is cut short."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from qgis.PyQt.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QPlainTextEdit,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
)

from gpkeys_plugin.gui.parts import theme
from tests.tooling import translations

from ..scenes import Stage, stage
from .all_scenes import SCENES
from .themes import GRAY, NIGHT, THEMES, Themes

_NARROW, _WIDE, _HIGH, _TURNS = 300, 600, 760, 12


@pytest.fixture
def narrow(qtbot: Any, qgis_app: Any) -> Iterator[Stage]:
    """Return a narrow dock in French."""
    french = QTranslator()
    assert french.load(str(Path(translations.TS_FILE).with_suffix(".qm")))
    QCoreApplication.installTranslator(french)
    made = stage()
    qtbot.addWidget(made.dock)
    made.dock.resize(_NARROW, _HIGH)
    made.dock.show()
    yield made
    made.dock.shut_down()
    QCoreApplication.removeTranslator(french)


def _scrolls(bar: QScrollBar) -> bool:
    return bar.isVisible() and bar.maximum() > bar.minimum()


@pytest.mark.parametrize("name", list(SCENES))
def test_one_bar_scrolls_none_to_the_side_and_no_tab_is_cut_short(narrow: Stage, name: str) -> None:
    SCENES[name](narrow)
    areas = [
        area
        for area in narrow.dock.findChildren(QAbstractScrollArea)
        if area.isVisible() and not isinstance(area, QPlainTextEdit)
    ]

    # A layout takes several turns of the event loop.
    for _ in range(_TURNS):
        QCoreApplication.processEvents()
    assert narrow.dock.width() == _NARROW
    assert [area.objectName() for area in areas if _scrolls(area.horizontalScrollBar())] == []
    assert len([area.objectName() for area in areas if _scrolls(area.verticalScrollBar())]) <= 1
    tabs = narrow.dock.findChild(QTabBar, "dockTabs")
    assert sum(tabs.tabSizeHint(place).width() for place in range(tabs.count())) <= tabs.width()


# Their tabs are wider by a third.
@pytest.mark.parametrize("theme_name", [NIGHT, GRAY])
@pytest.mark.parametrize("name", ["rotated", "key_hash", "repair"])
def test_a_theme_makes_the_window_no_wider(narrow: Stage, themes: Themes, theme_name: str, name: str) -> None:
    themes.wear(theme_name)
    SCENES[name](narrow)
    # From where all titles show.
    for width in (_WIDE, _NARROW):
        narrow.dock.resize(width, _HIGH)
        for _ in range(_TURNS):
            QCoreApplication.processEvents()
    assert narrow.dock.width() == _NARROW
    tabs = narrow.dock.findChild(QTabBar, "dockTabs")
    assert sum(tabs.tabSizeHint(place).width() for place in range(tabs.count())) <= tabs.width()


def _is_cut_short(combo: QComboBox) -> bool:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    field = QStyle.SubControl.SC_ComboBoxEditField
    room = combo.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, combo).width()
    # What ShorteningCombo leaves free beside the words.
    free = room - theme.em(combo) // 2
    words = (combo.itemText(place) for place in range(combo.count()))
    return max(map(combo.fontMetrics().horizontalAdvance, words)) > free


@pytest.mark.parametrize("theme_name", THEMES)
def test_nothing_is_cut_short_above_the_list_of_keys(narrow: Stage, themes: Themes, theme_name: str) -> None:
    themes.wear(theme_name)
    SCENES["keys_filtered"](narrow)
    for _ in range(_TURNS):
        QCoreApplication.processEvents()
    combos = [narrow.find(name) for name in ("keyTypeCombo", "keyServiceCombo", "keyOrderCombo")]
    assert [combo.objectName() for combo in combos if not combo.isVisible() or _is_cut_short(combo)] == []
    search = narrow.find("keysSearch")
    words = search.fontMetrics().horizontalAdvance(search.placeholderText())
    assert words <= search.width() - 2 * theme.gap(search)
    for name in ("keyFiltersFold", "attentionBox", "keyOrderEndButton"):
        assert narrow.find(name).width() >= narrow.find(name).sizeHint().width()
