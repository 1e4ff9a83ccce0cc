"""Archives in volumes: `.7z.001`, `.7z.002` … put end to end are one archive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterable

ARCHIVE_ENDINGS = (".7z", ".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
_VOLUME = re.compile(r"(?P<whole>.+\.(?:7z|zip))\.(?P<number>\d{3})", re.IGNORECASE)


@dataclass(frozen=True)
class Archive:
    """An archive, and the files it is made of, in order; `missing` are the numbers of volumes that are not there."""

    name: str
    parts: tuple[str, ...]
    missing: tuple[int, ...] = ()

    @property
    def stem(self) -> str:
        """Its name without what says that it is an archive."""
        ending = next((known for known in _longest_first() if self.name.casefold().endswith(known)), "")
        return self.name[: len(self.name) - len(ending)]

    @property
    def is_in_volumes(self) -> bool:
        """Whether it was cut."""
        return self.parts != (self.name,)


def archives(names: Iterable[str]) -> tuple[Archive, ...]:
    """Return the archives among files, those in volumes once."""
    cut: dict[str, dict[int, str]] = {}
    found: list[Archive] = []
    for name in names:
        volume = _VOLUME.fullmatch(name)
        if volume:
            cut.setdefault(volume["whole"], {})[int(volume["number"])] = name
        elif name.casefold().endswith(ARCHIVE_ENDINGS):
            found.append(Archive(name, (name,)))
    return (*found, *(_whole(name, volumes) for name, volumes in cut.items()))


def _whole(name: str, volumes: dict[int, str]) -> Archive:
    missing = tuple(number for number in range(1, max(volumes) + 1) if number not in volumes)
    return Archive(name, tuple(volumes[number] for number in sorted(volumes)), missing)


def _longest_first() -> list[str]:
    return sorted(ARCHIVE_ENDINGS, key=len, reverse=True)
