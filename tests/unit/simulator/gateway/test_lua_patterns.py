"""The patterns of a key's filters."""

from __future__ import annotations

import pytest

from tests.simulator.gateway.lua_patterns import PatternError, matches


@pytest.mark.parametrize(
    ("pattern", "text", "is_found"),
    [
        (".*QGIS.*", "Mozilla/5.0 QGIS/32216", True),
        ("QGIS", "Mozilla/5.0 QGIS/32216", True),
        ("QGIS", "qgis", False),
        ("cartes%.pays%-de%-rochebrune%.example", "https://cartes.pays-de-rochebrune.example/a", True),
        ("cartes%.pays%-de%-rochebrune%.example", "https://cartesXpays-de-rochebrune.example/a", False),
        ("a.c", "abc", True),
        ("a%.c", "abc", False),
        ("^QGIS", "Mozilla QGIS", False),
        ("QGIS$", "Mozilla QGIS", True),
        ("QGIS/%d+", "QGIS/32216", True),
        ("QGIS/%d+$", "QGIS/3.22", False),
        ("x-y", "y", True),
        ("[A-C]%u", "xBZ", True),
        ("[^A-C]", "ABC", False),
        ("[]]", "]", True),
        ("%S+", "   ", False),
        # Lua's quantifiers know single characters only: after a capture, `+` is itself.
        ("(QGIS)+", "QGIS+", True),
        ("(QGIS)+", "QGIS", False),
        ("100%%", "100%", True),
        ("a$b", "a$b", True),
    ],
)
def test_a_pattern_is_looked_for_anywhere(pattern: str, text: str, is_found: bool) -> None:
    assert matches(pattern, text) is is_found


@pytest.mark.parametrize("pattern", ["QGIS%", "[a", "(a", "a)", "%b()", "%1"])
def test_a_malformed_pattern_is_said_to_be_so(pattern: str) -> None:
    with pytest.raises(PatternError):
        matches(pattern, "a")
