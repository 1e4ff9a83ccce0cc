"""The help: from QGIS's menu, the panel, the options and each algorithm, in the user's language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QToolButton

from gpkeys_plugin.jobs.running import help_page
from gpkeys_plugin.plugin import GpkeysPlugin
from tests.gui.scenes import Stage, stage
from tests.gui.start.stand_in import StandIn

_LANGUAGES = ("fr", "en")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """Return what is opened in the browser."""
    found: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", found.append)
    return found


@pytest.fixture
def one(qtbot: Any, qgis_app: Any) -> Stage:
    """Return a dock."""
    made = stage()
    qtbot.addWidget(made.dock)
    return made


def parts(language: str) -> set[str]:
    """Return the ids in the help of a language."""
    page = Path(help_page.help_url().toLocalFile()).with_name(f"help.{language}.html")
    return set(re.findall(r'id="(\w+)"', page.read_text("utf-8")))


def test_qgis_s_menu_has_it_until_the_plugin_is_unloaded(iface: StandIn, opened: list[QUrl]) -> None:
    plugin = GpkeysPlugin(iface)
    plugin.initGui()
    (action,) = iface.help_menu.actions()
    action.trigger()
    assert Path(opened[0].toLocalFile()).is_file()
    plugin.unload()
    assert iface.help_menu.actions() == []


def test_the_panel_has_a_button(one: Stage, opened: list[QUrl]) -> None:
    one.dock.findChild(QToolButton, "dockHelpButton").click()
    assert opened[0].fragment() == "panel"
    assert Path(opened[0].toLocalFile()).is_file()


def test_each_algorithm_has_its_part_in_each_language(plugin: GpkeysPlugin) -> None:
    provider = QgsApplication.processingRegistry().providerById("gpkeys")
    urls = {made.name(): QUrl(made.helpUrl()) for made in provider.algorithms()}
    assert all(Path(url.toLocalFile()).is_file() for url in urls.values())
    assert {name: url.fragment() for name, url in urls.items()} == {name: name for name in urls}
    for language in _LANGUAGES:
        assert set(urls) | {"panel", "options"} <= parts(language)


@pytest.mark.parametrize(("locale", "language"), [("fr", "fr"), ("fr_BE", "fr"), ("en_US", "en"), ("de", "en")])
def test_it_is_in_the_user_s_language(
    qgis_app: Any, monkeypatch: pytest.MonkeyPatch, locale: str, language: str
) -> None:
    monkeypatch.setattr(QgsApplication, "locale", lambda _application: locale)
    assert help_page.help_url("options").toLocalFile().endswith(f"/resources/help/help.{language}.html")


def test_both_languages_tell_of_the_same() -> None:
    assert parts("fr") == parts("en")
