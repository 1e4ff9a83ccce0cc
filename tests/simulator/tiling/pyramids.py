"""Which tiles of a pyramid exist, and where they lie. Rows count from the top."""

from __future__ import annotations

import math
from typing import NamedTuple

from ..dataset.made_up_layers import EXTENT_LAMBERT, EXTENT_LONLAT, Pyramid
from .lambert93 import to_degrees
from .matrix_sets import Level, MatrixSet, matrix_sets

Box = tuple[float, float, float, float]
"""xmin, ymin, xmax, ymax."""

_MERCATOR_M = 20037508.342789244
"""Half the side of the EPSG:3857 square."""


class Limits(NamedTuple):
    """First and last row, first and last column of the tiles that exist at a level."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int

    def contains(self, column: int, row: int) -> bool:
        """Whether the tile exists."""
        return self.first_column <= column <= self.last_column and self.first_row <= row <= self.last_row


def matrix_set(pyramid: Pyramid) -> MatrixSet:
    """The set that the tiles are cut by."""
    return matrix_sets()[pyramid.matrix_set]


def levels(pyramid: Pyramid) -> tuple[Level, ...]:
    """The levels that have tiles, the coarsest first."""
    return tuple(matrix_set(pyramid).levels[str(number)] for number in range(pyramid.top, pyramid.bottom + 1))


def limits(pyramid: Pyramid, level: Level) -> Limits:
    """The tiles of a level that hold data."""
    left, bottom, right, top = data_box(matrix_set(pyramid).crs)
    side = level.tile_side
    return Limits(
        int((level.top - top) // side),
        int((level.top - bottom) // side),
        int((left - level.left) // side),
        int((right - level.left) // side),
    )


def is_served(pyramid: Pyramid, zoom: int, column: int, row: int) -> bool:
    """Whether this tile exists."""
    if not pyramid.top <= zoom <= pyramid.bottom:
        return False
    return limits(pyramid, matrix_set(pyramid).levels[str(zoom)]).contains(column, row)


def tile_box(pyramid: Pyramid, zoom: int, column: int, row: int) -> Box:
    """The extent of a tile in the pyramid's system."""
    level = matrix_set(pyramid).levels[str(zoom)]
    left, top = level.left + column * level.tile_side, level.top - row * level.tile_side
    return left, top - level.tile_side, left + level.tile_side, top


def mercator_tile_box(zoom: int, column: int, row: int) -> Box:
    """The extent of a tile in EPSG:3857, at levels that ROK4 does not have too."""
    side = 2 * _MERCATOR_M / 2**zoom
    left, top = column * side - _MERCATOR_M, _MERCATOR_M - row * side
    return left, top - side, left + side, top


def tiled_box(pyramid: Pyramid) -> Box:
    """What the tiles of the finest level cover: the bounding box that ROK4 gives."""
    level = levels(pyramid)[-1]
    found = limits(pyramid, level)
    left = level.left + found.first_column * level.tile_side
    top = level.top - found.first_row * level.tile_side
    return (
        left,
        level.top - (found.last_row + 1) * level.tile_side,
        level.left + (found.last_column + 1) * level.tile_side,
        top,
    )


def degrees_box(pyramid: Pyramid) -> Box:
    """`tiled_box` in degrees: west, south, east, north."""
    left, bottom, right, top = tiled_box(pyramid)
    inverse = _from_mercator if matrix_set(pyramid).crs == "EPSG:3857" else to_degrees
    corners = [inverse(x, y) for x in (left, right) for y in (bottom, top)]
    longitudes, latitudes = zip(*corners)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def data_box(crs: str) -> Box:
    """The extent of the data in a system of the pyramids."""
    if crs != "EPSG:3857":
        return EXTENT_LAMBERT
    west, south, east, north = EXTENT_LONLAT
    return (*_to_mercator(west, south), *_to_mercator(east, north))


def _to_mercator(longitude: float, latitude: float) -> tuple[float, float]:
    x = _MERCATOR_M * longitude / 180
    y = _MERCATOR_M * math.log(math.tan(math.pi * (90 + latitude) / 360)) / math.pi
    return x, y


def _from_mercator(x: float, y: float) -> tuple[float, float]:
    latitude = 360 / math.pi * math.atan(math.exp(y * math.pi / _MERCATOR_M)) - 90
    return 180 * x / _MERCATOR_M, latitude
