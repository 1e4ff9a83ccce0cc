"""Connections in QGIS's Browser: written, read back, found and removed, for every QGIS from 3.22 on.

Work on the main thread: QGIS reads its settings from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Iterable

from qgis.core import QgsDataSourceUri, QgsProviderRegistry, QgsSettings

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.translatable_text import Text
from ..keys.layer_needs.hash_in_text import hash_of_url, url_without_hash
from ..keys.services.connection_names import clean, connection_name
from ..keys.services.connection_plans import ConnectionKind, ConnectionPlan, TileRange, url_with_hash
from ..keys.services.kept_connections import HeldConnection
from ..keys.services.layer_recipes import WrittenConnection, list_of
from .connection_settings import Layout, all_groups, authcfg_key, group, layout_for, parent_group, style_values, values
from .qgis_settings import settings_file
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


def names_for(
    plans: Iterable[ConnectionPlan], owner: str, beside: Iterable[HeldConnection] = ()
) -> tuple[WrittenConnection, ...]:
    """Return under which names planned connections are to be written for the key of the id `owner`.

    What was written earlier for the same key may be replaced, but for what stays `beside`, unless it has the address
    of the new one; a connection of any other origin keeps its name, and the new one gets a number.
    """
    known, taken, staying = Origins(), dict[str, list[str]](), {_place(one): one.connection for one in beside}
    found = []
    for plan in plans:
        same = staying.get((list_of(plan.kind), plan.url))
        if same is not None:
            found.append(same)
            continue
        names = taken.setdefault(list_of(plan.kind), [])
        names = names or [*_taken(plan.kind, owner, known), *_names_of(plan.kind, staying.values())]
        connection = WrittenConnection(plan.kind, connection_name(clean(plan.name) or _NAMELESS, "", names))
        taken[list_of(plan.kind)] = [*names, connection.name]
        found.append(connection)
    return tuple(found)


def _place(held: HeldConnection) -> tuple[str, str]:
    return list_of(held.connection.kind), held.url


def _names_of(kind: ConnectionKind, found: Iterable[WrittenConnection]) -> list[str]:
    return [one.name for one in found if list_of(one.kind) == list_of(kind)]


def origin_of(
    plan: ConnectionPlan, connection: WrittenConnection, owner: str, *, authcfg: str = "", hash_value: str | None = None
) -> Origin:
    """Return what is to be recorded of a connection before it is written."""
    return Origin(connection, owner, url_without_hash(_url(plan, hash_value)), authcfg)


def write_all(
    planned: Iterable[tuple[ConnectionPlan, WrittenConnection]],
    *,
    authcfg: str = "",
    hash_value: str | None = None,
    layout: Layout | None = None,
) -> None:
    """Write planned connections under their names of `names_for`, in the place of what was there, and read them back.

    They reach the disk together.
    """
    layout, listed = layout or layout_for(), tuple(planned)
    settings_file.require_room()
    # One object for all: each that is let go writes the whole file.
    settings = QgsSettings()
    for plan, connection in listed:
        clear(connection, settings)
        _save(settings, layout, connection, _url(plan, hash_value), authcfg, plan, has_hash=bool(hash_value))
    settings.sync()
    make_qgis_reread(plan.kind for plan, _ in listed)
    are_kept = settings_file.are_kept()
    for plan, connection in listed:
        stored = read(connection.kind, connection.name, layout=layout, settings=settings)
        if not are_kept or stored is None or (stored.url, stored.authcfg) != (_url(plan, hash_value), authcfg):
            raise _not_kept(connection)


def exists(kind: ConnectionKind, name: str, *, layout: Layout | None = None) -> bool:
    """Return whether QGIS has a connection of that name in the list of that kind."""
    return read(kind, name, layout=layout) is not None


def read(
    kind: ConnectionKind, name: str, *, layout: Layout | None = None, settings: QgsSettings | None = None
) -> StoredConnection | None:
    """Return a connection as QGIS has it, None when there is none of that name.

    Whoever reads many hands in one object for all: each new one looks at the files, and writes what is pending.
    """
    layout, settings = layout or layout_for(), settings or QgsSettings()
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


def ours(
    found: Iterable[WrittenConnection], *, layout: Layout | None = None, known: Origins | None = None
) -> tuple[WrittenConnection, ...]:
    """Return those of the connections that are still the ones the plugin wrote."""
    known, settings = known or Origins(), QgsSettings()
    return tuple(one for one in found if _is_ours(one, known, layout or layout_for(), settings))


def remove(found: Iterable[WrittenConnection]) -> tuple[WrittenConnection, ...]:
    """Remove connections the plugin wrote from both settings trees; return those that were there.

    One that is another's by now stays. None of them is forgotten: that is for `origins.forget_all`, off this thread.
    Raises GpkeysError where they would be back at the next start.
    """
    known, settings = Origins(), QgsSettings()
    # Looked at before the first goes: what reads the settings has what is pending written.
    listed = [(connection, _is_ours_somewhere(connection, known, settings)) for connection in dict.fromkeys(found)]
    # Traces of one that is not there go too. The group of no name is that of all connections.
    gone = [one for one, is_ours in listed if one.name and (is_ours or not _is_anywhere(one, settings))]
    if gone:
        settings_file.require_room()
    for connection in gone:
        clear(connection, settings)
    removed = tuple(one for one, is_ours in listed if is_ours and one.name)
    if gone:
        settings.sync()
        make_qgis_reread(one.kind for one in gone)
    if removed:
        settings_file.require_kept()
    return removed


def set_authcfg(connection: WrittenConnection, authcfg: str, *, layout: Layout | None = None) -> None:
    """Give a connection that exists another authentication configuration; raises GpkeysError without room for it."""
    layout = layout or layout_for()
    settings_file.require_room()
    QgsSettings().setValue(authcfg_key(layout, connection.kind, connection.name), authcfg)


def _url(plan: ConnectionPlan, hash_value: str | None) -> str:
    return url_with_hash(plan.url, hash_value) if hash_value else plan.url


def _taken(kind: ConnectionKind, owner: str, known: Origins) -> list[str]:
    """Return the names that a connection for `owner` must not take, in both trees."""
    settings = QgsSettings()
    return [name for name in names(kind) if not _may_replace(WrittenConnection(kind, name), owner, known, settings)]


def names(kind: ConnectionKind) -> set[str]:
    """Return the names of all connections in the list of that kind, in both settings trees."""
    settings = QgsSettings()
    found: set[str] = set()
    for layout in Layout:
        settings.beginGroup(parent_group(layout, kind))
        found.update(settings.childGroups())
        settings.endGroup()
    return found


def _may_replace(connection: WrittenConnection, owner: str, known: Origins, settings: QgsSettings) -> bool:
    origin = known.find(connection)
    return origin is not None and origin.owner == owner and _is_ours_somewhere(connection, known, settings)


def _is_anywhere(connection: WrittenConnection, settings: QgsSettings) -> bool:
    return any(_stored_url(connection, layout, settings) for layout in Layout)


def _is_ours_somewhere(connection: WrittenConnection, known: Origins, settings: QgsSettings) -> bool:
    return any(_is_ours(connection, known, layout, settings) for layout in Layout)


def _is_ours(connection: WrittenConnection, known: Origins, layout: Layout, settings: QgsSettings) -> bool:
    origin = known.find(connection)
    url = _stored_url(connection, layout, settings) if origin is not None else ""
    return origin is not None and bool(url) and url_without_hash(url) == origin.url


def _stored_url(connection: WrittenConnection, layout: Layout, settings: QgsSettings) -> str:
    return str(settings.value(f"{group(layout, connection.kind, connection.name)}/url") or "")


def clear(connection: WrittenConnection, settings: QgsSettings) -> None:
    """Remove every trace: a configuration id left in its own group would be taken up by a new connection.

    It reaches the disk with the next `sync`; QGIS is to read again then.
    """
    for old_group in all_groups(connection.kind, connection.name):
        settings.remove(old_group)


def _save(
    settings: QgsSettings,
    layout: Layout,
    connection: WrittenConnection,
    url: str,
    authcfg: str,
    plan: ConnectionPlan,
    *,
    has_hash: bool,
) -> None:
    # Also vector tiles: what their own class is given, it decodes, and `%2F` or a space would not come back.
    written = values(layout, connection, url, authcfg, plan.tiles, has_hash=has_hash)
    for key, value in {**written, **style_values(layout, connection, plan.style_url)}.items():
        settings.setValue(key, value)


def tile_uri(url: str, authcfg: str, tiles: TileRange | None) -> str:
    """Return the data source of a tile template, as the XYZ and the vector tile providers read it."""
    levels = {"zmin": str(tiles.zmin), "zmax": str(tiles.zmax)} if tiles is not None else {}
    uri = QgsDataSourceUri()
    for name, value in {"type": "xyz", "url": url, **levels, "authcfg": authcfg}.items():
        if value:
            uri.setParam(name, value)
    return bytes(uri.encodedUri()).decode()


def make_qgis_reread(kinds: Iterable[ConnectionKind]) -> None:
    """Have QGIS read its vector tile connections again: it keeps those in memory."""
    if ConnectionKind.VECTOR_TILES in kinds:
        QgsProviderRegistry.instance().providerMetadata("vectortile").connections(False)


def _not_kept(connection: WrittenConnection) -> GpkeysError:
    return GpkeysError(
        ErrorCode.QGIS,
        Text("QGIS did not keep the connection “{name}”.", {"name": connection.name}),
        f"connection {connection.kind.value} {connection.name} reads back differently",
        advice=settings_file.CHECK_DISK,
    )


def _number(stored: Any) -> int | None:
    try:
        return int(stored)
    except (TypeError, ValueError):
        return None
