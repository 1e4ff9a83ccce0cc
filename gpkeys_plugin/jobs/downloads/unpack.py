"""Unpacking what was fetched: each archive into a folder of its name, there whole or not at all."""

from __future__ import annotations

import lzma
import shutil
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import Callable

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text
from ...keys.downloads.fetch_plan import space_problem
from ...keys.downloads.volumes import Archive
from . import archive_members, disk_problems, seven_zip
from .seven_zip import SevenZipFailed

_UNFINISHED = ".unpacking"
_UNREADABLE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    lzma.LZMAError,
    zlib.error,
    EOFError,
    NotImplementedError,
    SevenZipFailed,
    # What zipfile says of an archive that asks for a password.
    RuntimeError,
)

Check = Callable[[], None]


def unpacked_folder(folder: Path, archive: Archive) -> Path:
    """Return the folder that an archive is unpacked to."""
    return folder / archive.stem


def drop_unfinished(folder: Path) -> None:
    """Drop what an unpacking that QGIS's end has cut off has left in a folder."""
    for path in folder.glob(f"*{_UNFINISHED}"):
        shutil.rmtree(path, ignore_errors=True)


def unpack(folder: Path, archive: Archive, check: Check) -> Path:
    """Unpack an archive of a folder, and return where to; what was there of an earlier one is replaced.

    Raises GpkeysError: nothing half unpacked stays. `check` raises what ends it.
    """
    if archive.missing:
        raise _volume_missing(archive)
    target = unpacked_folder(folder, archive)
    building = target.with_name(f"{target.name}{_UNFINISHED}")
    try:
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        _read(folder, archive, building, check)
        _drop_links(building)
        _replace(target, building)
    except _UNREADABLE as error:
        raise disk_problems.damaged(archive.name) from error
    except OSError as error:
        raise disk_problems.of_os_error(error, folder) from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return target


def _read(folder: Path, archive: Archive, building: Path, check: Check) -> None:
    parts = [folder / part for part in archive.parts]

    def check_room(size: int) -> None:
        sentence = space_problem(size, shutil.disk_usage(folder).free)
        if sentence is not None:
            raise disk_problems.no_room(sentence)

    if archive.name.casefold().endswith(".7z"):
        way = seven_zip.way()
        if way is None:
            raise _no_way(archive)
        way(parts, building, archive.name, check, check_room)
    elif archive.name.casefold().endswith(".zip") and not archive.is_in_volumes:
        with zipfile.ZipFile(parts[0]) as zipped:
            members = list(archive_members.of_zip(zipped))
            check_room(sum(member.size for member in members))
            for member in members:
                archive_members.write(member, building, archive.name, check)
    else:
        with tarfile.open(parts[0]) as tar:
            for member in archive_members.of_tar(tar):
                check_room(member.size)
                archive_members.write(member, building, archive.name, check)


def _drop_links(folder: Path) -> None:
    """Drop what leads elsewhere: a program may have made it from what the archive says."""
    for path in folder.rglob("*"):
        if path.is_symlink():
            path.unlink()


def _replace(target: Path, building: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    building.rename(target)


def _volume_missing(archive: Archive) -> GpkeysError:
    values = {"name": archive.name, "number": f"{archive.missing[0]:03}"}
    return GpkeysError(
        ErrorCode.NOT_FOUND,
        Text("The archive “{name}” lacks its volume {number}.", values),
        "an archive lacks a volume",
        advice=Text("Fetch all of its volumes, then unpack it."),
    )


def _no_way(archive: Archive) -> GpkeysError:
    return GpkeysError(
        ErrorCode.QGIS,
        Text("Nothing on this computer unpacks “{name}”: it is a 7z archive.", {"name": archive.name}),
        "no way to unpack 7z",
        advice=Text(
            "It was kept. Unpack it with 7-Zip; or, so that it is done here, install 7-Zip, install py7zr in QGIS's "
            "Python (python -m pip install py7zr), or use a QGIS with GDAL 3.7 or later."
        ),
    )
