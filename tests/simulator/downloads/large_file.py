"""A file as large as one likes, that takes no room: the same megabyte again and again."""

from __future__ import annotations

import hashlib
import io
import random
from dataclasses import dataclass
from functools import lru_cache
from typing import IO, cast

LARGE_NAME = "essai_debit.dat"
_BLOCK = random.Random(16).randbytes(1 << 20)


class _Repeated(io.RawIOBase):
    """Reads the block again and again, up to a length."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self._length = length
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._length}[whence]
        return self._at

    def read(self, size: int = -1) -> bytes:
        inside = self._at % len(_BLOCK)
        wanted = self._length - self._at if size < 0 else min(size, self._length - self._at)
        part = _BLOCK[inside : inside + wanted]
        self._at += len(part)
        return part


@dataclass(frozen=True)
class LargeFile:
    """The file of that length in bytes."""

    length: int

    @property
    def md5(self) -> str:
        """Its sum."""
        return _md5(self.length)

    def open(self) -> IO[bytes]:
        """The file from its beginning."""
        return cast("IO[bytes]", _Repeated(self.length))


@lru_cache(maxsize=4)
def _md5(length: int) -> str:
    found = hashlib.md5(usedforsecurity=False)
    whole, rest = divmod(length, len(_BLOCK))
    for _ in range(whole):
        found.update(_BLOCK)
    found.update(_BLOCK[:rest])
    return found.hexdigest()
