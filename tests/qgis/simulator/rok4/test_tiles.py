"""Tiles of every form through the gateway: what QGIS draws, and heights."""

from __future__ import annotations

import math
import struct
import zlib

import pytest
import requests
from qgis.core import QgsRasterLayer, QgsVectorTileLayer

from tests.qgis.simulator.test_ogc_server import draw, keep
from tests.qgis.store.layer_pictures import colours
from tests.simulator.dataset import made_up_layers
from tests.simulator.ogc.open_urls import open_xyz_source
from tests.simulator.remote.steering import Simulator
from tests.simulator.tiling import pyramids


@pytest.mark.parametrize(
    "name", ["rochebrune.ortho.tuiles", "rochebrune.scan25.touristique", "rochebrune.plan.vecteur"]
)
def test_tiles_in_web_mercator_draw_like_the_open_ones(
    name: str, simulator: Simulator, hash_value: str, qgis_app: object
) -> None:
    layer = made_up_layers.layer(name)
    root = f"{simulator.gateway_url}/tms/1.0.0/{name}"
    zmin, zmax = layer.tile_levels
    template = f"{root}/{{z}}/{{x}}/{{y}}.{layer.tiles.extension}?apikey={hash_value}"
    draws_alike(layer, f"type=xyz&url={template}&zmin={zmin}&zmax={zmax}", simulator.ogc_url or "")


def test_the_tiles_of_pg_tileserv_draw_like_the_open_ones(
    simulator: Simulator, hash_value: str, qgis_app: object
) -> None:
    layer = made_up_layers.layer("rochebrune.zonage_tuiles")
    described = requests.get(
        f"{simulator.gateway_url}/vector-tms/{layer.layer_name}.json", headers={"apikey": hash_value}, timeout=30
    ).json()
    levels = f"zmin={described['minzoom']}&zmax={described['maxzoom']}"
    draws_alike(layer, f"type=xyz&url={described['tileurl']}?apikey={hash_value}&{levels}", simulator.ogc_url or "")


@pytest.mark.parametrize("zoom", made_up_layers.VECTOR_TMS_LEVELS)
def test_pg_tileserv_cuts_tiles_of_any_level(zoom: int, simulator: Simulator, hash_value: str) -> None:
    west, south, east, north = made_up_layers.EXTENT_LONLAT
    longitude, latitude = math.radians((west + east) / 2), math.radians((south + north) / 2)
    column = int(2**zoom * (1 + longitude / math.pi) / 2)
    row = int(2**zoom * (1 - math.asinh(math.tan(latitude)) / math.pi) / 2)
    url = f"{simulator.gateway_url}/vector-tms/rochebrune.zonage_tuiles"
    answer = requests.get(f"{url}/{zoom}/{column}/{row}.pbf", headers={"apikey": hash_value}, timeout=30)
    assert answer.status_code == 200
    assert b"rochebrune.zonage_tuiles" in answer.content
    beside = requests.get(f"{url}/22/0/0.pbf", headers={"apikey": hash_value}, timeout=30)
    assert (beside.status_code, beside.content) == (200, b"")


def draws_alike(layer: made_up_layers.DatasetLayer, source: str, ogc_url: str) -> None:
    """The layer shows something, and the same as the open one."""
    made, free = (_opened(layer, one) for one in (source, open_xyz_source(layer, ogc_url)))
    assert made.isValid()
    if isinstance(made, QgsVectorTileLayer):
        # QGIS gives such layers random colours.
        free.setRenderer(made.renderer().clone())
    # QGIS 3.44 paints the seams between tiles in the order in which they arrive: the same only once it has them all.
    for one in (made, free):
        draw(one)
    picture = draw(made)
    keep(picture, f"tiles_{layer.layer_name}")
    assert colours(picture) > 3
    assert picture == draw(free)


def _opened(layer: made_up_layers.DatasetLayer, source: str) -> QgsRasterLayer | QgsVectorTileLayer:
    if layer.has_vector_tiles:
        return QgsVectorTileLayer(source, "essai")
    return QgsRasterLayer(source, "essai", "wms")


@pytest.mark.parametrize("name", ["rochebrune.mnt.tuiles", "rochebrune.mnt.lamb93"])
def test_tiles_of_heights_hold_heights(name: str, simulator: Simulator, hash_value: str) -> None:
    layer = made_up_layers.layer(name)
    level = pyramids.levels(layer.tiles)[-1]
    found = pyramids.limits(layer.tiles, level)
    column, row = (found.first_column + found.last_column) // 2, (found.first_row + found.last_row) // 2
    url = f"{simulator.gateway_url}/tms/1.0.0/{name}/{level.name}/{column}/{row}.{layer.tiles.extension}"
    answer = requests.get(url, headers={"apikey": hash_value}, stream=True, timeout=30)
    assert answer.headers["Content-Type"] == "image/x-bil;bits=32"
    body = answer.raw.read(decode_content=False)
    if layer.tiles.extension == "zbil":
        assert answer.headers["Content-Encoding"] == "deflate"
        body = zlib.decompress(body)
    heights = struct.unpack(f"<{256 * 256}f", body)
    assert 700 < min(heights) < max(heights) < 1500
