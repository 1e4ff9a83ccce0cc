"""The titles of services, kept in the profile for a day: what the services' own documents and the catalogue told.

One file for all platforms, without any secret; the names that were learnt of longest ago go when it would become too
long. It is read and written on workers only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Collection, Iterable, Mapping

from ...keys.services.titles import ServiceTitle, TitleBook
from .record_file import Records

KEPT_FOR = timedelta(days=1)
MOST_ENTRIES = 20_000

_LONGEST_TITLE = 200
_LONGEST_DESCRIPTION = 500
_MOST_PRODUCERS = 5


_NO_TITLE = ServiceTitle("")


@dataclass(frozen=True)
class _Told:
    """What is known of a layer: the title of its own service, what the catalogue said, and when it was asked."""

    service: str = ""
    catalogue: ServiceTitle = _NO_TITLE
    asked: str = ""


def book(api_url: str, *, with_catalogue: bool = True) -> TitleBook:
    """Return the titles of a platform's services, those of the catalogue only where they are wanted."""
    found: dict[str, ServiceTitle] = {}
    for name, told in _told(api_url).items():
        catalogue = told.catalogue if with_catalogue else _NO_TITLE
        if title := told.service or catalogue.title:
            found[name] = replace(catalogue, title=title)
    return TitleBook.of(found)


def unknown(api_url: str, layer_names: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Return the layer names that no service told a title for, and that the catalogue was not asked about today."""
    known = {name for name, told in _told(api_url).items() if told.service or _is_fresh(told.asked, now)}
    services = {name.rpartition(":")[0] for name in known}
    return tuple(name for name in dict.fromkeys(layer_names) if name.casefold() not in known | services)


def learn_from_services(api_url: str, titles: Mapping[str, str]) -> None:
    """Keep titles that the services' own documents tell, by layer name: they go before those of the catalogue."""
    wanted = {name: title[:_LONGEST_TITLE] for name, title in titles.items() if title}
    _learn(api_url, wanted, lambda before, name: replace(before, service=wanted[name]))


def learn_from_catalogue(api_url: str, asked: Iterable[str], titles: Mapping[str, ServiceTitle], now: datetime) -> None:
    """Keep what the catalogue said, also of which names it knows nothing: they are not asked about again today."""
    day = now.astimezone(timezone.utc).isoformat(timespec="seconds")
    told = {**dict.fromkeys(asked, _NO_TITLE), **{name: _cut(title) for name, title in titles.items()}}
    _learn(api_url, told, lambda before, name: replace(before, catalogue=told[name], asked=day))


def _learn(api_url: str, names: Collection[str], change: Callable[[_Told, str], _Told]) -> None:
    if not names:
        return
    with _RECORDS.changing() as entries:
        for name in names:
            key = _key(api_url, name)
            # At the end of the file, since those at its beginning go first.
            entries[key] = change(entries.pop(key, _Told()), name)
        known = list(entries)
        for key in known[: max(0, len(known) - MOST_ENTRIES)]:
            del entries[key]


def _told(api_url: str) -> dict[str, _Told]:
    start = _key(api_url, "")
    return {key[len(start) :]: told for key, told in _RECORDS.all().items() if key.startswith(start)}


def _is_fresh(asked: str, now: datetime) -> bool:
    try:
        age = now - datetime.fromisoformat(asked)
    except (ValueError, TypeError):
        return False
    # One from the future was written while the clock was wrong.
    return timedelta(0) <= age < KEPT_FOR


def _cut(title: ServiceTitle) -> ServiceTitle:
    producers = tuple(name[:_LONGEST_TITLE] for name in title.producers[:_MOST_PRODUCERS])
    return ServiceTitle(title.title[:_LONGEST_TITLE], title.description[:_LONGEST_DESCRIPTION], producers)


def _to_json(told: _Told) -> dict[str, Any]:
    return {
        "service": told.service,
        "title": told.catalogue.title,
        "description": told.catalogue.description,
        "producers": list(told.catalogue.producers),
        "asked": told.asked,
    }


def _from_json(_name: str, entry: Any) -> _Told:
    producers = entry.get("producers")
    names = tuple(map(str, producers)) if isinstance(producers, list) else ()
    title = ServiceTitle(_text(entry.get("title")), _text(entry.get("description")), names)
    return _Told(_text(entry.get("service")), title, _text(entry.get("asked")))


def _text(stored: Any) -> str:
    return stored if isinstance(stored, str) else ""


def _key(api_url: str, layer_name: str) -> str:
    return f"{api_url} {layer_name.casefold()}"


_RECORDS = Records("titles.json", _to_json, _from_json)
