"""The titles of services, kept in the profile for a day: what the services' own documents and the catalogue told.

One file for all platforms, without any secret; the names that were learnt of longest ago go when it would become too
long. It is read and written on workers only.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Iterable, Mapping

from ...keys.services.titles import ServiceTitle, TitleBook
from .profile_file import profile_folder, read_entries, write_entries

KEPT_FOR = timedelta(days=1)
MOST_ENTRIES = 20_000

_LONGEST_TITLE = 200
_LONGEST_DESCRIPTION = 500
_MOST_PRODUCERS = 5
_LOCK = threading.Lock()


def book(api_url: str, *, with_catalogue: bool = True) -> TitleBook:
    """Return the titles of a platform's services, those of the catalogue only where they are wanted."""
    found: dict[str, ServiceTitle] = {}
    for name, entry in _entries_of(api_url).items():
        told = entry.get("service") or (entry.get("title") if with_catalogue else "")
        if isinstance(told, str) and told:
            found[name] = _read(told, entry if with_catalogue else {})
    return TitleBook.of(found)


def unknown(api_url: str, layer_names: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Return the layer names that no service told a title for, and that the catalogue was not asked about today."""
    known = {name for name, entry in _entries_of(api_url).items() if entry.get("service") or _is_fresh(entry, now)}
    services = {name.rpartition(":")[0] for name in known}
    return tuple(name for name in dict.fromkeys(layer_names) if name.casefold() not in known | services)


def learn_from_services(api_url: str, titles: Mapping[str, str]) -> None:
    """Keep titles that the services' own documents tell, by layer name: they go before those of the catalogue."""
    _learn(api_url, {name: {"service": title[:_LONGEST_TITLE]} for name, title in titles.items() if title})


def learn_from_catalogue(api_url: str, asked: Iterable[str], titles: Mapping[str, ServiceTitle], now: datetime) -> None:
    """Keep what the catalogue said, also of which names it knows nothing: they are not asked about again today."""
    day = {"asked": now.astimezone(timezone.utc).isoformat(timespec="seconds")}
    nothing: dict[str, Any] = {"title": "", "description": "", "producers": []}
    told = {name: {**nothing, **day} for name in asked}
    told.update({name: {**_written(title), **day} for name, title in titles.items()})
    _learn(api_url, told)


def _learn(api_url: str, told: Mapping[str, Mapping[str, Any]]) -> None:
    if not told:
        return
    with _LOCK:
        entries = read_entries(_path())
        for name, values in told.items():
            key = _key(api_url, name)
            before = entries.pop(key, None)
            # At the end of the file, since those at its beginning go first.
            entries[key] = {**(before if isinstance(before, dict) else {}), **values}
        for key in list(entries)[: max(0, len(entries) - MOST_ENTRIES)]:
            del entries[key]
        write_entries(_path(), entries)


def _entries_of(api_url: str) -> dict[str, dict[str, Any]]:
    start = _key(api_url, "")
    with _LOCK:
        entries = read_entries(_path())
    return {
        key[len(start) :]: entry for key, entry in entries.items() if key.startswith(start) and isinstance(entry, dict)
    }


def _is_fresh(entry: Mapping[str, Any], now: datetime) -> bool:
    try:
        age = now - datetime.fromisoformat(str(entry.get("asked")))
    except (ValueError, TypeError):
        return False
    # One from the future was written while the clock was wrong.
    return timedelta(0) <= age < KEPT_FOR


def _read(title: str, entry: Mapping[str, Any]) -> ServiceTitle:
    producers = entry.get("producers")
    names = tuple(map(str, producers)) if isinstance(producers, list) else ()
    return ServiceTitle(title, str(entry.get("description") or ""), names)


def _written(title: ServiceTitle) -> dict[str, Any]:
    return {
        "title": title.title[:_LONGEST_TITLE],
        "description": title.description[:_LONGEST_DESCRIPTION],
        "producers": [name[:_LONGEST_TITLE] for name in title.producers[:_MOST_PRODUCERS]],
    }


def _key(api_url: str, layer_name: str) -> str:
    return f"{api_url} {layer_name.casefold()}"


def _path() -> Path:
    return profile_folder() / "titles.json"
