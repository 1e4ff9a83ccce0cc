"""Every sentence for people has French, fills the same fields and keeps French typography."""

from __future__ import annotations

import ast
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from string import Formatter

import pytest

from tests.tooling import translations
from tests.tooling.translations import CONTEXT, QM_FILE, TS_FILE, NotALiteral, called_name
from tests.tooling.tree import PLUGIN, calls, python_files

FRENCH = translations.forms()
_EVERY_FORM = [text for forms in FRENCH.values() for text in forms]
# A line may not break before double punctuation or inside « … »; and a space belongs there.
_BAD_TYPOGRAPHY = re.compile(r" [:;!?»%]|« |\w[;!?»](?!\w)|«\w|\w:(?=\s|$)")


def _fields(sentence: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def test_every_sentence_has_french() -> None:
    assert sorted(translations.missing()) == []


def test_nothing_is_translated_that_is_no_longer_said() -> None:
    assert sorted(set(FRENCH) - set(translations.sources())) == []


def test_the_file_is_as_the_tool_writes_it(tmp_path: Path) -> None:
    again = tmp_path / "again.ts"
    translations.write(translations.sources(), FRENCH, again)
    is_the_same = TS_FILE.read_text("utf-8") == again.read_text("utf-8")
    assert is_the_same, "python -m tests.tooling.translations merge"


def test_the_file_has_the_one_context_the_plugin_asks() -> None:
    assert [name.text for name in ET.parse(TS_FILE).getroot().iter("name")] == [CONTEXT]


def test_french_fills_the_same_fields() -> None:
    once = set(FRENCH) - translations.counted_sources()
    assert {english: FRENCH[english] for english in once if _fields(FRENCH[english][0]) != _fields(english)} == {}


def test_french_fills_no_other_fields_where_it_counts() -> None:
    """The form for one may do without the number; that for many may not."""
    counted = translations.counted_sources()
    for english in counted:
        one, many = FRENCH[english]
        assert set(_fields(one)) <= set(_fields(english)), english
        assert _fields(many) == _fields(english), english
    assert all("{count}" in english for english in counted)


def test_a_sentence_is_counted_everywhere_or_nowhere() -> None:
    """Qt finds nothing for a sentence with forms that is asked for without a number, or the other way round."""
    others = [call for path in python_files(PLUGIN) for call in calls(path) if called_name(call) in ("tr", "Text")]
    known = {call.args[0].value for call in others if call.args and isinstance(call.args[0], ast.Constant)}
    assert known & translations.counted_sources() == set()


def test_french_has_as_many_forms_as_it_needs() -> None:
    counted = translations.counted_sources()
    assert {english for english, forms in FRENCH.items() if len(forms) != (2 if english in counted else 1)} == set()


def test_french_keeps_its_typography() -> None:
    assert [french for french in _EVERY_FORM if _BAD_TYPOGRAPHY.search(french)] == []


def test_french_has_its_own_quotation_marks() -> None:
    assert [french for french in _EVERY_FORM if re.search('["“”]', french)] == []


def test_a_sentence_that_is_no_literal_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "window.py"
    file.write_text("tr(f'Key {name}')\n", "utf-8")
    monkeypatch.setattr(translations, "place", lambda path, node: f"{path.name}:{node.lineno}")
    with pytest.raises(NotALiteral, match=r"window\.py:1"):
        translations.sources(tmp_path)


def test_merging_keeps_what_is_said_and_drops_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ts_file = tmp_path / "x.ts"
    translations.write(["Key", "Name"], {"Name": ("Nom",)}, ts_file)
    new = tmp_path / "new.json"
    new.write_text(json.dumps({"Key": "Clé", "Gone": "Parti"}), "utf-8")
    monkeypatch.setattr(translations, "sources", lambda: {"Key": "a.py:1", "Name": "a.py:2", "New": "a.py:3"})
    translations.merge([new], ts_file)
    assert translations.translations(ts_file) == {"Key": "Clé", "Name": "Nom"}
    assert "Gone" not in ts_file.read_text("utf-8")
    assert "New" in ts_file.read_text("utf-8")


def test_the_compiled_file_is_not_older_than_its_source() -> None:
    if not QM_FILE.exists():
        pytest.skip("not compiled: make i18n, which make test does")
    assert QM_FILE.stat().st_size > 0
    assert QM_FILE.stat().st_mtime >= TS_FILE.stat().st_mtime
