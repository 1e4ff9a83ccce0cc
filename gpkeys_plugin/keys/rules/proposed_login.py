"""User names of BASIC keys."""

from __future__ import annotations

import re
import secrets

from ..services.search_folding import folded

_MAX_STEM_LENGTH = 40
_NAMELESS = "gpkeys"
_OTHERS = re.compile(r"[^a-z0-9]+")


def proposed_login(key_name: str) -> str:
    """Return a user name that recalls the key, of small letters, digits and hyphens.

    It ends in a random part: a user name serves once on the whole platform, and nobody can say which ones are taken.
    """
    stem = _OTHERS.sub("-", folded(key_name)).strip("-")[:_MAX_STEM_LENGTH].strip("-")
    return f"{stem or _NAMELESS}-{secrets.token_hex(3)}"
