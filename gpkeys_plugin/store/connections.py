"""Connections in QGIS's Browser: written, read back, found and removed, for every QGIS from 3.22 on.

Work on the main thread: QGIS reads its settings from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Iterable, Mapping

from qgis.core import QgsDataSourceUri, QgsProviderRegistry, QgsSettings

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.translatable_text import Text
from ..keys.layer_needs.hash_in_text import hash_of_url, url_without_hash
from ..keys.services.connection_names import clean, connection_name, renamed
from ..keys.services.connection_plans import ConnectionKind, ConnectionPlan, TileRange, url_with_hash
from ..keys.services.layer_recipes import WrittenConnection, list_of
from .connection_settings import Layout, all_groups, authcfg_key, group, layout_for, parent_group, style_values, values
from .records import qgis_settings_file
from .records.connection_origins import Origin, Origins

_NAMELESS = "GPKeys"


@dataclass(frozen=True)
class StoredConnection:
    """A connection as QGIS has it. `url` may hold a hash, so it is never shown as it is."""

    connection: WrittenConnection
    url: str = field(repr=False)
    authcfg: str = ""
    zmin: int | None = None
    zmax: int | None = None

    @property
    def plain_url(self) -> str:
        """The URL without the hash."""
        return url_without_hash(self.url)

    @property
    def hash(self) -> str | None:
        """The hash in the URL, None without one."""
        return hash_of_url(self.url)


def names_for(plans: Iterable[ConnectionPlan], owner: str) -> tuple[WrittenConnection, ...]:
    """Return under which names planned connections are to be written for the key of the id `owner`.

    What was written earlier for the same key may be replaced; a connection of any other origin keeps its name, and the
    new one gets a number.
    """
    known, taken = Origins(), dict[str, list[str]]()
    found = []
    for plan in plans:
        names = taken.setdefault(list_of(plan.kind), [])
        names = names or _taken(plan.kind, owner, known)
        connection = WrittenConnection(plan.kind, connection_name(clean(plan.name) or _NAMELESS, "", names))
        taken[list_of(plan.kind)] = [*names, connection.name]
        found.append(connection)
    return tuple(found)


def origin_of(
    plan: ConnectionPlan, connection: WrittenConnection, owner: str, *, authcfg: str = "", hash_value: str | None = None
) -> Origin:
    """Return what is to be recorded of a connection before it is written."""
    return Origin(connection, owner, url_without_hash(_url(plan, hash_value)), authcfg)


def write(
    plan: ConnectionPlan,
    connection: WrittenConnection,
    *,
    authcfg: str = "",
    hash_value: str | None = None,
    layout: Layout | None = None,
) -> None:
    """Write a planned connection under a name of `names_for`, in the place of what was there, and read it back."""
    qgis_settings_file.require_room()
    layout, url = layout or layout_for(), _url(plan, hash_value)
    _clear(connection)
    _save(layout, connection, url, authcfg, plan, has_hash=bool(hash_value))
    _check(connection, url, authcfg, layout)


def exists(kind: ConnectionKind, name: str, *, layout: Layout | None = None) -> bool:
    """Return whether QGIS has a connection of that name in the list of that kind."""
    return read(kind, name, layout=layout) is not None


def read(kind: ConnectionKind, name: str, *, layout: Layout | None = None) -> StoredConnection | None:
    """Return a connection as QGIS has it, None when there is none of that name."""
    layout = layout or layout_for()
    settings = QgsSettings()
    here = group(layout, kind, name)
    url = settings.value(f"{here}/url")
    if not url:
        return None
    return StoredConnection(
        WrittenConnection(kind, name),
        str(url),
        str(settings.value(authcfg_key(layout, kind, name)) or ""),
        _number(settings.value(f"{here}/zmin")),
        _number(settings.value(f"{here}/zmax")),
    )


def ours(found: Iterable[WrittenConnection], *, layout: Layout | None = None) -> tuple[WrittenConnection, ...]:
    """Return those of the connections that are still the ones the plugin wrote."""
    known = Origins()
    return tuple(connection for connection in found if _is_ours(connection, known, layout))


def remove(found: Iterable[WrittenConnection]) -> tuple[WrittenConnection, ...]:
    """Remove connections the plugin wrote from both settings trees; return those that were there.

    One that is another's by now stays. None of them is forgotten: that is for `origins.forget_all`, off this thread.
    Raises GpkeysError where they would be back at the next start.
    """
    known = Origins()
    removed = []
    for connection in found:
        is_ours = _is_ours_somewhere(connection, known)
        # Traces of one that is not there go too. The group of no name is that of all connections.
        if connection.name and (is_ours or not _is_anywhere(connection)):
            qgis_settings_file.require_room()
            _clear(connection)
            removed += [connection] if is_ours else []
    if removed:
        qgis_settings_file.require_kept()
    return tuple(removed)


@dataclass(frozen=True)
class ConnectionSnapshot:
    """A connection with all its settings as they were, in memory only."""

    connection: WrittenConnection
    values: Mapping[str, Any] = field(repr=False)
    origin: Origin | None = None


def snapshots(found: Iterable[WrittenConnection]) -> tuple[ConnectionSnapshot, ...]:
    """Return the connections that are the plugin's as they are in both settings trees, to be put back."""
    known = Origins()
    return tuple(
        ConnectionSnapshot(connection, _all_values(connection), known.find(connection))
        for connection in found
        if _is_ours(connection, known)
    )


