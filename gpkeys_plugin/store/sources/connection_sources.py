"""Connections of QGIS's Browser as data sources: what they carry to be let in, and that replaced. Main thread only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterator, Mapping
from urllib.parse import quote

from qgis.core import QgsSettings

from ...keys.layer_needs.credential_replacement import Configuration, Credential, HashInUrl, with_credential
from ...keys.layer_needs.platform_hosts import Platform
from ...keys.layer_needs.sources import AUTHCFG, HEADER, LOGIN_FIELDS, WFS_PROVIDER, WMS_PROVIDER, read_address
from ...keys.services.connection_plans import ConnectionKind
from ...keys.services.layer_recipes import WrittenConnection
from .. import connection_headers, connections, key_uses, qgis_capabilities_cache
from ..connection_settings import Layout, authcfg_key, group, groups_in, values
from ..main_thread_guard import require_main_thread
from ..qgis_settings import settings_file

_TILES = (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES)


@dataclass(frozen=True)
class ConnectionSource:
    """A connection in one settings tree, and the data source that says the same. `source` may hold a secret."""

    connection: WrittenConnection
    layout: Layout
    provider: str
    source: str = field(repr=False)
    authcfg: str = ""


def every_source(platform: Platform) -> tuple[ConnectionSource, ...]:
    """Return the connections to a platform, or to the old Géoportail, in both settings trees, whoever made them."""
    return tuple(_every_source(platform))


def _every_source(platform: Platform) -> Iterator[ConnectionSource]:
    for layout in Layout:
        for stored in key_uses.every_connection(layout):
            if platform.is_mentioned(stored.url):
                yield _as_source(stored, layout)


def give_credential(found: ConnectionSource, credential: Credential, platform: Platform) -> None:
    """Give a connection another credential in the place of all that it carries; nothing else in it changes."""
    require_main_thread("changing connections")
    settings_file.require_room()
    kind, name, layout = found.connection.kind, found.connection.name, found.layout
    url = read_address(found.provider, with_credential(found.provider, found.source, credential, platform)) or ""
    has_hash = isinstance(credential, HashInUrl)
    authcfg = credential.authcfg if isinstance(credential, Configuration) else ""
    settings = QgsSettings()
    for place in groups_in(layout, kind, name):
        for entry in (AUTHCFG, *LOGIN_FIELDS):
            settings.remove(f"{place}/{entry}")
    connection_headers.take_out(groups_in(layout, kind, name))
    wanted = (f"{group(layout, kind, name)}/url", authcfg_key(layout, kind, name))
    for key, value in values(layout, found.connection, url, authcfg, None, has_hash=has_hash).items():
        # With a hash in its URL, QGIS must not follow the addresses of the capabilities.
        if key in wanted or (has_hash and "ignore" in key.rpartition("/")[2]):
            settings.setValue(key, value)
    settings.sync()
    qgis_capabilities_cache.drop_capabilities(kind, url)
    connections.make_qgis_reread([kind])


def _as_source(stored: connections.StoredConnection, layout: Layout) -> ConnectionSource:
    kind, name = stored.connection.kind, stored.connection.name
    settings, here = QgsSettings(), authcfg_key(layout, kind, name).rpartition("/")[0]
    login = {entry: str(settings.value(f"{here}/{entry}") or "") for entry in LOGIN_FIELDS}
    header = connection_headers.hash_in(groups_in(layout, kind, name))
    carried = {AUTHCFG: stored.authcfg, **login, HEADER: header}
    entries = {"url": stored.url, **{entry: value for entry, value in carried.items() if value}}
    return ConnectionSource(stored.connection, layout, _provider(kind), _source(kind, entries), stored.authcfg)


def _provider(kind: ConnectionKind) -> str:
    if kind is ConnectionKind.WFS:
        return WFS_PROVIDER
    return "vectortile" if kind is ConnectionKind.VECTOR_TILES else WMS_PROVIDER


def _source(kind: ConnectionKind, entries: Mapping[str, str]) -> str:
    if kind is ConnectionKind.WFS:
        escaped = {name: value.replace("\\", "\\\\").replace("'", "\\'") for name, value in entries.items()}
        return " ".join(f"{name}='{value}'" for name, value in escaped.items())
    tiles = ["type=xyz"] if kind in _TILES else []
    return "&".join([*tiles, *(f"{name}={quote(value, safe='')}" for name, value in entries.items())])
