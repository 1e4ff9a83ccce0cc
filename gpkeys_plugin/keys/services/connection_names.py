"""Names of connections: readable in QGIS's Browser, safe as settings keys."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Collection

MAX_LENGTH = 200
_SEPARATOR = " – "
_ELLIPSIS = "…"
_DIGEST_LENGTH = 6
_NAMELESS = "GPKeys"
# QSettings splits keys at "/", on Windows at "\" too: both give way to signs that look alike and split nothing.
_LOOK_ALIKES = str.maketrans({"/": "\N{DIVISION SLASH}", "\\": "\N{SET MINUS}"})


def connection_name(key_name: str, label: str, taken: Collection[str] = ()) -> str:
    """Return `<key name> – <label>` as a settings key can hold it, different from the names in `taken`.

    Names are compared without regard to case, as Windows does with settings keys. A name that must be cut ends in a
    digest of the whole, so that two long names stay apart.
    """
    seen = {name.casefold() for name in taken}
    whole = _joined(clean(key_name), clean(label)) or _NAMELESS
    name = _shortened(whole, label=clean(label))
    count = 1
    while name.casefold() in seen:
        count += 1
        suffix = f" ({count})"
        name = _shortened(whole, label=clean(label), room=MAX_LENGTH - len(suffix)) + suffix
    return name


def renamed(name: str, key_name: str, new_key_name: str, taken: Collection[str]) -> str | None:
    """Return the name of a connection of a key once that has another name.

    None where the old one was cut, so that it cannot be taken apart, or the new one is in `taken`.
    """
    start = _joined(clean(key_name), "") + _SEPARATOR
    label = name[len(start) :] if name.startswith(start) else ""
    wanted = connection_name(new_key_name, label)
    is_whole = bool(label) and connection_name(key_name, label) == name
    return wanted if is_whole and wanted.casefold() not in {other.casefold() for other in taken} else None


def label_of(name: str, key_name: str) -> str:
    """Return what tells a connection from the others of its key: its name without the key's where that can be told."""
    start = _joined(clean(key_name), "") + _SEPARATOR
    return name[len(start) :] if name.startswith(start) and len(name) > len(start) else name


def clean(text: str) -> str:
    """Return `text` on one line, without what a settings key cannot hold, neither starting nor ending in a space."""
    kept = (_clean_character(character) for character in unicodedata.normalize("NFC", text))
    return " ".join("".join(kept).split()).translate(_LOOK_ALIKES)


def _clean_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return ""
    return " " if category == "Cc" else character


def _joined(key_name: str, label: str) -> str:
    return _SEPARATOR.join(part for part in (key_name, label) if part)


def _shortened(whole: str, *, label: str, room: int = MAX_LENGTH) -> str:
    if len(whole) <= room:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:_DIGEST_LENGTH]
    tail = _joined(f"{_ELLIPSIS}{digest}", label)
    if len(tail) > room // 2:
        tail = f"{_ELLIPSIS}{digest}"
    return whole[: room - len(tail)].rstrip() + tail
