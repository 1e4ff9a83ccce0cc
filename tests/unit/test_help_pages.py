"""The help's pages: the same in each language, every link and picture there, every name in them one of the window's."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.tooling import package, translations
from tests.tooling.tree import PLUGIN, parsed, python_files

HELP = PLUGIN / "resources" / "help"
LANGUAGES = ("fr", "en")
PAGES = sorted(HELP.rglob("*.html"))
# What tells of no screen of the panel: what it is about stands elsewhere in QGIS, or nowhere in it.
_WITHOUT_SCREEN = {"index", "browser", "consumption", "storage", "administrators"}
_MOST_BYTES = 1_500_000
_LINK = re.compile(r'(?:href|src)="([^"#]+)"')
_NAME = re.compile(r"<b>(.*?)</b>", re.DOTALL)
_NOT_SHOWN = re.compile(r" \(\{count\}\)|&")
_every = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(HELP).as_posix())


def names_of(folder: Path) -> set[str]:
    """Return the pages and pictures of a language, as paths in its folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}


def pages_of_screens() -> Iterator[str]:
    """Return the pages that the window's classes name, and that of the options."""
    for path in python_files(PLUGIN / "gui"):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Assign) and any(getattr(one, "id", "") == "help_page" for one in node.targets):
                yield str(ast.literal_eval(node.value))
    yield "options"


@cache
def shown_names(language: str) -> set[str]:
    """Return what the window shows in a language: without marks of mnemonics and counts."""
    texts = translations.translations().values() if language == "fr" else translations.sources()
    return {_plain(_NOT_SHOWN.sub("", text)) for text in texts}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", text).split()).replace("'", "’")


def test_each_language_has_the_same_pages_and_pictures() -> None:
    assert {path.name for path in HELP.iterdir() if path.is_dir()} == set(LANGUAGES)
    assert names_of(HELP / "fr") == names_of(HELP / "en")


def test_every_screen_has_a_page_and_every_page_a_screen() -> None:
    pages = {path.stem for path in (HELP / "en").glob("*.html")}
    assert pages - _WITHOUT_SCREEN == set(pages_of_screens())


@_every
def test_links_and_pictures_are_there(page: Path) -> None:
    links = _LINK.findall(page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).is_file()] == []


def test_every_page_and_picture_is_led_to() -> None:
    led_to = {(page.parent / link).resolve() for page in PAGES for link in _LINK.findall(page.read_text("utf-8"))}
    assert {path for path in [*PAGES, *HELP.rglob("*.png")] if path not in led_to} == set()


@_every
def test_nothing_of_a_page_comes_from_the_network(page: Path) -> None:
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//|<script", page.read_text("utf-8")) == []


@_every
def test_names_of_the_window_are_those_it_shows(page: Path) -> None:
    names = set(map(_plain, _NAME.findall(page.read_text("utf-8"))))
    assert names - shown_names(page.relative_to(HELP).parts[0]) == set()


@_every
def test_a_page_says_its_language_and_title(page: Path) -> None:
    text = page.read_text("utf-8")
    (title,) = re.findall(r"<title>(.+)</title>", text)
    assert text.startswith(f'<!DOCTYPE html>\n<html lang="{page.relative_to(HELP).parts[0]}">')
    assert f"<h1>{title}</h1>" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_administrators_are_told_of_every_variable_and_host(language: str) -> None:
    text = (HELP / language / "administrators.html").read_text("utf-8")
    sources = "".join(path.read_text("utf-8") for path in python_files(PLUGIN))
    assert {name for name in re.findall(r"GPKEYS_[A-Z_]*[A-Z]", sources) if name not in text} == set()
    presets = json.loads((PLUGIN / "resources" / "environments.json").read_text("utf-8"))["environments"]
    addresses = [value for key, value in presets[0].items() if key.endswith("_url")]
    assert {host for address in addresses if (host := urlsplit(address).hostname) and host not in text} == set()


def test_the_zip_carries_it_and_stays_small(tmp_path: Path) -> None:
    files = package.contents()
    wanted = [path for path in HELP.rglob("*.*") if path.is_file()]
    assert {f"{PLUGIN.name}/{path.relative_to(PLUGIN).as_posix()}" for path in wanted} <= set(files)
    assert package.write(files, tmp_path / "plugin.zip").stat().st_size < _MOST_BYTES
