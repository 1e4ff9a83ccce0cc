"""What was written into QGIS for a key, and how each of its layers is drawn from there. No secret in it."""

from __future__ import annotations

from dataclasses import dataclass

from .connection_plans import ConnectionKind, Extent, ServedLayer, TileRange

_TILES = (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES)
_LISTS = {
    ConnectionKind.WMS: "wms",
    ConnectionKind.WMTS: "wms",
    ConnectionKind.WFS: "wfs",
    ConnectionKind.XYZ: "xyz",
    ConnectionKind.VECTOR_TILES: "vector-tile",
}


def list_of(kind: ConnectionKind) -> str:
    """Return the list of QGIS's Browser that a kind of connection is in; names are unique within one list."""
    return _LISTS[kind]


@dataclass(frozen=True)
class WrittenConnection:
    """A connection that is in QGIS: its kind and its name there."""

    kind: ConnectionKind
    name: str


@dataclass(frozen=True)
class StyleLink:
    """A Mapbox GL style that the producer of vector tiles offers: its name, and its URL without the key's secret."""

    name: str
    url: str


@dataclass(frozen=True)
class LayerRecipe:
    """How a layer is made from a written connection.

    `name` is the service's name of the layer, `title` what the user reads, `crs` an authority code (`EPSG:3857`).
    `image_format`, `style` and `tile_matrix_set` are those of the capabilities, empty where the service has none.
    `url` is the service's URL to show and copy, without the key's secret. `extent` is None where no document tells it.
    `level_count` is the number of zoom levels that a WMTS has of the layer, 0 where it isn't told.
    `is_proposed` is False for the second way to the same data: it is offered, but not ticked by itself.
    `style_links` are the producer's styles of vector tiles, the one to take first.
    """

    title: str
    connection: WrittenConnection
    name: str
    crs: str = ""
    image_format: str = ""
    style: str = ""
    tile_matrix_set: str = ""
    level_count: int = 0
    tiles: TileRange | None = None
    url: str = ""
    extent: Extent | None = None
    is_proposed: bool = True
    style_links: tuple[StyleLink, ...] = ()


def draws(recipe: LayerRecipe, layer: ServedLayer) -> bool:
    """Return whether a recipe draws a layer, as its service has it; what tiles hold may have shown only later."""
    kind = recipe.connection.kind
    is_same_service = kind is layer.kind or (kind in _TILES and layer.kind in _TILES)
    return is_same_service and (recipe.name == layer.name or recipe.name.startswith(f"{layer.name}:"))
