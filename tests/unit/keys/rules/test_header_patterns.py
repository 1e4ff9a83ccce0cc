"""Patterns of the filters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.keys.rules import header_patterns
from tests.simulator.gateway import lua_patterns

_TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30)


def test_the_documented_characters_are_escaped() -> None:
    assert header_patterns.escape("().%+-*?[]^$") == "%(%)%.%%%+%-%*%?%[%]%^%$"
    assert header_patterns.escape("cartes.pays-de-rochebrune.example") == "cartes%.pays%-de%-rochebrune%.example"
    assert header_patterns.containing("SIG-Rochebrune") == ".*SIG%-Rochebrune.*"


@given(_TEXTS)
def test_escaping_is_undone(text: str) -> None:
    assert header_patterns.unescape(header_patterns.escape(text)) == text
    assert header_patterns.plain_text(header_patterns.containing(text)) == text


@given(_TEXTS, _TEXTS, _TEXTS)
def test_what_contains_the_text_matches(before: str, text: str, after: str) -> None:
    assert header_patterns.matches(header_patterns.containing(text), before + text + after) is True
    assert header_patterns.matches(header_patterns.escape(text), before + text + after) is True


@given(_TEXTS, _TEXTS)
def test_what_does_not_contain_it_does_not(text: str, header: str) -> None:
    assert header_patterns.matches(header_patterns.containing(text), header) is (text in header)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (".*SIG%-Rochebrune.*", "SIG-Rochebrune"),
        ("cartes%.pays", "cartes.pays"),
        ("QGIS%/", "QGIS/"),
        ("a%%.*", "a%"),
        (".*%.", "."),
        ("", ""),
        (".*", ""),
        ("cartes.pays", None),
        ("^QGIS", None),
        ("QGIS%d+", None),
        ("a%", None),
        ("%..*", "."),
    ],
)
def test_stored_patterns_are_read_back_where_they_are_plain(pattern: str, text: str | None) -> None:
    assert header_patterns.plain_text(pattern) == text


@pytest.mark.parametrize(
    ("pattern", "header", "expected"),
    [
        ("^Mozilla", "Mozilla/5.0 QGIS/32216", True),
        ("^QGIS", "Mozilla/5.0 QGIS/32216", False),
        ("QGIS/%d+$", "Mozilla/5.0 QGIS/32216", True),
        ("QGIS/3[24]%d-/", "QGIS/32216/Debian", True),
        ("[^%s]+ QGIS", "Mozilla QGIS", True),
        ("[%a-z]%-", "a-", True),
        ("(QGIS)%-", "QGIS-", True),
        ("%u%l%S", "Ab1", True),
        ("a$b", "a$b", True),
        ("-", "-", True),
        ("[]]", "]", True),
        ("[^]]", "]", False),
        ("%f[%w]x", "x", None),
        ("%bxy", "x", None),
        ("(a", "a", None),
        ("[a", "a", None),
        ("a%", "a", None),
        ("%", "a", None),
        (".*" * 9, "a", None),
    ],
)
def test_lua_like_matching(pattern: str, header: str, expected: bool | None) -> None:
    assert header_patterns.matches(pattern, header) is expected


def test_the_preset_lets_this_qgis_through() -> None:
    sent = "Mozilla/5.0 QGIS/32216/Debian GNU/Linux 12"
    assert header_patterns.matches(header_patterns.containing(header_patterns.QGIS_ONLY_USER_AGENT), sent) is True
    assert (
        header_patterns.matches(header_patterns.containing(header_patterns.QGIS_ONLY_USER_AGENT), "curl/7.88") is False
    )


@given(st.text(st.sampled_from("ab.%+-*?[]^$()dw1"), max_size=8), st.text("ab.-1", max_size=8))
def test_any_pattern_is_judged_without_an_exception(pattern: str, header: str) -> None:
    assert header_patterns.matches(pattern, header) in (True, False, None)


@given(st.text(st.sampled_from("abd.%+-*?^$()"), max_size=7), st.text("ab.-1", max_size=8))
def test_the_gateway_of_the_simulator_judges_alike(pattern: str, header: str) -> None:
    foretold = header_patterns.matches(pattern, header)
    try:
        judged = lua_patterns.matches(pattern, header)
    except ValueError:
        return
    assert foretold in (judged, None)


def test_special_characters_are_those_of_the_fact_sheet() -> None:
    assert set(header_patterns.SPECIAL_CHARACTERS) == set("().%+-*?[]^$")
