"""The tiles of the connections that QGIS has for a key already."""

from __future__ import annotations

from typing import Mapping

from ..keys.services.connection_plans import ConnectionKind, TileRange
from . import connections
from .records import connection_origins

_KINDS = (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES)
_LEVELS = "/{z}/{x}/{y}."


def held_tiles(key_id: str) -> Mapping[str, TileRange]:
    """Return levels and endings by the URL before the levels, as the connections written for the key have them."""
    found: dict[str, TileRange] = {}
    for origin in connection_origins.recorded():
        if origin.owner != key_id or origin.connection.kind not in _KINDS:
            continue
        stored = connections.read(origin.connection.kind, origin.connection.name)
        url, levels, extension = origin.url.partition(_LEVELS)
        if stored is not None and stored.zmin is not None and stored.zmax is not None and levels:
            found[url] = TileRange(stored.zmin, stored.zmax, extension)
    return found
