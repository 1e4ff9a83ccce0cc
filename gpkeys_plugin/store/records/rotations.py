"""Rotations under way: what to finish or to undo, also after QGIS has stopped in between. No secret in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any
from uuid import uuid4

from .record_file import Records
from .unfinished_records import UnfinishedRecords


@dataclass(frozen=True)
class UnfinishedRotation:
    """A rotation that has begun.

    `new_key_name` is the new key's name for the time being; `new_key_id` is empty until the server has answered, then a
    key of that name outside `known_ids` may or may not exist, and one of type BASIC is known by its `new_login`, too.
    `authcfg` is the configuration whose secret is swapped. `spare_authcfg` holds the new secret of a BASIC key before
    the swap and the old one after it. Both are written down before they are stored; `is_authcfg_new` where `authcfg` is
    made for the new key, not the old key's own. `predecessor_id` is that of a key that is gone, whose place the old one
    had taken, where QGIS's notes still name it.
    """

    id: str
    api_url: str
    account_id: str
    old_key_id: str
    old_key_name: str
    key_type: str
    new_key_name: str
    known_ids: tuple[str, ...] = ()
    new_key_id: str = ""
    authcfg: str = ""
    spare_authcfg: str = ""
    is_authcfg_new: bool = False
    is_swapped: bool = False
    is_old_deleted: bool = False
    predecessor_id: str = ""
    new_login: str = ""

    @property
    def noted_id(self) -> str:
        """The key under whose id QGIS's notes stand as long as they are not the new key's."""
        return self.predecessor_id or self.old_key_id


def new_id() -> str:
    """Return an id for a rotation that begins now."""
    return uuid4().hex


class RotationRecords(UnfinishedRecords[UnfinishedRotation]):
    """The rotations neither finished nor undone."""

    def __init__(self, path: str | Path = "rotations.json") -> None:
        super().__init__(Records(path, asdict, _from_json))


def _from_json(_id: str, content: Any) -> UnfinishedRotation:
    # Up to 0.5.0 it was not said; once there is a new BASIC key, the lack of a spare configuration tells it.
    is_new = content["key_type"] == "BASIC" and bool(content.get("new_key_id")) and not content.get("spare_authcfg")
    content = {"is_authcfg_new": is_new, **content}
    known = {field.name: content[field.name] for field in fields(UnfinishedRotation) if field.name in content}
    return UnfinishedRotation(**{**known, "known_ids": tuple(content.get("known_ids") or ())})
