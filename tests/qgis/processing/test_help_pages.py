"""The pages of the help that are made from the plugin say what it says."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from gpkeys_plugin.jobs.steps.connecting import connection_choice_texts
from gpkeys_plugin.jobs.values import Verdict
from gpkeys_plugin.network.authentication import token_folders
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.project_files import file_replacement
from tests.qgis.processing.test_interface import _INTERFACE
from tests.tooling import help_pages, help_verdicts, package
from tests.tooling.translations import called_name, source_of
from tests.tooling.tree import PLUGIN, calls


def test_what_is_made_is_of_today(qgis_app: object, qgis_processing: object) -> None:
    """`make help-pages` makes it anew."""
    made = help_pages.made_pages()
    assert [path.name for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text] == []
    for language in help_pages.LANGUAGES:
        folder = help_pages.HELP / language / "algorithms"
        assert {path for path in made if path.parent == folder} == set(folder.iterdir())


def test_no_algorithm_is_missing(qgis_app: object, qgis_processing: object) -> None:
    assert {path.stem for path in help_pages.made_pages()} - {"index", "troubleshooting"} == set(_INTERFACE)


def test_no_verdict_is_missing() -> None:
    assert {found.verdict for found in help_verdicts.every()} == set(Verdict)


def test_nothing_that_connecting_says_is_missing() -> None:
    functions = inspect.getmembers(connection_choice_texts, inspect.isfunction)
    own = {name for name, found in functions if found.__module__ == connection_choice_texts.__name__}
    said = inspect.getsource(help_verdicts.connecting)
    assert {name for name in own if f"choices.{name}(" not in said} == set()


def test_nothing_that_the_test_says_is_missing() -> None:
    """Every sentence of the module of verdicts is in an example, but those that say the same with other values."""
    path = PLUGIN / "jobs" / "steps" / "verdict_words.py"
    known = {source_of(call, path) for call in calls(path) if called_name(call) == "Text"}
    said = {text.source for found in help_verdicts.every() for text in (found.text, found.advice) if text is not None}
    assert {text for text in known - said if "{words}" not in text and "{minutes}" not in text} == set()


@pytest.mark.parametrize("language", help_pages.LANGUAGES)
def test_what_is_stored_is_told_by_its_names(language: str, qgis_app: object, tmp_path: Path) -> None:
    text = (help_pages.HELP / language / "storage.html").read_text("utf-8")
    named = {
        auth_configs.name_for_key(""),
        Path(token_folders.folders()[0]).name,
        file_replacement.copy_of(tmp_path / "x").name[1:],
        package.CLIENT_NAME.partition("/")[2],
    }
    assert {name for name in named if f"<code>{name}</code>" not in text} == set()
