"""Lambert 93 (IGNF:LAMB93, EPSG:2154) to degrees, by the formulas of the conformal conic projection."""

from __future__ import annotations

import math

_ECCENTRICITY = 0.081_819_191_042_816
_MERIDIAN = math.radians(3)
_FALSE_EASTING = 700_000.0
_PARALLELS = (math.radians(44), math.radians(49))
_ORIGIN = math.radians(46.5)
_FALSE_NORTHING = 6_600_000.0
_RADIUS_M = 6_378_137.0


def _isometric(latitude: float) -> float:
    """Exp of minus the isometric latitude."""
    along = _ECCENTRICITY * math.sin(latitude)
    return math.tan(math.pi / 4 - latitude / 2) / ((1 - along) / (1 + along)) ** (_ECCENTRICITY / 2)


def _parallel_radius(latitude: float) -> float:
    return math.cos(latitude) / math.sqrt(1 - (_ECCENTRICITY * math.sin(latitude)) ** 2)


_SOUTH, _NORTH = _PARALLELS
_EXPONENT = math.log(_parallel_radius(_SOUTH) / _parallel_radius(_NORTH)) / math.log(
    _isometric(_SOUTH) / _isometric(_NORTH)
)
_FACTOR = _RADIUS_M * _parallel_radius(_SOUTH) / (_EXPONENT * _isometric(_SOUTH) ** _EXPONENT)
_POLE_M = _FACTOR * _isometric(_ORIGIN) ** _EXPONENT


def to_degrees(x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude of a point in metres."""
    east, south = x - _FALSE_EASTING, _POLE_M - (y - _FALSE_NORTHING)
    wanted = (math.hypot(east, south) / _FACTOR) ** (1 / _EXPONENT)
    latitude = math.pi / 2 - 2 * math.atan(wanted)
    for _ in range(6):
        along = _ECCENTRICITY * math.sin(latitude)
        latitude = math.pi / 2 - 2 * math.atan(wanted * ((1 - along) / (1 + along)) ** (_ECCENTRICITY / 2))
    return math.degrees(_MERIDIAN + math.atan2(east, south) / _EXPONENT), math.degrees(latitude)
