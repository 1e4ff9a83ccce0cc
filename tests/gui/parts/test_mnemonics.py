"""Letters with Alt: none opens a menu of QGIS instead, and none stands twice on one page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, Iterator

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from qgis.PyQt.QtWidgets import QAbstractButton, QLabel, QPushButton, QTabBar, QWidget

from gpkeys_plugin.gui.dock import KeysDock
from gpkeys_plugin.gui.lifetime.delete_later import delete_later
from tests.tooling import translations

from ..looks import options_scenes
from ..looks.all_scenes import SCENES, forget_window
from ..scenes import stage

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


@dataclass(frozen=True)
class Shown:
    """A state of a dock that was made in a language."""

    dock: KeysDock
    language: str
    scene: str


# The tests of a state only look at it: it is made once for both.
@pytest.fixture(scope="module", params=list(product(("en", "fr"), SCENES)), ids="-".join)
def shown(request: Any, qgis_app: Any) -> Iterator[Shown]:
    """Show a state in a language."""
    language, scene = request.param
    french = QTranslator()
    assert french.load(str(Path(translations.TS_FILE).with_suffix(".qm")))
    if language == "fr":
        QCoreApplication.installTranslator(french)
    forget_window()
    made = stage()
    made.dock.resize(380, 900)
    made.dock.show()
    SCENES[scene](made)
    yield Shown(made.dock, language, scene)
    made.dock.shut_down()
    made.dock.close()
    delete_later(made.dock)
    QCoreApplication.removeTranslator(french)


@lru_cache
def _titles(language: str) -> tuple[str, ...]:
    """Return the titles of QGIS's menus, as far as this QGIS has them."""
    of_qgis = QTranslator()
    assert of_qgis.load("qgis_fr", QgsApplication.i18nPath())
    translated = {source: of_qgis.translate(context, source) for context, source in _MENUS}
    known = {source: french for source, french in translated.items() if french}
    assert len(known) >= len({source for _, source in _MENUS}) - 1, known
    return tuple(known) if language == "en" else (*known.values(), *_LATER_FRENCH)


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


def test_no_letter_opens_a_menu_of_qgis_or_stands_twice(shown: Shown) -> None:
    letters = _letters(shown.dock)
    # QGIS's options are a dialog: as long as it is open, no letter opens a menu.
    taken = set() if shown.scene in options_scenes.SCENES else {_letter(title) for title in _titles(shown.language)}
    assert [words for letter, words in letters if letter in taken] == []
    twice = {letter for letter, _ in letters if [other for other, _ in letters].count(letter) > 1}
    assert [words for letter, words in letters if letter in twice] == []


def test_the_main_button_has_a_letter(shown: Shown) -> None:
    main = [button for button in shown.dock.findChildren(QPushButton) if button.font().bold() and button.isVisible()]
    assert [button.text() for button in main if button.isEnabled() and not _letter(button.text())] == []
