"""What is asked of a service: something that its description says is there."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ServedLayer
from gpkeys_plugin.store.services import small_requests
from gpkeys_plugin.store.services.answer_forms import AnswerForm
from gpkeys_plugin.store.services.capabilities import ServiceLayer, read_layers
from gpkeys_plugin.store.services.matrix_tiles import MatrixTile, existing_tiles
from gpkeys_plugin.store.services.tile_descriptions import describe_tiles
from tests.qgis.store.services.test_answer_forms import PG_TILESERV, VERSIONS, recorded

WMTS = ServedLayer("o", "", ConnectionKind.WMTS, "wmts", "https://data.example/private/wmts", "WMTS")
WMS = ServedLayer("o", "", ConnectionKind.WMS, "wms-r", "https://data.example/private/wms-r", "WMS")
TMS = ServedLayer("o", "plan", ConnectionKind.XYZ, "tms", "https://data.example/private/tms/1.0.0", "TMS")
SETS = re.compile(rb"<TileMatrixSetLimits>.*?</TileMatrixSetLimits>", re.DOTALL)


def layers(version: str, name: str) -> dict[str, ServiceLayer]:
    """Return the layers of recorded capabilities, by name."""
    return {found.name: found for found in read_layers(recorded(version, name)) or ()}


def query_of(url: str) -> dict[str, str]:
    """Return the query of a URL."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def limits(data: bytes, layer: str, tiling: str) -> dict[str, tuple[int, ...]]:
    """Return first and last column, first and last row of each matrix of a layer, read by other means."""
    text = next(one for one in re.findall(r"<Layer>.*?</Layer>", data.decode(), re.DOTALL) if f">{layer}<" in one)
    link = text.partition(f"<TileMatrixSet>{tiling}</TileMatrixSet>")[2].partition("</TileMatrixSetLink>")[0]
    found: dict[str, tuple[int, ...]] = {}
    for matrix in re.findall(r"<TileMatrixLimits>.*?</TileMatrixLimits>", link, re.DOTALL):
        values = dict(re.findall(r"<(\w+)>([^<]+)<", matrix))
        names = ("MinTileCol", "MaxTileCol", "MinTileRow", "MaxTileRow")
        found[values["TileMatrix"]] = tuple(int(values[name]) for name in names)
    return found


def is_within(tile: MatrixTile, known: dict[str, tuple[int, ...]]) -> bool:
    """Say whether a tile is one that exists."""
    first_column, last_column, first_row, last_row = known[tile.matrix]
    return first_column <= tile.column <= last_column and first_row <= tile.row <= last_row


@pytest.mark.parametrize("version", VERSIONS)
def test_each_recorded_wmts_layer_is_asked_for_tiles_that_exist(version: str) -> None:
    data = recorded(version, "wmts-capabilities.xml")
    known = layers(version, "wmts-capabilities.xml")
    assert len(known) > 5
    for layer in known.values():
        for tiling in layer.tile_matrix_sets:
            tiles = existing_tiles(data, layer.name, tiling.name, layer.extent)
            assert tiles, (layer.name, tiling.name)
            assert all(is_within(tile, limits(data, layer.name, tiling.name)) for tile in tiles)


@pytest.mark.parametrize("version", VERSIONS)
def test_without_limits_a_tile_of_the_extent_is_asked(version: str) -> None:
    data = recorded(version, "wmts-capabilities.xml")
    for layer in layers(version, "wmts-capabilities.xml").values():
        for tiling in layer.tile_matrix_sets:
            known = limits(data, layer.name, tiling.name)
            tiles = existing_tiles(SETS.sub(b"", data), layer.name, tiling.name, layer.extent)
            assert bool(tiles) is (tiling.crs == "EPSG:3857"), (layer.name, tiling.name)
            served = [tile for tile in tiles if tile.matrix in known]
            assert all(is_within(tile, known) for tile in served), (layer.name, tiling.name, tiles)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_wmts_is_asked_with_a_set_a_style_and_a_format_of_its_own(version: str) -> None:
    data = recorded(version, "wmts-capabilities.xml")
    for layer in layers(version, "wmts-capabilities.xml").values():
        first = small_requests.small_requests(WMTS, layer, data)[0]
        query = query_of(first.url)
        assert query["TILEMATRIXSET"] in {known.name for known in layer.tile_matrix_sets}
        assert query["STYLE"] in (layer.styles or ("normal",)), (
            "5.3.0 lists vector tiles without a style, and takes any"
        )
        assert query["FORMAT"] in layer.formats
        is_elevation = all("x-bil" in written for written in layer.formats)
        is_vector = layer.formats == ("application/x-protobuf",)
        expected = AnswerForm.VECTOR_TILE if is_vector else AnswerForm.PICTURE
        assert first.form is (AnswerForm.ELEVATION if is_elevation else expected)


