"""Which of many editions a list shows: by words, zone, format and extent, whatever their number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Hashable, Iterable, Sequence

from ...entrepot.downloads.models import Edition, Extent, Term
from ..services.search_folding import folded
from .edition_choice import meets, series


@dataclass(frozen=True)
class SearchableEdition:
    """An edition with what it is searched and compared by, worked out once."""

    edition: Edition
    text: str
    series: Hashable


@dataclass(frozen=True)
class EditionSearch:
    """What a list is narrowed to; what is empty or None asks for nothing. `zone` and `format` are codes."""

    words: str = ""
    zone: str = ""
    format: str = ""
    extent: Extent | None = None
    is_newest_only: bool = True


def searchable(edition: Edition) -> SearchableEdition:
    """Return an edition ready to be searched."""
    terms = (part for term in (*edition.zones, *edition.formats) for part in (term.code, term.label))
    text = " ".join((edition.title, edition.name, edition.date, *edition.crs, *terms))
    return SearchableEdition(edition, folded(text), series(edition))


def found(editions: Iterable[SearchableEdition], wanted: EditionSearch) -> tuple[Edition, ...]:
    """Return the editions that meet a search, in their order; the newest of each series only, where that is wanted."""
    words = folded(wanted.words).split()
    met = [one for one in editions if _meets(one, wanted, words)]
    if not wanted.is_newest_only:
        return tuple(one.edition for one in met)
    last: dict[Hashable, SearchableEdition] = {}
    for one in met:
        before = last.get(one.series)
        if before is None or one.edition.date >= before.edition.date:
            last[one.series] = one
    return tuple(one.edition for one in met if last[one.series] is one)


def terms_of(editions: Iterable[Edition], kind: str) -> tuple[Term, ...]:
    """Return the `zones` or `formats` that editions have, each code once, sorted."""
    known: dict[str, Term] = {}
    for edition in editions:
        terms: Sequence[Term] = getattr(edition, kind)
        for term in terms:
            known.setdefault(term.code, term)
    return tuple(known[code] for code in sorted(known))


def _meets(one: SearchableEdition, wanted: EditionSearch, words: Sequence[str]) -> bool:
    edition = one.edition
    return (
        (not wanted.zone or any(term.code == wanted.zone for term in edition.zones))
        and (not wanted.format or any(term.code == wanted.format for term in edition.formats))
        and all(word in one.text for word in words)
        and meets(edition.extent, wanted.extent)
    )
