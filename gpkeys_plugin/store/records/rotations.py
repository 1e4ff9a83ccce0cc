"""Rotations under way: what to finish or to undo, also after QGIS has stopped in between. No secret in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from .profile_file import profile_folder, read_entries, write_entries


@dataclass(frozen=True)
class UnfinishedRotation:
    """A rotation that has begun.

    `new_key_name` is the new key's name for the time being; `new_key_id` is empty until the server has answered, then a
    key of that name outside `known_ids` may or may not exist. `authcfg` is the configuration whose secret is swapped.
    `spare_authcfg` holds the new secret of a BASIC key before the swap and the old one after it.
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
    is_swapped: bool = False
    is_old_deleted: bool = False


def new_id() -> str:
    """Return an id for a rotation that begins now."""
    return uuid4().hex


class Rotations:
    """The rotations neither finished nor undone, in one file that survives a crash. Any thread may use it."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or profile_folder() / "rotations.json"
        self._lock = Lock()

    def write(self, entry: UnfinishedRotation) -> None:
        """Write a rotation down, or replace what was written of it."""
        with self._lock:
            write_entries(self._path, {**read_entries(self._path), entry.id: asdict(entry)})

    def remove(self, entry_id: str) -> None:
        """Strike out a rotation that was finished or undone."""
        with self._lock:
            entries = read_entries(self._path)
            if entries.pop(entry_id, None) is not None:
                write_entries(self._path, entries)

    def find(self, entry_id: str) -> UnfinishedRotation | None:
        """Return a rotation, None when it was finished or undone."""
        return next((entry for entry in self.entries() if entry.id == entry_id), None)

    def entries(self, api_url: str | None = None, account_id: str | None = None) -> tuple[UnfinishedRotation, ...]:
        """Return the rotations under way, only those of a platform and an account when given."""
        with self._lock:
            found = [_from_json(content) for content in read_entries(self._path).values()]
        return tuple(
            entry
            for entry in found
            if entry is not None and api_url in (None, entry.api_url) and account_id in (None, entry.account_id)
        )


def _from_json(content: Any) -> UnfinishedRotation | None:
    try:
        known = {field.name: content[field.name] for field in fields(UnfinishedRotation) if field.name in content}
        return UnfinishedRotation(**{**known, "known_ids": tuple(content.get("known_ids") or ())})
    except (TypeError, KeyError, AttributeError):
        return None
