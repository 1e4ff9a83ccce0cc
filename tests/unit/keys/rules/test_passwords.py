"""Passwords."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.keys.rules import passwords


@given(st.integers(0, 64))
def test_generated_passwords_are_long_mixed_and_harmless(length: int) -> None:
    drawn = passwords.generate(length)
    assert len(drawn) == max(length, passwords.MIN_LENGTH)
    assert passwords.unsafe_characters(drawn) == ""
    assert not set("0O1lI") & set(drawn)
    assert drawn[0].isalnum()
    assert drawn[-1].isalnum()
    for kind in (string.ascii_lowercase, string.ascii_uppercase, string.digits, passwords.MARKS):
        assert set(kind) & set(drawn)
    assert passwords.strength(drawn, "camille").level == 4


def test_no_two_are_the_same() -> None:
    assert len({passwords.generate() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    ("password", "login", "most"),
    [
        ("", "", 0),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "", 0),
        ("motdepasse", "", 0),
        ("motdepasse123456", "", 0),
        ("azertyuiop", "", 0),
        ("abcdefghijklmnop", "", 0),
        ("camille.durand", "camille.durand", 0),
        ("Camille.Durand2026", "camille.durand", 1),
        ("abababababababababab", "", 1),
        ("Rochebrune26", "", 2),
    ],
)
def test_weak_passwords_are_told(password: str, login: str, most: int) -> None:
    assert passwords.strength(password, login).level <= most


@pytest.mark.parametrize(
    "password", ["correct cheval pile agrafe", "tR8-mz.Qw4~vK2pX", "Où-vont-les-glaciers-de-Rochebrune?"]
)
def test_good_passwords_are_told(password: str) -> None:
    assert passwords.strength(password, "camille").level >= 3


@given(st.text(max_size=40), st.text(max_size=10))
def test_every_password_has_a_strength(password: str, login: str) -> None:
    judged = passwords.strength(password, login)
    assert 0 <= judged.level <= 4
    assert judged.bits >= 0
    assert judged.label.source


def test_unsafe_characters_are_listed_once() -> None:
    assert passwords.unsafe_characters("a:b/c:é~-._") == ":/é"
