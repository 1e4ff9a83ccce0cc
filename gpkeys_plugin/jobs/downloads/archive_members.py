"""What is in a zip or a tar, member by member: files only, under names that stay in the folder."""

from __future__ import annotations

import stat
import tarfile
import zipfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Callable, Iterator

from ...keys.downloads.file_names import safe_member
from .disk_problems import damaged

_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True)
class Member:
    """A file of an archive: its safe path, its size once unpacked, and how to read it."""

    path: str
    size: int
    open: Callable[[], IO[bytes]]


def of_zip(archive: zipfile.ZipFile) -> Iterator[Member]:
    """Yield the files of a zip."""
    for info in archive.infolist():
        path = safe_member(info.filename)
        is_link = stat.S_ISLNK(info.external_attr >> 16)
        if path is not None and not info.is_dir() and not is_link:
            yield Member(path, info.file_size, partial(archive.open, info))


def of_tar(archive: tarfile.TarFile) -> Iterator[Member]:
    """Yield the files of a tar; no links, no devices."""
    for info in archive:
        path = safe_member(info.name)
        if path is not None and info.isreg():
            yield Member(path, info.size, partial(_tar_file, archive, info))


def write(member: Member, folder: Path, name: str, check: Callable[[], None]) -> None:
    """Write a member below a folder; raise GpkeysError where it is longer than the archive `name` says."""
    target = _made_folder(folder, member.path) / Path(member.path).name
    left = member.size
    with member.open() as source, target.open("wb") as file:
        while block := source.read(_BLOCK_BYTES):
            check()
            left -= len(block)
            if left < 0:
                raise damaged(name)
            file.write(block)


def _made_folder(folder: Path, path: str) -> Path:
    """Make the folders of a member's path below `folder`, which is not made: its disk may have gone meanwhile."""
    made = folder
    for name in path.split("/")[:-1]:
        made /= name
        made.mkdir(exist_ok=True)
    return made


def _tar_file(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    found = archive.extractfile(info)
    if found is None:
        raise tarfile.ReadError("not a file")
    return found
