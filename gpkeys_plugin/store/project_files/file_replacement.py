"""A file replaced in one go by another content, with a copy of what it was."""

from __future__ import annotations

import glob
import os
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from ...entrepot.translatable_text import Text
from .problems import FileLeft, not_an_own_file

NEW = ".gpkeys-new"
"""What a file's name ends with that is not finished."""
_BEFORE = ".before-gpkeys"
# A new content that was not finished in an hour belongs to a program that was ended.
_STALE_S = 3600


def copy_of(path: Path) -> Path:
    """Return where the copy of a file is kept as it was before its first change."""
    return path.with_name(path.name + _BEFORE)


def file_to_change(path: Path) -> Path:
    """Return the file a path leads to, where it may be changed; raises `FileLeft` where not.

    A link stays a link, to a changed file. A file of two names is left: replacing it would part them, and writing into
    it could leave half a file.
    """
    file = path.resolve(strict=True)
    status = file.stat()
    if not S_ISREG(status.st_mode):
        raise FileLeft(not_an_own_file())
    # Who may do everything (root, on Linux) is told of no right that is missing.
    if not os.access(file, os.W_OK) or not status.st_mode & 0o222:
        raise FileLeft(Text("It is read-only."))
    if status.st_nlink > 1 and not _is_kept_already(file):
        raise FileLeft(Text("It has a second name (a hard link), which would keep the old key. Change it by hand."))
    return file


def _is_kept_already(file: Path) -> bool:
    """Whether its second name is our copy: a program was ended between keeping it and replacing the file."""
    copy = copy_of(file)
    return copy.exists() and copy.samefile(file) and file.stat().st_nlink == 2


class Replacement:
    """A new content that is written beside a file; it is gone when the block ends before it was put in place.

    The time of the file becomes that of the change: QGIS Server and tools that synchronise folders go by it, and would
    otherwise keep what they have. Mode, attributes and, where the user may, owner stay; the copy has the old time.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> Replacement:
        _remove_stale(self._file)
        handle, name = tempfile.mkstemp(dir=self._file.parent, prefix=self._file.name, suffix=NEW)
        self._path = Path(name)
        self.content: BinaryIO = os.fdopen(handle, "w+b")
        return self

    def __exit__(self, *_: object) -> None:
        self.content.close()
        self._path.unlink(missing_ok=True)

    def put_in_place(self) -> bool:
        """Keep a copy of the file unless there is one, then put the content in its place; whether a copy was made."""
        self.content.flush()
        os.fsync(self.content.fileno())
        # Windows replaces no file that is open.
        self.content.close()
        _take_over(self._file, self._path)
        is_copied = keep_copy(self._file)
        try:
            self._path.replace(self._file)
        except OSError:
            if is_copied:
                copy_of(self._file).unlink()
            raise
        sync_folder(self._file.parent)
        return is_copied


def keep_copy(file: Path) -> bool:
    """Keep a file under the name of its copy unless there is one; whether it was done.

    A second name of the file that is going to be replaced: at once, with its times and owner. Where there are no second
    names (FAT, some network drives), a copy.
    """
    copy = copy_of(file)
    if copy.exists():
        return False
    try:
        os.link(file, copy)
    except OSError:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=NEW)
        os.close(handle)
        Path(shutil.copy2(file, name)).replace(copy)
    return True


def sync_folder(folder: Path) -> None:
    """Have the names in a folder written to the disk; Windows does it by itself and opens no folders."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _take_over(file: Path, new: Path) -> None:
    """Give a new file what the old one has: owner and group where the user may, mode, attributes."""
    status = file.stat()
    if sys.platform != "win32":
        for owner, group in ((-1, status.st_gid), (status.st_uid, -1)):
            with suppress(PermissionError):
                os.chown(new, owner, group)
    shutil.copystat(file, new)
    os.utime(new)


def _remove_stale(file: Path) -> None:
    """Remove what a program that was ended left beside a file."""
    for left in file.parent.glob(f"{glob.escape(file.name)}*{NEW}"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE_S:
                left.unlink()
