"""A file that is made here: under another name until it is whole, so that nobody finds half of it."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Iterator

_UNFINISHED = "unfinished-"
_ENDINGS = (".vrt", ".txt")


@contextmanager
def made_whole(target: Path) -> Iterator[Path]:
    """Yield where to write; at the end that takes the place of `target`. What fails leaves what was there."""
    unfinished = target.with_name(f"{_UNFINISHED}{target.name}")
    try:
        yield unfinished
        unfinished.replace(target)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise


def drop_unfinished(folder: Path) -> None:
    """Drop what QGIS's end has cut off in a folder. Raises OSError."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        if path.suffix in _ENDINGS:
            path.unlink()
