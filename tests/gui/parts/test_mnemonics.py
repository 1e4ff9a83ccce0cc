"""Letters with Alt in French: none opens a menu of QGIS instead, and none stands twice on one page.

Those in English are looked at with all else that holds for every state (`tests/gui/test_every_scene.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterator

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from gpkeys_plugin.gui.dock import KeysDock
from gpkeys_plugin.gui.lifetime.delete_later import delete_later
from tests.tooling import translations

from ..looks import options_scenes
from ..looks.all_scenes import SCENES, forget_window
from ..looks.letters import MENUS, letter, main_buttons_without, taken
from ..scenes import stage

# What QGIS 3.44 has for "&Database", at home in another context than in 3.22.
_LATER_FRENCH = ("Base de &données",)


@dataclass(frozen=True)
class Shown:
    """A state of a dock that was made in French."""

    dock: KeysDock
    scene: str


# The tests of a state only look at it: it is made once for both.
@pytest.fixture(scope="module", params=list(SCENES))
def shown(request: Any, qgis_app: Any) -> Iterator[Shown]:
    """Show a state in French."""
    french = QTranslator()
    assert french.load(str(Path(translations.TS_FILE).with_suffix(".qm")))
    QCoreApplication.installTranslator(french)
    forget_window()
    made = stage()
    made.dock.resize(380, 900)
    made.dock.show()
    SCENES[request.param](made)
    yield Shown(made.dock, request.param)
    made.dock.shut_down()
    made.dock.close()
    delete_later(made.dock)
    QCoreApplication.removeTranslator(french)


@lru_cache
def _titles() -> tuple[str, ...]:
    """Return the titles of QGIS's menus in French, as far as this QGIS has them."""
    of_qgis = QTranslator()
    assert of_qgis.load("qgis_fr", QgsApplication.i18nPath())
    translated = {source: of_qgis.translate(context, source) for context, source in MENUS}
    known = {source: french for source, french in translated.items() if french}
    assert len(known) >= len({source for _, source in MENUS}) - 1, known
    return (*known.values(), *_LATER_FRENCH)


def test_no_letter_opens_a_menu_of_qgis_or_stands_twice(shown: Shown) -> None:
    # QGIS's options are a dialog: as long as it is open, no letter opens a menu.
    menus = set() if shown.scene in options_scenes.SCENES else {letter(title) for title in _titles()}
    assert taken(shown.dock, menus) == []


def test_the_main_button_has_a_letter(shown: Shown) -> None:
    assert main_buttons_without(shown.dock) == []
