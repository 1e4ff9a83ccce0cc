"""The layers of connections, written down and read back as they were."""

from __future__ import annotations

from typing import Any

from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, TileRange
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe, StyleLink, WrittenConnection
from gpkeys_plugin.store.records import connection_origins, known_layers
from gpkeys_plugin.store.records.connection_origins import Origin

_WMTS = WrittenConnection(ConnectionKind.WMTS, "Eau – WMTS")
_TILES = WrittenConnection(ConnectionKind.VECTOR_TILES, "Eau – TMS plan")
_LAYERS = (
    LayerRecipe(
        "SCAN 25",
        _WMTS,
        "scan",
        crs="EPSG:3857",
        image_format="image/png",
        style="normal",
        tile_matrix_set="PM",
        level_count=17,
        url="https://data.geopf.fr/private/wmts",
        extent=(2.0, 45.0, 3.0, 46.0),
        is_proposed=False,
    ),
    LayerRecipe("Ortho", _WMTS, "ortho"),
    LayerRecipe(
        "Plan",
        _TILES,
        "plan",
        tiles=TileRange(3, 18, "pbf"),
        style_links=(StyleLink("Gris", "https://data.geopf.fr/annexes/gris.json"),),
    ),
)


def _written(*connections: WrittenConnection) -> None:
    connection_origins.record_all(
        Origin(connection, "k", "https://data.geopf.fr/private") for connection in connections
    )


def test_layers_come_back_as_they_were(qgis_app: Any) -> None:
    _written(_WMTS, _TILES)
    known_layers.remember(_LAYERS)
    assert known_layers.all_known() == {_WMTS: _LAYERS[:2], _TILES: _LAYERS[2:]}


def test_what_is_written_anew_takes_the_place_of_what_was(qgis_app: Any) -> None:
    _written(_WMTS, _TILES)
    known_layers.remember(_LAYERS)
    known_layers.remember(_LAYERS[1:2])
    assert known_layers.all_known() == {_WMTS: _LAYERS[1:2], _TILES: _LAYERS[2:]}


def test_layers_of_connections_that_are_gone_go(qgis_app: Any) -> None:
    _written(_WMTS, _TILES)
    known_layers.remember(_LAYERS)
    connection_origins.forget_all([_TILES])
    known_layers.remember(())
    assert set(known_layers.all_known()) == {_WMTS}


def test_they_follow_the_name_of_their_connection(qgis_app: Any) -> None:
    _written(_WMTS, _TILES)
    known_layers.remember(_LAYERS)
    new = WrittenConnection(ConnectionKind.WMTS, "Rivières – WMTS")
    known_layers.rename({_WMTS: new, WrittenConnection(ConnectionKind.WFS, "unknown"): new})
    found = known_layers.all_known()
    assert set(found) == {new, _TILES}
    assert [(recipe.connection, recipe.name) for recipe in found[new]] == [(new, "scan"), (new, "ortho")]
