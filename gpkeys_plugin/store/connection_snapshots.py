"""Connections as they were, with all their settings: kept in memory to be put back, or written under another name.

Work on the main thread: QGIS reads its settings from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Iterable, Mapping

from qgis.core import QgsSettings

from ..keys.services.connection_names import renamed
from ..keys.services.layer_recipes import WrittenConnection
from . import connections
from .connection_settings import all_groups
from .qgis_settings import settings_file
from .records.connection_origins import Origin, Origins


@dataclass(frozen=True)
class ConnectionSnapshot:
    """A connection with all its settings as they were, in memory only."""

    connection: WrittenConnection
    values: Mapping[str, Any] = field(repr=False)
    origin: Origin | None = None


def snapshots(found: Iterable[WrittenConnection]) -> tuple[ConnectionSnapshot, ...]:
    """Return the connections that are the plugin's as they are in both settings trees, to be put back."""
    known, settings = Origins(), QgsSettings()
    return tuple(
        ConnectionSnapshot(connection, _all_values(connection, settings), known.find(connection))
        for connection in connections.ours(found, known=known)
    )


def snapshot_of(connection: WrittenConnection) -> ConnectionSnapshot:
    """Return a connection of any origin as it is in both settings trees, to be put back."""
    return ConnectionSnapshot(connection, _all_values(connection, QgsSettings()), Origins().find(connection))


def under_names(
    kept: Iterable[ConnectionSnapshot], key_name: str, new_key_name: str
) -> tuple[ConnectionSnapshot, ...] | None:
    """Return connections as they are to be once their key has another name; None where one cannot just be renamed."""
    found = []
    for old in kept:
        name = renamed(old.connection.name, key_name, new_key_name, connections.names(old.connection.kind))
        if name is None:
            return None
        found.append(_under_name(old, WrittenConnection(old.connection.kind, name)))
    return tuple(found)


def _under_name(old: ConnectionSnapshot, connection: WrittenConnection) -> ConnectionSnapshot:
    before, after = (all_groups(one.kind, one.name) for one in (old.connection, connection))
    moved = {
        f"{new_place}/{key[len(place) + 1 :]}": value
        for place, new_place in zip(before, after)
        for key, value in old.values.items()
        if key.startswith(f"{place}/")
    }
    return ConnectionSnapshot(connection, moved, old.origin and replace(old.origin, connection=connection))


def put_back(kept: Iterable[ConnectionSnapshot]) -> None:
    """Write connections as they were; what was recorded of them is for `origins.record_all`, off this thread."""
    settings = QgsSettings()
    listed = [one for one in kept if _all_values(one.connection, settings) != one.values]
    if listed:
        settings_file.require_room()
    for one in listed:
        connections.clear(one.connection, settings)
        for key, value in one.values.items():
            settings.setValue(key, value)
    settings.sync()
    connections.make_qgis_reread(one.connection.kind for one in listed)


def _all_values(connection: WrittenConnection, settings: QgsSettings) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place in all_groups(connection.kind, connection.name):
        settings.beginGroup(place)
        found.update({f"{place}/{key}": settings.value(key) for key in settings.allKeys()})
        settings.endGroup()
    return found
