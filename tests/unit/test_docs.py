"""What the documents name is there, files, names in them, targets of make, modules; and the drawing is of today."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tooling import architecture_drawing
from tests.tooling.tree import PLUGIN, TOP, parsed

README = TOP / "README.md"
DOCUMENTS = [README, TOP / "CONTRIBUTING.md", *sorted((TOP / "docs").glob("*.md"))]
# What is made, and so is not there in a fresh tree.
_MADE = ("build/", "dist/", ".venv/")
_FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_PATH = re.compile(r"^[\w./-]+(?:/|\.(?:py|md|json|ts|sh|toml|txt|yaml|png|svg))$")
_NAME_IN_FILE = re.compile(r"^([\w./-]+\.py):(\w+)$")
_TARGET = re.compile(r"\bmake ([a-z][a-z0-9-]*)")
_MODULE = re.compile(r"-m (tests(?:\.\w+)+)")
_every = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


def code_of(document: Path) -> list[str]:
    """Return what a document sets as code: spans in its sentences, and the lines of its blocks."""
    text = document.read_text("utf-8")
    blocks = [line for block in _FENCED.findall(text) for line in block.splitlines()]
    return [*_CODE.findall(_FENCED.sub("", text)), *blocks]


def file_named(written: str) -> Path | None:
    """Return the file or folder of a path as the documents write it: from the top, or from the plugin's folder."""
    return next((place / written for place in (TOP, PLUGIN) if (place / written).exists()), None)


def paths_in(document: Path) -> Iterator[str]:
    """Return the paths that stand in a document as code, without what is made."""
    for code in code_of(document):
        for word in code.split():
            path = word.partition(":")[0]
            if _PATH.match(path) and not path.startswith(_MADE):
                yield path


def names_defined_in(path: Path) -> set[str]:
    """Return the names of functions, classes and values that a file defines, also within its classes."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found.update(target.id for target in targets if isinstance(target, ast.Name))
    return found


@_every
def test_files_that_are_named_exist(document: Path) -> None:
    assert [path for path in paths_in(document) if file_named(path) is None] == []


@_every
def test_links_lead_somewhere(document: Path) -> None:
    links = (link.partition("#")[0] for link in _LINK.findall(document.read_text("utf-8")) if "://" not in link)
    assert [link for link in links if link and not (document.parent / link).exists()] == []


@_every
def test_names_in_files_are_defined_there(document: Path) -> None:
    named = [found.groups() for found in map(_NAME_IN_FILE.match, code_of(document)) if found]
    files = {path: file_named(path) for path, _ in named}
    known = {path: names_defined_in(file) for path, file in files.items() if file is not None}
    assert [f"{path}:{name}" for path, name in named if name not in known.get(path, ())] == []


@_every
def test_targets_of_make_exist(document: Path) -> None:
    known = set(re.findall(r"^([a-z0-9-]+):", (TOP / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {target for code in code_of(document) for target in _TARGET.findall(code)} - known == set()


@_every
def test_modules_to_run_exist(document: Path) -> None:
    modules = {module.replace(".", "/") for code in code_of(document) for module in _MODULE.findall(code)}
    assert [name for name in modules if not (file_named(f"{name}.py") or file_named(f"{name}/__main__.py"))] == []


def test_the_drawing_is_that_of_the_imports() -> None:
    """`make drawing` draws it anew."""
    page = architecture_drawing.PAGE.read_text("utf-8")
    assert architecture_drawing.BEGIN in page
    assert architecture_drawing.END in page
    assert architecture_drawing.drawn(page, architecture_drawing.drawing()) == page


@pytest.mark.parametrize("document", [path for path in DOCUMENTS if path != README], ids=lambda path: path.name)
def test_the_readme_leads_to_each_of_them(document: Path) -> None:
    assert document.relative_to(TOP).as_posix() in _LINK.findall(README.read_text("utf-8"))


@_every
def test_no_document_names_a_folder_of_one_machine(document: Path) -> None:
    assert re.findall(r"(?<![\w.])/(?:root|home|tmp|work|Users)/", document.read_text("utf-8")) == []
