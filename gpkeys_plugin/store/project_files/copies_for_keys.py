"""A copy of a project that is made for a key of its own: put in its place in one go, told again, taken away."""

from __future__ import annotations

import glob
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .file_replacement import NEW
from .scan import scan_file
from .stamps import stamp_of
from .telltale_words import Marks


@contextmanager
def unfinished_folder(copy: Path) -> Iterator[Path]:
    """Give a folder beside the place of a copy, to write it in; it is gone when the block ends."""
    with tempfile.TemporaryDirectory(dir=copy.parent, prefix=f".{copy.name}.", suffix=NEW) as folder:
        yield Path(folder)


def put_in_place(unfinished: Path, copy: Path) -> None:
    """Have a copy that is whole take its place, and whatever stood there be gone; raises OSError."""
    unfinished.replace(copy)


def digest_of(file: Path) -> str:
    """Return what tells a file's content from any other, empty where it is not there; raises OSError."""
    try:
        with file.open("rb") as content:
            return stamp_of(content).digest
    except FileNotFoundError:
        return ""


def holds(file: Path, hash_value: str) -> bool:
    """Return whether a hash stands in a project; False where that cannot be read."""
    return bool(scan_file(file, Marks.of((hash_value,))).sources)


def remove_as_written(copy: Path, digest: str) -> None:
    """Remove a copy that is still as it was written; any other file in its place stays. Raises OSError."""
    if digest and digest_of(copy) == digest:
        copy.unlink()


def remove_unfinished(copy: Path) -> None:
    """Remove what a program that was ended left beside the place of a copy; raises OSError."""
    for left in copy.parent.glob(f".{glob.escape(copy.name)}.*{NEW}"):
        shutil.rmtree(left)
