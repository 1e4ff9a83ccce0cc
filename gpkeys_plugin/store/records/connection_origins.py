"""Which connections of the profile were written by the plugin, and for which key. No secret in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any, Callable, Iterable, Mapping, NamedTuple, Sequence

from qgis.core import QgsSettings

from ...keys.services.connection_plans import ConnectionKind
from ...keys.services.layer_recipes import WrittenConnection, list_of
from .record_file import Records

# Where versions up to 0.4.0 kept them; left as it is, for one who goes back to such a version.
_EARLIER_GROUP = "gpkeys/connections"


@dataclass(frozen=True)
class Origin:
    """A connection the plugin wrote: the key it is for, its URL without the hash, its authentication configuration."""

    connection: WrittenConnection
    owner: str
    url: str
    authcfg: str = ""


class Differing(NamedTuple):
    """What an earlier version has noted of a connection, and what is known under its name."""

    noted: Origin
    known: Origin | None


def record_all(origins: Iterable[Origin]) -> None:
    """Remember connections that are about to be written; raises GpkeysError when they cannot be."""
    with _RECORDS.changing() as known:
        known.update({_entry_name(origin.connection): origin for origin in origins})


def forget_all(connections: Iterable[WrittenConnection]) -> None:
    """Forget connections that were removed; raises GpkeysError when that cannot be written."""
    with _RECORDS.changing() as known:
        for connection in connections:
            known.pop(_entry_name(connection), None)


def change_owner(old_owner: str, new_owner: str) -> None:
    """Say that the connections written for a key are another key's now; raises GpkeysError as `record_all`."""
    with _RECORDS.changing() as known:
        moved = {name: origin for name, origin in known.items() if origin.owner == old_owner}
        known.update({name: replace(origin, owner=new_owner) for name, origin in moved.items()})


def adopt_noted(newer: Callable[[Sequence[Differing]], Iterable[Origin]]) -> None:
    """Remember what versions up to 0.4.0 have noted in the settings since, wherever that is `newer` than our record.

    `newer` returns which of the notes are; nobody changes our record meanwhile, so that it must wait for nothing. The
    notes stay. Raises GpkeysError as `record_all`.
    """
    noted = _in_settings()
    if not noted:
        return
    with _RECORDS.changing() as known:
        pairs = [Differing(origin, known.get(name)) for name, origin in noted.items()]
        differing = [pair for pair in pairs if pair.noted != pair.known]
        known.update({_entry_name(origin.connection): origin for origin in newer(differing)})


def find(connection: WrittenConnection) -> Origin | None:
    """Return what is remembered of a connection, None for one of another origin."""
    return Origins().find(connection)


def recorded() -> tuple[Origin, ...]:
    """Return every connection the plugin wrote and did not remove."""
    return tuple(_RECORDS.all().values())


def written_for(owner: str, noted: Iterable[WrittenConnection] = ()) -> tuple[WrittenConnection, ...]:
    """Return what was written for a key: what is `noted` of it, and what a job that was cut off has left unsaid."""
    owned = (origin.connection for origin in recorded() if origin.owner == owner)
    return tuple(dict.fromkeys((*noted, *owned)))


class Origins:
    """What is remembered of all connections, read once for many questions."""

    def __init__(self) -> None:
        self._known = _RECORDS.all()

    def find(self, connection: WrittenConnection) -> Origin | None:
        """Return what is remembered of a connection, None for one of another origin."""
        return self._known.get(_entry_name(connection))


def _entry_name(connection: WrittenConnection) -> str:
    return f"{list_of(connection.kind)}/{connection.name}"


def _to_json(origin: Origin) -> dict[str, Any]:
    return {
        "kind": origin.connection.kind.value,
        "name": origin.connection.name,
        "owner": origin.owner,
        "url": origin.url,
        "authcfg": origin.authcfg,
    }


def _from_json(_name: str, content: Any) -> Origin:
    connection = WrittenConnection(ConnectionKind(content["kind"]), str(content["name"]))
    return Origin(connection, str(content["owner"]), str(content["url"]), str(content.get("authcfg") or ""))


def _in_settings() -> Mapping[str, Origin]:
    settings = QgsSettings()
    found = []
    for service in sorted({list_of(kind) for kind in ConnectionKind}):
        settings.beginGroup(f"{_EARLIER_GROUP}/{service}")
        found += [_earlier(name, settings.value(name)) for name in settings.childKeys()]
        settings.endGroup()
    return {_entry_name(origin.connection): origin for origin in found if origin is not None}


def _earlier(name: str, stored: Any) -> Origin | None:
    try:
        return _from_json("", {**json.loads(stored), "name": name})
    except (TypeError, ValueError, KeyError):
        return None


_RECORDS = Records("origins.json", _to_json, _from_json, earlier=_in_settings)