def snapshot_of(connection: WrittenConnection) -> ConnectionSnapshot:
    """Return a connection of any origin as it is in both settings trees, to be put back."""
    return ConnectionSnapshot(connection, _all_values(connection), Origins().find(connection))


def under_names(
    kept: Iterable[ConnectionSnapshot], key_name: str, new_key_name: str
) -> tuple[ConnectionSnapshot, ...] | None:
    """Return connections as they are to be once their key has another name; None where one cannot just be renamed."""
    found = []
    for old in kept:
        name = renamed(old.connection.name, key_name, new_key_name, _names(old.connection.kind))
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


def put_back(kept: ConnectionSnapshot) -> None:
    """Write a connection as it was; what was recorded of it is for `origins.record_all`, off this thread."""
    if _all_values(kept.connection) == kept.values:
        return
    qgis_settings_file.require_room()
    _clear(kept.connection)
    settings = QgsSettings()
    for key, value in kept.values.items():
        settings.setValue(key, value)
    settings.sync()
    make_qgis_reread(kept.connection.kind)


def set_authcfg(connection: WrittenConnection, authcfg: str, *, layout: Layout | None = None) -> None:
    """Give a connection that exists another authentication configuration."""
    layout = layout or layout_for()
    QgsSettings().setValue(authcfg_key(layout, connection.kind, connection.name), authcfg)


def _url(plan: ConnectionPlan, hash_value: str | None) -> str:
    return url_with_hash(plan.url, hash_value) if hash_value else plan.url


def _taken(kind: ConnectionKind, owner: str, known: Origins) -> list[str]:
    """Return the names that a connection for `owner` must not take, in both trees."""
    return [name for name in _names(kind) if not _may_replace(WrittenConnection(kind, name), owner, known)]


def _names(kind: ConnectionKind) -> set[str]:
    settings = QgsSettings()
    names: set[str] = set()
    for layout in Layout:
        settings.beginGroup(parent_group(layout, kind))
        names.update(settings.childGroups())
        settings.endGroup()
    return names


def _may_replace(connection: WrittenConnection, owner: str, known: Origins) -> bool:
    origin = known.find(connection)
    return origin is not None and origin.owner == owner and _is_ours_somewhere(connection, known)


def _is_anywhere(connection: WrittenConnection) -> bool:
    return any(exists(connection.kind, connection.name, layout=layout) for layout in Layout)


def _is_ours_somewhere(connection: WrittenConnection, known: Origins) -> bool:
    return any(_is_ours(connection, known, layout) for layout in Layout)


def _is_ours(connection: WrittenConnection, known: Origins, layout: Layout | None = None) -> bool:
    origin = known.find(connection)
    stored = read(connection.kind, connection.name, layout=layout) if origin is not None else None
    return origin is not None and stored is not None and stored.plain_url == origin.url


def _all_values(connection: WrittenConnection) -> dict[str, Any]:
    settings = QgsSettings()
    found: dict[str, Any] = {}
    for place in all_groups(connection.kind, connection.name):
        settings.beginGroup(place)
        found.update({f"{place}/{key}": settings.value(key) for key in settings.allKeys()})
        settings.endGroup()
    return found


def _clear(connection: WrittenConnection) -> None:
    """Remove every trace: a configuration id left in its own group would be taken up by a new connection."""
    settings = QgsSettings()
    for old_group in all_groups(connection.kind, connection.name):
        settings.remove(old_group)
    make_qgis_reread(connection.kind)


def _save(
    layout: Layout,
    connection: WrittenConnection,
    url: str,
    authcfg: str,
    plan: ConnectionPlan,
    *,
    has_hash: bool,
) -> None:
    # Also vector tiles: what their own class is given, it decodes, and `%2F` or a space would not come back.
    settings = QgsSettings()
    written = values(layout, connection, url, authcfg, plan.tiles, has_hash=has_hash)
    for key, value in {**written, **style_values(layout, connection, plan.style_url)}.items():
        settings.setValue(key, value)
    settings.sync()
    make_qgis_reread(connection.kind)


def tile_uri(url: str, authcfg: str, tiles: TileRange | None) -> str:
    """Return the data source of a tile template, as the XYZ and the vector tile providers read it."""
    levels = {"zmin": str(tiles.zmin), "zmax": str(tiles.zmax)} if tiles is not None else {}
    uri = QgsDataSourceUri()
    for name, value in {"type": "xyz", "url": url, **levels, "authcfg": authcfg}.items():
        if value:
            uri.setParam(name, value)
    return bytes(uri.encodedUri()).decode()


def make_qgis_reread(kind: ConnectionKind) -> None:
    """Have QGIS read its vector tile connections again: it keeps those in memory."""
    if kind is ConnectionKind.VECTOR_TILES:
        QgsProviderRegistry.instance().providerMetadata("vectortile").connections(False)


def _check(connection: WrittenConnection, url: str, authcfg: str, layout: Layout) -> None:
    stored = read(connection.kind, connection.name, layout=layout)
    if stored is not None and stored.url == url and stored.authcfg == authcfg and qgis_settings_file.are_kept():
        return
    raise GpkeysError(
        ErrorCode.QGIS,
        Text("QGIS did not keep the connection “{name}”.", {"name": connection.name}),
        f"connection {connection.kind.value} {connection.name} reads back differently",
        advice=qgis_settings_file.CHECK_DISK,
    )


def _number(stored: Any) -> int | None:
    try:
        return int(stored)
    except (TypeError, ValueError):
        return None
