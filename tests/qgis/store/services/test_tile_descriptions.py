"""What tile layers say of themselves: every description that ROK4 was heard to give, and what is no description."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gpkeys_plugin.keys.services.connection_plans import TileRange
from gpkeys_plugin.keys.services.layer_recipes import StyleLink
from gpkeys_plugin.store.services.tile_descriptions import Tile, TileDescription, describe_tiles

ROK4 = Path(__file__).parents[3] / "simulator" / "contract" / "documents" / "rok4"
VERSIONS = ("5.3.0", "6.1.4", "7.0.0")
TILE_MAPS = {
    "png-pm": (TileRange(6, 12, "png"), "EPSG:3857", Tile(6, 32, 22)),
    "jpeg-ignf": (TileRange(8, 13, "jpeg"), "IGNF:LAMB93", Tile(8, 3, 26)),
    "jpeg-epsg": (TileRange(8, 13, "jpeg"), "EPSG:2154", Tile(8, 3, 26)),
    "pbf": (TileRange(8, 12, "pbf"), "EPSG:3857", Tile(8, 131, 91)),
    "pbf-l93": (TileRange(8, 12, "pbf"), "IGNF:LAMB93", Tile(8, 3, 26)),
    "zbil": (TileRange(6, 12, "zbil"), "EPSG:3857", Tile(6, 32, 22)),
    "bil-l93": (TileRange(8, 12, "bil"), "IGNF:LAMB93", Tile(8, 3, 26)),
    "wgs84g": (TileRange(5, 11, "png"), "IGNF:WGS84G", Tile(5, 32, 7)),
}
METADATA = {
    "png-pm": (TileRange(6, 12, "png"), "EPSG:3857"),
    "jpeg-ignf": (TileRange(8, 13, "jpeg"), "IGNF:LAMB93"),
    "pbf": (TileRange(8, 12, "pbf"), "EPSG:3857"),
    "pbf-l93": (TileRange(8, 12, "pbf"), "IGNF:LAMB93"),
}
TILE_MAP = """<TileMap version="1.0.0"><Title>Plan</Title><SRS>EPSG:3857</SRS>
<TileFormat width="256" height="256" mime-type="image/png" extension="png"/>
<TileSets profile="none"><TileSet href="x/8" order="1"/><TileSet href="x/7" order="0"/><TileSet href="x/y" order="9"/>
</TileSets></TileMap>"""
NOT_DESCRIPTIONS = [None, b"", b"<html><br>unclosed", b"<html><body/></html>", b"{}", b"[]", b"<TileMap/>", b"\xff\x00"]


def recorded(version: str, name: str) -> bytes:
    """Return an answer of ROK4."""
    return (ROK4 / version / name).read_bytes()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", TILE_MAPS)
def test_each_recorded_tile_map_is_read(version: str, name: str) -> None:
    found = describe_tiles(recorded(version, f"tilemap-{name}.xml"))

    assert found is not None
    tiles, crs, example = TILE_MAPS[name]
    # 5.x calls every elevation by the format of its files.
    ending = "tif" if version == "5.3.0" and tiles.extension.endswith("bil") else tiles.extension
    assert (found.tiles, found.crs, found.example) == (replace(tiles, extension=ending), crs, example)
    assert found.title
    if crs != "EPSG:3857":
        assert found.extent is None, "reckoned for what QGIS draws only"
        return
    assert found.extent is not None
    west, south, east, north = found.extent
    assert 4 < west < east < 6, "the recorded data lie near Lyon"
    assert 45 < south < north < 46.5


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", METADATA)
def test_each_recorded_metadata_is_read(version: str, name: str) -> None:
    found = describe_tiles(recorded(version, f"metadata-{name}.json"))

    assert found is not None
    assert (found.tiles, found.crs) == METADATA[name]
    assert found.extent is not None


@pytest.mark.parametrize("version", VERSIONS)
def test_no_recorded_error_is_a_description(version: str) -> None:
    errors = sorted((ROK4 / version).glob("tms-*.xml"))

    assert len(errors) > 10
    assert [file.name for file in errors if describe_tiles(file.read_bytes()) is not None] == []


def test_a_level_is_the_end_of_its_address_and_never_its_order() -> None:
    assert describe_tiles(TILE_MAP.encode()) == TileDescription("Plan", TileRange(7, 8, "png"), "EPSG:3857")


def test_styles_are_the_json_files_of_the_kind_other() -> None:
    written = TILE_MAP.replace(
        "<SRS>",
        '<Metadata type="Other" mime-type="application/json" href="https://data.example/styles/plan%20gris.json"/>'
        '<Metadata type="Other" mime-type="text/html" href="https://data.example/a.html"/>'
        '<Metadata type="ISO19115:2003" mime-type="application/xml" href="https://data.example/b.json"/><SRS>',
    )

    found = describe_tiles(written.encode())

    assert found is not None
    assert found.styles == (StyleLink("plan gris", "https://data.example/styles/plan%20gris.json"),)


@pytest.mark.parametrize("cut", ['extension="png"', "href"])
def test_a_tile_map_without_levels_or_ending_is_none(cut: str) -> None:
    assert describe_tiles(TILE_MAP.replace(cut, cut.replace("e", "x")).encode()) is None


def test_pg_tileserv_describes_a_layer_in_json() -> None:
    data = b"""{"id": "public.plan", "geometrytype": "Polygon", "name": "plan", "schema": "public", "description": "",
    "bounds": [2.87, 45.46, 3.03, 45.57], "center": [2.95, 45.5], "minzoom": 0, "maxzoom": 22,
    "properties": [], "tileurl": "https://data.example/vector-tms/public.plan/{z}/{x}/{y}.pbf"}"""

    found = describe_tiles(data)

    assert found == TileDescription("plan", TileRange(0, 22, "pbf"), extent=(2.87, 45.46, 3.03, 45.57))


@pytest.mark.parametrize("data", NOT_DESCRIPTIONS, ids=range(len(NOT_DESCRIPTIONS)))
def test_other_answers_are_no_descriptions(data: bytes | None) -> None:
    assert describe_tiles(data) is None
