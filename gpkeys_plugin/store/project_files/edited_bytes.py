"""The bytes of documents and archives that become others, written out among those that stay."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Optional

from .kinds import FileKind
from .marked_values import Located
from .places import FoundSource
from .scan import places_of_archive, places_of_document
from .stamps import chunks_of
from .telltale_words import Marks
from .well_formed import WellFormed
from .zip_archive import open_archive, write_with

NewSource = Callable[[FoundSource], Optional[str]]
"""Says what a value becomes; None or the same text: it stays."""


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    new: bytes = field(repr=False)


def write_document(file: BinaryIO, kind: FileKind, marks: Marks, new_source: NewSource, new: BinaryIO) -> int:
    """Write a document with its changes, if there are any; return how many.

    Raises `FileLeft` for a document that is not whole, or can't hold what was to be written.
    """
    located, _ = places_of_document(file, kind, marks)
    edits = _edits(located, new_source)
    if edits:
        new.writelines(_changed(chunks_of(file), edits))
    return len(edits)


def write_archive(file: BinaryIO, marks: Marks, new_source: NewSource, new: BinaryIO, name: str = "") -> int:
    """Write an archive with the changes of its projects, if there are any; return how many.

    `name` is what their places are told by, if not by their member.
    """
    archive = open_archive(file)
    edits = {
        member: edits
        for member, located in places_of_archive(archive, marks, name)
        if (edits := _edits(located, new_source))
    }
    changed = {member: _changed(archive.unpacked(member), edits[member]) for member in edits}
    if changed:
        write_with(archive, changed, new)
    return sum(map(len, edits.values()))


def _edits(located: Iterable[Located], new_source: NewSource) -> list[_Edit]:
    edits = []
    for place in located:
        text = new_source(place.found)
        if text is None:
            continue
        new = place.written.changed_to(text)
        if new != place.written.raw:
            edits.append(_Edit(place.start, place.end, new))
    return edits


def _changed(chunks: Iterable[bytes], edits: Iterable[_Edit]) -> Iterator[bytes]:
    return WellFormed().through(_spliced(chunks, edits))


def _spliced(chunks: Iterable[bytes], edits: Iterable[_Edit]) -> Iterator[bytes]:
    """Hand chunks on, with the edits in the place of what they replace; both are in order."""
    waiting = deque(edits)
    at = kept_to = 0
    for chunk in chunks:
        end = at + len(chunk)
        while waiting and waiting[0].start < end:
            edit = waiting.popleft()
            yield chunk[max(0, kept_to - at) : max(0, edit.start - at)]
            yield edit.new
            kept_to = edit.end
        yield chunk[max(0, kept_to - at) :]
        at = end
