"""Lua patterns, as the filters of a key seem to be: `%` escapes, `-` is a lazy star, matched anywhere in the text."""

from __future__ import annotations

import re

_CLASSES = {
    "a": "A-Za-z",
    "c": r"\x00-\x1f\x7f",
    "d": "0-9",
    "l": "a-z",
    "p": r"!-/:-@\[-`{-~",
    "s": r"\s",
    "u": "A-Z",
    "w": "A-Za-z0-9",
    "x": "A-Fa-f0-9",
    "z": r"\x00",
}
_QUANTIFIERS = {"*": "*", "+": "+", "-": "*?", "?": "?"}


class PatternError(ValueError):
    """A pattern that Lua would call malformed, or that uses `%b`, `%f` or `%1`."""


def matches(pattern: str, text: str) -> bool:
    """Whether the pattern is found anywhere in the text. PatternError when it is malformed."""
    return re.search(to_regular_expression(pattern), text, re.DOTALL) is not None


def to_regular_expression(pattern: str) -> str:
    """The regular expression that means the same."""
    position, anchor = (1, r"\A") if pattern.startswith("^") else (0, "")
    pieces = [anchor]
    depth = 0
    while position < len(pattern):
        character = pattern[position]
        if character in "()":
            depth += 1 if character == "(" else -1
            if depth < 0:
                raise PatternError("a parenthesis closes nothing")
            pieces.append("(?:" if character == "(" else ")")
            position += 1
        elif character == "$" and position == len(pattern) - 1:
            pieces.append(r"\Z")
            position += 1
        else:
            single, position = _single(pattern, position)
            quantifier = pattern[position : position + 1]
            pieces.append(single + _QUANTIFIERS.get(quantifier, ""))
            position += quantifier in _QUANTIFIERS
    if depth:
        raise PatternError("a parenthesis is not closed")
    return "".join(pieces)


def _single(pattern: str, position: int) -> tuple[str, int]:
    """What stands for one character of the text, and where the pattern goes on."""
    character = pattern[position]
    if character == "%":
        inside = _escaped(pattern, position)
        return inside if inside.startswith("[") else f"[{inside}]", position + 2
    if character == "[":
        return _set(pattern, position + 1)
    return "." if character == "." else re.escape(character), position + 1


def _escaped(pattern: str, position: int) -> str:
    """The inside of a set for `%x`; a whole set for a complement."""
    following = pattern[position + 1 : position + 2]
    if not following:
        raise PatternError("it ends with %")
    if following.lower() in _CLASSES and following.isalpha():
        inside = _CLASSES[following.lower()]
        return inside if following.islower() else f"[^{inside}]"
    if following.isalnum():
        raise PatternError(f"%{following} means nothing here")
    return re.escape(following)


def _set(pattern: str, position: int) -> tuple[str, int]:
    """A set in brackets; `position` is after its opening."""
    start = position
    negated = pattern[position : position + 1] == "^"
    position += negated
    first = position
    pieces = []
    while position < len(pattern) and (pattern[position] != "]" or position == first):
        if pattern[position] == "%":
            inside = _escaped(pattern, position)
            if inside.startswith("[^"):
                raise PatternError("a complement inside a set is not understood here")
            pieces.append(inside)
            position += 2
        elif pattern[position + 1 : position + 2] == "-" and pattern[position + 2 : position + 3] not in ("", "]"):
            pieces.append(f"{re.escape(pattern[position])}-{re.escape(pattern[position + 2])}")
            position += 3
        else:
            pieces.append(re.escape(pattern[position]))
            position += 1
    if position >= len(pattern):
        raise PatternError(f"the set that opens at {start} is not closed")
    return f"[{'^' if negated else ''}{''.join(pieces)}]", position + 1
