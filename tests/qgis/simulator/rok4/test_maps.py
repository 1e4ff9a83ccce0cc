"""WMS raster and WMTS in ROK4's form, asked over HTTP and drawn by QGIS."""

from __future__ import annotations

import struct

import pytest
import requests
from osgeo import gdal
from qgis.core import QgsDataSourceUri, QgsRasterLayer
from qgis.PyQt.QtGui import QColor, QImage

from tests.qgis.simulator.test_ogc_server import draw, keep
from tests.qgis.store.layer_pictures import colours
from tests.simulator.dataset import made_up_layers
from tests.simulator.ogc.open_urls import open_source
from tests.simulator.remote.steering import Simulator

REGISTER = made_up_layers.layer("rochebrune.cadastre.lamb93")
SHADING = "rochebrune.scan25.estompage"
GET_MAP = {
    "SERVICE": "WMS",
    "VERSION": "1.3.0",
    "REQUEST": "GetMap",
    "STYLES": "",
    "CRS": "EPSG:2154",
    "BBOX": "694000,6489000,698000,6493000",
    "WIDTH": "80",
    "HEIGHT": "80",
    "FORMAT": "image/png",
}


def get_map(simulator: Simulator, hash_value: str, **parameters: str) -> requests.Response:
    asked = GET_MAP | parameters
    return requests.get(f"{simulator.gateway_url}/wms-r", params=asked, headers={"apikey": hash_value}, timeout=30)


def guarded(simulator: Simulator, service: str, hash_value: str, **parameters: str) -> QgsRasterLayer:
    query = "&SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities" if service == "wmts" else ""
    uri = QgsDataSourceUri()
    uri.setParam("url", f"{simulator.gateway_url}/{service}?apikey={hash_value}{query}")
    for name, text in (parameters | {"IgnoreGetMapUrl": "1"}).items():
        uri.setParam(name, text)
    return QgsRasterLayer(bytes(uri.encodedUri()).decode(), "essai", "wms")


def difference(one: QImage, other: QImage) -> float:
    """The mean difference of a colour's parts, 0 to 255."""
    places = [(x, y) for x in range(0, one.width(), 4) for y in range(0, one.height(), 4)]
    pairs = [(QColor(one.pixel(*place)), QColor(other.pixel(*place))) for place in places]
    parts = [abs(a - b) for first, second in pairs for a, b in zip(first.getRgb()[:3], second.getRgb()[:3])]
    return sum(parts) / len(parts)


def test_tiles_in_lambert_93_draw_where_they_belong(simulator: Simulator, hash_value: str, qgis_app: object) -> None:
    layer = guarded(
        simulator,
        "wmts",
        hash_value,
        layers=REGISTER.layer_name,
        styles="normal",
        format="image/png",
        crs="IGNF:LAMB93",
        tileMatrixSet="LAMB93_10cm_9_17",
    )
    assert layer.isValid()
    picture = draw(layer)
    keep(picture, "wmts_lamb93")
    free = draw(QgsRasterLayer(*_opened(REGISTER, simulator)))
    assert colours(picture) > 10
    assert difference(picture, free) < 10


def _opened(layer: made_up_layers.DatasetLayer, simulator: Simulator) -> tuple[str, str, str]:
    source, provider, _ = open_source(layer, simulator.ogc_url or "")
    return source, "libre", provider


@pytest.mark.parametrize(("style", "is_drawn"), [("hypso", True), ("normal", False)])
def test_heights_are_a_picture_with_a_palette_only(
    style: str, is_drawn: bool, simulator: Simulator, hash_value: str, qgis_app: object
) -> None:
    layer = guarded(
        simulator, "wms-r", hash_value, layers="rochebrune.mnt", styles=style, format="image/png", crs="EPSG:2154"
    )
    assert layer.isValid()
    picture = draw(layer)
    keep(picture, f"wms_heights_{style}")
    assert (colours(picture) > 100) is is_drawn


@pytest.mark.parametrize("name", ["rochebrune.mnt", "rochebrune.mns"])
def test_heights_come_as_numbers(name: str, simulator: Simulator, hash_value: str) -> None:
    answer = get_map(simulator, hash_value, LAYERS=name, FORMAT="image/x-bil;bits=32")
    heights = struct.unpack(f"<{80 * 80}f", answer.content)
    assert 700 < min(heights) < max(heights) < 1500


@pytest.mark.parametrize(
    ("crs", "box", "same_crs", "same_box"),
    [
        ("IGNF:LAMB93", GET_MAP["BBOX"], "EPSG:2154", GET_MAP["BBOX"]),
        ("CRS:84", "2.93,45.5,2.97,45.53", "EPSG:4326", "45.5,2.93,45.53,2.97"),
    ],
)
def test_a_system_has_two_names(
    crs: str, box: str, same_crs: str, same_box: str, simulator: Simulator, hash_value: str
) -> None:
    one = get_map(simulator, hash_value, LAYERS=SHADING, CRS=crs, BBOX=box)
    assert (one.status_code, one.headers["Content-Type"]) == (200, "image/png")
    assert one.content == get_map(simulator, hash_value, LAYERS=SHADING, CRS=same_crs, BBOX=same_box).content


def test_outside_the_data_the_picture_is_empty(simulator: Simulator, hash_value: str) -> None:
    answer = get_map(simulator, hash_value, LAYERS=SHADING, BBOX="100000,6100000,104000,6104000")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert colours(QImage.fromData(answer.content)) == 1


@pytest.mark.parametrize(("name", "bands"), [(SHADING, 3), ("rochebrune.mnt", 1)])
def test_a_geotiff_says_where_it_lies(name: str, bands: int, simulator: Simulator, hash_value: str) -> None:
    answer = get_map(simulator, hash_value, LAYERS=name, FORMAT="image/geotiff")
    assert answer.headers["Content-Type"] == "image/geotiff"
    gdal.FileFromMemBuffer("/vsimem/essai.tif", answer.content)
    file = gdal.Open("/vsimem/essai.tif")
    assert file.RasterCount >= bands
    assert file.GetGeoTransform() == (694000.0, 50.0, 0.0, 6493000.0, 0.0, -50.0)


@pytest.mark.parametrize("service", ["wms-r", "wmts"])
def test_what_lies_under_a_pixel_is_told(service: str, simulator: Simulator, hash_value: str) -> None:
    asked = GET_MAP | {"REQUEST": "GetFeatureInfo", "LAYERS": SHADING, "QUERY_LAYERS": SHADING, "I": "10", "J": "10"}
    asked["INFO_FORMAT"] = "application/json"
    if service == "wmts":
        asked = {
            "SERVICE": "WMTS",
            "REQUEST": "GetFeatureInfo",
            "LAYER": REGISTER.layer_name,
            "TILEMATRIXSET": "LAMB93_10cm",
            "TILEMATRIX": "13",
            "TILECOL": "106",
            "TILEROW": "840",
            "INFOFORMAT": "application/json",
            "I": "10",
            "J": "10",
        }
    answer = requests.get(
        f"{simulator.gateway_url}/{service}", params=asked, headers={"apikey": hash_value}, timeout=30
    )
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.json()["features"]
