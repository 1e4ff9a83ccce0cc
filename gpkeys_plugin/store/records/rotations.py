"""Rotations under way: what to finish or to undo, also after QGIS has stopped in between. No secret in it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from .profile_file import profile_folder, read_entries, write_entries
from .under_way import UnderWay


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


class RotationRecords:
    """The rotations neither finished nor undone, in one file that survives a crash. Any thread may use it."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or profile_folder() / "rotations.json"
        self._lock = Lock()
        self._under_way = UnderWay(self._path.parent)

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

    def unfinished(self, api_url: str, account_id: str) -> tuple[UnfinishedRotation, ...]:
        """Return the rotations of an account that nobody works on: to be finished or undone."""
        return tuple(entry for entry in self.entries(api_url, account_id) if not self.is_under_way(entry.id))

    def at_work(self, entry_id: str) -> AbstractContextManager[None]:
        """Return the context in which a rotation is under way; entering raises GpkeysError where it is so already."""
        return self._under_way.at_work(entry_id)

    def is_under_way(self, entry_id: str) -> bool:
        """Return whether somebody works on a rotation, in this QGIS or in another one on the same profile."""
        return self._under_way.is_under_way(entry_id)


def _from_json(content: Any) -> UnfinishedRotation | None:
    try:
        known = {field.name: content[field.name] for field in fields(UnfinishedRotation) if field.name in content}
        return UnfinishedRotation(**{**known, "known_ids": tuple(content.get("known_ids") or ())})
    except (TypeError, KeyError, AttributeError):
        return None
