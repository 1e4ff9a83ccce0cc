"""A file on its way: its beginning under a name of its own, with a note by which it can be gone on with."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import IO, Callable

from ...entrepot.downloads.models import RemoteFile
from ...keys.downloads.fetch_plan import OnDisk
from ...keys.downloads.file_names import NOTE_ENDING, PART_ENDING

_BLOCK_BYTES = 1 << 20

Check = Callable[[], None]
"""Raises what ends a long reading."""


class PartFile:
    """What a folder has of a file. Every method may raise OSError."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / name
        self._part = folder / f"{name}{PART_ENDING}"
        self._note = folder / f"{name}{NOTE_ENDING}"
        self._file: IO[bytes] | None = None
        self._sum: hashlib._Hash | None = None
        self.size = 0

    def found(self, file: RemoteFile, check: Check) -> OnDisk:
        """Return what is there of the platform's `file`; a whole one is summed up, which takes its time."""
        size = self.path.stat().st_size if self.path.is_file() else None
        is_sum_right = None
        if size is not None and file.md5 is not None:
            is_sum_right = size == (file.length or size) and self._sum_of(self.path, check) == file.md5
        tag = self._read_note(file)
        part_size = self._part.stat().st_size if tag and self._part.is_file() else 0
        return OnDisk(size, is_sum_right, part_size, tag)

    def open_at(self, begin: int, file: RemoteFile, tag: str, check: Check) -> None:
        """Open it for writing: after its first `begin` bytes, anew for 0. The note tells what it will be part of."""
        self.close()
        self._file = self._part.open("r+b" if begin else "wb")
        if begin != self.size or not begin:
            self._sum = self._summed(begin, check) if _has_sum(file) else None
        self._file.truncate(begin)
        self._file.seek(begin)
        self.size = begin
        note = {"tag": tag, "length": file.length, "md5": file.md5, "edition": file.edition}
        self._note.write_text(json.dumps(note), encoding="utf-8")

    def write(self, piece: bytes) -> None:
        """Add bytes."""
        if self._file is not None:
            self._file.write(piece)
            if self._sum is not None:
                self._sum.update(piece)
            self.size += len(piece)

    @property
    def md5(self) -> str:
        """The sum of what was written; empty where the platform tells none to compare it with."""
        return self._sum.hexdigest() if self._sum is not None else ""

    def close(self) -> None:
        """Let go of it; what was written stays, to be gone on with."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def finish(self) -> None:
        """Give it its name: it is whole."""
        # The disk is not waited for, which takes as long again: what a power cut spoils, the next run finds by its sum.
        self.close()
        self._part.replace(self.path)
        self._note.unlink()

    def discard(self) -> None:
        """Drop what was written."""
        self.close()
        self.size = 0
        for path in (self._part, self._note):
            # Where nothing may be written, the system refuses before it looks whether there is anything.
            if path.exists():
                path.unlink()

    def _read_note(self, file: RemoteFile) -> str:
        """Return what the server called that state of the file; empty where it is not of the same one."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ""
        if not isinstance(note, dict):
            return ""
        is_same = [note.get("length"), note.get("md5"), note.get("edition")] == [file.length, file.md5, file.edition]
        return str(note.get("tag") or "") if is_same else ""

    def _summed(self, begin: int, check: Check) -> hashlib._Hash:
        found = _new_sum()
        if not begin:
            return found
        with self._part.open("rb") as file:
            while begin > 0 and (block := file.read(min(_BLOCK_BYTES, begin))):
                check()
                found.update(block)
                begin -= len(block)
        return found

    @staticmethod
    def _sum_of(path: Path, check: Check) -> str:
        found = _new_sum()
        with path.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                check()
                found.update(block)
        return found.hexdigest()


def _has_sum(file: RemoteFile) -> bool:
    """Return whether the platform tells a sum; to work one out takes longer than to fetch from a server nearby."""
    return file.md5 is not None or bool(file.md5_name)


def _new_sum() -> hashlib._Hash:
    # The platform's choice, against accidents; nothing is secured by it.
    return hashlib.md5(usedforsecurity=False)
