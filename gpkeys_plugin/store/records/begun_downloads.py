"""Downloads that were begun: what to go on with after QGIS has stopped in between. No secret in it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from .record_file import Records
from .unfinished_records import UnfinishedRecords


@dataclass(frozen=True)
class BegunEdition:
    """An edition of which files are fetched: those named, or all of them."""

    resource: str
    name: str
    title: str
    date: str = ""
    files: tuple[str, ...] | None = None


@dataclass(frozen=True)
class BegunDownload:
    """A download with a key into a folder; `day` is when it was begun, as in ISO 8601."""

    id: str
    api_url: str
    account_id: str
    key_id: str
    folder: str
    day: str
    editions: tuple[BegunEdition, ...]


def new_id() -> str:
    """Return an id for a download that begins now."""
    return uuid4().hex


class DownloadRecords(UnfinishedRecords[BegunDownload]):
    """The downloads neither finished nor given up."""

    def __init__(self, path: str | Path = "downloads.json") -> None:
        super().__init__(Records(path, asdict, _from_json))


def _from_json(id_: str, content: Any) -> BegunDownload:
    return BegunDownload(
        id_,
        str(content["api_url"]),
        str(content["account_id"]),
        str(content["key_id"]),
        str(content["folder"]),
        date.fromisoformat(content["day"]).isoformat(),
        tuple(_edition(one) for one in content["editions"]),
    )


def _edition(content: Any) -> BegunEdition:
    files = content.get("files")
    return BegunEdition(
        str(content["resource"]),
        str(content["name"]),
        str(content["title"]),
        str(content.get("date") or ""),
        tuple(map(str, files)) if files is not None else None,
    )
