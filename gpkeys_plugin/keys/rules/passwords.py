"""Passwords of BASIC keys: drawing strong ones, judging those that are typed."""

from __future__ import annotations

import math
import secrets
import string
import unicodedata
from dataclasses import dataclass

from ...entrepot.translatable_text import Text

DEFAULT_LENGTH = 24
MIN_LENGTH = 20
WEAK_BELOW = 2
# Only marks that neither URLs, HTTP, shells nor QGIS's connection strings give a meaning to.
MARKS = "-._~"
_LOOK_ALIKES = frozenset("0O1lI")
_LOWER = "".join(c for c in string.ascii_lowercase if c not in _LOOK_ALIKES)
_UPPER = "".join(c for c in string.ascii_uppercase if c not in _LOOK_ALIKES)
_DIGITS = "".join(c for c in string.digits if c not in _LOOK_ALIKES)
_ALPHANUMERIC = _LOWER + _UPPER + _DIGITS

_COMMON = (
    "motdepasse",
    "password",
    "passw0rd",
    "azerty",
    "qwerty",
    "geoplateforme",
    "cartes",
    "qgis",
    "admin",
    "bonjour",
    "soleil",
    "doudou",
    "welcome",
    "letmein",
    "iloveyou",
    "123456",
)
_RUNS = (string.ascii_lowercase, string.digits, "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl")
_SHORTEST_RUN = 3
_THRESHOLDS_BITS = (28.0, 45.0, 70.0, 85.0)


@dataclass(frozen=True)
class Strength:
    """How hard a password is to guess: `level` from 0 (at once) to 4 (out of reach), and the word for it."""

    level: int
    label: Text
    bits: float


def generate(length: int = DEFAULT_LENGTH) -> str:
    """Return a random password with letters, digits and a mark, that starts and ends in a letter or digit."""
    length = max(length, MIN_LENGTH)
    while True:
        inner = "".join(secrets.choice(_ALPHANUMERIC + MARKS) for _ in range(length - 2))
        drawn = secrets.choice(_ALPHANUMERIC) + inner + secrets.choice(_ALPHANUMERIC)
        if all(set(drawn) & set(wanted) for wanted in (_LOWER, _UPPER, _DIGITS, MARKS)):
            return drawn


def strength(password: str, login: str = "") -> Strength:
    """Return how strong a password is next to its login."""
    bits = _entropy_bits(password, login)
    level = sum(1 for threshold in _THRESHOLDS_BITS if bits >= threshold)
    return Strength(level, _label(level), bits)


def unsafe_characters(text: str) -> str:
    """Return the characters of `text` that have a meaning in URLs or are not plain ASCII, each once, in order."""
    safe = string.ascii_letters + string.digits + MARKS
    return "".join(dict.fromkeys(character for character in text if character not in safe))


def _label(level: int) -> Text:
    labels = (
        Text("Very weak"),
        Text("Weak"),
        Text("Fair"),
        Text("Strong"),
        Text("Very strong"),
    )
    return labels[level]


def _entropy_bits(password: str, login: str) -> float:
    if not password:
        return 0.0
    length = _effective_length(password, login)
    return round(length * math.log2(max(_alphabet_size(password), 2)), 1)


def _alphabet_size(password: str) -> int:
    sizes = (
        (string.ascii_lowercase, 26),
        (string.ascii_uppercase, 26),
        (string.digits, 10),
        (string.punctuation + " ", 33),
    )
    size = sum(count for characters, count in sizes if set(password) & set(characters))
    return size + (64 if not password.isascii() else 0)


def _effective_length(password: str, login: str) -> float:
    """Return the length that counts: known words and runs count as one sign, repeated signs as a fraction."""
    folded = unicodedata.normalize("NFKC", password).casefold()
    for word in (login.casefold(), *_COMMON):
        if len(word) >= _SHORTEST_RUN:
            folded = folded.replace(word, "\0")
    folded = _without_runs(folded)
    distinct = len(set(folded))
    return min(float(len(folded)), distinct + 0.75 * (len(folded) - distinct), distinct * 2.5)


def _without_runs(text: str) -> str:
    """Return `text` with each run (abc, 987, azerty, aaa) shortened to its first sign."""
    kept: list[str] = []
    at = 0
    while at < len(text):
        kept.append(text[at])
        length = _run_length(text, at)
        at += length if length >= _SHORTEST_RUN else 1
    return "".join(kept)


def _run_length(text: str, start: int) -> int:
    end = start + 1
    while end < len(text) and _is_run(text[start : end + 1]):
        end += 1
    return end - start


def _is_run(piece: str) -> bool:
    return len(set(piece)) == 1 or any(piece in run or piece in run[::-1] for run in _RUNS)
