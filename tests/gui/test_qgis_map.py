"""The map window, moved to layers: a real canvas, with QGIS's own bridge that sets it up for the first layer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorTileLayer,
)
from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsMapCanvas
from qgis.PyQt.QtWidgets import QApplication

from gpkeys_plugin.gui.qgis_map import MapView
from gpkeys_plugin.keys.services.connection_plans import Extent
from gpkeys_plugin.keys.services.extents import WORLD
from gpkeys_plugin.store.layer_placement import place_in_project

VALLEY: Extent = (2.871, 45.464, 3.026, 45.573)
REUNION: Extent = (55.2, -21.4, 55.9, -20.8)
_DEGREES = QgsCoordinateReferenceSystem("EPSG:4326")
_TILES = "type=xyz&url=http://127.0.0.1:9/%7Bz%7D/%7Bx%7D/%7By%7D"


@dataclass
class Window:
    """A map and what moves it."""

    canvas: QgsMapCanvas
    view: MapView

    def settle(self) -> None:
        """Let QGIS do what it does a moment later."""
        for _ in range(3):
            QApplication.processEvents()

    def look_at(self, crs: str, extent: Extent) -> None:
        """Set the map as a user does."""
        self.canvas.setDestinationCrs(QgsCoordinateReferenceSystem(crs))
        self.canvas.setExtent(self._there(extent))

    def shown(self) -> QgsRectangle:
        """Return what the map shows, in degrees."""
        back = QgsCoordinateTransform(self._crs(), _DEGREES, QgsProject.instance())
        return back.transformBoundingBox(self.canvas.extent())

    def _there(self, extent: Extent) -> QgsRectangle:
        there = QgsCoordinateTransform(_DEGREES, self._crs(), QgsProject.instance())
        return there.transformBoundingBox(QgsRectangle(*extent))

    def _crs(self) -> QgsCoordinateReferenceSystem:
        return self.canvas.mapSettings().destinationCrs()


@pytest.fixture
def window(qgis_app: Any, qtbot: Any) -> Iterator[Window]:
    QgsProject.instance().clear()
    canvas = QgsMapCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(600, 600)
    canvas.show()

    def follow() -> None:
        """Do as QGIS's main window does."""
        canvas.setDestinationCrs(QgsProject.instance().crs())

    QgsProject.instance().crsChanged.connect(follow)
    bridge = QgsLayerTreeMapCanvasBridge(QgsProject.instance().layerTreeRoot(), canvas)
    yield Window(canvas, MapView(SimpleNamespace(mapCanvas=lambda: canvas)))
    QgsProject.instance().crsChanged.disconnect(follow)
    QgsProject.instance().clear()
    bridge.deleteLater()


def fills(window: Window, extent: Extent) -> bool:
    """Return whether the map shows all of an extent, and little around it."""
    shown, box = window.shown(), QgsRectangle(*extent)
    return bool(shown.contains(box) and (box.width() > 0.5 * shown.width() or box.height() > 0.5 * shown.height()))


@pytest.mark.parametrize("is_vector", [False, True])
def test_the_first_layer_is_moved_to_after_qgis_has_had_its_turn(window: Window, is_vector: bool) -> None:
    tiles = QgsVectorTileLayer(f"{_TILES}.pbf", "t") if is_vector else QgsRasterLayer(f"{_TILES}.png", "t", "wms")
    place_in_project(QgsProject.instance(), [tiles], "Essai")
    window.view.show(VALLEY)
    window.settle()
    assert window.canvas.mapSettings().destinationCrs().authid() == "EPSG:3857"
    assert fills(window, VALLEY)


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:2154", "EPSG:4326", "EPSG:32631"])
def test_the_map_moves_in_its_own_reference_system(window: Window, crs: str) -> None:
    window.look_at(crs, (5.0, 43.0, 5.5, 43.5))
    assert not window.view.shows(VALLEY)
    window.view.show(VALLEY)
    window.settle()
    assert window.canvas.mapSettings().destinationCrs().authid() == crs
    assert fills(window, VALLEY)
    assert window.view.shows(VALLEY)


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:2154", "EPSG:4326"])
def test_the_whole_world_is_shown_as_far_as_the_map_goes(window: Window, crs: str) -> None:
    window.look_at(crs, VALLEY)
    assert window.view.shows(WORLD)
    window.view.show(WORLD)
    window.settle()
    assert window.canvas.extent().isFinite()
    assert window.shown().contains(QgsRectangle(*VALLEY))


def test_a_place_that_a_reference_system_is_not_made_for_leaves_the_map_in_order(window: Window) -> None:
    window.look_at("EPSG:2154", VALLEY)
    assert not window.view.shows(REUNION)
    window.view.show(REUNION)
    window.settle()
    assert window.canvas.extent().isFinite()
    assert not window.canvas.extent().isEmpty()


@pytest.mark.parametrize(
    ("looks_at", "is_shown"),
    [
        (VALLEY, True),
        ((2.94, 45.50, 2.95, 45.51), True),
        ((2.80, 45.42, 3.10, 45.62), True),
        ((3.02, 45.464, 3.175, 45.573), False),
        ((-5.0, 41.0, 10.0, 51.0), False),
        ((4.0, 45.464, 4.2, 45.573), False),
    ],
)
def test_layers_are_in_sight_when_they_cover_a_tenth_of_the_map(
    window: Window, looks_at: Extent, is_shown: bool
) -> None:
    window.look_at("EPSG:3857", looks_at)
    assert window.view.shows(VALLEY) is is_shown


def test_a_map_without_reference_system_is_left_alone(window: Window) -> None:
    window.canvas.setDestinationCrs(QgsCoordinateReferenceSystem())
    before = window.canvas.extent()
    assert window.view.shows(VALLEY)
    window.view.show(VALLEY)
    window.settle()
    assert window.canvas.extent() == before
