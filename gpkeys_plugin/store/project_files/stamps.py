"""What tells that a file is still the one that was read: its content, not its time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1 << 20
"""How much of a file is read at once, in bytes."""
LONGEST_TOKEN = 24 << 20
"""How long a tag or a text may be, in bytes, since it is held at once: a picture embedded in a layout is in one."""


@dataclass(frozen=True)
class Stamp:
    """A content: its size in bytes and its digest.

    The time of a file is no part of it: tools that synchronise folders touch files, FAT keeps times to 2 s, and QGIS
    itself changes a GeoPackage's when it merely opens it.
    """

    size: int
    digest: str


class Stamper:
    """Takes the stamp of what passes through it."""

    def __init__(self) -> None:
        self._digest = hashlib.blake2b(digest_size=16)
        self._size = 0

    def through(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Hand the chunks on."""
        for chunk in chunks:
            self.add(chunk)
            yield chunk

    def add(self, chunk: bytes) -> None:
        """Take in a piece of the content."""
        self._size += len(chunk)
        self._digest.update(chunk)

    def stamp(self) -> Stamp:
        """Return the stamp of what has passed."""
        return Stamp(self._size, self._digest.hexdigest())


def chunks_of(file: BinaryIO) -> Iterator[bytes]:
    """Read a file from its beginning to its end."""
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def stamp_of(file: BinaryIO) -> Stamp:
    """Return the stamp of a whole file."""
    stamper = Stamper()
    for chunk in chunks_of(file):
        stamper.add(chunk)
    return stamper.stamp()
