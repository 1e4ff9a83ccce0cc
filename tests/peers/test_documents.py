"""What MapServer and MapProxy say of themselves, as they write it, in the plugin's readers."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from gpkeys_plugin.keys.services.connection_plans import Extent, TileRange
from gpkeys_plugin.store.services.capabilities import ServiceLayer, read_layers
from gpkeys_plugin.store.services.tile_descriptions import TileDescription, describe_tiles
from tests.peers.mapproxy import STANDARD_TMS
from tests.simulator.dataset import made_up_layers

_ORTHO = "rochebrune.ortho_vallee_2023"
_SQUARE = (-180, -85.0511, 180, 85.0511)
_SCAN = "rochebrune.scan25.touristique"


def layers_of(url: str) -> dict[str, ServiceLayer]:
    """Ask a service for its capabilities and read them."""
    layers = read_layers(requests.get(url, timeout=30).content)
    assert layers is not None
    return {layer.name: layer for layer in layers}


def tiles_of(url: str) -> TileDescription:
    """Ask for the description of tiles and read it."""
    described = describe_tiles(requests.get(url, timeout=30).content)
    assert described is not None
    return described


def is_around_the_data(extent: Extent | None) -> bool:
    """Whether an extent is that of the data, to a hundred metres."""
    return extent == pytest.approx(made_up_layers.EXTENT_LONLAT, abs=0.001)


@pytest.mark.parametrize("version", ["1.3.0", "1.1.1"])
def test_the_wms_of_mapserver_is_read(peers_url: str, version: str) -> None:
    layers = layers_of(f"{peers_url}/wms?SERVICE=WMS&VERSION={version}&REQUEST=GetCapabilities")

    assert {_ORTHO, "rochebrune.scan25.estompage", "rochebrune.limites_communales"} <= set(layers)
    assert not any("zonage" in name for name in layers)
    ortho = layers[_ORTHO]
    assert ortho.title == "Orthophotographie de vallée 2023"
    assert {"EPSG:2154", "EPSG:3857", "EPSG:4326", "CRS:84"} <= set(ortho.crs)
    assert ortho.formats[:2] == ("image/png", "image/jpeg")
    assert is_around_the_data(ortho.extent)


def test_the_wfs_of_mapserver_is_read(peers_url: str) -> None:
    layers = layers_of(f"{peers_url}/wfs?SERVICE=WFS&VERSION=2.0.0&REQUEST=GetCapabilities")

    assert set(layers) == set(made_up_layers.layer("rochebrune.plu_2026").feature_types)
    zones = layers["rochebrune.plu_2026:zonage"]
    assert zones.title == "Plan local d'urbanisme 2026 : zonage"
    assert zones.crs == ("EPSG:2154", "EPSG:4326")
    assert is_around_the_data(zones.extent)


def test_the_wmts_of_mapproxy_is_read(peers_url: str) -> None:
    layers = layers_of(f"{peers_url}/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities")

    scan = layers[_SCAN]
    assert scan.title == "SCAN 25 touristique de Rochebrune"
    assert (scan.formats, scan.styles) == (("image/png",), ("default",))
    assert {known.name: known.crs for known in scan.tile_matrix_sets} == {"lambert": "EPSG:2154", "carte": "EPSG:3857"}
    assert set(scan.crs) == {"EPSG:2154", "EPSG:3857"}
    assert is_around_the_data(scan.extent)


def test_the_tms_of_mapproxy_is_read(peers_url: str, qgis_app: Any) -> None:
    described = tiles_of(f"{peers_url}/tms/1.0.0/{_SCAN}")

    assert described.title == "SCAN 25 touristique de Rochebrune"
    assert (described.tiles, described.crs) == (TileRange(0, 18, "png"), "EPSG:3857")
    # MapProxy 1.15 tells the square that it tiles, 4.0 that of the data; none the limits of the tiles that hold data.
    assert described.extent is not None
    assert is_around_the_data(described.extent) or described.extent == pytest.approx(_SQUARE, abs=0.01)
    assert described.example is None


def test_the_tiling_of_the_tms_specification_is_not_taken_for_that_of_web_maps(peers_url: str, qgis_app: Any) -> None:
    """Its level 0 has four tiles: read as QGIS reads XYZ, all would be drawn in the wrong place."""
    described = tiles_of(f"{peers_url}/tms/1.0.0/{STANDARD_TMS}")

    assert described.crs == "OSGEO:41001"
    assert described.tiles == TileRange(0, 18, "png")


def test_what_the_peers_answer_in_place_of_a_description_is_none(peers_url: str) -> None:
    unknown = requests.get(f"{peers_url}/tms/1.0.0/inconnue", timeout=30)
    wrong = requests.get(f"{peers_url}/wms?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&LAYERS=inconnue", timeout=30)

    assert unknown.status_code == 404
    assert describe_tiles(unknown.content) is None
    assert b"ServiceException" in wrong.content
    assert read_layers(wrong.content) is None
