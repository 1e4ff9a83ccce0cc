"""Places in degrees, in the reference system that a service is to be asked in."""

from __future__ import annotations

import math

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsRectangle,
)

from ...keys.endpoints import Extent

_DEGREES = "EPSG:4326"
_MERCATOR_LATITUDE = 85.0


def small(extent: Extent) -> Extent:
    """Return the middle of an extent, a twentieth of it wide."""
    west, south, east, north = extent
    x, y = (west + east) / 2, (south + north) / 2
    half_width, half_height = max((east - west) / 40, 0.001), max((north - south) / 40, 0.001)
    return x - half_width, y - half_height, x + half_width, y + half_height


def from_degrees(extent: Extent, crs: str) -> Extent | None:
    """Return left, bottom, right and top of an extent in a reference system; None where that cannot be told."""
    system = QgsCoordinateReferenceSystem(crs)
    if not system.isValid() or not all(map(math.isfinite, extent)):
        return None
    west, south, east, north = extent
    box = QgsRectangle(west, max(south, -_MERCATOR_LATITUDE), east, min(north, _MERCATOR_LATITUDE))
    degrees = QgsCoordinateReferenceSystem(_DEGREES)
    try:
        found = QgsCoordinateTransform(degrees, system, QgsCoordinateTransformContext()).transformBoundingBox(box)
    except QgsCsException:
        return None
    sides = (found.xMinimum(), found.yMinimum(), found.xMaximum(), found.yMaximum())
    return sides if all(map(math.isfinite, sides)) else None


def is_northing_first(crs: str) -> bool:
    """Return whether the axes of a reference system come in the order north, east, as WMS 1.3.0 wants them."""
    return bool(QgsCoordinateReferenceSystem(crs).hasAxisInverted())
