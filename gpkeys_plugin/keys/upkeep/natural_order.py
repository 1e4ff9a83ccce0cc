"""The order of names as people read it: “Key 2” before “Key 10”."""

from __future__ import annotations

import re
from typing import Tuple

from ..services.search_folding import folded

_NUMBERS = re.compile(r"([0-9]+)")

Rank = Tuple[object, ...]


def rank(name: str) -> Rank:
    """Return what a name is sorted by, without case and accents: texts at even places, numbers between them."""
    return tuple(int(piece) if place % 2 else piece for place, piece in enumerate(_NUMBERS.split(folded(name))))
