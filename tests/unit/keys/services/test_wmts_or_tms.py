"""What becomes of tiles, which of two ways is proposed, and what tells them apart on the map."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ServedLayer, TileRange
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe, WrittenConnection
from gpkeys_plugin.keys.services.wmts_or_tms import (
    Obstacle,
    Way,
    assumed_tiles,
    is_kept,
    obstacle,
    proposed,
    told_apart,
    without_pictures,
)


@pytest.mark.parametrize(
    ("extension", "crs", "expected"),
    [
        ("png", "EPSG:3857", None),
        ("jpeg", "EPSG:900913", None),
        ("pbf", "epsg:102100", None),
        ("png", "EPSG:102113", None),
        ("pbf", "", None),
        ("png", "IGNF:LAMB93", Obstacle.REFERENCE_SYSTEM),
        ("pbf", "EPSG:2154", Obstacle.REFERENCE_SYSTEM),
        ("png", "EPSG:4326", Obstacle.REFERENCE_SYSTEM),
        ("bil", "EPSG:3857", Obstacle.VALUES),
        ("zbil", "IGNF:LAMB93", Obstacle.VALUES),
        ("tif", "EPSG:3857", Obstacle.VALUES),
    ],
)
def test_what_keeps_tiles_from_being_drawn(extension: str, crs: str, expected: Obstacle | None) -> None:
    assert obstacle(TileRange(0, 1, extension), crs) is expected


def served(kind: ConnectionKind, *, name: str = "a", offering: str = "o", extension: str = "") -> ServedLayer:
    service = "WMTS" if kind is ConnectionKind.WMTS else "TMS"
    return ServedLayer(offering, name, kind, service.lower(), "https://h/x", service, extension)


@pytest.mark.parametrize(
    ("layer", "extension"),
    [
        (served(ConnectionKind.XYZ), "png"),
        (served(ConnectionKind.XYZ, extension="jpeg"), "jpeg"),
        (served(ConnectionKind.VECTOR_TILES), "pbf"),
        (served(ConnectionKind.VECTOR_TILES, extension="mvt"), "mvt"),
    ],
)
def test_what_is_known_of_tiles_is_kept(layer: ServedLayer, extension: str) -> None:
    assert assumed_tiles(layer) == TileRange(0, 18, extension)


@pytest.mark.parametrize(
    ("layer", "held", "expected"),
    [
        (served(ConnectionKind.XYZ), None, False),
        (served(ConnectionKind.XYZ), TileRange(0, 18, "png"), False),
        (served(ConnectionKind.XYZ), TileRange(0, 18, "jpeg"), True),
        (served(ConnectionKind.XYZ), TileRange(6, 12, "pbf"), True),
        (served(ConnectionKind.VECTOR_TILES, extension="pbf"), TileRange(0, 18, "png"), False),
        (served(ConnectionKind.VECTOR_TILES, extension="pbf"), TileRange(8, 12, "pbf"), True),
    ],
)
def test_what_qgis_has_of_tiles_is_kept_where_it_tells_more(
    layer: ServedLayer, held: TileRange | None, expected: bool
) -> None:
    assert is_kept(layer, held) is expected


def test_vectors_and_values_have_no_wmts_to_draw() -> None:
    tiles = {
        served(ConnectionKind.XYZ, offering=ending): TileRange(0, 1, ending)
        for ending in ("png", "pbf", "zbil", "jpeg")
    }
    assert without_pictures(tiles) == {"pbf", "zbil"}


def way(
    kind: ConnectionKind, *, crs: str = "EPSG:3857", levels: int = 0, name: str = "a", assumed: bool = False
) -> Way:
    is_tiles = kind is ConnectionKind.XYZ
    recipe = LayerRecipe(
        "Carte",
        WrittenConnection(kind, kind.value),
        name,
        crs=crs,
        tiles=TileRange(6, 5 + levels, "png") if is_tiles else None,
        level_count=0 if is_tiles else levels,
    )
    return Way(served(kind, name=name), recipe, assumed)


XYZ, WMTS = ConnectionKind.XYZ, ConnectionKind.WMTS


@pytest.mark.parametrize(
    ("wmts", "tiles", "expected"),
    [
        (way(WMTS, levels=7), way(XYZ, levels=7), [False, True]),
        (way(WMTS, levels=8), way(XYZ, levels=7), [True, False]),
        (way(WMTS, levels=0), way(XYZ, levels=7), [False, True]),
        (way(WMTS, crs="IGNF:LAMB93", levels=3), way(XYZ, levels=7), [True, False]),
        (way(WMTS, crs="EPSG:900913", levels=7), way(XYZ, levels=7), [False, True]),
        (way(WMTS, levels=7), way(XYZ, levels=19, assumed=True), [True, False]),
        (way(WMTS, levels=9), way(XYZ, levels=7, name="b"), [True, True]),
    ],
)
def test_one_of_two_ways_to_the_same_data_is_proposed(wmts: Way, tiles: Way, expected: list[bool]) -> None:
    assert [recipe.is_proposed for recipe in proposed([wmts, tiles])] == expected
    assert [recipe.is_proposed for recipe in proposed([tiles, wmts])] == expected[::-1]


def test_two_ways_share_what_one_of_them_tells() -> None:
    wmts, tiles = way(WMTS, levels=7), way(XYZ, levels=7)
    untold = replace(tiles, recipe=replace(tiles.recipe, title="a"))
    told = replace(wmts, recipe=replace(wmts.recipe, extent=(1.0, 2.0, 3.0, 4.0)))
    found = proposed([told, untold])
    assert [(recipe.title, recipe.extent) for recipe in found] == [("Carte", (1.0, 2.0, 3.0, 4.0))] * 2


def test_a_way_of_its_own_is_always_proposed() -> None:
    alone = way(WMTS), way(ConnectionKind.WMS)
    assert [recipe.is_proposed for recipe in proposed(alone)] == [True, True]


def test_two_of_one_title_are_told_apart_only_together() -> None:
    wmts, tiles = way(WMTS).recipe, way(XYZ).recipe
    assert [recipe.title for recipe in told_apart([wmts])] == ["Carte"]
    assert [recipe.title for recipe in told_apart([wmts, tiles])] == ["Carte (WMTS)", "Carte (TMS)"]
    assert [recipe.title for recipe in told_apart([tiles], {"Carte"})] == ["Carte (TMS)"]