def test_nothing_is_asked_of_a_wmts_that_tells_nothing() -> None:
    assert small_requests.small_requests(WMTS, ServiceLayer("plan"), b"<Capabilities/>") == ()
    assert existing_tiles(b"", "plan", "PM", None) == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_wms_is_asked_for_a_picture_and_then_for_the_values(version: str) -> None:
    for layer in layers(version, "wms-capabilities.xml").values():
        asked = small_requests.small_requests(WMS, layer, b"")
        others = list(layer.styles[1:])
        assert [one.form for one in asked] == [AnswerForm.PICTURE] * (1 + len(others)) + [AnswerForm.ELEVATION]
        queries = [query_of(one.url) for one in asked]
        assert [query["FORMAT"] for query in queries][-2:] == ["image/png", "image/x-bil;bits=32"]
        assert [query["STYLES"] for query in queries] == ["", *others, ""]
        assert queries[0]["CRS"] in layer.crs


def box_of(layer: ServiceLayer) -> tuple[str, list[float]]:
    """Return reference system and box that a WMS layer is asked in."""
    query = query_of(small_requests.small_requests(WMS, layer, b"")[0].url)
    return query["CRS"], [float(side) for side in query["BBOX"].split(",")]


@pytest.mark.parametrize(
    ("crs", "place"),
    [
        ("EPSG:3857", (545_000, 5_736_000)),
        ("EPSG:4326", (45.74, 4.9)),
        ("CRS:84", (4.9, 45.74)),
        # Every service of the platform takes degrees, whatever it lists.
        ("EPSG:2154", (45.74, 4.9)),
    ],
)
def test_a_wms_is_asked_where_its_data_are_in_a_system_of_its_own(crs: str, place: tuple[float, float]) -> None:
    asked, (west, south, east, north) = box_of(ServiceLayer("x", crs=(crs,), extent=(4.7, 45.6, 5.1, 45.88)))
    assert asked == (crs if crs != "EPSG:2154" else "EPSG:4326")
    assert west < east
    assert south < north
    reach = 0.05 if abs(place[0]) < 180 else 5_000
    assert (west + east) / 2 == pytest.approx(place[0], abs=reach)
    assert (south + north) / 2 == pytest.approx(place[1], abs=reach)


@pytest.mark.parametrize("extent", [None, (float("nan"),) * 4, (float("inf"),) * 4, (500.0, 500.0, 600.0, 600.0)])
def test_an_extent_that_is_none_is_survived(extent: Any) -> None:
    assert small_requests.small_requests(WMS, ServiceLayer("x", crs=("EPSG:3857",), extent=extent), b"")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    ("name", "first"),
    [("png-pm", "6/32/22.png"), ("jpeg-ignf", "8/3/26.jpeg"), ("pbf", "8/131/91.pbf"), ("wgs84g", "5/32/7.png")],
)
def test_tiles_are_asked_within_the_limits_of_the_description(version: str, name: str, first: str) -> None:
    description = describe_tiles(recorded(version, f"tilemap-{name}.xml"))
    assert description is not None
    asked = small_requests.small_tile_requests(TMS, description)
    assert asked[0].url == f"{TMS.root}/plan/{first}"
    assert len(asked) > 1


def test_tiles_without_limits_are_asked_in_the_middle_of_their_extent() -> None:
    body = {**PG_TILESERV, "bounds": [2.871, 45.464, 3.026, 45.573]}
    description = describe_tiles(json.dumps(body).encode())
    assert description is not None
    first, second = small_requests.small_tile_requests(TMS, description)
    assert first.url.endswith("/11/1040/732.pbf")
    assert second.url.endswith("/10/520/366.pbf")
    assert first.form is AnswerForm.VECTOR_TILE


@pytest.mark.parametrize("change", [{"minzoom": 10**9}, {"bounds": [1, 2]}, {"bounds": [9, 9, 1, 1]}, {"minzoom": -3}])
def test_descriptions_that_make_no_sense_are_not_asked(change: dict[str, Any]) -> None:
    body = {**PG_TILESERV, "bounds": [2.8, 45.4, 3.0, 45.5], **change}
    description = describe_tiles(json.dumps(body).encode())
    assert description is None or small_requests.small_tile_requests(TMS, description) == ()
