"""What was written into QGIS for a key, and how each of its layers is drawn from there. No secret in it."""

from __future__ import annotations

from dataclasses import dataclass

from .endpoints import ConnectionKind, TileRange


@dataclass(frozen=True)
class WrittenConnection:
    """A connection that is in QGIS: its kind and its name there."""

    kind: ConnectionKind
    name: str


@dataclass(frozen=True)
class LayerRecipe:
    """How a layer is made from a written connection.

    `name` is the service's name of the layer, `title` what the user reads, `crs` an authority code (`EPSG:3857`).
    `image_format`, `style` and `tile_matrix_set` are those of the capabilities, empty where the service has none.
    `url` is the service's URL to show and copy, without the key's secret.
    """

    title: str
    connection: WrittenConnection
    name: str
    crs: str = ""
    image_format: str = ""
    style: str = ""
    tile_matrix_set: str = ""
    tiles: TileRange | None = None
    url: str = ""
