"""The files of QGIS below a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from ...entrepot.translatable_text import Text
from .kinds import FileKind, kind_of
from .problems import not_readable

# What tells one folder from another: its device and its number there.
_Identity = tuple[int, int]


def find_files(
    folder: Path,
    *,
    kinds: Collection[FileKind],
    is_cancelled: Callable[[], bool],
    on_problem: Callable[[Path, Text], None],
) -> Iterator[Path]:
    """Return the files of some kinds in a folder and its subfolders, in the order of their names.

    Links are followed, but nothing is found twice by them. A link to a folder around it, and a folder that can't be
    read, are told to `on_problem`. Ends early when cancelled.
    """
    visited: set[_Identity] = set()
    waiting: list[tuple[Path, tuple[_Identity, ...]]] = [(folder, ())]
    while waiting and not is_cancelled():
        here, around = waiting.pop()
        try:
            identity, folders, files = _content(here)
        except OSError as error:
            on_problem(here, not_readable(error))
            continue
        if identity[1] and identity in around:
            on_problem(here, Text("It is a link to a folder that it lies in."))
        if identity in visited:
            continue
        # Some network drives number nothing; a loop there ends with the longest path they take.
        if identity[1]:
            visited.add(identity)
        waiting += [(path, (*around, identity)) for path in reversed(folders)]
        named = (path for path in files if kind_of(path) in kinds)
        yield from (path for path in named if not (is_cancelled() or _is_found_elsewhere(path, folder, kinds)))


def _is_found_elsewhere(path: Path, top: Path, kinds: Collection[FileKind]) -> bool:
    """Whether a path is a link to a file that the walk comes by anyway."""
    if not path.is_symlink():
        return False
    target = Path(os.path.realpath(path))
    return target.is_file() and kind_of(target) in kinds and Path(os.path.realpath(top)) in target.parents


def _content(folder: Path) -> tuple[_Identity, list[Path], list[Path]]:
    """Return what tells a folder from others, and what is in it."""
    status = folder.stat()
    with os.scandir(folder) as entries:
        paths = sorted((entry.name, Path(entry.path), _is_folder(entry)) for entry in entries)
    folders = [path for _, path, is_folder in paths if is_folder]
    files = [path for _, path, is_folder in paths if not is_folder]
    return (status.st_dev, status.st_ino), folders, files


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that leads in a circle: scanned as a file, it says so.
        return False
