"""Deletions under way: what QGIS holds of a key that may be gone already, to be removed after a stop. No secret."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from ...keys.services.connection_plans import ConnectionKind
from ...keys.services.layer_recipes import WrittenConnection
from .record_file import Records
from .unfinished_records import UnfinishedRecords


@dataclass(frozen=True)
class UnfinishedDeletion:
    """A deletion that has begun; whether the key is gone is seen by looking.

    `connections` and `authcfgs` were made for the key and are to go with it; what QGIS holds `is_kept` where the user
    wished so. `key_type` is the API's word.
    """

    id: str
    api_url: str
    account_id: str
    key_id: str
    key_name: str
    key_type: str
    connections: tuple[WrittenConnection, ...] = ()
    authcfgs: tuple[str, ...] = ()
    is_kept: bool = False


def new_id() -> str:
    """Return an id for a deletion that begins now."""
    return uuid4().hex


class DeletionRecords(UnfinishedRecords[UnfinishedDeletion]):
    """The deletions that were not carried to their end."""

    def __init__(self, path: str | Path = "deletions.json") -> None:
        super().__init__(Records(path, _to_json, _from_json))


def _to_json(entry: UnfinishedDeletion) -> dict[str, Any]:
    return {
        "api_url": entry.api_url,
        "account_id": entry.account_id,
        "key_id": entry.key_id,
        "key_name": entry.key_name,
        "key_type": entry.key_type,
        "connections": [{"kind": made.kind.value, "name": made.name} for made in entry.connections],
        "authcfgs": list(entry.authcfgs),
        "is_kept": entry.is_kept,
    }


def _from_json(id_: str, content: Any) -> UnfinishedDeletion:
    made = content.get("connections") or ()
    return UnfinishedDeletion(
        id=id_,
        api_url=str(content["api_url"]),
        account_id=str(content["account_id"]),
        key_id=str(content["key_id"]),
        key_name=str(content["key_name"]),
        key_type=str(content["key_type"]),
        connections=tuple(WrittenConnection(ConnectionKind(one["kind"]), str(one["name"])) for one in made),
        authcfgs=tuple(map(str, content.get("authcfgs") or ())),
        is_kept=bool(content.get("is_kept")),
    )


DELETIONS = DeletionRecords()
"""Those of the profile."""
