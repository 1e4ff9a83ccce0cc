"""One thing has one word where people read, and French is set as French is: `docs/WORDS.md` has the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from tests.tooling import translations
from tests.tooling.tree import PLUGIN, TOP, metadata

WORDS = TOP / "docs" / "WORDS.md"
_FOLDER = PLUGIN / "resources" / "help"
HELP = sorted(_FOLDER.glob("*.md"))
ENGLISH = translations.sources()
FRENCH = translations.forms()
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^.\n]+`")
_TITLE = re.compile(r"^# ", re.MULTILINE)
# Numbers that are filled in before what is counted.
_COUNTED = re.compile(r"\{(?:count|days|hidden|megabytes|minutes|seconds|size)\} |\b\d+ (?:jours?|mois|s|secondes)\b")
_BAD_FRENCH = {
    "a narrow no-break space before ; ! ?": re.compile(r"(?<!\u202f)[;!?]"),
    "a no-break space before :": re.compile(r"(?<!\u00a0):(?=\s|$)"),
    "a no-break space inside quotation marks": re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"),
    "a no-break space after a number": _COUNTED,
    "one character for three dots": re.compile(r"\.\.\."),
    "a real apostrophe": re.compile(r"\w'\w"),
    "French quotation marks": re.compile('["“”]'),
}


def twins(*headings: str) -> dict[str, re.Pattern[str]]:
    """Return what the tables under some headings forbid, and the patterns that find it."""
    sections = re.split(r"^## ", WORDS.read_text("utf-8"), flags=re.MULTILINE)
    rows = [line for part in sections if part.startswith(headings) for line in part.splitlines() if line[:2] == "| "]
    written = [row.strip("| ").split(" | ")[2] for row in rows]
    found = [twin.strip() for cell in written if cell != "not" for twin in cell.split(", ")]
    return {twin: _pattern(twin) for twin in found}


_MARKED_CODE = re.compile(r"<(code|style|pre)>.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def _pattern(twin: str) -> re.Pattern[str]:
    """Return what finds a twin, whatever its case, its apostrophes and the kind of its spaces."""
    sought = re.escape(twin).replace("…", r"[^.\n]{0,12}").replace("'", "['’]").replace(r"\ ", r"\s")
    return re.compile(rf"(?<!\w){sought}(?!\w)", re.IGNORECASE)


def help_in(language: int) -> Iterator[tuple[str, str]]:
    """Return each help page, or its half, in one language, without code: French (0) stands before English (1)."""
    for path in HELP:
        prose = _CODE.sub("", _FENCED.sub("", path.read_text("utf-8")))
        halves = _TITLE.split(prose)[1:]
        assert len(halves) == 2, f"{path.name}: French under one title, then English under another"
        yield path.name, halves[language]
    for page in sorted((_FOLDER / ("fr", "en")[language]).rglob("*.html")):
        # Code first: then tags.
        said = _TAG.sub("", _MARKED_CODE.sub("", page.read_text("utf-8")))
        yield page.relative_to(_FOLDER).as_posix(), unescape(said)


def said_in_english() -> dict[str, str]:
    """Return every English text that people read, and where it stands."""
    about, _, _ = metadata()["about"].partition("\n")
    return {**ENGLISH, **{half: name for name, half in help_in(1)}, about: "metadata.txt"}


def said_in_french() -> dict[str, str]:
    """Return every French text that people read, and where it stands."""
    _, _, about = metadata()["about"].partition("\n")
    sentences = {french: ENGLISH.get(english, "") for english, forms in FRENCH.items() for french in forms}
    return {**sentences, **{half: name for name, half in help_in(0)}, about: "metadata.txt"}


def found_in(said: dict[str, str], forbidden: dict[str, re.Pattern[str]]) -> list[str]:
    """Return where a forbidden twin stands."""
    return [
        f"{where}: “{found[0]}” ({twin})"
        for text, where in said.items()
        for twin, pattern in forbidden.items()
        for found in pattern.finditer(_plain(text))
    ]


def _plain(text: str) -> str:
    """Return a text without the names of its fields and without the marks of mnemonics, which stand within words."""
    return re.sub(r"\{\w+\}", "{}", text).replace("&", "")


def test_english_says_one_thing_with_one_word() -> None:
    assert found_in(said_in_english(), twins("English", "Plain sentences")) == []


def test_french_says_one_thing_with_one_word() -> None:
    assert found_in(said_in_french(), twins("French")) == []


@pytest.mark.parametrize("rule", _BAD_FRENCH)
def test_french_is_set_with(rule: str) -> None:
    pages = [text for name, text in help_in(0) if name.endswith(".html")]
    found = [
        _BAD_FRENCH[rule].search(french) for french in (*(text for forms in FRENCH.values() for text in forms), *pages)
    ]
    assert [match[0] + match.string[match.end() : match.end() + 40] for match in found if match] == []


@pytest.mark.parametrize(
    ("twin", "text", "is_found"),
    [
        ("renew…", "Rene&w the key", True),
        ("renew…", "A renewal", True),
        ("chercher", "Rechercher une clé", False),
        ("chercher", "&Chercher une clé", True),
        ("clés d'accès (Géoplateforme)", "Clés d’accès (Géoplateforme)", True),
        ("secret client", "secret\u00a0client", True),
        ("shuts…", "It shuts this QGIS out", True),
    ],
)
def test_a_twin_is_found_however_it_is_written(twin: str, text: str, *, is_found: bool) -> None:
    assert bool(found_in({text: "here"}, {twin: _pattern(twin)})) is is_found


def test_the_tables_are_read() -> None:
    assert {"renew…", "look again", "what came back"} <= set(twins("English", "Plain sentences"))
    assert {"rafraîch…", "clés d'accès (Géoplateforme)"} <= set(twins("French"))
