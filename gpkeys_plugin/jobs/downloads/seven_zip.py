"""Unpacking 7z with what this computer has: GDAL, py7zr or the program 7-Zip."""

from __future__ import annotations

import shutil
import struct
from importlib.util import find_spec
from pathlib import Path
from typing import IO, BinaryIO, Callable, Sequence, cast

from osgeo import gdal
from qgis.PyQt.QtCore import QProcess

from ...keys.downloads.file_names import safe_member
from . import disk_problems
from .archive_members import Member, write
from .joined_parts import JoinedParts

_PREFIX = "/vsi7z/"
_PROGRAMS = ("7z", "7zz", "7za")
_WAIT_MS = 200
_BLOCK_BYTES = 1 << 20

Check = Callable[[], None]
CheckRoom = Callable[[int], None]


class SevenZipFailed(Exception):
    """The archive could not be read."""


def way() -> Callable[[Sequence[Path], Path, str, Check, CheckRoom], None] | None:
    """Return what unpacks the parts of a 7z into a folder here, None where nothing does."""
    if _has_gdal():
        return _with_gdal
    if _has_py7zr():
        return _with_py7zr
    return _with_program if _program() else None


def _has_gdal() -> bool:
    # From GDAL 3.7 on, where it was built with libarchive.
    return _PREFIX in (gdal.GetFileSystemsPrefixes() or ())


def _has_py7zr() -> bool:
    # Few have it.
    return find_spec("py7zr") is not None


def _program() -> str:
    return next(filter(None, map(shutil.which, _PROGRAMS)), "") or ""


def _with_py7zr(parts: Sequence[Path], folder: Path, name: str, check: Check, check_room: CheckRoom) -> None:
    # Imported here: it takes a tenth of a second, for which the window would stand still.
    import py7zr

    with JoinedParts(parts) as joined:
        try:
            with py7zr.SevenZipFile(cast("BinaryIO", joined)) as archive:
                if archive.needs_password():
                    raise SevenZipFailed("it asks for a password")
                found = [info for info in archive.list() if not info.is_directory]
                check_room(sum(info.uncompressed for info in found))
                check()
                wanted = [info.filename for info in found if safe_member(info.filename) == info.filename]
                archive.extract(folder, targets=wanted)
        except (py7zr.exceptions.ArchiveError, ValueError, LookupError, struct.error) as error:
            raise SevenZipFailed(type(error).__name__) from error


def _with_program(parts: Sequence[Path], folder: Path, name: str, check: Check, check_room: CheckRoom) -> None:
    process = QProcess()
    # An empty password: it must not ask for one.
    process.start(_program(), ["x", "-y", "-p", f"-o{folder}", str(parts[0])])
    try:
        while not process.waitForFinished(_WAIT_MS) and process.state() != QProcess.ProcessState.NotRunning:
            check()
    finally:
        if process.state() != QProcess.ProcessState.NotRunning:
            process.kill()
            process.waitForFinished()
    if process.exitStatus() != QProcess.ExitStatus.NormalExit or process.exitCode() != 0:
        # It ends like that on a full disk, too.
        check_room(sum(part.stat().st_size for part in parts))
        raise SevenZipFailed(f"7z ended with {process.exitCode()}")


def _with_gdal(parts: Sequence[Path], folder: Path, name: str, check: Check, check_room: CheckRoom) -> None:
    if len(parts) == 1:
        _read_with_gdal(parts[0], folder, name, check, check_room)
        return
    # GDAL reads one file: the volumes are put together beside the members, and dropped.
    joined = folder / "volumes.7z"
    check_room(sum(part.stat().st_size for part in parts))
    with JoinedParts(parts) as source, joined.open("wb") as file:
        shutil.copyfileobj(cast("IO[bytes]", source), file, _BLOCK_BYTES)
    try:
        _read_with_gdal(joined, folder, name, check, check_room)
    finally:
        joined.unlink()


def _read_with_gdal(path: Path, folder: Path, name: str, check: Check, check_room: CheckRoom) -> None:
    # In braces, an archive may have any name.
    inside = f"{_PREFIX}{{{path}}}"
    listed = gdal.ReadDirRecursive(inside)
    if listed is None:
        raise SevenZipFailed("GDAL cannot read it")
    members = [member for written in listed if (member := _gdal_member(inside, written)) is not None]
    check_room(sum(member.size for member in members))
    for member in members:
        check()
        write(member, folder, name, check)
        if (folder / member.path).stat().st_size != member.size:
            raise disk_problems.damaged(name)


def _gdal_member(inside: str, written: str) -> Member | None:
    path, safe = f"{inside}/{written}", safe_member(written)
    found = gdal.VSIStatL(path)
    if safe is None or found is None or found.IsDirectory():
        return None
    return Member(safe, found.size, lambda: cast("IO[bytes]", _GdalFile(path)))


class _GdalFile:
    """A file of GDAL's as Python reads one."""

    def __init__(self, path: str) -> None:
        self._handle = gdal.VSIFOpenL(path, "rb")
        if self._handle is None:
            raise SevenZipFailed("GDAL cannot open a member")

    def __enter__(self) -> _GdalFile:
        return self

    def __exit__(self, *_: object) -> None:
        gdal.VSIFCloseL(self._handle)

    def read(self, size: int) -> bytes:
        """Return the next bytes, none at the end."""
        return bytes(gdal.VSIFReadL(1, size, self._handle) or b"")
