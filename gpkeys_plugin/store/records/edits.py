"""Edits under way: what a key was and what is wanted of it, to finish or to undo it after a stop. No secret in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from ...entrepot.models import Filters
from ...keys.draft import Grant
from ...keys.upkeep.key_states import KeyState
from .record_file import Records
from .unfinished_records import UnfinishedRecords


@dataclass(frozen=True)
class UnfinishedEdit:
    """An edit that has begun. How far it has come is seen by looking at the key.

    `before` is what the key was, `wanted` what it is to become. `was_connected` where QGIS held the key; an extension
    connects it in any case. `configurations` are the names, by id, of those that a new name of the key renames.
    """

    id: str
    api_url: str
    account_id: str
    key_id: str
    before: KeyState
    wanted: KeyState
    was_connected: bool = False
    is_extension: bool = False
    configurations: tuple[tuple[str, str], ...] = ()

    @property
    def concerns_qgis(self) -> bool:
        """Whether QGIS's connections and configurations have to follow."""
        return self.is_extension or (self.before.name, self.before.grants) != (self.wanted.name, self.wanted.grants)


def new_id() -> str:
    """Return an id for an edit that begins now."""
    return uuid4().hex


class EditRecords(UnfinishedRecords[UnfinishedEdit]):
    """The edits neither finished nor undone."""

    def __init__(self, path: str | Path = "edits.json") -> None:
        super().__init__(Records(path, _to_json, _from_json))

    def of_key(self, api_url: str, account_id: str, key_id: str) -> UnfinishedEdit | None:
        """Return the edit of a key that has begun and not ended, None where there is none."""
        return next((entry for entry in self.entries(api_url, account_id) if entry.key_id == key_id), None)


def _to_json(entry: UnfinishedEdit) -> dict[str, Any]:
    return {
        "api_url": entry.api_url,
        "account_id": entry.account_id,
        "key_id": entry.key_id,
        "before": _state_to_json(entry.before),
        "wanted": _state_to_json(entry.wanted),
        "was_connected": entry.was_connected,
        "is_extension": entry.is_extension,
        "configurations": [list(named) for named in entry.configurations],
    }


def _state_to_json(state: KeyState) -> dict[str, Any]:
    return {
        "name": state.name,
        "whitelist": list(state.filters.whitelist),
        "blacklist": list(state.filters.blacklist),
        "user_agent": state.filters.user_agent,
        "referer": state.filters.referer,
        "grants": [[grant.offering_id, grant.permission_id] for grant in state.grants],
    }


def _from_json(id_: str, content: Any) -> UnfinishedEdit:
    return UnfinishedEdit(
        id=id_,
        api_url=str(content["api_url"]),
        account_id=str(content["account_id"]),
        key_id=str(content["key_id"]),
        before=_state_from_json(content["before"]),
        wanted=_state_from_json(content["wanted"]),
        was_connected=bool(content.get("was_connected")),
        is_extension=bool(content.get("is_extension")),
        configurations=tuple((str(authcfg), str(name)) for authcfg, name in content.get("configurations") or ()),
    )


def _state_from_json(content: Any) -> KeyState:
    filters = Filters(
        whitelist=tuple(map(str, content["whitelist"])),
        blacklist=tuple(map(str, content["blacklist"])),
        user_agent=content["user_agent"],
        referer=content["referer"],
    )
    grants = tuple(Grant(str(offering), permission) for offering, permission in content["grants"])
    return KeyState(str(content["name"]), filters, grants)


EDITS = EditRecords()
"""Those of the profile."""
