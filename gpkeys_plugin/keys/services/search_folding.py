"""Text as it is searched and sorted."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_MOST_REMEMBERED = 1 << 14
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})


def folded(text: str) -> str:
    """Return `text` without case and accents."""
    if not text.isascii():
        return _decomposed(text)
    lowered = text.lower()
    # Layer names mostly are in lower case: a hundred thousand of them are not held twice.
    return text if text == lowered else lowered


@lru_cache(maxsize=_MOST_REMEMBERED)
def _decomposed(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
