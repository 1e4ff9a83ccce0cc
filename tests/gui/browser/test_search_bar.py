"""QGIS's search bar finds layers and keys that QGIS holds, and adds what is chosen."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsLocatorContext, QgsLocatorResult, QgsProject, QgsSettings

from gpkeys_plugin.jobs.browser import connected_keys
from gpkeys_plugin.plugin import GpkeysPlugin
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.records import installed_keys
from tests.gui.browser import keys_in_qgis
from tests.gui.start.stand_in import StandIn


class SearchBar:
    """QGIS's own locator, as its search bar uses it."""

    def __init__(self, iface: StandIn, qtbot: QtBot) -> None:
        self.iface, self._qtbot = iface, qtbot
        self.found: list[QgsLocatorResult] = []
        # The one that the signal brings is gone after it.
        iface.locator.foundResult.connect(lambda result: self.found.append(QgsLocatorResult(result)))

    def search(self, text: str) -> list[str]:
        """Type a text; return what is found, in the order found."""
        self.found.clear()
        with self._qtbot.waitSignal(self.iface.locator.finished, timeout=20_000):
            self.iface.locator.fetchResults(text, QgsLocatorContext())
        return [result.displayString for result in self.found]

    def choose(self, title: str) -> None:
        """Press Enter on what was found."""
        result = next(result for result in self.found if result.displayString == title)
        result.filter.triggerResult(result)


@pytest.fixture
def bar(iface: StandIn, plugin: GpkeysPlugin, qtbot: QtBot) -> SearchBar:
    """Return the search bar of a QGIS that holds two keys, with the plugin."""
    keys_in_qgis.hold_two()
    return SearchBar(iface, qtbot)


def test_a_layer_is_found_by_words_of_its_title_or_name(bar: SearchBar) -> None:
    assert bar.search("geo scan 25") == ["SCAN 25"]
    assert bar.found[0].description == "Terrain 2 – WMS raster"
    assert bar.search("geo AUTRE") == ["Tuiles autre"]
    assert bar.search("geo scan 26") == []


def test_a_key_is_found_by_its_name(bar: SearchBar) -> None:
    assert bar.search("geo terrain") == ["Terrain 2", "Terrain 10"]
    assert bar.found[0].description == "HASH key, 4 layers"


def test_the_kind_stands_behind_a_name_that_two_layers_of_a_key_share(
    iface: StandIn, plugin: GpkeysPlugin, qtbot: QtBot
) -> None:
    recipes = [*keys_in_qgis.wms("Double", {"scan": "SCAN 25"}, "k"), keys_in_qgis.tiles("Double", "scan", "png", "k")]
    keys_in_qgis.hold("k", "Double", [replace(recipe, title="SCAN 25") for recipe in recipes])
    keys_in_qgis.hold_two()
    bar = SearchBar(iface, qtbot)
    assert sorted(bar.search("geo scan 25")) == ["SCAN 25", "SCAN 25 (WMS)", "SCAN 25 (XYZ tiles)"]
    bar.choose("SCAN 25 (XYZ tiles)")
    qtbot.waitUntil(lambda: len(QgsProject.instance().mapLayers()) == 1, timeout=20_000)
    assert [layer.name() for layer in QgsProject.instance().mapLayers().values()] == ["SCAN 25"]


def test_without_the_prefix_three_letters_are_wanted(bar: SearchBar) -> None:
    assert bar.search("sc") == []
    assert bar.search("sca") == ["SCAN 25"]


def test_the_layer_chosen_is_on_the_map(bar: SearchBar, qtbot: QtBot) -> None:
    bar.search("geo fond")
    bar.choose("Tuiles fond")
    qtbot.waitUntil(lambda: len(QgsProject.instance().mapLayers()) == 1, timeout=20_000)
    assert [layer.name() for layer in QgsProject.instance().mapLayers().values()] == ["Tuiles fond"]


def test_the_layers_of_the_key_chosen_are_on_the_map(bar: SearchBar, qtbot: QtBot) -> None:
    bar.search("geo terrain 10")
    bar.choose("Terrain 10")
    qtbot.waitUntil(lambda: len(QgsProject.instance().mapLayers()) == 1, timeout=20_000)
    assert QgsProject.instance().layerTreeRoot().findGroup("Terrain 10") is not None


def test_only_what_this_qgis_can_open_is_found(bar: SearchBar, qtbot: QtBot) -> None:
    bar.search("geo fond")
    (held,) = [key for key in installed_keys.installed(keys_in_qgis.API) if key.key_id == "k2"]
    for connection in held.connections:
        connections.clear(connection, QgsSettings())
    bar.choose("Tuiles fond")
    qtbot.waitUntil(lambda: bool(bar.iface.bar.items()), timeout=20_000)
    assert "no longer in QGIS" in bar.iface.bar.items()[0].text()
    assert bar.search("geo fond") == []
    assert bar.search("geo terrain") == ["Terrain 10"]


def test_it_searches_on_a_worker(bar: SearchBar, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[bool] = []
    real = connected_keys.connected_keys

    def watched() -> object:
        threads.append(threading.current_thread() is threading.main_thread())
        return real()

    monkeypatch.setattr(connected_keys, "connected_keys", watched)
    bar.search("geo scan")
    assert threads == [False]


def test_unloaded_it_is_gone_and_loaded_again_it_finds_once(iface: StandIn, qtbot: QtBot) -> None:
    keys_in_qgis.hold_two()
    for _ in range(3):
        plugin = GpkeysPlugin(iface)
        plugin.initGui()
        assert SearchBar(iface, qtbot).search("geo scan") == ["SCAN 25"]
        plugin.unload()
        assert [found for found in iface.locator.filters() if found.name() == "gpkeys"] == []
