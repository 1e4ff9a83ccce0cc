"""Small real requests of a service: what drawing its layer would ask, as little of it as possible."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterator, Sequence
from urllib.parse import quote, urlencode

from ...keys.endpoints import ConnectionKind, Extent, ServedLayer
from . import places
from .answer_forms import AnswerForm, form_of_tiles
from .capabilities import ServiceLayer, TileMatrixSet
from .matrix_tiles import existing_tiles
from .tile_descriptions import Tile, TileDescription

_SIZE = 64
_DEEPEST = 30
_EQUATOR_M = 2 * math.pi * 6_378_137.0
_WEB_MERCATOR, _DEGREES, _LONGITUDE_FIRST = "EPSG:3857", "EPSG:4326", "CRS:84"
_METROPOLE = (-5.0, 41.0, 9.5, 51.0)
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True)
class SmallRequest:
    """A request to make: its URL, without any secret, and what is to come back."""

    url: str
    form: AnswerForm


def small_requests(layer: ServedLayer, described: ServiceLayer, capabilities: bytes) -> tuple[SmallRequest, ...]:
    """Return what a layer of a WMS, WMTS or WFS can be asked, the likeliest to be answered first.

    `described` is the layer as the service's `capabilities` list it.
    """
    if layer.kind is ConnectionKind.WMS:
        return tuple(_maps(layer.root, described))
    if layer.kind is ConnectionKind.WMTS:
        return tuple(_matrix_tiles(layer.root, described, capabilities))
    return (_feature(layer.root, described),) if layer.kind is ConnectionKind.WFS else ()


def small_tile_requests(layer: ServedLayer, description: TileDescription) -> tuple[SmallRequest, ...]:
    """Return the tiles a layer of tiles can be asked for, the likeliest to exist first; none where nothing tells."""
    extension = description.tiles.extension
    root = f"{layer.root}/{quote(layer.name, safe='')}"
    return tuple(
        SmallRequest(f"{root}/{tile.zoom}/{tile.column}/{tile.row}.{extension}", form_of_tiles(extension))
        for tile in _tiles(description)
    )


def _tiles(description: TileDescription) -> Sequence[Tile]:
    if description.example is not None:
        return tuple(dict.fromkeys((description.example, *description.further_examples)))
    if description.extent is None or description.crs not in ("", _WEB_MERCATOR):
        return ()
    return _around_the_middle(description.extent, description.tiles.zmin, description.tiles.zmax)


def _around_the_middle(extent: Extent, zmin: int, zmax: int) -> tuple[Tile, ...]:
    """Return the tile in the middle of an extent, at the level whose tiles are about as wide, and one level up."""
    west, _, east, _ = extent
    box = places.from_degrees(extent, _WEB_MERCATOR)
    if box is None or not west <= east or not 0 <= zmin <= _DEEPEST:
        return ()
    level = max(zmin, min(zmax, _DEEPEST, round(math.log2(360 / max(east - west, 1e-6)))))
    levels = dict.fromkeys((level, max(zmin, level - 1)))
    return tuple(_mercator_tile(zoom, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for zoom in levels)


def _mercator_tile(zoom: int, x: float, y: float) -> Tile:
    last = 2**zoom - 1
    column, row = int((x / _EQUATOR_M + 0.5) * (last + 1)), int((0.5 - y / _EQUATOR_M) * (last + 1))
    return Tile(zoom, max(0, min(last, column)), max(0, min(last, row)))


def _maps(root: str, layer: ServiceLayer) -> Iterator[SmallRequest]:
    """Yield a picture, then the values themselves: ROK4 refuses to make a picture of elevations."""
    picture = next((written for written in _PICTURES if written in layer.formats), "")
    elevation = next((written for written in layer.formats if form_of_tiles(written) is AnswerForm.ELEVATION), "")
    for written in filter(None, (picture or (layer.formats[0] if layer.formats else _PICTURES[0]), elevation)):
        yield SmallRequest(_map_url(root, layer, written), form_of_tiles(written))


def _map_url(root: str, layer: ServiceLayer, written: str) -> str:
    crs, box = _map_box(layer)
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
        "FORMAT": written,
    }
    return f"{root}?{urlencode(query)}"


def _map_box(layer: ServiceLayer) -> tuple[str, Extent]:
    """Return a reference system that the layer is offered in, and a small part of its extent there."""
    degrees = places.small(layer.extent or _METROPOLE)
    usual = [crs for crs in (_WEB_MERCATOR, _DEGREES, _LONGITUDE_FIRST) if crs in layer.crs]
    for crs in (*usual, *layer.crs, _DEGREES):
        box = degrees if crs == _LONGITUDE_FIRST else places.from_degrees(degrees, crs)
        if box is not None:
            break
    left, bottom, right, top = box or degrees
    is_turned = crs != _LONGITUDE_FIRST and places.is_northing_first(crs)
    return crs, (bottom, left, top, right) if is_turned else (left, bottom, right, top)


def _matrix_tiles(root: str, layer: ServiceLayer, capabilities: bytes) -> Iterator[SmallRequest]:
    sets = layer.tile_matrix_sets
    chosen = next((found for found in sets if found.crs == _WEB_MERCATOR), sets[0] if sets else TileMatrixSet("PM", ""))
    written = next(
        (one for one in _PICTURES if one in layer.formats), layer.formats[0] if layer.formats else "image/png"
    )
    query = {
        "SERVICE": "WMTS",
        "VERSION": "1.0.0",
        "REQUEST": "GetTile",
        "LAYER": layer.name,
        "STYLE": layer.styles[0] if layer.styles else "normal",
        "FORMAT": written,
        "TILEMATRIXSET": chosen.name,
    }
    for tile in existing_tiles(capabilities, layer.name, chosen.name, layer.extent):
        place = {"TILEMATRIX": tile.matrix, "TILEROW": str(tile.row), "TILECOL": str(tile.column)}
        yield SmallRequest(f"{root}?{urlencode({**query, **place})}", form_of_tiles(written))


def _feature(root: str, layer: ServiceLayer) -> SmallRequest:
    query = {
        "SERVICE": "WFS",
        "VERSION": "2.0.0",
        "REQUEST": "GetFeature",
        "TYPENAMES": layer.name,
        "COUNT": "1",
    }
    return SmallRequest(f"{root}?{urlencode(query)}", AnswerForm.FEATURES)
