"""One small real request of a service: what drawing its layer would ask, as little of it as possible."""

from __future__ import annotations

import math
from urllib.parse import quote, urlencode

from ...keys.endpoints import ConnectionKind, ServedLayer, TileRange
from .capabilities import ServiceLayer, TileMatrixSet

_SIZE = 64
_MERCATOR_RADIUS_M = 6378137.0
_MERCATOR_LATITUDE = 85.0
_TILE_LEVEL = 8
_METROPOLE = (-5.0, 41.0, 9.5, 51.0)


def small_request(layer: ServedLayer, described: ServiceLayer | None, tiles: TileRange | None) -> str | None:
    """Return the URL, without any secret; None for a service that has none beside its capabilities."""
    if layer.kind is ConnectionKind.WMS and described is not None:
        return _get_map(layer.root, described)
    if layer.kind is ConnectionKind.WMTS and described is not None:
        return _get_tile(layer.root, described)
    if layer.kind is ConnectionKind.WFS and described is not None:
        return _get_feature(layer.root, described)
    if tiles is not None:
        return f"{layer.root}/{quote(layer.name, safe='')}/{tiles.zmin}/0/0.{tiles.extension}"
    return None


def _get_map(root: str, layer: ServiceLayer) -> str:
    west, south, east, north = _small(layer.extent or _METROPOLE)
    if "EPSG:3857" in layer.crs:
        crs, box = "EPSG:3857", (*_mercator(west, south), *_mercator(east, north))
    else:
        # Version 1.3.0 wants latitude first with EPSG:4326.
        crs, box = "EPSG:4326", (south, west, north, east)
    query = {
        "SERVICE": "WMS",
        "VERSION": "1.3.0",
        "REQUEST": "GetMap",
        "LAYERS": layer.name,
        "STYLES": "",
        "CRS": crs,
        "BBOX": ",".join(f"{value:.6f}" for value in box),
        "WIDTH": str(_SIZE),
        "HEIGHT": str(_SIZE),
        "FORMAT": "image/png" if "image/png" in layer.formats or not layer.formats else layer.formats[0],
    }
    return f"{root}?{urlencode(query)}"


def _get_tile(root: str, layer: ServiceLayer) -> str:
    sets = layer.tile_matrix_sets
    chosen = next((found for found in sets if found.crs == "EPSG:3857"), sets[0] if sets else TileMatrixSet("PM", ""))
    west, south, east, north = layer.extent or _METROPOLE
    column, row = _tile((west + east) / 2, (south + north) / 2)
    query = {
        "SERVICE": "WMTS",
        "VERSION": "1.0.0",
        "REQUEST": "GetTile",
        "LAYER": layer.name,
        "STYLE": layer.styles[0] if layer.styles else "normal",
        "FORMAT": layer.formats[0] if layer.formats else "image/png",
        "TILEMATRIXSET": chosen.name,
        "TILEMATRIX": str(_TILE_LEVEL),
        "TILEROW": str(row),
        "TILECOL": str(column),
    }
    return f"{root}?{urlencode(query)}"


def _get_feature(root: str, layer: ServiceLayer) -> str:
    query = {
        "SERVICE": "WFS",
        "VERSION": "2.0.0",
        "REQUEST": "GetFeature",
        "TYPENAMES": layer.name,
        "COUNT": "1",
    }
    return f"{root}?{urlencode(query)}"


def _small(extent: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return the middle of an extent, a twentieth of it wide."""
    west, south, east, north = extent
    x, y = (west + east) / 2, (south + north) / 2
    half_width, half_height = max((east - west) / 40, 0.001), max((north - south) / 40, 0.001)
    return x - half_width, y - half_height, x + half_width, y + half_height


def _mercator(longitude: float, latitude: float) -> tuple[float, float]:
    bounded = max(-_MERCATOR_LATITUDE, min(_MERCATOR_LATITUDE, latitude))
    y = math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2))
    return _MERCATOR_RADIUS_M * math.radians(longitude), _MERCATOR_RADIUS_M * y


def _tile(longitude: float, latitude: float) -> tuple[int, int]:
    """Return column and row of the Web Mercator tile around a place."""
    x, y = _mercator(longitude, latitude)
    whole = 2 * math.pi * _MERCATOR_RADIUS_M
    count = 2**_TILE_LEVEL
    return int((x / whole + 0.5) * count), int((0.5 - y / whole) * count)
