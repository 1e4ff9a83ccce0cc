"""The help: from QGIS's menu, the panel, the options and each algorithm, in the user's language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QToolButton

from gpkeys_plugin.gui.qgis_places import OptionsFactory
from gpkeys_plugin.jobs.running import help_page
from gpkeys_plugin.plugin import GpkeysPlugin
from tests.gui.fake_set_up import FakePreferences
from tests.gui.start.stand_in import StandIn
from tests.tooling.tree import PLUGIN

HELP = PLUGIN / "resources" / "help"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """Return what is opened in the browser."""
    found: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", found.append)
    return found


def test_qgis_s_menu_has_it_until_the_plugin_is_unloaded(iface: StandIn, opened: list[QUrl]) -> None:
    plugin = GpkeysPlugin(iface)
    plugin.initGui()
    (action,) = iface.help_menu.actions()
    action.trigger()
    assert Path(opened[0].toLocalFile()).is_file()
    plugin.unload()
    assert iface.help_menu.actions() == []


def test_the_options_have_a_button(qtbot: Any, opened: list[QUrl]) -> None:
    page = OptionsFactory(FakePreferences).createWidget()
    qtbot.addWidget(page)
    page.findChild(QToolButton, "optionsHelpButton").click()
    assert Path(opened[0].toLocalFile()).name == "options.html"


def test_each_algorithm_has_its_page_in_each_language(plugin: GpkeysPlugin) -> None:
    provider = QgsApplication.processingRegistry().providerById("gpkeys")
    paths = {made.name(): Path(QUrl(made.helpUrl()).toLocalFile()) for made in provider.algorithms()}
    assert {name: path.stem for name, path in paths.items()} == {name: name for name in paths}
    for language in ("fr", "en"):
        folder = HELP / language / "algorithms"
        assert {path.stem for path in folder.iterdir()} == {*paths, "index"}


@pytest.mark.parametrize(
    ("locale", "language"), [("fr", "fr"), ("fr_BE", "fr"), ("en_US", "en"), ("de", "en"), ("pt_BR", "en")]
)
def test_it_is_in_the_user_s_language(
    qgis_app: Any, monkeypatch: pytest.MonkeyPatch, locale: str, language: str
) -> None:
    monkeypatch.setattr(QgsApplication, "locale", lambda _application: locale)
    assert Path(help_page.help_url("options").toLocalFile()) == HELP / language / "options.html"
