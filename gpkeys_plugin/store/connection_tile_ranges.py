"""The tiles of the connections that QGIS has for a key already."""

from __future__ import annotations

from typing import Iterable, Mapping

from qgis.core import QgsSettings

from ..keys.services.connection_plans import LEVELS, ConnectionKind, TileRange
from . import connections
from .records import connection_origins
from .records.connection_origins import Origin

_KINDS = (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES)


def tile_origins(key_id: str) -> list[Origin]:
    """Return what is recorded of the connections written for the tiles of a key; on any thread."""
    mine = (origin for origin in connection_origins.recorded() if origin.owner == key_id)
    return [origin for origin in mine if origin.connection.kind in _KINDS]


def held_tiles(origins: Iterable[Origin]) -> Mapping[str, TileRange]:
    """Return levels and endings by the URL before the levels, as connections have them; on the main thread."""
    found: dict[str, TileRange] = {}
    settings = QgsSettings()
    for origin in origins:
        stored = connections.read(origin.connection.kind, origin.connection.name, settings=settings)
        url, levels, extension = origin.url.partition(LEVELS)
        if stored is not None and stored.zmin is not None and stored.zmax is not None and levels:
            found[url] = TileRange(stored.zmin, stored.zmax, extension)
    return found
