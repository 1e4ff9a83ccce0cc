"""Tiles of a WMTS layer that exist, as its capabilities tell: within the limits of its matrices, else in its extent."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice
from typing import Iterator

from qgis.PyQt.QtXml import QDomElement

from ...entrepot.whole_numbers import whole_number
from ...keys.services.connection_plans import Extent
from . import extent_conversion
from .xml_reading import child, children, crs_code, root_of, text

_MOST = 3
# OGC's scale denominators are those of a screen with pixels that wide.
_PIXEL_M = 0.00028
_LIMITS = ("MinTileCol", "MaxTileCol", "MinTileRow", "MaxTileRow")


@dataclass(frozen=True)
class MatrixTile:
    """One tile of a WMTS: the identifier of its matrix, column and row."""

    matrix: str
    column: int
    row: int


def existing_tiles(capabilities: bytes, layer: str, tiling: str, extent: Extent | None) -> tuple[MatrixTile, ...]:
    """Return some tiles of a layer, the likeliest to exist first; none where nothing tells.

    `tiling` is the identifier of the tile matrix set, `extent` that of the layer.
    """
    root = root_of(capabilities)
    contents = child(root, "Contents") if root is not None else None
    if contents is None:
        return ()
    limited = [tile for link in _links(contents, layer, tiling) for tile in _limited(link)]
    known = next((one for one in children(contents, "TileMatrixSet") if text(one, "Identifier") == tiling), None)
    found = limited or (_computed(known, extent) if known is not None and extent is not None else ())
    return tuple(dict.fromkeys(found))[:_MOST]


def _links(contents: QDomElement, layer: str, tiling: str) -> Iterator[QDomElement]:
    for known in children(contents, "Layer"):
        if text(known, "Identifier") == layer:
            links = children(known, "TileMatrixSetLink")
            yield from (link for link in links if text(link, "TileMatrixSet") == tiling)


def _limited(link: QDomElement) -> Iterator[MatrixTile]:
    """Yield the middle of the two topmost matrices, then the corner of the first: a pyramid may have holes."""
    limits = child(link, "TileMatrixSetLimits")
    if limits is None:
        return
    for is_corner, many in ((False, 2), (True, 1)):
        for one in islice(children(limits, "TileMatrixLimits"), many):
            numbers = [whole_number(text(one, name)) for name in _LIMITS]
            sides = [number for number in numbers if number is not None]
            if len(sides) == len(_LIMITS):
                yield _within(text(one, "TileMatrix"), sides, is_corner=is_corner)


def _within(matrix: str, sides: list[int], *, is_corner: bool) -> MatrixTile:
    first_column, last_column, first_row, last_row = sides
    if is_corner:
        return MatrixTile(matrix, first_column, first_row)
    return MatrixTile(matrix, (first_column + last_column) // 2, (first_row + last_row) // 2)


def _computed(tiling: QDomElement, extent: Extent) -> list[MatrixTile]:
    """Return the tile in the middle of the extent, of the matrix whose tiles are about as wide as it first.

    Only in Web Mercator, which needs no limits to be told: a tiling of another system comes with them.
    """
    if crs_code(text(tiling, "SupportedCRS")) != extent_conversion.WEB_MERCATOR or not all(map(math.isfinite, extent)):
        return []
    box = extent_conversion.in_mercator(extent)
    found = [_at_the_middle(matrix, box) for matrix in children(tiling, "TileMatrix")]
    return [tile for _, tile in sorted((one for one in found if one is not None), key=lambda one: one[0])]


def _at_the_middle(matrix: QDomElement, box: Extent) -> tuple[float, MatrixTile] | None:
    """Return the tile, and how far its width is from that of the box; None for a matrix whose numbers are none."""
    try:
        left, top = map(float, text(matrix, "TopLeftCorner").split())
        pixel = float(text(matrix, "ScaleDenominator")) * _PIXEL_M
        width, height = pixel * float(text(matrix, "TileWidth")), pixel * float(text(matrix, "TileHeight"))
    except ValueError:
        return None
    if not all(map(math.isfinite, (left, top, width, height))) or min(pixel, width, height) <= 0:
        return None
    west, south, east, north = box
    column = math.floor(((west + east) / 2 - left) / width)
    row = math.floor((top - (south + north) / 2) / height)
    return abs(math.log(width / max(east - west, pixel))), MatrixTile(text(matrix, "Identifier"), column, row)
