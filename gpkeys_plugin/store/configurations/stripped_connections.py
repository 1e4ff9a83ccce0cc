"""Connections that lost their authentication configuration when the profile moved to another QGIS version.

Going from QGIS 3.22 to 3.30 or later, or back, keeps the URL of a WMS or WFS connection but drops its configuration id.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable

from ...keys.services.layer_recipes import WrittenConnection
from .. import connections
from ..connection_settings import Layout
from ..records import connection_origins
from . import auth_configs


@dataclass(frozen=True)
class LostConnection:
    """A connection of the plugin that QGIS has without its authentication configuration."""

    connection: WrittenConnection
    authcfg: str


def lost(*, layout: Layout | None = None) -> tuple[LostConnection, ...]:
    """Return the connections that lost a configuration which is still in QGIS."""
    return tuple(
        LostConnection(origin.connection, origin.authcfg)
        for origin in connection_origins.recorded()
        if origin.authcfg and _has_lost(origin, layout) and auth_configs.exists(origin.authcfg)
    )


def put_back(found: Iterable[LostConnection], *, layout: Layout | None = None) -> None:
    """Give connections their configuration back; raises GpkeysError where the settings cannot be written."""
    for entry in found:
        connections.set_authcfg(entry.connection, entry.authcfg, layout=layout)


def _has_lost(origin: connection_origins.Origin, layout: Layout | None) -> bool:
    stored = connections.read(origin.connection.kind, origin.connection.name, layout=layout)
    return stored is not None and not stored.authcfg and stored.plain_url == origin.url
