"""Tile Map Service: which tile lies where, and the descriptions that the platform's TMS gives (ROK4's forms)."""

from __future__ import annotations

import json
import math
from xml.sax.saxutils import escape, quoteattr

from ..dataset import EXTENT_LONLAT, LAYERS, MIN_ZOOM, DatasetLayer

ORIGIN_M = 20037508.342789244
"""Half the side of the EPSG:3857 square."""
TILE_PIXELS = 256

TILE_TABLES = ("foret", "cours_eau", "route", "commune", "localite")
"""Tables of the GeoPackage that the vector tiles hold, in drawing order."""

Box = tuple[float, float, float, float]


def tiled_layers() -> tuple[DatasetLayer, ...]:
    """The layers that the TMS serves."""
    return tuple(known for known in LAYERS if known.offering_type == "WMTS-TMS")


def extension(layer: DatasetLayer) -> str:
    """The ending of the layer's tiles, `png` or `pbf`."""
    return "pbf" if layer.has_vector_tiles else "png"


def mime_type(layer: DatasetLayer) -> str:
    """The media type of the layer's tiles."""
    return "application/x-protobuf" if layer.has_vector_tiles else "image/png"


def tile_box(zoom: int, column: int, row: int) -> Box:
    """The extent of a tile in EPSG:3857 metres; rows count from the top."""
    side = 2 * ORIGIN_M / 2**zoom
    left, top = column * side - ORIGIN_M, ORIGIN_M - row * side
    return left, top - side, left + side, top


def extent_mercator() -> Box:
    """The extent of the data in EPSG:3857 metres."""
    west, south, east, north = EXTENT_LONLAT
    return (*_mercator(west, south), *_mercator(east, north))


def _mercator(longitude: float, latitude: float) -> tuple[float, float]:
    x = ORIGIN_M * longitude / 180
    y = ORIGIN_M * math.log(math.tan(math.pi * (90 + latitude) / 360)) / math.pi
    return x, y


def tile_limits(zoom: int) -> tuple[int, int, int, int]:
    """First and last column, first and last row (from the top) of the tiles that hold data."""
    side = 2 * ORIGIN_M / 2**zoom
    left, bottom, right, top = extent_mercator()
    return (
        int((left + ORIGIN_M) // side),
        int((right + ORIGIN_M) // side),
        int((ORIGIN_M - top) // side),
        int((ORIGIN_M - bottom) // side),
    )


def is_served(layer: DatasetLayer, zoom: int, column: int, row: int) -> bool:
    """Whether this tile of the layer exists."""
    if not MIN_ZOOM <= zoom <= layer.max_zoom:
        return False
    first_column, last_column, first_row, last_row = tile_limits(zoom)
    return first_column <= column <= last_column and first_row <= row <= last_row


def service_description(root: str) -> str:
    """The list of tile maps below `root` (`…/tms/1.0.0`)."""
    maps = "".join(
        f'    <TileMap title={quoteattr(layer.title)} srs="EPSG:3857" profile="none" '
        f"extension={quoteattr(extension(layer))} href={quoteattr(f'{root}/{layer.layer_name}')}/>\n"
        for layer in tiled_layers()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<TileMapService version="1.0.0" services={quoteattr(root)}>\n'
        "  <Title>Géoplateforme de Rochebrune</Title>\n  <Abstract>Données inventées pour les essais.</Abstract>\n"
        f"  <TileMaps>\n{maps}  </TileMaps>\n</TileMapService>\n"
    )


def layer_description(layer: DatasetLayer, root: str) -> str:
    """The TileMap of one layer below `root` (`…/tms/1.0.0`)."""
    address = f"{root}/{layer.layer_name}"
    left, bottom, right, top = extent_mercator()
    metadata = ""
    if layer.has_vector_tiles:
        href = quoteattr(f"{address}/metadata.json")
        metadata = f'  <Metadata type="application/json" mime-type="application/json" href={href}/>\n'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<TileMap version="1.0.0" tilemapservice={quoteattr(root)}>\n'
        f"  <Title>{escape(layer.title)}</Title>\n  <Abstract>{escape(layer.title)}</Abstract>\n{metadata}"
        "  <SRS>EPSG:3857</SRS>\n"
        f'  <BoundingBox minx="{left:.4f}" miny="{bottom:.4f}" maxx="{right:.4f}" maxy="{top:.4f}"/>\n'
        f'  <Origin x="{-ORIGIN_M:.7f}" y="{ORIGIN_M:.7f}"/>\n'
        f'  <TileFormat width="{TILE_PIXELS}" height="{TILE_PIXELS}" mime-type="{mime_type(layer)}" '
        f'extension="{extension(layer)}"/>\n'
        f'  <TileSets profile="none">\n{_tile_sets(layer, address)}  </TileSets>\n</TileMap>\n'
    )


def _tile_sets(layer: DatasetLayer, address: str) -> str:
    lines = []
    for zoom in range(MIN_ZOOM, layer.max_zoom + 1):
        first_column, last_column, first_row, last_row = tile_limits(zoom)
        lines.append(
            f'    <TileSet href={quoteattr(f"{address}/{zoom}")} minTileRow="{first_row}" maxTileRow="{last_row}" '
            f'minTileCol="{first_column}" maxTileCol="{last_column}" order="{zoom}" '
            f'units-per-pixel="{2 * ORIGIN_M / TILE_PIXELS / 2**zoom:.10f}"/>\n'
        )
    return "".join(lines)


def layer_metadata(layer: DatasetLayer, root: str, fields: dict[str, dict[str, str]]) -> str:
    """The `metadata.json` of a vector tile layer; `fields` says which attributes each table has."""
    west, south, east, north = EXTENT_LONLAT
    return json.dumps(
        {
            "name": layer.layer_name,
            "description": layer.title,
            "format": extension(layer),
            "minzoom": MIN_ZOOM,
            "maxzoom": layer.max_zoom,
            "bounds": [west, south, east, north],
            "center": [(west + east) / 2, (south + north) / 2, 12],
            "tiles": [f"{root}/{layer.layer_name}/{{z}}/{{x}}/{{y}}.{extension(layer)}"],
            "vector_layers": [
                {"id": table, "fields": fields[table], "minzoom": MIN_ZOOM, "maxzoom": layer.max_zoom}
                for table in TILE_TABLES
            ],
        },
        ensure_ascii=False,
    )
