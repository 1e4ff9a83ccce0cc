"""The panel's help button opens the page of the screen that shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices

from gpkeys_plugin.gui.dock_tabs import Tab, help_page
from tests.gui.looks.all_scenes import SCENES
from tests.gui.scenes import Stage
from tests.tooling.tree import PLUGIN

from .picture_scenes import OWN_SCENES
from .pictures import PICTURES

_HELP = PLUGIN / "resources" / "help"
# What shows while something runs has the page of what it began from.
_SCREENS = {
    "signed_out": "sign_in",
    "waiting": "sign_in",
    "loading": "services",
    "load_failed": "services",
    "no_permission": "services",
    "step_1": "services",
    "step_2_hash": "security",
    "result": "result",
    "result_added": "result",
    "keys": "my_keys",
    "keys_empty": "my_keys",
    "key_hash": "key",
    "key_usage": "key",
    "edit_services": "edit",
    "edit_filters": "edit",
    "edit_stopped": "edit",
    "test_running": "troubleshooting",
    "test_done": "troubleshooting",
    "connect_hash": "connect",
    "rotate_basic": "change_secret",
    "rotated": "change_secret",
    "delete": "delete",
    "downloads": "downloads",
    "downloads_under_way": "downloads",
    "downloads_done": "downloads",
    "permissions": "permissions",
    "repair": "repair_project",
    "repair_signed_out": "repair_project",
    "repair_mending": "repair_project",
    "files": "repair_files",
    "files_found": "repair_files",
    "share": "share",
    "share_made": "share",
}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """Return what is opened in the browser."""
    found: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", found.append)
    return found


@pytest.mark.parametrize(("scene", "page"), _SCREENS.items())
def test_each_screen_opens_its_own_page(one: Stage, opened: list[QUrl], scene: str, page: str) -> None:
    SCENES[scene](one)
    one.click("dockHelpButton")
    path = Path(opened[-1].toLocalFile())
    assert path.stem == page
    assert path.is_file()


@pytest.mark.parametrize("tab", Tab)
def test_each_tab_has_a_page_for_what_has_none_of_its_own(tab: Tab) -> None:
    assert (_HELP / "en" / f"{help_page(None, tab)}.html").is_file()


def test_pictures_are_of_states_that_there_are() -> None:
    assert {picture.scene for picture in PICTURES.values()} - {""} <= {*SCENES, *OWN_SCENES}


def test_the_pictures_of_the_help_are_those_that_are_taken() -> None:
    for language in ("fr", "en"):
        assert {path.stem for path in (_HELP / language / "pictures").iterdir()} == set(PICTURES)
