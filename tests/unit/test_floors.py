"""The floors within the rooms: parts below pages, steps below use cases; no room is a hall."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tooling.tree import PLUGIN, imports, place, python_files

MOST_LINES = 300
MOST_FILES = 20

# Each room's own rooms, and what each may import within it; `top` are the files that stand in none of them.
FLOORS: dict[str, dict[str, str]] = {
    "gui": {
        "parts": "",
        "key_form": "parts",
        "result": "parts",
        "new_key": "parts key_form result",
        "my_keys": "parts key_form result",
        "permissions": "parts key_form",
        "sign_in": "parts",
        "top": "parts key_form result new_key my_keys permissions sign_in",
    },
    "jobs": {
        "running": "values",
        "steps": "running values",
        "top": "running steps",
        "window": "running steps top",
        "scripts": "running steps top",
    },
    "network": {"http": "", "authentication": "http", "top": "http authentication"},
    "store": {"records": "", "services": "", "top": "records services"},
    "keys": {"top": "", "services": "top", "rules": "top services", "upkeep": "top services rules"},
}

_FILES = [path for room in FLOORS for path in python_files(PLUGIN / room)]


def floor_of(room: str, parts: tuple[str, ...]) -> str:
    """Return the room within a room that a path of names below it leads to."""
    return parts[0] if parts[0] in FLOORS[room] else "top"


def _own_floor(path: Path) -> tuple[str, str]:
    room, *below = path.relative_to(PLUGIN).parts
    return room, floor_of(room, tuple(below)) if len(below) > 1 else "top"


def _is_allowed(path: Path, dotted: str) -> bool:
    room, own = _own_floor(path)
    package, *below = dotted.split(".")
    if package != PLUGIN.name or below[0] != room or len(below) == 1:
        return True
    other, allowed = floor_of(room, tuple(below[1:])), FLOORS[room][own].split()
    return other == own or other in allowed or below[1] in allowed


@pytest.mark.parametrize("path", _FILES, ids=place)
def test_imports_go_down_within_a_room_too(path: Path) -> None:
    assert [f"{place(path, node)} {name}" for node, name in imports(path) if not _is_allowed(path, name)] == []


def test_every_room_within_a_room_has_its_floor() -> None:
    found = {
        room: {path.name for path in (PLUGIN / room).iterdir() if (path / "__init__.py").exists()} for room in FLOORS
    }
    assert found == {room: set(floors) - {"top"} for room, floors in FLOORS.items()}


def test_no_room_is_a_hall() -> None:
    folders = {path.parent for path in python_files(PLUGIN)}
    sizes = {
        place(folder): len([file for file in folder.glob("*.py") if file.name != "__init__.py"]) for folder in folders
    }
    assert {name: count for name, count in sizes.items() if count > MOST_FILES} == {}


def test_no_file_is_long() -> None:
    sizes = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(PLUGIN)}
    assert {name: lines for name, lines in sizes.items() if lines > MOST_LINES} == {}
