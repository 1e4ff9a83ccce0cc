"""Where layers lie, in degrees, from what the documents of services say."""

from __future__ import annotations

from math import isfinite
from typing import Iterable

from .connection_plans import Extent

WORLD: Extent = (-180.0, -90.0, 180.0, 90.0)
_WORLD_WIDE = 350.0
# About 500 m: a layer with a single point lies somewhere too.
_LEAST = 0.005


def united(extents: Iterable[Extent | None]) -> Extent | None:
    """Return what holds all extents, grown where it has no surface; None where none of them can be used.

    A service without an extent of its own says the whole world: that counts only if no other says better.
    """
    known = [extent for extent in extents if extent is not None and _is_real(extent)]
    told = [extent for extent in known if not is_world_wide(extent)] or known
    if not told:
        return None
    west, south, east, north = zip(*told)
    return _grown((min(west), min(south), max(east), max(north)))


def is_world_wide(extent: Extent) -> bool:
    """Return whether an extent goes round the world, as the root of a service that tells nothing does."""
    return extent[2] - extent[0] >= _WORLD_WIDE


def _is_real(extent: Extent) -> bool:
    west, south, east, north = extent
    return all(map(isfinite, extent)) and west <= east and south <= north


def _grown(extent: Extent) -> Extent:
    west, south, east, north = extent
    beside = _LEAST if east - west < _LEAST else 0.0
    above = _LEAST if north - south < _LEAST else 0.0
    return west - beside, south - above, east + beside, north + above
