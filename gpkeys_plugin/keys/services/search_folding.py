"""Text as it is searched and sorted."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_MOST_REMEMBERED = 1 << 16
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'"})


@lru_cache(maxsize=_MOST_REMEMBERED)
def folded(text: str) -> str:
    """Return `text` without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
