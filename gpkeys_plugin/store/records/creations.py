"""Creations under way: what to finish or to undo when QGIS stops in the middle of one. No secret in it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import uuid4

from .profile_file import profile_folder, read_entries, write_entries
from .under_way import UnderWay


@dataclass(frozen=True)
class UnfinishedCreation:
    """A creation that has begun: what is wanted, and the ids that its steps gave so far.

    `id` names it in the journal. `key_id` is empty until the server has answered: then a key of that name outside
    `known_ids` may or may not exist. `grants` are pairs of offering and permission (None for an open offering).
    `key_type` and `hash_storage` are the words of the API and of `HashStorage`.
    """

    id: str
    api_url: str
    account_id: str
    key_name: str
    key_type: str
    hash_storage: str
    known_ids: tuple[str, ...] = ()
    grants: tuple[tuple[str, str | None], ...] = ()
    key_id: str = ""
    authcfg: str = ""

    @classmethod
    def of(
        cls,
        *,
        api_url: str,
        account_id: str,
        key_name: str,
        key_type: str,
        hash_storage: str,
        known_ids: tuple[str, ...] = (),
        grants: tuple[tuple[str, str | None], ...] = (),
    ) -> UnfinishedCreation:
        """Return a creation that begins now, under an id of its own."""
        return cls(uuid4().hex, api_url, account_id, key_name, key_type, hash_storage, known_ids, grants)


class CreationRecords:
    """The creations not yet finished, in one file that survives a crash. Any thread may use it."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or profile_folder() / "journal.json"
        self._lock = Lock()
        self._under_way = UnderWay(self._path.parent)

    def write(self, entry: UnfinishedCreation) -> None:
        """Write a creation down, or replace what was written of it."""
        content = asdict(entry)
        with self._lock:
            write_entries(self._path, {**read_entries(self._path), content.pop("id"): content})

    def remove(self, entry_id: str) -> None:
        """Strike out a creation that was finished or undone."""
        with self._lock:
            entries = read_entries(self._path)
            if entries.pop(entry_id, None) is not None:
                write_entries(self._path, entries)

    def entries(self, api_url: str | None = None, account_id: str | None = None) -> tuple[UnfinishedCreation, ...]:
        """Return the creations that have begun and not ended, only those of a platform and an account when given."""
        with self._lock:
            found = [_from_json(id_, content) for id_, content in read_entries(self._path).items()]
        return tuple(
            entry
            for entry in found
            if entry is not None and api_url in (None, entry.api_url) and account_id in (None, entry.account_id)
        )

    def unfinished(self, api_url: str, account_id: str) -> tuple[UnfinishedCreation, ...]:
        """Return the creations of an account that nobody works on: to be finished or undone."""
        return tuple(entry for entry in self.entries(api_url, account_id) if not self.is_under_way(entry.id))

    def at_work(self, entry_id: str) -> AbstractContextManager[None]:
        """Return the context in which a creation is under way; entering raises GpkeysError where it is so already."""
        return self._under_way.at_work(entry_id)

    def is_under_way(self, entry_id: str) -> bool:
        """Return whether somebody works on a creation, in this QGIS or in another one on the same profile."""
        return self._under_way.is_under_way(entry_id)


def _from_json(id_: str, content: Any) -> UnfinishedCreation | None:
    try:
        return UnfinishedCreation(
            id=id_,
            api_url=str(content["api_url"]),
            account_id=str(content["account_id"]),
            key_name=str(content["key_name"]),
            key_type=str(content["key_type"]),
            hash_storage=str(content["hash_storage"]),
            known_ids=tuple(str(known) for known in content.get("known_ids") or ()),
            grants=tuple((str(offering), permission) for offering, permission in content.get("grants") or ()),
            key_id=str(content.get("key_id") or ""),
            authcfg=str(content.get("authcfg") or ""),
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        return None
