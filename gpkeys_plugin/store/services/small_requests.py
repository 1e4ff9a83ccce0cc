"""Small real requests of a service: what drawing its layer would ask, as little of it as possible."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterator, Sequence
from urllib.parse import quote, urlencode

from ...keys.services.connection_plans import ConnectionKind, Extent, ServedLayer
from . import extent_conversion
from .answer_forms import AnswerForm, form_of_tiles
from .capabilities import ServiceLayer, TileMatrixSet
from .listed_layers import shown_formats
from .matrix_tiles import existing_tiles
from .tile_descriptions import Tile, TileDescription

_SIZE = 64
_DEEPEST = 30
_METROPOLE = (-5.0, 41.0, 9.5, 51.0)
_MOST_STYLES = 3


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
    if description.extent is None or description.crs not in ("", extent_conversion.WEB_MERCATOR):
        return ()
    return _around_the_middle(description.extent, description.tiles.zmin, description.tiles.zmax)


def _around_the_middle(extent: Extent, zmin: int, zmax: int) -> tuple[Tile, ...]:
    """Return the tile in the middle of an extent, at the level whose tiles are about as wide, and one level up."""
    west, _, east, _ = extent
    left, bottom, right, top = extent_conversion.in_mercator(extent)
    if not all(map(math.isfinite, (left, bottom, right, top))) or not west <= east or not 0 <= zmin <= _DEEPEST:
        return ()
    level = max(zmin, min(zmax, _DEEPEST, round(math.log2(360 / max(east - west, 1e-6)))))
    levels = dict.fromkeys((level, max(zmin, level - 1)))
    return tuple(_mercator_tile(zoom, (left + right) / 2, (bottom + top) / 2) for zoom in levels)


def _mercator_tile(zoom: int, x: float, y: float) -> Tile:
    last = 2**zoom - 1
    column, row = (
        int((x / extent_conversion.EQUATOR_M + 0.5) * (last + 1)),
        int((0.5 - y / extent_conversion.EQUATOR_M) * (last + 1)),
    )
    return Tile(zoom, max(0, min(last, column)), max(0, min(last, row)))


def _maps(root: str, layer: ServiceLayer) -> Iterator[SmallRequest]:
    """Yield a picture, in other styles too, then the values themselves.

    ROK4 refuses to make a picture of elevations, but in a style that colours them.
    """
    pictures = [*shown_formats(layer.formats), *layer.formats, "image/png"]
    for style in ("", *layer.styles[1:_MOST_STYLES]):
        yield SmallRequest(map_url(root, layer, pictures[0], style), form_of_tiles(pictures[0]))
    for written in layer.formats:
        if form_of_tiles(written) is AnswerForm.ELEVATION:
            yield SmallRequest(map_url(root, layer, written, ""), AnswerForm.ELEVATION)


def map_url(root: str, layer: ServiceLayer, written: str, style: str) -> str:
    """Return the URL of a small picture from the middle of the data, in a format as the service writes it."""
    crs, box = extent_conversion.asked_box(extent_conversion.small(layer.extent or _METROPOLE), layer.crs)
    query = {
        "SERVICE": "WMS",
        "VERSION": "1.3.0",
        "REQUEST": "GetMap",
        "LAYERS": layer.name,
        "STYLES": style,
        "CRS": crs,
        "BBOX": ",".join(f"{value:.6f}" for value in box),
        "WIDTH": str(_SIZE),
        "HEIGHT": str(_SIZE),
        "FORMAT": written,
    }
    return f"{root}?{urlencode(query)}"


def _matrix_tiles(root: str, layer: ServiceLayer, capabilities: bytes) -> Iterator[SmallRequest]:
    sets = layer.tile_matrix_sets
    chosen = next(
        (found for found in sets if found.crs == extent_conversion.WEB_MERCATOR),
        sets[0] if sets else TileMatrixSet("PM", ""),
    )
    written = [*shown_formats(layer.formats), *layer.formats, "image/png"][0]
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
