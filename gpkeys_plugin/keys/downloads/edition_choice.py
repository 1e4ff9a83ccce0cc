"""Which editions of a resource are meant: by zone, format, edition and extent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Hashable, Iterable, Sequence

from ...entrepot.downloads.models import Edition, Extent, Term

EVERY = "*"
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_VERSION = re.compile(r"(?<=_)\d+-\d+(?=_)")
_DEPARTMENT = re.compile(r"[Dd]?(\d{1,3}|2[AaBb])")


@dataclass(frozen=True)
class EditionChoice:
    """What is asked for; what is empty or None asks for nothing.

    `zone` and `format` are the platform's codes or what people call them (`63`, `D063`, `Puy-de-Dôme`); `edition` is a
    day or the beginning of one (`2026`), the name of an edition, `*` for all, and empty for the newest of each.
    """

    zone: str = ""
    format: str = ""
    edition: str = ""
    extent: Extent | None = None


def chosen(editions: Sequence[Edition], choice: EditionChoice) -> tuple[Edition, ...]:
    """Return the editions that meet a choice, in their order."""
    found = [
        edition
        for edition in editions
        if _is_named(choice.zone, edition.zones, department=True)
        and _is_named(choice.format, edition.formats)
        and meets(edition.extent, choice.extent)
    ]
    if choice.edition == EVERY:
        return tuple(found)
    if choice.edition:
        return tuple(edition for edition in found if _is_edition(choice.edition, edition))
    return newest(found)


def newest(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """Return, of each product, zone, format and reference system, the edition of the last day."""
    last: dict[Hashable, Edition] = {}
    for edition in editions:
        same = series(edition)
        if same not in last or edition.date >= last[same].date:
            last.pop(same, None)
            last[same] = edition
    return tuple(last.values())


def meets(extent: Extent | None, wanted: Extent | None) -> bool:
    """Return whether two extents share something; one that is not known may always."""
    if extent is None or wanted is None:
        return True
    west, south, east, north = extent
    return west <= wanted[2] and east >= wanted[0] and south <= wanted[3] and north >= wanted[1]


def service_filters(choice: EditionChoice) -> dict[str, str]:
    """Return what of a choice the service itself understands for sure: codes, and an extent as a polygon of degrees."""
    filters = {}
    department = _DEPARTMENT.fullmatch(choice.zone)
    if department:
        filters["zone"] = _department_code(department[1])
    if choice.extent is not None:
        west, south, east, north = choice.extent
        corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
        filters["polygon"] = ";".join(f"{x:.6f},{y:.6f}" for x, y in corners)
    return filters


def _is_named(wanted: str, terms: Sequence[Term], *, department: bool = False) -> bool:
    """Return whether a zone or a format is among those of an edition; without a word for it, it is."""
    if not wanted:
        return True
    found = _DEPARTMENT.fullmatch(wanted) if department else None
    word = (_department_code(found[1]) if found else wanted).casefold()
    return any(word == term.code.casefold() or word in term.label.casefold() for term in terms)


def _department_code(digits: str) -> str:
    return f"D{digits.upper().zfill(3)}"


def _is_edition(wanted: str, edition: Edition) -> bool:
    return wanted in (edition.name, edition.title) or bool(edition.date and edition.date.startswith(wanted))


def series(edition: Edition) -> Hashable:
    """Return what two editions of the same thing have in common: all but the day and the version of the product."""
    product = _VERSION.sub("", _DATE.sub("", edition.name))
    codes = (tuple(term.code for term in terms) for terms in (edition.zones, edition.formats))
    return (edition.resource, product, *codes, edition.crs)
