"""Where things lie in the tree, for the tools and the tests that watch over it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from configparser import ConfigParser
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PLUGIN = TOP / "gpkeys_plugin"
TESTS = TOP / "tests"
BUILD = TOP / "build"


def python_files(folder: Path) -> list[Path]:
    """Return the Python files below a folder, in order."""
    return sorted(folder.rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    """Return a file's syntax tree, read as the oldest Python of a supported QGIS would."""
    return ast.parse(path.read_text("utf-8"), str(path), feature_version=(3, 9))


def place(path: Path, node: ast.expr | ast.stmt | ast.excepthandler | None = None) -> str:
    """Return `file:line` as a person and an editor read it."""
    name = path.relative_to(TOP).as_posix()
    return f"{name}:{node.lineno}" if node else name


def calls(path: Path) -> Iterator[ast.Call]:
    """Return every call in a file."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))


def imports(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    """Return what a file imports, as dotted names from the top of the tree: also in functions and for types only."""
    package = path.relative_to(TOP).parts[:-1]
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = [*above, *(node.module.split(".") if node.module else [])]
            yield from ((node, ".".join([*base, alias.name])) for alias in node.names)


def metadata() -> dict[str, str]:
    """Return the plugin's metadata, parsed as QGIS and the plugin store do, with interpolation."""
    parser = ConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # documented way to keep the case
    parser.read(TOP / "metadata.txt", encoding="utf-8")
    return dict(parser["general"])
