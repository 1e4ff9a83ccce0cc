"""What a tile layer says of itself: a TileMap (ROK4), a `metadata.json` (ROK4) or the JSON of pg_tileserv.

Forms seen: ROK4 5.3.0, 6.1.4 and 7.0.0, recorded in `tests/simulator/contract/documents/rok4`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from qgis.PyQt.QtXml import QDomElement

from ...entrepot.whole_numbers import whole_number
from ...keys.services.connection_plans import Extent, TileRange
from ...keys.services.layer_recipes import StyleLink
from . import extent_conversion
from .xml_reading import child, children, crs_code, descendants, local_name, root_of, text

_VECTOR_FORMATS = ("pbf", "mvt")


@dataclass(frozen=True)
class Tile:
    """One tile; rows count from the top."""

    zoom: int
    column: int
    row: int


@dataclass(frozen=True)
class TileDescription:
    """What a tile layer says of itself.

    `crs` is empty where it isn't told, `extent` None in a system that QGIS does not draw such tiles in. `example` is a
    tile within the limits of the topmost level, None where those aren't told; `further_examples` are more, since a
    pyramid may have holes. `styles` are Mapbox GL styles of the producer.
    """

    title: str
    tiles: TileRange
    crs: str = ""
    extent: Extent | None = None
    example: Tile | None = None
    styles: tuple[StyleLink, ...] = ()
    further_examples: tuple[Tile, ...] = ()


def describe_tiles(data: bytes | None) -> TileDescription | None:
    """Return what a tile layer says of itself; None for what is no such document."""
    return _read_tile_map(data) or _read_metadata(data)


def _read_tile_map(data: bytes | None) -> TileDescription | None:
    root = root_of(data) if data else None
    if root is None or local_name(root) != "TileMap":
        return None
    tile_format = child(root, "TileFormat")
    extension = str(tile_format.attribute("extension")).lstrip(".") if tile_format is not None else ""
    # ROK4 6.0.0 to 6.1.4 write an inner TileMap where the others write TileSets.
    levels = dict(_levels(root))
    if not extension or not levels:
        return None
    crs = crs_code(text(root, "SRS"))
    return TileDescription(
        text(root, "Title"),
        TileRange(min(levels), max(levels), extension.lower()),
        crs,
        _extent(child(root, "BoundingBox"), crs),
        _example(min(levels), levels[min(levels)]),
        tuple(_styles(root)),
        tuple(_further_examples(levels)),
    )


def _levels(root: QDomElement) -> Iterator[tuple[int, QDomElement]]:
    """Yield the levels: the last segment of `href`. `order` counts from 0 at the pyramid's top, whatever its level."""
    for tile_set in descendants(root, "TileSet"):
        level = whole_number(_last_segment(str(tile_set.attribute("href"))))
        if level is not None:
            yield level, tile_set


def _last_segment(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def _example(level: int, tile_set: QDomElement) -> Tile | None:
    try:
        first_column, last_column, first_row, last_row = (
            int(str(tile_set.attribute(side))) for side in ("mincol", "maxcol", "minrow", "maxrow")
        )
    except ValueError:
        return None
    return Tile(level, (first_column + last_column) // 2, (first_row + last_row) // 2)


def _further_examples(levels: Mapping[int, QDomElement]) -> Iterator[Tile]:
    """Yield the middle of the second level from the top, then a corner of the topmost."""
    for level in sorted(levels)[1:2]:
        tile = _example(level, levels[level])
        if tile is not None:
            yield tile
    top = min(levels)
    corner = [whole_number(str(levels[top].attribute(side))) for side in ("mincol", "minrow")]
    sides = [number for number in corner if number is not None]
    if len(sides) == len(corner):
        yield Tile(top, *sides)


def _extent(box: QDomElement | None, crs: str) -> Extent | None:
    if box is None:
        return None
    try:
        left, bottom, right, top = (float(str(box.attribute(side))) for side in ("minx", "miny", "maxx", "maxy"))
    except ValueError:
        return None
    return extent_conversion.in_degrees((left, bottom, right, top), crs)


def _styles(root: QDomElement) -> Iterator[StyleLink]:
    """Yield the style files among the metadata: ROK4 lists them with the type `Other`."""
    for metadata in children(root, "Metadata"):
        url = str(metadata.attribute("href"))
        file = unquote(_last_segment(url))
        if str(metadata.attribute("type")) == "Other" and file.lower().endswith(".json"):
            yield StyleLink(file[: -len(".json")], url)


def _read_metadata(data: bytes | None) -> TileDescription | None:
    try:
        content: Any = json.loads(data or b"")
        tiles = TileRange(int(content["minzoom"]), int(content["maxzoom"]), _extension(content))
        name = str(content.get("title") or content.get("name") or "")
        return TileDescription(name, tiles, crs_code(str(content.get("crs") or "")), _bounds(content))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def _extension(content: Mapping[str, Any]) -> str:
    """Return the ending of the tiles: the format, or that of an address; pg_tileserv has nothing but vector tiles."""
    written = str(content.get("format") or "").lower().lstrip(".")
    if written:
        return written
    addresses = content.get("tiles") or [content.get("tileurl") or ""]
    ending = _last_segment(str(addresses[0])).rpartition(".")[2].lower()
    return ending if ending in _VECTOR_FORMATS else _VECTOR_FORMATS[0]


def _bounds(content: Mapping[str, Any]) -> Extent | None:
    bounds = content.get("bounds")
    if not isinstance(bounds, list) or len(bounds) != 4:
        return None
    west, south, east, north = map(float, bounds)
    return west, south, east, north
