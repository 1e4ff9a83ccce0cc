"""The volumes of an archive, read as the one file they are."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO, Sequence


class JoinedParts(io.RawIOBase):
    """Reads files put end to end, none of them longer than it takes."""

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self._files: list[IO[bytes]] = [path.open("rb") for path in paths]
        self._sizes = [path.stat().st_size for path in paths]
        self._at = 0

    def readable(self) -> bool:
        """Whether it can be read."""
        return True

    def seekable(self) -> bool:
        """Whether one may go elsewhere in it."""
        return True

    def tell(self) -> int:
        """Return where it is read next."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go elsewhere."""
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: sum(self._sizes)}[whence]
        return self._at

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, over the end of a part if need be; none at the end."""
        wanted = sum(self._sizes) if size is None or size < 0 else size
        found = b""
        while len(found) < wanted and (piece := self._piece(wanted - len(found))):
            found += piece
        return found

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files:
            file.close()
        super().close()

    def _piece(self, size: int) -> bytes:
        begin = 0
        for file, length in zip(self._files, self._sizes):
            if self._at < begin + length:
                file.seek(self._at - begin)
                piece = file.read(min(size, begin + length - self._at))
                self._at += len(piece)
                return piece
            begin += length
        return b""
