"""QGIS's menu of plugins has the panel, its options and its help."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QTranslator, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QDockWidget

from gpkeys_plugin.gui.options_page import OptionsPage
from gpkeys_plugin.plugin import GpkeysPlugin
from tests.gui.start.stand_in import StandIn
from tests.tooling import translations


def letters(iface: StandIn) -> list[str]:
    """Return the letters that choose an entry of the menu."""
    texts = [action.text() for _, action in iface.plugin_menu]
    return [text[text.index("&") + 1].upper() for text in texts if "&" in text]


def test_it_opens_the_panel_the_options_and_the_help(
    iface: StandIn, plugin: GpkeysPlugin, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    assert {name for name, _ in iface.plugin_menu} == {"Géoplateforme access keys"}
    panel, options, help_ = (action for _, action in iface.plugin_menu)
    panel.trigger()
    qtbot.waitUntil(lambda: iface.window.findChild(QDockWidget, "GpkeysDock") is not None)
    help_.trigger()
    assert Path(opened[0].toLocalFile()).is_file()
    options.trigger()
    page = iface.factories[0].createWidget(iface.window)
    assert isinstance(page, OptionsPage)
    assert iface.options_asked == [page.objectName()]


@pytest.mark.parametrize("is_french", [True, False])
def test_each_entry_has_a_letter_of_its_own(iface: StandIn, is_french: bool) -> None:
    french = QTranslator()
    assert french.load(str(Path(translations.TS_FILE).with_suffix(".qm")))
    if is_french:
        QCoreApplication.installTranslator(french)
    plugin = GpkeysPlugin(iface)
    plugin.initGui()
    QCoreApplication.removeTranslator(french)
    assert len(set(letters(iface))) == 3
    # QGIS chooses the letters of the menus beside it.
    assert "&" not in iface.plugin_menu[0][0]
    plugin.unload()
    assert iface.plugin_menu == []
