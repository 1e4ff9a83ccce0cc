"""Looks through a file for the places that may concern us."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from ...entrepot.translatable_text import Text
from .geopackage_projects import opened, stamp_of_projects, stored_projects
from .kinds import ARCHIVES, FileKind, kind_of
from .marked_values import Located
from .place_finder import NotOurs, PlaceFinder
from .places import FoundSource
from .problems import FileLeft, not_an_own_file, not_readable
from .stamps import Stamp, Stamper, chunks_of, stamp_of
from .telltale_words import Marks
from .zip_archive import Archive, Member, open_archive


@dataclass(frozen=True)
class FileFindings:
    """What was found in a file. With a problem, nothing in it is known, and it is not to be written.

    `stamp` tells later whether the file is still the one that was scanned; None with a problem, and for an `.xml` that
    is none of QGIS's.
    """

    path: Path
    kind: FileKind | None
    sources: tuple[FoundSource, ...] = ()
    problem: Text | None = None
    stamp: Stamp | None = None


def scan_file(path: Path, marks: Marks) -> FileFindings:
    """Return the values of a file in which a mark stands.

    Never raises for what a file is or holds: that is a problem in what it returns. Over 100 MB of XML a second, and
    some 50 MB of memory however large the file is.
    """
    kind = kind_of(path)
    try:
        if kind is None or not S_ISREG(path.stat().st_mode):
            raise FileLeft(not_an_own_file())
        located, stamp = _scan(path, kind, marks)
        sources = tuple(place.found for place in located)
    except FileLeft as left:
        return FileFindings(path, kind, problem=left.reason)
    except OSError as error:
        return FileFindings(path, kind, problem=not_readable(error))
    return FileFindings(path, kind, sources, stamp=stamp)


def _scan(path: Path, kind: FileKind, marks: Marks) -> tuple[list[Located], Stamp | None]:
    if kind is FileKind.GEOPACKAGE:
        return _scan_geopackage(path, marks)
    with path.open("rb") as file:
        if kind in ARCHIVES:
            located = [place for _, places in places_of_archive(open_archive(file), marks) for place in places]
            return located, stamp_of(file)
        try:
            return places_of_document(file, kind, marks)
        except NotOurs:
            return [], None


def places_of_document(file: BinaryIO, kind: FileKind, marks: Marks) -> tuple[list[Located], Stamp]:
    """Return the places of a file that is one XML document, and its stamp."""
    stamper = Stamper()
    located = PlaceFinder(kind, marks).find(stamper.through(chunks_of(file)))
    return located, stamper.stamp()


def places_of_archive(archive: Archive, marks: Marks, name: str = "") -> Iterator[tuple[Member, list[Located]]]:
    """Return the places of each project of an archive; they are said to be in its member, or in what `name` says."""
    for member in archive.members:
        if kind_of(Path(member.name)) is FileKind.PROJECT:
            finder = PlaceFinder(FileKind.PROJECT, marks, name or member.name)
            yield member, finder.find(archive.unpacked(member))


def _scan_geopackage(path: Path, marks: Marks) -> tuple[list[Located], Stamp]:
    located: list[Located] = []
    with opened(path, "ro") as connection:
        for project in stored_projects(connection):
            archive = open_archive(io.BytesIO(project.archive))
            for _, places in places_of_archive(archive, marks, project.name):
                located += places
        return located, stamp_of_projects(connection)
