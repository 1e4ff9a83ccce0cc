"""The API's operations as values: method, path, query and body of each request, built without sending anything."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Mapping, Sequence
from urllib.parse import quote

from . import json_writing
from .models import KeyCreation, KeyUpdate

_ME = "/users/me"
_KEYS = f"{_ME}/keys"
_PERMISSIONS = f"{_ME}/permissions"


@dataclass(frozen=True)
class Operation:
    """One request. The body is never shown: it may hold a password."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: Mapping[str, Any] | None = field(default=None, repr=False)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The values of the body that no message may repeat."""
        infos = (self.body or {}).get("type_infos") or {}
        return tuple(value for name, value in infos.items() if name != "login" and isinstance(value, str) and value)

    def page(self, number: int, limit: int) -> Operation:
        """Return the same listing's page `number`, counted from 1."""
        return replace(self, query=(*self.query, ("page", str(number)), ("limit", str(limit))))


def _word(value: bool) -> str:
    return "true" if value else "false"


def me() -> Operation:
    """Read the account."""
    return Operation("GET", _ME)


def permissions(*, personal: bool | None = None, community: bool | None = None) -> Operation:
    """List permissions: all of them, or only the personal ones, or only those of communities."""
    wanted = (("personal", personal), ("community", community))
    return Operation("GET", _PERMISSIONS, tuple((name, _word(value)) for name, value in wanted if value is not None))


PERMISSIONS_BY_ORIGIN = permissions(personal=True, community=False), permissions(personal=False, community=True)
"""The listing of personal permissions, and that of those of communities."""


def permission(permission_id: str) -> Operation:
    """Read a permission with the URLs of its offerings."""
    return Operation("GET", _below(_PERMISSIONS, permission_id))


def keys() -> Operation:
    """List keys."""
    return Operation("GET", _KEYS)


def key(key_id: str) -> Operation:
    """Read a key."""
    return Operation("GET", _below(_KEYS, key_id))


def create_key(creation: KeyCreation) -> Operation:
    """Create a key."""
    return Operation("POST", _KEYS, body=json_writing.key_creation(creation))


def update_key(key_id: str, update: KeyUpdate) -> Operation:
    """Change a key."""
    return Operation("PATCH", _below(_KEYS, key_id), body=json_writing.key_update(update))


def delete_key(key_id: str) -> Operation:
    """Delete a key."""
    return Operation("DELETE", _below(_KEYS, key_id))


def accesses(key_id: str) -> Operation:
    """List a key's accesses."""
    return Operation("GET", _below(_KEYS, key_id, "accesses"))


def access(key_id: str, access_id: str) -> Operation:
    """Read an access."""
    return Operation("GET", _below(_KEYS, key_id, "accesses", access_id))


def create_accesses(key_id: str, permission_id: str | None, offering_ids: Sequence[str]) -> Operation:
    """Open offerings to a key through one permission."""
    body = json_writing.access_creation(permission_id, offering_ids)
    return Operation("POST", _below(_KEYS, key_id, "accesses"), body=body)


def delete_access(key_id: str, access_id: str) -> Operation:
    """Close an offering to a key."""
    return Operation("DELETE", _below(_KEYS, key_id, "accesses", access_id))


def stats(start: datetime, end: datetime, *, details: bool) -> Operation:
    """Read what the account consumed."""
    return Operation("GET", f"{_ME}/stats", _period(start, end, details))


def key_stats(key_id: str, start: datetime, end: datetime, *, details: bool) -> Operation:
    """Read what was consumed with a key."""
    return Operation("GET", _below(_KEYS, key_id, "stats"), _period(start, end, details))


def _below(path: str, *segments: str) -> str:
    return "/".join([path, *(quote(segment, safe="") for segment in segments)])


def _period(start: datetime, end: datetime, details: bool) -> tuple[tuple[str, str], ...]:
    return (
        ("start", json_writing.write_time(start)),
        ("end", json_writing.write_time(end)),
        ("details", _word(details)),
    )
