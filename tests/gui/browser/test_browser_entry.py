"""The entry in QGIS's Browser panel: keys, services and layers, dragged, added, and gone with the plugin."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import (
    QgsBrowserProxyModel,
    QgsDataItem,
    QgsMimeDataUtils,
    QgsProject,
    QgsRasterLayer,
    QgsSettings,
    QgsVectorTileLayer,
)
from qgis.gui import QgsDataItemGuiContext, QgsGui
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget, QMenu

from gpkeys_plugin.gui.parts.secret_copy import SecretCopy
from gpkeys_plugin.jobs.window.browser_jobs import BrowserJobs
from gpkeys_plugin.plugin import GpkeysPlugin
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.records import installed_keys, opened_downloads
from tests.gui.browser import keys_in_qgis
from tests.gui.start.stand_in import StandIn


class Browser:
    """QGIS's own model of the Browser, sorted and walked as the panel does."""

    def __init__(self, iface: StandIn, qtbot: QtBot) -> None:
        self.iface, self.model, self._qtbot = iface, QgsBrowserProxyModel(), qtbot
        self.model.setBrowserModel(iface.browser)

    def root(self) -> QModelIndex | None:
        """Return the entry, None where there is none."""
        places = (self.model.index(row, 0) for row in range(self.model.rowCount()))
        return next((place for place in places if self.item(place).path() == "geoplateforme:"), None)

    def item(self, index: QModelIndex) -> QgsDataItem:
        """Return what an index shows."""
        return self.model.dataItem(index)

    def opened(self, index: QModelIndex) -> list[QModelIndex]:
        """Open an item; return what is below it once it is there."""
        if self.model.canFetchMore(index):
            self.model.fetchMore(index)
        populated = QgsDataItem.State.Populated
        self._qtbot.waitUntil(lambda: self.item(index).state() == populated, timeout=20_000)
        return [self.model.index(row, 0, index) for row in range(self.model.rowCount(index))]

    def names(self, places: list[QModelIndex]) -> list[str]:
        """Return the names of items."""
        return [str(self.model.data(place, Qt.ItemDataRole.DisplayRole)) for place in places]

    def below(self, *names: str) -> QModelIndex:
        """Return the item of a path of names below the entry."""
        found = self.root()
        assert found is not None
        for name in names:
            inside = self.opened(found)
            found = inside[self.names(inside).index(name)]
        return found

    def menu(self, *items: QModelIndex) -> QMenu:
        """Return the menu of items, as all of QGIS's and ours fill it."""
        menu, chosen = QMenu(self.iface.window), [self.item(index) for index in items]
        for provider in QgsGui.dataItemGuiProviderRegistry().providers():
            if provider.name() == "gpkeys":
                provider.populateContextMenu(chosen[0], menu, chosen, QgsDataItemGuiContext())
        return menu

    def entry(self, action: str, *items: QModelIndex) -> QAction:
        """Return an action of the menu of items."""
        found = self.menu(*items).findChild(QAction, f"gpkeysBrowser{action}Action")
        assert found is not None
        return found


@pytest.fixture
def held(iface: StandIn) -> None:
    """Have QGIS hold two keys."""
    keys_in_qgis.hold_two()


@pytest.fixture
def browser(held: None, iface: StandIn, plugin: GpkeysPlugin, qtbot: QtBot) -> Browser:
    """Return the Browser of a QGIS that holds two keys, with the plugin."""
    return Browser(iface, qtbot)


def test_keys_services_and_layers_show_without_anybody_signed_in(browser: Browser) -> None:
    root = browser.root()
    assert root is not None
    assert browser.names([root]) == ["Géoplateforme (private)"]
    assert browser.names(browser.opened(root)) == ["Terrain 2", "Terrain 10"]
    assert browser.names(browser.opened(browser.below("Terrain 2"))) == ["WMS raster", "Tuiles fond", "Tuiles plan"]
    assert browser.names(browser.opened(browser.below("Terrain 2", "WMS raster"))) == ["Ortho 2023", "SCAN 25"]
    assert browser.iface.window.findChild(QDockWidget, "GpkeysDock") is None


def test_every_item_has_an_icon_of_its_kind(browser: Browser) -> None:
    ways = [(), ("Terrain 2",), ("Terrain 2", "WMS raster"), ("Terrain 2", "Tuiles plan"), ("Terrain 2", "Tuiles fond")]
    pictures = []
    for way in ways:
        icon = browser.model.data(browser.below(*way), Qt.ItemDataRole.DecorationRole)
        assert not icon.isNull()
        pictures.append(icon.pixmap(16).toImage())
    assert all(one != other for place, one in enumerate(pictures) for other in pictures[place + 1 :])


