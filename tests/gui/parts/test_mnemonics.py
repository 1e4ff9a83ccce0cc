"""Letters with Alt: none opens a menu of QGIS instead, and none stands twice on one page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Iterator

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from qgis.PyQt.QtWidgets import QAbstractButton, QLabel, QPushButton, QTabBar, QWidget

from tests.tooling import translations

from ..looks import options_scenes
from ..looks.all_scenes import SCENES
from ..scenes import Stage, stage

# The titles of the menus as QGIS's sources have them (src/ui/qgisapp.ui, src/app/qgisapp.cpp, the plugin Processing).
_MENUS = (
    *(
        ("MainWindow", title)
        for title in ("Pro&ject", "&Edit", "&View", "&Layer", "&Settings", "&Plugins", "Vect&or", "&Raster", "&Mesh")
    ),
    ("MainWindow", "&Help"),
    ("MainWindow", "&Database"),
    ("QgisApp", "&Database"),
    ("QgisApp", "&Web"),
    ("ProcessingPlugin", "Pro&cessing"),
)
# What QGIS 3.44 has for "&Database", at home in another context than in 3.22.
_LATER_FRENCH = ("Base de &données",)
_LETTER = re.compile(r"(?<!&)&(\w)")


@pytest.fixture(params=["en", "fr"])
def language(request: Any, qgis_app: Any) -> Iterator[str]:
    """Speak a language, and return its code."""
    french = QTranslator()
    assert french.load(str(Path(translations.TS_FILE).with_suffix(".qm")))
    if request.param == "fr":
        QCoreApplication.installTranslator(french)
    yield str(request.param)
    QCoreApplication.removeTranslator(french)


def _titles(language: str) -> list[str]:
    """Return the titles of QGIS's menus, as far as this QGIS has them."""
    of_qgis = QTranslator()
    assert of_qgis.load("qgis_fr", QgsApplication.i18nPath())
    translated = {source: of_qgis.translate(context, source) for context, source in _MENUS}
    known = {source: french for source, french in translated.items() if french}
    assert len(known) >= len({source for _, source in _MENUS}) - 1, known
    return list(known) if language == "en" else [*known.values(), *_LATER_FRENCH]


def _letter(text: str) -> str:
    found = _LETTER.search(text)
    return found.group(1).upper() if found else ""


def _letters(window: QWidget) -> list[tuple[str, str]]:
    """Return the letters that do something in a window now, and the words that have them."""
    found = [
        button.text() for button in window.findChildren(QAbstractButton) if button.isVisible() and button.isEnabled()
    ]
    found += [label.text() for label in window.findChildren(QLabel) if label.isVisible() and label.buddy() is not None]
    for bar in window.findChildren(QTabBar):
        found += [bar.tabText(place) for place in range(bar.count()) if bar.isVisible()]
    return [(_letter(text), text) for text in found if _letter(text)]


@pytest.fixture
def told(language: str, qtbot: Any) -> Iterator[tuple[Stage, str]]:
    """Return a dock that was made in a language, and the language."""
    made = stage()
    qtbot.addWidget(made.dock)
    made.dock.resize(380, 900)
    made.dock.show()
    yield made, language
    made.dock.shut_down()


@pytest.mark.parametrize("name", list(SCENES))
def test_no_letter_opens_a_menu_of_qgis_or_stands_twice(told: tuple[Stage, str], name: str) -> None:
    one, language = told
    SCENES[name](one)
    letters = _letters(one.dock)
    # QGIS's options are a dialog: as long as it is open, no letter opens a menu.
    taken = set() if name in options_scenes.SCENES else {_letter(title) for title in _titles(language)}
    assert [words for letter, words in letters if letter in taken] == []
    twice = {letter for letter, _ in letters if [other for other, _ in letters].count(letter) > 1}
    assert [words for letter, words in letters if letter in twice] == []


@pytest.mark.parametrize("name", list(SCENES))
def test_the_main_button_has_a_letter(told: tuple[Stage, str], name: str) -> None:
    one, _language = told
    SCENES[name](one)
    main = [button for button in one.dock.findChildren(QPushButton) if button.font().bold() and button.isVisible()]
    assert [button.text() for button in main if button.isEnabled() and not _letter(button.text())] == []
