"""How the download service writes its lists: Atom with attributes of its own, or JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/json"
_UPDATED = "2026-04-20T14:46:12Z"
_NAMESPACES = (
    'xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss" '
    'xmlns:gpf_dl="https://data.geopf.fr/annexes/ressources/xsd/gpf_dl.xsd"'
)

Term = tuple[str, str]


@dataclass(frozen=True)
class FeedEntry:
    """An entry: a resource, an edition or a file. `length` and `content` are those of a file."""

    title: str
    href: str
    content_type: str = "application/atom+xml"
    zones: tuple[Term, ...] = ()
    formats: tuple[Term, ...] = ()
    crs: tuple[Term, ...] = ()
    date: str = ""
    bbox: tuple[float, ...] = ()
    length: int | None = None
    content: str = ""


@dataclass(frozen=True)
class FeedForm:
    """How a feed is written: `rel` of links, name of the length's attribute, what the counts are (None: not told)."""

    rel: str = "alternate"
    length_name: str = "gpf_dl:length"
    counts: str = "told"


@dataclass(frozen=True)
class Feed:
    """A page of a list, of `total` entries in all."""

    title: str
    page: int
    size: int
    total: int
    entries: Sequence[FeedEntry] = field(default_factory=tuple)

    def counts(self, form: FeedForm) -> dict[str, str]:
        """What the feed says of its paging."""
        if form.counts == "missing":
            return {}
        pages = max(math.ceil(self.total / self.size), 1)
        told = {"page": self.page, "pagesize": self.size, "pagecount": pages, "totalentries": self.total}
        return {name: "inconnu" if form.counts == "words" else str(value) for name, value in told.items()}


def atom(feed: Feed, form: FeedForm) -> bytes:
    """A feed as Atom."""
    counts = "".join(f" gpf_dl:{name}={quoteattr(value)}" for name, value in feed.counts(form).items())
    entries = "".join(_atom_entry(entry, form) for entry in feed.entries)
    return (
        f"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<feed {_NAMESPACES} xml:lang=\"fr\"{counts}>\n"
        f"  <title>{escape(feed.title)}</title><id>{escape(feed.title)}</id><updated>{_UPDATED}</updated>\n"
        f"{entries}</feed>\n"
    ).encode()


def _atom_entry(entry: FeedEntry, form: FeedForm) -> str:
    return (
        f"  <entry><title>{escape(entry.title)}</title><id>{escape(entry.href)}</id><updated>{_UPDATED}</updated>"
        f"{_atom_link(entry, form)}"
        + "".join(_atom_term("zone", term) for term in entry.zones)
        + "".join(_atom_term("format", term) for term in entry.formats)
        + "".join(_atom_category(term) for term in entry.crs)
        + (f"<gpf_dl:editionDate>{entry.date}</gpf_dl:editionDate>" if entry.date else "")
        + (f"<content>{escape(entry.content)}</content>" if entry.content else "")
        + "</entry>\n"
    )


def _atom_link(entry: FeedEntry, form: FeedForm) -> str:
    attributes = {"rel": form.rel, "type": entry.content_type, "href": entry.href}
    if entry.length is not None and form.length_name:
        attributes[form.length_name] = str(entry.length)
    if entry.bbox:
        attributes["gpf_dl:bbox"] = ",".join(f"{edge:.5f}" for edge in entry.bbox)
    return f"<link {' '.join(f'{name}={quoteattr(value)}' for name, value in attributes.items())}/>"


def _atom_term(name: str, term: Term) -> str:
    return f"<gpf_dl:{name} term={quoteattr(term[0])} label={quoteattr(term[1])}/>"


def _atom_category(term: Term) -> str:
    return f"<category term={quoteattr(term[0])} label={quoteattr(term[1])}/>"


def as_json(feed: Feed, form: FeedForm) -> bytes:
    """A feed as JSON."""
    counts: dict[str, Any] = {
        name: int(value) if value.isdigit() else value for name, value in feed.counts(form).items()
    }
    body = {"title": feed.title, **counts, "entry": [_json_entry(entry, form) for entry in feed.entries]}
    return json.dumps(body, ensure_ascii=False).encode()


def _json_entry(entry: FeedEntry, form: FeedForm) -> dict[str, Any]:
    link: dict[str, Any] = {"href": entry.href, "rel": form.rel, "type": entry.content_type}
    if entry.length is not None and form.length_name:
        link["length"] = entry.length
    found = {"title": entry.title, "id": entry.href, "updated": _UPDATED, "link": [link], "editionDate": entry.date}
    found["zone"] = [{"term": term, "label": label} for term, label in entry.zones]
    found["format"] = [{"term": term, "label": label} for term, label in entry.formats]
    found["content"] = entry.content
    return {name: value for name, value in found.items() if value}