def test_layers_are_dragged_as_qgis_takes_them(browser: Browser) -> None:
    ways = [("Terrain 2", "WMS raster", "SCAN 25"), ("Terrain 2", "Tuiles plan"), ("Terrain 2", "Tuiles fond")]
    items = [browser.below(*way) for way in ways]
    assert all(browser.model.flags(item) & Qt.ItemFlag.ItemIsDragEnabled for item in items)
    data = browser.model.mimeData(items)
    assert QgsMimeDataUtils.isUriList(data)
    uris = {uri.name: uri for uri in QgsMimeDataUtils.decodeUriList(data)}
    kinds = {name: (uri.layerType, uri.providerKey) for name, uri in uris.items()}
    assert kinds == {
        "SCAN 25": ("raster", "wms"),
        "Tuiles plan": ("vector-tile", ""),
        "Tuiles fond": ("raster", "wms"),
    }
    assert "layers=scan" in uris["SCAN 25"].uri
    assert QgsRasterLayer(uris["Tuiles fond"].uri, "fond", "wms").isValid()
    assert QgsVectorTileLayer(uris["Tuiles plan"].uri, "plan").isValid()


def test_a_key_is_dragged_with_all_its_layers(browser: Browser) -> None:
    key = browser.below("Terrain 2")
    assert browser.model.flags(key) & Qt.ItemFlag.ItemIsDragEnabled
    names = [uri.name for uri in QgsMimeDataUtils.decodeUriList(browser.model.mimeData([key]))]
    assert names == ["Ortho 2023", "SCAN 25", "Tuiles fond", "Tuiles plan"]


def test_a_layer_is_added_from_its_menu(browser: Browser, qtbot: QtBot) -> None:
    browser.entry("Add", browser.below("Terrain 2", "Tuiles fond"), browser.below("Terrain 2", "Tuiles plan")).trigger()
    qtbot.waitUntil(lambda: len(QgsProject.instance().mapLayers()) == 2, timeout=20_000)
    assert QgsProject.instance().layerTreeRoot().findGroup("Terrain 2") is not None
    qtbot.waitUntil(lambda: bool(browser.iface.bar.items()), timeout=20_000)
    assert "2 layers added" in browser.iface.bar.items()[0].text()


def test_a_double_click_adds_a_layer_and_leaves_a_key_to_qgis(browser: Browser, qtbot: QtBot) -> None:
    provider = next(one for one in QgsGui.dataItemGuiProviderRegistry().providers() if one.name() == "gpkeys")
    key, layer = browser.item(browser.below("Terrain 10")), browser.item(browser.below("Terrain 10", "Tuiles autre"))
    assert not provider.handleDoubleClick(key, QgsDataItemGuiContext())
    assert provider.handleDoubleClick(layer, QgsDataItemGuiContext())
    qtbot.waitUntil(lambda: len(QgsProject.instance().mapLayers()) == 1, timeout=20_000)


def test_the_url_is_copied_without_the_hash(browser: Browser) -> None:
    browser.entry("CopyUrl", browser.below("Terrain 2", "WMS raster")).trigger()
    copied = QApplication.clipboard().text()
    assert copied == f"{keys_in_qgis.ROOT}/wms-r?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities"


def test_commands_are_copied_and_the_secret_only_where_it_is_asked_for(browser: Browser, qtbot: QtBot) -> None:
    service, clipboard = browser.below("Terrain 2", "WMS raster"), QApplication.clipboard()
    for name, start in (("CopyCurl", "curl "), ("CopyGdal", "gdalinfo ")):
        browser.entry(name, service).trigger()
        assert clipboard.text().startswith(start)
        assert keys_in_qgis.HASH not in clipboard.text()
    for name in ("CopyUrlWithSecret", "CopyGdalWithSecret"):
        clipboard.setText("before")
        browser.entry(name, service).trigger()
        qtbot.waitUntil(lambda: clipboard.text() != "before", timeout=20_000)
        assert keys_in_qgis.HASH in clipboard.text()
        assert all(keys_in_qgis.HASH not in item.text() for item in browser.iface.bar.items())
    copied = browser.iface.bar.findChild(SecretCopy)
    assert copied is not None
    copied.clear()
    assert clipboard.text() == ""


