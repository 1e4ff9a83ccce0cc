"""Whether a map shows the made-up data."""

from __future__ import annotations

from typing import Sequence

from tests.simulator.dataset.made_up_layers import EXTENT_LONLAT

_FREE = 0.003


def fills(place: Sequence[float]) -> bool:
    """Return whether the map shows all of the data (a table may leave some 300 m free) and at most twice as much."""
    west, south, east, north = place
    left, bottom, right, top = EXTENT_LONLAT
    beyond = max(west - left, south - bottom, right - east, top - north)
    return beyond < _FREE and ((right - left) > (east - west) / 2 or (top - bottom) > (north - south) / 2)
