"""Lua patterns, as far as needed to foresee whether a filter would let a header pass."""

from __future__ import annotations

import re
import string

_CLASSES = {
    "a": "a-zA-Z",
    "c": r"\x00-\x1f\x7f",
    "d": "0-9",
    "g": r"\x21-\x7e",
    "l": "a-z",
    "p": re.escape(string.punctuation),
    "s": r" \t\n\r\f\v",
    "u": "A-Z",
    "w": "a-zA-Z0-9",
    "x": "0-9a-fA-F",
}
_QUANTIFIERS = {"*": "*", "+": "+", "?": "?", "-": "*?"}
# A regular expression with more repetitions than this could take for ever on a header that does not match.
_MAX_REPETITIONS = 8


class _UnreadableError(ValueError):
    """A pattern that cannot be read, or that says what regular expressions cannot."""


def matches(pattern: str, value: str) -> bool | None:
    """Return whether a pattern is found in a header's value; None when that cannot be told."""
    try:
        return re.search(_Reader(pattern).expression(), value, re.DOTALL) is not None
    except (_UnreadableError, re.error):
        return None


class _Reader:
    """Turns one Lua pattern into a regular expression."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._repetitions = 0

    def expression(self) -> str:
        """Return the regular expression."""
        parts = [r"\A"] if self._take("^") else []
        while self._at < len(self._pattern):
            parts.append(self._part())
        return "".join(parts)

    def _part(self) -> str:
        if self._pattern[self._at :] == "$":
            self._at += 1
            return r"\Z"
        if self._pattern[self._at] in "()":
            return self._next()
        return self._single() + self._quantifier()

    def _single(self) -> str:
        character = self._next()
        if character == "%":
            return self._escaped(in_set=False)
        if character == "[":
            return self._set()
        return "." if character == "." else re.escape(character)

    def _escaped(self, *, in_set: bool) -> str:
        character = self._next()
        if not (character.isascii() and character.isalnum()):
            return re.escape(character)
        members = _CLASSES.get(character.lower())
        if members is None or (in_set and character.isupper()):
            raise _UnreadableError(self._pattern)
        if in_set:
            return members
        return f"[^{members}]" if character.isupper() else f"[{members}]"

    def _set(self) -> str:
        parts = ["[^" if self._take("^") else "["]
        is_first = True
        while is_first or not self._take("]"):
            character = self._next()
            parts.append(self._escaped(in_set=True) if character == "%" else self._range(character))
            is_first = False
        return "".join(parts) + "]"

    def _range(self, first: str) -> str:
        rest = self._pattern[self._at : self._at + 2]
        if len(rest) == 2 and rest[0] == "-" and rest[1] not in "]%":
            self._at += 2
            return f"{re.escape(first)}-{re.escape(rest[1])}"
        return re.escape(first)

    def _quantifier(self) -> str:
        sign = self._pattern[self._at : self._at + 1]
        if sign not in _QUANTIFIERS or not sign:
            return ""
        self._at += 1
        self._repetitions += 1
        if self._repetitions > _MAX_REPETITIONS:
            raise _UnreadableError(self._pattern)
        return _QUANTIFIERS[sign]

    def _take(self, sign: str) -> bool:
        found = self._pattern.startswith(sign, self._at)
        self._at += len(sign) if found else 0
        return found

    def _next(self) -> str:
        if self._at >= len(self._pattern):
            raise _UnreadableError(self._pattern)
        self._at += 1
        return self._pattern[self._at - 1]
