"""What the download service has: resources, their editions, the files of those."""

from __future__ import annotations

from dataclasses import dataclass

Extent = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""


@dataclass(frozen=True)
class Term:
    """A zone or a format: the platform's code (`D063`, `TIFF`) and what people call it."""

    code: str
    label: str = ""


@dataclass(frozen=True)
class FeedEntry:
    """An entry of a list as it was read; what it does not tell is empty or None."""

    title: str
    href: str
    zones: tuple[Term, ...] = ()
    formats: tuple[Term, ...] = ()
    crs: tuple[str, ...] = ()
    edition_date: str = ""
    extent: Extent | None = None
    length: int | None = None
    content: str = ""


@dataclass(frozen=True)
class Feed:
    """A page of a list; `total` is how many entries all pages have, None where that is not told."""

    entries: tuple[FeedEntry, ...]
    total: int | None = None


@dataclass(frozen=True)
class Edition:
    """A data set of a resource. `date` is that of the edition, as in ISO 8601, empty where it is not told."""

    resource: str
    name: str
    title: str
    zones: tuple[Term, ...] = ()
    formats: tuple[Term, ...] = ()
    crs: tuple[str, ...] = ()
    date: str = ""
    extent: Extent | None = None


@dataclass(frozen=True)
class EditionPage:
    """A page of a resource's editions; `total` is how many all pages have, None where that is not told."""

    editions: tuple[Edition, ...]
    total: int | None = None


@dataclass(frozen=True)
class RemoteFile:
    """A file of an edition, under the platform's name. `length` in bytes and `md5` are None where they are not told.

    `md5_name` is the name of the file beside it that holds its sum, empty where there is none.
    """

    resource: str
    edition: str
    name: str
    length: int | None = None
    md5: str | None = None
    md5_name: str = ""
