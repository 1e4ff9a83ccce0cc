"""The floors within the rooms: parts below pages, steps below use cases, data below servers; no room is a hall."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.tooling.tree import PLUGIN, TESTS, TOP, imports, place, python_files

MOST_LINES = 300
MOST_FILES = 20

# Each room's own rooms, and what each may import within it; `top` are the files that stand in none of them.
FLOORS: dict[str, dict[str, str]] = {
    "gui": {
        "drawing": "",
        "keyboard": "",
        "lifetime": "",
        "parts": "drawing keyboard",
        "notices": "parts drawing lifetime",
        "key_form": "parts drawing notices",
        "result": "parts keyboard lifetime notices",
        "new_key": "parts drawing notices key_form result",
        "share": "parts notices",
        "downloads": "parts keyboard lifetime notices result",
        "key_services": "parts drawing",
        "my_keys": "parts drawing lifetime notices key_form key_services result share downloads",
        "permissions": "parts notices key_form",
        "sign_in": "parts drawing notices",
        "repair": "parts keyboard lifetime notices",
        "browser": "parts drawing notices result downloads",
        "top": "parts drawing keyboard notices key_form key_services result new_key my_keys permissions sign_in repair"
        " share browser downloads",
    },
    "jobs": {
        "running": "values",
        "steps": "running values",
        "top": "running steps",
        "repair": "running steps top",
        "file_repair": "running steps top repair",
        "share": "running steps top repair",
        "browser": "running steps top repair",
        "downloads": "running steps top",
        "window": "running steps top repair file_repair share browser downloads",
        "scripts": "running steps top repair file_repair downloads",
    },
    "network": {"http": "", "authentication": "http", "top": "http authentication"},
    "store": {
        "records": "",
        "services": "",
        "project_files": "",
        "qgis_settings": "",
        "preset": "qgis_settings",
        "top": "records services project_files qgis_settings preset",
        "sources": "records qgis_settings top",
        "configurations": "records qgis_settings top",
    },
    "keys": {
        "top": "",
        "services": "top",
        "rules": "top services",
        "upkeep": "top services rules",
        "layer_needs": "top services rules upkeep",
        "downloads": "services",
    },
    "entrepot": {"top": "", "downloads": "top"},
}

# The same of the tests' own rooms, by their dotted names.
_TEST_FLOORS: dict[str, dict[str, str]] = {
    "tests.simulator": {
        "dataset": "",
        "tiling": "dataset",
        "memory": "dataset",
        "ogc": "dataset tiling",
        "rok4": "dataset tiling",
        "downloads": "dataset tiling",
        "gateway": "dataset tiling ogc rok4 downloads",
        "public": "dataset memory gateway",
        "api": "dataset memory",
        "sso": "memory",
        "control": "memory gateway sso",
        "top": "memory ogc gateway public api sso control",
        "remote": "memory",
    },
    "tests.end_to_end": {
        "desktop": "",
        "inside_qgis": "",
        "walks": "inside_qgis",
        "top": "desktop inside_qgis",
        "downloads": "desktop top",
    },
}
_ALL_FLOORS = {**{f"{PLUGIN.name}.{room}": floors for room, floors in FLOORS.items()}, **_TEST_FLOORS}

_FILES = [path for room in _ALL_FLOORS for path in python_files(TOP.joinpath(*room.split(".")))]


def floor_of(room: str, parts: tuple[str, ...]) -> str:
    """Return the room within a room that a path of names below it leads to."""
    return parts[0] if parts[0] in _ALL_FLOORS[room] else "top"


def _own_floor(path: Path) -> tuple[str, str]:
    package, room, *below = path.relative_to(TOP).parts
    dotted = f"{package}.{room}"
    return dotted, floor_of(dotted, tuple(below)) if len(below) > 1 else "top"


def _is_allowed(path: Path, dotted: str) -> bool:
    room, own = _own_floor(path)
    below = dotted.split(".")[1:]
    if not dotted.startswith(f"{room}.") or len(below) == 1:
        return True
    other, allowed = floor_of(room, tuple(below[1:])), _ALL_FLOORS[room][own].split()
    return other == own or other in allowed or below[1] in allowed


@pytest.mark.parametrize("path", _FILES, ids=place)
def test_imports_go_down_within_a_room_too(path: Path) -> None:
    assert [f"{place(path, node)} {name}" for node, name in imports(path) if not _is_allowed(path, name)] == []


def test_every_room_within_a_room_has_its_floor() -> None:
    found = {
        room: {path.parent.name for path in TOP.joinpath(*room.split(".")).glob("*/__init__.py")}
        for room in _ALL_FLOORS
    }
    assert found == {room: set(floors) - {"top"} for room, floors in _ALL_FLOORS.items()}


def test_no_room_is_a_hall() -> None:
    files = [path for path in [*python_files(PLUGIN), *python_files(TESTS)] if path.name != "__init__.py"]
    sizes = Counter(place(path.parent) for path in files)
    assert {name: count for name, count in sizes.items() if count > MOST_FILES} == {}


def test_no_file_is_long() -> None:
    sizes = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(PLUGIN)}
    assert {name: lines for name, lines in sizes.items() if lines > MOST_LINES} == {}
