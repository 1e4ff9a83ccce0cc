"""The drawing of the house in docs/ARCHITECTURE.md, made from the imports: Mermaid, which GitHub shows as a picture.

python -m tests.tooling.architecture_drawing     draws it anew
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from tests.tooling.tree import PLUGIN, TOP, imports, python_files

PAGE = TOP / "docs" / "ARCHITECTURE.md"
BEGIN, END = "<!-- drawn by make drawing -->\n", "<!-- end of the drawing -->\n"
# From the top of the picture to its ground. What only QGIS looks for, and what only stands in, is no room.
ROOMS = ("plugin.py", "door.py", "wiring", "gui", "processing", "jobs", "network", "store", "keys", "entrepot")
_FILES = "*.py"


class Spot(NamedTuple):
    """A room, and the room within it; for a file in none of those, `*.py` or the file's own name."""

    room: str
    inner: str

    @property
    def id(self) -> str:
        """Return what Mermaid calls it."""
        return f"{self.room}_{self.inner}".replace(".", "_").replace("*", "files")


def drawing() -> str:
    """Return the drawing of what the files import now; an arrow is left out where a longer way says the same."""
    edges = sorted(set(_edges()))
    lines = ["```mermaid", "flowchart TD", *_rooms(edges), *_between(edges), "```", ""]
    return "\n".join(lines)


def drawn(text: str, picture: str) -> str:
    """Return a page with the picture between its marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{picture}{END}{after}"


def _edges() -> Iterator[tuple[Spot, Spot]]:
    own_names = _files_that_stand_apart()
    for path, file in _imported_files():
        here, there = _spot(path, own_names), _spot(file, own_names)
        if here.room in ROOMS and there.room in ROOMS and here != there:
            yield here, there


def _imported_files() -> Iterator[tuple[Path, Path]]:
    for path in python_files(PLUGIN):
        for _, dotted in imports(path):
            parts = dotted.split(".")
            if parts[0] == PLUGIN.name and len(parts) > 1:
                yield path, _file(parts[1:])


def _file(parts: list[str]) -> Path:
    """Return the file of a dotted name, whose last part may be something in it."""
    whole, module = PLUGIN.joinpath(*parts), PLUGIN.joinpath(*parts[:-1])
    if whole.with_suffix(".py").exists():
        return whole.with_suffix(".py")
    return module.with_suffix(".py") if module.with_suffix(".py").exists() else whole / "__init__.py"


def _files_that_stand_apart() -> set[Path]:
    """Return the files of a room that one of its own rooms imports, though others beside them stand on that room."""
    pairs = [(_spot(path, set()), _spot(file, set()), file) for path, file in _imported_files()]
    within = [pair for pair in pairs if pair[0].room == pair[1].room and pair[0] != pair[1]]
    stood_on = {(here, there) for here, there, _ in within}
    return {file for here, there, file in within if there.inner == _FILES and (there, here) in stood_on}


def _spot(path: Path, own_names: set[Path]) -> Spot:
    room, *below = path.relative_to(PLUGIN).parts
    if len(below) > 1:
        return Spot(room, below[0])
    return Spot(room, path.name if path in own_names else _FILES)


def _rooms(edges: list[tuple[Spot, Spot]]) -> Iterator[str]:
    spots = sorted({spot for edge in edges for spot in edge}, key=lambda spot: (ROOMS.index(spot.room), spot.inner))
    for room, inside in groupby(spots, key=lambda spot: spot.room):
        names = list(inside)
        if len(names) == 1:
            yield f'    {_id(room)}["{_label(room)}"]'
            continue
        yield f'    subgraph {_id(room)}["{_label(room)}"]'
        yield from (f'        {spot.id}["{_label(spot.room, spot.inner)}"]' for spot in names)
        within = {(here.id, there.id) for here, there in edges if here.room == there.room == room}
        yield from (f"        {here} --> {there}" for here, there in sorted(_direct(within)))
        yield "    end"


def _between(edges: list[tuple[Spot, Spot]]) -> Iterator[str]:
    pairs = {(here.room, there.room) for here, there in edges if here.room != there.room}
    for here, there in sorted(_direct(pairs), key=lambda pair: (ROOMS.index(pair[0]), ROOMS.index(pair[1]))):
        yield f"    {_id(here)} ==> {_id(there)}"


def _direct(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the pairs that no way over a third one joins."""
    ways = set(pairs)
    while True:
        longer = {(here, there) for here, middle in ways for start, there in pairs if middle == start} - ways
        if not longer:
            break
        ways |= longer
    return {
        (here, there) for here, there in pairs if not any((here, by) in ways and (by, there) in pairs for _, by in ways)
    }


def _id(room: str) -> str:
    return room.replace(".", "_")


def _label(room: str, inner: str = "") -> str:
    if inner in ("", _FILES):
        return f"{room}/{inner}" if not room.endswith(".py") else room
    return inner if inner.endswith(".py") else f"{inner}/"


def main() -> None:
    """Draw it anew in the page."""
    PAGE.write_text(drawn(PAGE.read_text("utf-8"), drawing()), "utf-8")


if __name__ == "__main__":
    main()
