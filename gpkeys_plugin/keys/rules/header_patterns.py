"""The patterns of the `user_agent` and `referer` filters: `%` escapes, as in Lua.

Whether the Géoplateforme looks for a pattern anywhere in the header or wants it to match all of it is not documented:
`.*text.*` means "contains the text" either way, and is the form this plugin writes.
"""

from __future__ import annotations

from .lua import matches

__all__ = ["QGIS_ONLY_USER_AGENT", "containing", "escape", "matches", "plain_text", "unescape"]

SPECIAL_CHARACTERS = "().%+-*?[]^$"
QGIS_ONLY_USER_AGENT = "QGIS/"
_ESCAPES = str.maketrans({character: f"%{character}" for character in SPECIAL_CHARACTERS})
_ANYTHING = ".*"


def escape(text: str) -> str:
    """Return `text` with the special characters of patterns escaped."""
    return text.translate(_ESCAPES)


def containing(text: str) -> str:
    """Return the pattern of the headers that contain `text`."""
    return f"{_ANYTHING}{escape(text)}{_ANYTHING}"


def plain_text(pattern: str) -> str | None:
    """Return the text a pattern demands the header to contain; None when it says something else than that.

    Undoes `containing`, and also reads a pattern that is a bare escaped text.
    """
    core = pattern[len(_ANYTHING) :] if pattern.startswith(_ANYTHING) else pattern
    before = core[: -len(_ANYTHING)]
    if core.endswith(_ANYTHING) and not _ends_in_escape(before):
        core = before
    return unescape(core)


def unescape(escaped: str) -> str | None:
    """Undo `escape`; None when a special character stands there unescaped."""
    characters: list[str] = []
    is_escaped = False
    for character in escaped:
        if not is_escaped and character == "%":
            is_escaped = True
            continue
        if (character.isalnum() and character.isascii()) if is_escaped else character in SPECIAL_CHARACTERS:
            return None
        characters.append(character)
        is_escaped = False
    return None if is_escaped else "".join(characters)


def _ends_in_escape(text: str) -> bool:
    """Return whether the sign that follows `text` is escaped by it."""
    return (len(text) - len(text.rstrip("%"))) % 2 == 1
