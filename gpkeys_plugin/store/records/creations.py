"""Creations under way: what to finish or to undo when QGIS stops in the middle of one. No secret in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from .record_file import Records
from .unfinished_records import UnfinishedRecords


@dataclass(frozen=True)
class UnfinishedCreation:
    """A creation that has begun: what is wanted, and the ids that its steps gave so far.

    `id` names it in the journal. `key_id` is empty until the server has answered: then a key of that name outside
    `known_ids` may or may not exist; one of type BASIC is known by its `login`, too. `grants` are pairs of offering and
    permission (None for an open offering). `key_type` and `hash_storage` are the words of the API and of `HashStorage`.
    `authcfg` is the configuration for the key, written down before it is stored; `is_authcfg_new` unless an earlier key
    of that name has left it. Unless `is_connected`, nothing else of it is to be in QGIS; a key that `is_for_copy` is of
    use with the copy of a project only. `copy_path` is where that copy goes, empty where none is made; `copy_digest`
    tells it from any other file, and is written down before it stands there.
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
    is_authcfg_new: bool = True
    is_connected: bool = True
    is_for_copy: bool = False
    copy_path: str = ""
    copy_digest: str = ""
    login: str = ""

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


class CreationRecords(UnfinishedRecords[UnfinishedCreation]):
    """The creations not yet finished."""

    def __init__(self, path: str | Path = "journal.json") -> None:
        super().__init__(Records(path, _to_json, _from_json))


def _to_json(entry: UnfinishedCreation) -> dict[str, Any]:
    content = asdict(entry)
    del content["id"]
    return content


def _from_json(id_: str, content: Any) -> UnfinishedCreation:
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
        login=str(content.get("login") or ""),
        authcfg=str(content.get("authcfg") or ""),
        is_authcfg_new=bool(content.get("is_authcfg_new", True)),
        is_connected=bool(content.get("is_connected", True)),
        is_for_copy=bool(content.get("is_for_copy", False)),
        copy_path=str(content.get("copy_path") or ""),
        copy_digest=str(content.get("copy_digest") or ""),
    )
