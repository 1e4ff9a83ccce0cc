"""What is left to fetch of files, and how much room that takes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import Iterable

from ...entrepot.downloads.models import RemoteFile
from ...entrepot.translatable_text import Text

LARGEST_BYTES = 1 << 40
"""A terabyte: what says to be larger does not know what it says."""
_SPARE_BYTES = 64 * 1024 * 1024
_UNITS = (Text("{size} B"), Text("{size} kB"), Text("{size} MB"), Text("{size} GB"), Text("{size} TB"))


class Act(Enum):
    """What is to be done for a file."""

    KEEP = auto()
    FETCH = auto()
    RESUME = auto()


@dataclass(frozen=True)
class OnDisk:
    """What a folder has of a file.

    Its size (None: not there), whether its sum was found to be the one that is told (None: there was nothing to
    compare), and how much of it was fetched before, with what the server called that state of it.
    """

    size: int | None = None
    is_sum_right: bool | None = None
    part_size: int = 0
    part_tag: str = ""


@dataclass(frozen=True)
class PlannedFile:
    """A file, the name it is kept under, and what is to be done."""

    file: RemoteFile
    name: str
    act: Act
    had_bytes: int = 0
    tag: str = ""

    @property
    def left_bytes(self) -> int | None:
        """How much of it is to be fetched; None where its length is not told."""
        if self.act is Act.KEEP:
            return 0
        return None if self.file.length is None else max(self.file.length - self.had_bytes, 0)


def planned(file: RemoteFile, name: str, found: OnDisk, *, overwrite: bool = False) -> PlannedFile:
    """Return what is to be done for a file, given what the folder has of it."""
    if found.size is not None and not overwrite and _is_same(file, found):
        return PlannedFile(file, name, Act.KEEP)
    # Without what the server called it, nobody knows whether the rest belongs to the same file.
    if found.part_size and found.part_tag and (file.length is None or found.part_size <= file.length):
        return PlannedFile(file, name, Act.RESUME, found.part_size, found.part_tag)
    return PlannedFile(file, name, Act.FETCH)


def _is_same(file: RemoteFile, found: OnDisk) -> bool:
    """Return whether a file that is there is the one the platform has, as far as that can be known."""
    if found.is_sum_right is not None:
        return found.is_sum_right
    return file.length is None or found.size == file.length


def needed_bytes(plan: Iterable[PlannedFile]) -> int:
    """Return how many bytes are to be fetched, as far as lengths are told."""
    return sum(file.left_bytes or 0 for file in plan)


def space_problem(needed: int, free: int) -> Text | None:
    """Return the sentence for a disk that has no room for what is to be fetched; None where it has."""
    if needed + _SPARE_BYTES <= free:
        return None
    values = {"needed": shown_size(needed), "free": shown_size(free)}
    return Text("The files take {needed}, and the disk of this folder has {free} left.", values)


def shown_size(count: int) -> Text:
    """Return a number of bytes as people read it."""
    power = min(int(math.log10(count) // 3), len(_UNITS) - 1) if count > 0 else 0
    size = count / 1000**power
    return _UNITS[power].with_values({"size": size if power and size < 10 else round(size)})


def seconds_left(left: int, fetched: int, elapsed_s: float) -> int | None:
    """Return how long the rest takes at the pace so far; None as long as that cannot be told."""
    if fetched <= 0 or elapsed_s < 1:
        return None
    return math.ceil(left * elapsed_s / fetched)
