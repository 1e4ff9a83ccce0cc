"""From the entries of a list to editions and files; values that cannot be true are taken for not told."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Iterable
from urllib.parse import unquote, urlsplit

from .models import Edition, FeedEntry, RemoteFile

_MD5 = re.compile(r"\b[0-9a-fA-F]{32}\b")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MD5_ENDING = ".md5"


def editions(resource: str, entries: Iterable[FeedEntry]) -> tuple[Edition, ...]:
    """Return the editions that the entries of a resource name."""
    found = (
        Edition(
            resource,
            last_segment(entry.href) or entry.title,
            entry.title,
            entry.zones,
            entry.formats,
            entry.crs,
            _date(entry.edition_date),
            entry.extent,
        )
        for entry in entries
    )
    return tuple(edition for edition in found if edition.name)


def files(resource: str, edition: str, entries: Iterable[FeedEntry]) -> tuple[RemoteFile, ...]:
    """Return the files that the entries of an edition name; a `.md5` beside a file is told of that file."""
    found = {file.name: file for file in (_file(resource, edition, entry) for entry in entries) if file.name}
    beside = {name for name in found if name.endswith(MD5_ENDING) and name[: -len(MD5_ENDING)] in found}
    return tuple(
        replace(file, md5_name=f"{name}{MD5_ENDING}") if f"{name}{MD5_ENDING}" in beside else file
        for name, file in found.items()
        if name not in beside
    )


def last_segment(address: str) -> str:
    """Return the last segment of an address's path, as it is meant; empty where it has none."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return ""
    return unquote(path.rstrip("/").rpartition("/")[2])


def md5_in(text: str) -> str | None:
    """Return the sum that a text holds, in small letters; None where it holds none."""
    found = _MD5.search(text)
    return found[0].lower() if found else None


def _file(resource: str, edition: str, entry: FeedEntry) -> RemoteFile:
    length = entry.length if entry.length is not None and entry.length >= 0 else None
    return RemoteFile(resource, edition, last_segment(entry.href) or entry.title, length, md5_in(entry.content))


def _date(text: str) -> str:
    found = _DATE.match(text.strip())
    if found is None:
        return ""
    try:
        return date.fromisoformat(found[0]).isoformat()
    except ValueError:
        return ""
