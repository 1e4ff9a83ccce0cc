"""Every page in French at the narrowest: nothing scrolls to the side, one bar scrolls down, no tab is cut short."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from qgis.PyQt.QtWidgets import QAbstractScrollArea, QPlainTextEdit, QScrollBar, QTabBar

from tests.tooling import translations

from ..scenes import Stage, stage
from .all_scenes import SCENES
from .themes import GRAY, NIGHT, Themes

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
@pytest.mark.parametrize("theme", [NIGHT, GRAY])
@pytest.mark.parametrize("name", ["rotated", "key_hash", "repair"])
def test_a_theme_makes_the_window_no_wider(narrow: Stage, themes: Themes, theme: str, name: str) -> None:
    themes.wear(theme)
    SCENES[name](narrow)
    # From where all titles show.
    for width in (_WIDE, _NARROW):
        narrow.dock.resize(width, _HIGH)
        for _ in range(_TURNS):
            QCoreApplication.processEvents()
    assert narrow.dock.width() == _NARROW
    tabs = narrow.dock.findChild(QTabBar, "dockTabs")
    assert sum(tabs.tabSizeHint(place).width() for place in range(tabs.count())) <= tabs.width()
