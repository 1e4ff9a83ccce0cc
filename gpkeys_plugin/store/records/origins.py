"""Which connections of the profile were written by the plugin, and for which key. No secret in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

from qgis.core import QgsSettings

from ...keys.services.endpoints import ConnectionKind
from ...keys.services.recipes import WrittenConnection, list_of

_GROUP = "gpkeys/connections"


@dataclass(frozen=True)
class Origin:
    """A connection the plugin wrote: the key it is for, its URL without the hash, its authentication configuration."""

    connection: WrittenConnection
    owner: str
    url: str
    authcfg: str = ""


def record(origin: Origin) -> None:
    """Remember a connection that was written."""
    content = {
        "kind": origin.connection.kind.value,
        "owner": origin.owner,
        "url": origin.url,
        "authcfg": origin.authcfg,
    }
    QgsSettings().setValue(_key(origin.connection), json.dumps(content))


def find(connection: WrittenConnection) -> Origin | None:
    """Return what is remembered of a connection, None for one of another origin."""
    return _read(connection.name, QgsSettings().value(_key(connection)))


def change_owner(old_owner: str, new_owner: str) -> None:
    """Say that the connections written for a key are another key's now."""
    for origin in recorded():
        if origin.owner == old_owner:
            record(replace(origin, owner=new_owner))


def forget(connection: WrittenConnection) -> None:
    """Forget a connection."""
    QgsSettings().remove(_key(connection))


def recorded() -> tuple[Origin, ...]:
    """Return every connection the plugin wrote and did not remove."""
    settings = QgsSettings()
    found = []
    for service in sorted({list_of(kind) for kind in ConnectionKind}):
        settings.beginGroup(f"{_GROUP}/{service}")
        found += [_read(name, settings.value(name)) for name in settings.childKeys()]
        settings.endGroup()
    return tuple(origin for origin in found if origin is not None)


def _key(connection: WrittenConnection) -> str:
    return f"{_GROUP}/{list_of(connection.kind)}/{connection.name}"


def _read(name: str, stored: Any) -> Origin | None:
    try:
        content = json.loads(stored)
        kind = ConnectionKind(content["kind"])
        return Origin(WrittenConnection(kind, name), content["owner"], content["url"], content.get("authcfg") or "")
    except (TypeError, ValueError, KeyError):
        return None
