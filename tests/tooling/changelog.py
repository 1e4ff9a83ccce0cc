"""What CHANGELOG.md says of the newest version, and how `metadata.txt` carries it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.tooling.tree import TOP

CHANGELOG = TOP / "CHANGELOG.md"
_HEADING = re.compile(r"^## (\S+)$", re.MULTILINE)
# Marks that Markdown has for emphasis and code: QGIS's plugin manager shows them as they are.
_MARKS = re.compile(r"\*\*|`|(?<!\w)\*|\*(?!\w)")


@dataclass(frozen=True)
class Changes:
    """A version, and its changes as plain text: a line each."""

    version: str
    lines: tuple[str, ...]


def newest(file: Path = CHANGELOG) -> Changes:
    """Return the version on top of a changelog; raises ValueError where there is none."""
    _, *parts = _HEADING.split(file.read_text("utf-8"))
    if not parts:
        raise ValueError(f"{file.name} has no version")
    lines = (_MARKS.sub("", line).strip() for line in parts[1].splitlines())
    return Changes(parts[0], tuple(line for line in lines if line))


def metadata_entry(changes: Changes) -> str:
    """Return the `changelog` of `metadata.txt`: further lines are indented, percent signs doubled for its parsers."""
    text = "\n".join((f"{changes.version}:", *changes.lines)).replace("%", "%%")
    return "changelog=" + text.replace("\n", "\n    ") + "\n"
