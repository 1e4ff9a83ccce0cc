"""Under which names files are kept: what a server names never leaves the folder, on any system."""

from __future__ import annotations

import re
from typing import Iterable

MOST_BYTES = 240
"""A file system takes 255 bytes a name; ours have endings of their own while they are fetched."""
PART_ENDING = ".part"
NOTE_ENDING = ".part-note"

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')
_WINDOWS_DEVICE = re.compile(r"(?:con|prn|aux|nul|clock\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_OWN_ENDINGS = (PART_ENDING, NOTE_ENDING)
_UNNAMED = "file"


def safe_name(name: str) -> str:
    """Return a name that is one file of a folder on any system, alike to `name`."""
    found = _NOT_IN_NAMES.sub("_", name).strip(" ").rstrip(". ")
    found = found if found.strip("._") else _UNNAMED
    if _WINDOWS_DEVICE.fullmatch(found):
        found = f"_{found}"
    if found.casefold().endswith(_OWN_ENDINGS):
        found = f"{found}_"
    return _shortened(found)


def safe_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return a safe name for each, no two of them the same, not even to a system that knows no capitals."""
    taken: set[str] = set()
    found = []
    for name in names:
        safe = safe_name(name)
        number = 1
        while safe.casefold() in taken:
            number += 1
            safe = _numbered(safe_name(name), number)
        taken.add(safe.casefold())
        found.append(safe)
    return tuple(found)


def safe_member(path: str) -> str | None:
    """Return the path of an archive's member below the folder it is unpacked to, None for one that leads out of it."""
    parts = re.split(r"[/\\]", path)
    if path.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", path):
        return None
    kept = [safe_name(part) for part in parts if part not in ("", ".")]
    return "/".join(kept) if kept else None


def _numbered(name: str, number: int) -> str:
    stem, dot, ending = name.partition(".")
    return _shortened(f"{stem}_{number}{dot}{ending}")


def _shortened(name: str) -> str:
    """Return a name of no more bytes than it may have; its endings stay."""
    if len(name.encode("utf-8", "replace")) <= MOST_BYTES:
        return name
    stem, ending = _ending(name)
    room = MOST_BYTES - len(ending.encode("utf-8", "replace"))
    return stem.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + ending


def _ending(name: str) -> tuple[str, str]:
    """Return a name in two, the endings that say what it is (`.7z.001`) last."""
    found = re.search(r"(?:\.[A-Za-z0-9]{1,8}){1,2}$", name)
    return (name[: found.start()], found[0]) if found else (name, "")
