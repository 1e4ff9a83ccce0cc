"""Changes sources in a file and not a byte else, or leaves the file and says why; and takes the change back."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from ...entrepot.translatable_text import Text
from .edited_bytes import NewSource, write_archive, write_document
from .file_replacement import Replacement, copy_of, file_to_change, sync_folder
from .kinds import ARCHIVES, FileKind, kind_of
from .place_finder import NotOurs
from .problems import FileLeft, changed_since, not_an_own_file, not_readable, not_writable
from .rewrite_geopackage import other_copy, restore_geopackage, rewrite_geopackage
from .stamps import Stamp, stamp_of
from .telltale_words import Marks


@dataclass(frozen=True)
class FileChange:
    """What is to become of a file: `stamp` and `marks` are those of its scan.

    `new_source` is asked for each value in which a mark stands, and returns what it becomes, or None if it stays.
    """

    path: Path
    stamp: Stamp
    marks: Marks
    new_source: NewSource = field(repr=False)


@dataclass(frozen=True)
class RewriteResult:
    """What became of a file: how many values changed; or, in `left`, why it was left as it was.

    `before` and `written` are what `restore_file` needs; `is_copied` is False where a copy of an earlier day was kept
    instead, so that this change can't be undone by it. A file in which nothing changed was not written.
    """

    path: Path
    changed: int = 0
    left: Text | None = None
    before: Stamp | None = None
    written: Stamp | None = None
    is_copied: bool = False


def rewrite_file(change: FileChange) -> RewriteResult:
    """Change a file, or leave it: whatever ends this in the middle, even the end of the process, leaves it old or new.

    Never raises for what the file is or holds, nor for what the disk says. What `new_source` raises comes out, with
    nothing written.
    """
    try:
        file = file_to_change(change.path)
        kind = kind_of(change.path)
    except FileLeft as left:
        return RewriteResult(change.path, left=left.reason)
    except OSError as error:
        return RewriteResult(change.path, left=not_readable(error))
    try:
        changed, written, is_copied = _rewrite(file, kind, change)
    except FileLeft as left:
        return RewriteResult(change.path, left=left.reason)
    except NotOurs:
        return RewriteResult(change.path, left=not_an_own_file())
    except OSError as error:
        return RewriteResult(change.path, left=not_writable(error))
    return RewriteResult(change.path, changed, None, change.stamp, written, is_copied)


def restore_file(path: Path, before: Stamp, written: Stamp) -> Text | None:
    """Put the copy back where the file is still as it was written; return why not, None when it was done."""
    try:
        file = file_to_change(path)
        kept = copy_of(file)
        if not kept.exists():
            return Text("The copy of what it was is not there any more.")
        if kind_of(path) is FileKind.GEOPACKAGE:
            restore_geopackage(file, before, written)
        else:
            _put_back(file, kept, before, written)
    except FileLeft as left:
        return left.reason
    except OSError as error:
        return not_writable(error)
    return None


def _rewrite(file: Path, kind: FileKind | None, change: FileChange) -> tuple[int, Stamp, bool]:
    if kind is None:
        raise FileLeft(not_an_own_file())
    if kind is FileKind.GEOPACKAGE:
        return rewrite_geopackage(file, change.stamp, change.marks, change.new_source)
    with Replacement(file) as replacement:
        with file.open("rb") as old:
            _must_be(old, change.stamp)
            count = _write(old, kind, change, replacement.content)
            # Nobody may have written meanwhile, neither into the file nor another in its place.
            _must_be(old, change.stamp)
            if not os.path.samestat(os.fstat(old.fileno()), file.stat()):
                raise FileLeft(changed_since())
        if not count:
            return 0, change.stamp, False
        written = stamp_of(replacement.content)
        return count, written, replacement.put_in_place()


def _write(old: BinaryIO, kind: FileKind, change: FileChange, new: BinaryIO) -> int:
    if kind in ARCHIVES:
        return write_archive(old, change.marks, change.new_source, new)
    return write_document(old, kind, change.marks, change.new_source, new)


def _must_be(file: BinaryIO, stamp: Stamp) -> None:
    if stamp_of(file) != stamp:
        raise FileLeft(changed_since())


def _put_back(file: Path, kept: Path, before: Stamp, written: Stamp) -> None:
    with file.open("rb") as now:
        if stamp_of(now) != written:
            raise FileLeft(Text("It has changed since it was mended. The copy of what it was is beside it."))
    with kept.open("rb") as old:
        if stamp_of(old) != before:
            raise FileLeft(other_copy())
    kept.replace(file)
    # As with any change: who goes by times must see it.
    os.utime(file)
    sync_folder(file.parent)
