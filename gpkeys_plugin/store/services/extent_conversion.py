"""Places in degrees and in Web Mercator, reckoned without QGIS.

What services say is read on short-lived threads. A reference system that QGIS 3.22 meets on such a thread for the first
time stays in its cache when the thread has ended, and is void from then on: layers in it draw nothing, in the whole
session. Every service of the platform can be asked in degrees or in Web Mercator.
"""

from __future__ import annotations

import math
from typing import Callable, Collection, Mapping

from ...keys.services.connection_plans import Extent

_RADIUS_M = 6_378_137.0
EQUATOR_M = 2 * math.pi * _RADIUS_M
# Where the square of Web Mercator ends.
_LAST_LATITUDE = 85.051129
WEB_MERCATOR, LATITUDE_FIRST, LONGITUDE_FIRST = "EPSG:3857", "EPSG:4326", "CRS:84"


def small(extent: Extent) -> Extent:
    """Return the middle of an extent, a twentieth of it wide."""
    west, south, east, north = extent
    x, y = (west + east) / 2, (south + north) / 2
    half_width, half_height = max((east - west) / 40, 0.001), max((north - south) / 40, 0.001)
    return x - half_width, y - half_height, x + half_width, y + half_height


def asked_box(extent: Extent, offered: Collection[str]) -> tuple[str, Extent]:
    """Return the reference system to ask a WMS 1.3.0 in, and the extent there, its axes in the order of the system."""
    crs = next((usual for usual in (WEB_MERCATOR, LATITUDE_FIRST, LONGITUDE_FIRST) if usual in offered), LATITUDE_FIRST)
    west, south, east, north = extent
    if crs == LATITUDE_FIRST:
        return crs, (south, west, north, east)
    return crs, in_mercator(extent) if crs == WEB_MERCATOR else extent


def in_mercator(extent: Extent) -> Extent:
    """Return an extent in metres of Web Mercator."""
    west, south, east, north = extent
    return _x(west), _y(south), _x(east), _y(north)


def in_degrees(box: Extent, crs: str) -> Extent | None:
    """Return an extent in degrees; None for one of another system, and for what is no extent."""
    unprojected = _UNPROJECTED.get(crs)
    if unprojected is None or not all(map(math.isfinite, box)) or box[0] >= box[2] or box[1] >= box[3]:
        return None
    return unprojected(box)


def _x(longitude: float) -> float:
    return _RADIUS_M * math.radians(longitude)


def _y(latitude: float) -> float:
    bounded = max(-_LAST_LATITUDE, min(_LAST_LATITUDE, latitude))
    return _RADIUS_M * math.log(math.tan(math.pi / 4 + math.radians(bounded) / 2))


def _from_mercator(box: Extent) -> Extent:
    left, bottom, right, top = (value / _RADIUS_M for value in box)
    south, north = (math.degrees(2 * math.atan(math.exp(value)) - math.pi / 2) for value in (bottom, top))
    return math.degrees(left), south, math.degrees(right), north


_UNPROJECTED: Mapping[str, Callable[[Extent], Extent]] = {
    WEB_MERCATOR: _from_mercator,
    LATITUDE_FIRST: lambda box: box,
    LONGITUDE_FIRST: lambda box: box,
}
