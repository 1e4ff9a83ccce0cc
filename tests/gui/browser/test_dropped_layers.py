"""Layers of keys dropped on QGIS's window, or clicked twice, are added as from the panel."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsDataItem, QgsMimeDataUtils, QgsProject
from qgis.gui import QgsDataItemGuiContext, QgsGui
from qgis.PyQt.QtCore import QMimeData

from gpkeys_plugin.jobs.window.browser_jobs import BrowserJobs
from gpkeys_plugin.plugin import GpkeysPlugin
from gpkeys_plugin.store.records import known_layers
from tests.gui.browser import keys_in_qgis
from tests.gui.browser.test_browser_entry import Browser
from tests.gui.start.stand_in import StandIn

VALLEY = (2.871, 45.464, 3.026, 45.573)


@pytest.fixture
def browser(iface: StandIn, plugin: GpkeysPlugin, qtbot: QtBot) -> Browser:
    """Return the Browser of a QGIS that holds two keys, one with tiles of a valley."""
    iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    keys_in_qgis.hold_two()
    recipe = keys_in_qgis.tiles("Terrain 10", "autre", "png", "k10")
    known_layers.remember([replace(recipe, extent=VALLEY)])
    return Browser(iface, qtbot)


def dropped(iface: StandIn, data: QMimeData) -> bool:
    """Drop on QGIS's window; return whether it was taken."""
    (handler,) = iface.drop_handlers
    return handler.handleMimeDataV2(data)


def on_the_map(qtbot: QtBot, count: int) -> set[str]:
    """Wait for layers; return their names."""
    qtbot.waitUntil(lambda: len(QgsProject.instance().mapLayers()) == count, timeout=20_000)
    return {layer.name() for layer in QgsProject.instance().mapLayers().values()}


def shows_the_valley(iface: StandIn) -> bool:
    """Return whether the map was moved to the tiles."""
    seen, degrees = iface.canvas.mapSettings(), QgsCoordinateReferenceSystem("EPSG:4326")
    box = QgsCoordinateTransform(seen.destinationCrs(), degrees, QgsProject.instance()).transform(seen.extent())
    return bool(abs(box.center().x() - 2.95) < 0.01 and abs(box.center().y() - 45.52) < 0.01)


def test_a_layer_is_none_of_those_that_qgis_adds_itself(browser: Browser) -> None:
    """QGIS asks its own provider first what a double click does: that adds whatever is of its kind Layer."""
    for way in (("Terrain 10", "Tuiles autre"), ("Terrain 2", "WMS raster", "SCAN 25")):
        assert browser.item(browser.below(*way)).type() == QgsDataItem.Type.Custom


def test_a_double_click_moves_the_map_to_the_tiles(browser: Browser, qtbot: QtBot) -> None:
    item = browser.item(browser.below("Terrain 10", "Tuiles autre"))
    providers = QgsGui.dataItemGuiProviderRegistry().providers()
    assert any(provider.handleDoubleClick(item, QgsDataItemGuiContext()) for provider in providers)
    assert on_the_map(qtbot, 1) == {"Tuiles autre"}
    qtbot.waitUntil(lambda: shows_the_valley(browser.iface), timeout=20_000)


def test_a_layer_that_is_dropped_is_added_as_from_the_panel(browser: Browser, qtbot: QtBot) -> None:
    assert dropped(browser.iface, browser.model.mimeData([browser.below("Terrain 10", "Tuiles autre")]))
    assert on_the_map(qtbot, 1) == {"Tuiles autre"}
    assert QgsProject.instance().layerTreeRoot().findGroup("Terrain 10") is not None
    qtbot.waitUntil(lambda: shows_the_valley(browser.iface), timeout=20_000)


def test_layers_of_two_keys_go_into_the_groups_of_both(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    asked: dict[str, list[str]] = {}
    monkeypatch.setattr(
        BrowserJobs,
        "add_to_map",
        lambda _jobs, recipes, key_name, _on_done: asked.update({key_name: [recipe.title for recipe in recipes]}),
    )
    ways = [("Terrain 2", "WMS raster"), ("Terrain 2", "Tuiles plan"), ("Terrain 10", "Tuiles autre")]
    assert dropped(browser.iface, browser.model.mimeData([browser.below(*way) for way in ways]))
    qtbot.waitUntil(lambda: len(asked) == 2, timeout=20_000)
    assert asked == {"Terrain 2": ["Ortho 2023", "SCAN 25", "Tuiles plan"], "Terrain 10": ["Tuiles autre"]}


def test_what_else_is_dropped_is_left_to_qgis(browser: Browser) -> None:
    """All of it: QGIS takes a drop as a whole, or not."""
    own = QgsMimeDataUtils.decodeUriList(browser.model.mimeData([browser.below("Terrain 10", "Tuiles autre")]))
    other = QgsMimeDataUtils.Uri()
    other.layerType, other.providerKey, other.name, other.uri = "raster", "wms", "OSM", "type=xyz&url=https://osm.org"
    file = QgsMimeDataUtils.Uri()
    file.layerType, file.providerKey, file.name, file.uri = "vector", "ogr", "a", "/donnees/a.gpkg"
    for uris in ([other], [file], [*own, other], [*own, file]):
        assert not dropped(browser.iface, QgsMimeDataUtils.encodeUriList(uris))
    assert not dropped(browser.iface, QMimeData())


def test_unloaded_it_takes_nothing_any_more(iface: StandIn) -> None:
    plugin = GpkeysPlugin(iface)
    plugin.initGui()
    plugin.unload()
    assert iface.drop_handlers == []