def test_a_key_is_opened_in_the_panel(browser: Browser, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted: list[str] = []
    show = "gpkeys_plugin.gui.dock.KeysDock.show_key"
    monkeypatch.setattr(show, lambda _dock, key_id, _download, **_how: wanted.append(key_id))
    browser.entry("OpenKey", browser.below("Terrain 2", "WMS raster")).trigger()
    qtbot.waitUntil(lambda: wanted == ["k2"], timeout=20_000)
    assert browser.iface.window.findChild(QDockWidget, "GpkeysDock") is not None


def test_what_a_key_has_to_download_opens_in_the_panel(
    browser: Browser, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_downloads.learn(keys_in_qgis.API, {"k10": {"o-scan": "rochebrune.scan.fichiers"}, "gone": {"o": "a"}})
    wanted: list[tuple[str, str]] = []
    show = "gpkeys_plugin.gui.dock.KeysDock.show_key"
    monkeypatch.setattr(show, lambda _dock, key_id, offering_id, **_how: wanted.append((key_id, offering_id)))
    place = browser.below("Terrain 10", "Download: rochebrune.scan.fichiers")
    provider = next(one for one in QgsGui.dataItemGuiProviderRegistry().providers() if one.name() == "gpkeys")
    assert provider.handleDoubleClick(browser.item(place), QgsDataItemGuiContext())
    qtbot.waitUntil(lambda: wanted == [("k10", "o-scan")], timeout=20_000)
    browser.entry("Download", place).trigger()
    qtbot.waitUntil(lambda: len(wanted) == 2, timeout=20_000)
    assert list(opened_downloads.known(keys_in_qgis.API)) == ["k10"]


def test_what_does_not_open_is_said(browser: Browser, qtbot: QtBot) -> None:
    """Nobody listens at the address."""
    browser.entry("Test", browser.below("Terrain 10", "Tuiles autre")).trigger()
    qtbot.waitUntil(lambda: bool(browser.iface.bar.items()), timeout=60_000)
    assert "Tuiles autre" in browser.iface.bar.items()[0].text()
    assert keys_in_qgis.HASH not in browser.iface.bar.items()[0].text()


def test_where_a_password_is_needed_it_is_asked_for_first(
    browser: Browser, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Declined, nothing is asked of anybody."""
    asked: list[bool] = []
    place = "gpkeys_plugin.jobs.window.browser_jobs.master_password"
    monkeypatch.setattr(f"{place}.is_unlocked", lambda: False)

    def decline() -> bool:
        asked.append(True)
        return False

    monkeypatch.setattr(f"{place}.unlock", decline)
    (held,) = [key for key in installed_keys.installed(keys_in_qgis.API) if key.key_id == "k10"]
    connections.set_authcfg(held.connections[0], "abc1234")
    started: list[Any] = []
    real = BrowserJobs.add_to_map
    monkeypatch.setattr(BrowserJobs, "add_to_map", lambda *given: started.append(real(*given)))
    browser.entry("Add", browser.below("Terrain 10", "Tuiles autre")).trigger()
    qtbot.waitUntil(lambda: bool(started), timeout=20_000)
    assert (started, asked) == ([None], [True])


def test_a_connection_that_was_removed_by_hand_is_gone_at_the_next_look(browser: Browser) -> None:
    assert browser.names(browser.opened(browser.below("Terrain 2")))[0] == "WMS raster"
    (held,) = [key for key in installed_keys.installed(keys_in_qgis.API) if key.key_id == "k2"]
    connections.clear(held.connections[0], QgsSettings())
    browser.iface.browser.refresh("geoplateforme:")
    assert "WMS raster" not in browser.names(browser.opened(browser.below("Terrain 2")))


def test_without_a_key_it_says_so(iface: StandIn, plugin: GpkeysPlugin, qtbot: QtBot) -> None:
    browser = Browser(iface, qtbot)
    (hint,) = browser.opened(browser.below())
    assert browser.names([hint]) == ["No key is connected to this QGIS yet."]
    # QGIS draws a red cross before what it takes for an error.
    assert browser.item(hint).type() == QgsDataItem.Type.Custom
    assert not browser.model.data(hint, Qt.ItemDataRole.DecorationRole).isNull()


def test_the_entry_opens_the_panel_and_reads_its_keys_anew(iface: StandIn, plugin: GpkeysPlugin, qtbot: QtBot) -> None:
    browser = Browser(iface, qtbot)
    browser.opened(browser.below())
    keys_in_qgis.hold_two()
    assert [action.text() for action in browser.menu(browser.below()).actions()] == ["Open the panel", "Refresh"]
    browser.entry("Refresh", browser.below()).trigger()
    qtbot.waitUntil(lambda: "Terrain 2" in browser.names(browser.opened(browser.below())), timeout=20_000)
    assert iface.window.findChild(QDockWidget, "GpkeysDock") is None
    browser.entry("OpenPanel", browser.below()).trigger()
    qtbot.waitUntil(lambda: iface.window.findChild(QDockWidget, "GpkeysDock") is not None, timeout=20_000)


def test_layers_that_nobody_noted_are_read_by_qgis_or_from_the_connection(
    iface: StandIn, plugin: GpkeysPlugin, qtbot: QtBot
) -> None:
    recipes = [*keys_in_qgis.wms("Ancienne", {"scan": "SCAN"}, "k"), keys_in_qgis.tiles("Ancienne", "fond", "png", "k")]
    keys_in_qgis.hold("k", "Ancienne", recipes, are_noted=False)
    browser = Browser(iface, qtbot)
    inside = browser.opened(browser.below("Ancienne"))
    assert sorted(browser.names(inside)) == ["WMS raster", "fond"]
    service = browser.item(browser.below("Ancienne", "WMS raster"))
    assert service.path() == "wms:/Ancienne – WMS raster"


def test_unloaded_it_is_gone_and_loaded_again_it_is_there_once(held: None, iface: StandIn, qtbot: QtBot) -> None:
    browser = Browser(iface, qtbot)
    for _ in range(3):
        plugin = GpkeysPlugin(iface)
        plugin.initGui()
        assert browser.names(browser.opened(browser.below("Terrain 2", "WMS raster"))) == ["Ortho 2023", "SCAN 25"]
        plugin.unload()
        assert browser.root() is None
        assert [p for p in QgsGui.dataItemGuiProviderRegistry().providers() if p.name() == "gpkeys"] == []
