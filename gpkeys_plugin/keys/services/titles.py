"""What people call the services, by their technical names."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import Iterable, Mapping

from .search_folding import folded

_LEAST_IN_COMMON = 8
_MOST_JOINED = 3


@dataclass(frozen=True)
class ServiceTitle:
    """What people call a service; `description` and `producers` where the platform's catalogue tells them."""

    title: str
    description: str = ""
    producers: tuple[str, ...] = ()


@dataclass(frozen=True)
class TitleBook:
    """The titles known by now. Case does not count in layer names; one without a title is not in it.

    `folded_titles` are what a search looks through, by layer name without case. A book is made on a worker, and they
    with it.
    """

    _entries: Mapping[str, ServiceTitle] = field(default_factory=dict)
    folded_titles: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, titles: Mapping[str, ServiceTitle]) -> TitleBook:
        """Return the book of titles by layer name.

        A WFS service of which only the feature types (`<layer name>:<type>`) have titles is called by those.
        """
        named = ((name.casefold(), entry) for name, entry in titles.items())
        own = {name: entry for name, entry in named if entry.title and entry.title.casefold() != name}
        entries = {**_of_services(own), **own}
        return cls(entries, {name: folded(entry.title) for name, entry in entries.items()})

    def extended(self, titles: Mapping[str, ServiceTitle]) -> TitleBook:
        """Return the book with further titles."""
        return TitleBook.of({**self._entries, **titles})

    def find(self, layer_name: str) -> ServiceTitle | None:
        """Return what is known of a layer; None when that is nothing."""
        return self._entries.get(layer_name.casefold())

    def title(self, layer_name: str) -> str:
        """Return what people call a layer, empty where that is not known."""
        found = self.find(layer_name)
        return found.title if found is not None else ""

    def folded_title(self, layer_name: str) -> str:
        """Return what a search looks through of it, empty where no title is known."""
        return self.folded_titles.get(layer_name.casefold(), "")

    def known_as(self, layer_name: str) -> str:
        """Return title and technical name, or the latter alone."""
        title = self.title(layer_name)
        return f"{title} – {layer_name}" if title else layer_name


NO_TITLES = TitleBook()
"""The book of who knows none."""


def _of_services(entries: Mapping[str, ServiceTitle]) -> dict[str, ServiceTitle]:
    types: dict[str, list[ServiceTitle]] = {}
    for name, entry in entries.items():
        service, mark, _ = name.rpartition(":")
        if mark:
            types.setdefault(service, []).append(entry)
    return {service: _joined(found) for service, found in types.items()}


def _joined(entries: list[ServiceTitle]) -> ServiceTitle:
    """Return one title for several feature types: what their titles have in common, or those of the first ones."""
    titles = list(dict.fromkeys(entry.title for entry in entries))
    title = titles[0] if len(titles) == 1 else _beginning(titles)
    return ServiceTitle(title or _listed(titles), entries[0].description, entries[0].producers)


def _beginning(titles: Iterable[str]) -> str:
    """Return the whole words that all titles begin with; nothing where those are too few to say anything."""
    alike = takewhile(lambda words: len(set(words)) == 1, zip(*map(str.split, titles)))
    common = " ".join(words[0] for words in alike).rstrip(" :–-,;(/")
    return common if len(common) >= _LEAST_IN_COMMON else ""


def _listed(titles: list[str]) -> str:
    rest = ", …" if len(titles) > _MOST_JOINED else ""
    return ", ".join(titles[:_MOST_JOINED]) + rest
