"""A hash in an address, a data source or any other text: found, taken out, replaced, hidden.

`keys.services.connection_plans.url_with_hash` puts one into the address of a service; `credential_replacement` replaces
what a source carries, whatever that is.
"""

from __future__ import annotations

import re
from typing import Collection
from urllib.parse import quote

from .addresses import HASH_PARAMETER, hashes, without_parameter

_PLAIN_HASH = re.compile(r"apikey(?:=|%3D|%253D)([A-Za-z0-9_.\-]+)", re.IGNORECASE)
_SHOWN_HASH = re.compile(r"(apikey(?:=|%3D|%253D))[^&\s\"'<>\]),;]+", re.IGNORECASE)
# How often a URL is encoded in a text, by what stands between `apikey` and the hash.
_ENCODINGS = {"=": 1, "%3d": 2, "%253d": 3}


def url_without_hash(url: str) -> str:
    """Return the URL without its `apikey` parameter; everything else stays as it is written."""
    return without_parameter(url, 0, HASH_PARAMETER)


def hash_of_url(url: str) -> str | None:
    """Return the hash in a URL, None without one."""
    return next(iter(hashes(url, 0)), None)


def carries(source: str, *, hash_value: str | None = None, authcfgs: Collection[str] = ()) -> bool:
    """Return whether a data source carries a hash or one of some authentication configurations."""
    has_hash = bool(hash_value) and hash_in_text(str(hash_value)).search(source) is not None
    named = "|".join(re.escape(authcfg) for authcfg in authcfgs if authcfg)
    return has_hash or (bool(named) and re.search(rf"authcfg='?({named})\b", source) is not None)


def hashes_in_text(text: str) -> frozenset[str]:
    """Return what stands as a hash in a text, as deep as QGIS encodes it: a cheap look at what holds no odd signs."""
    return frozenset(_PLAIN_HASH.findall(text))


def hash_in_text(hash_value: str) -> re.Pattern[str]:
    """Return the pattern of a hash as it stands in addresses and sources, also in those within another text.

    QGIS writes a URL as it is, or encoded once or twice. Group 1 is what stands before the hash; the hash itself may be
    encoded too.
    """
    once = quote(hash_value, safe="")
    spellings = "|".join(re.escape(text) for text in dict.fromkeys((hash_value, once, quote(once, safe=""))))
    return re.compile(rf"((?i:apikey(?:=|%3D|%253D)))({spellings})(?![A-Za-z0-9_.\-])")


def with_hash_replaced(text: str, old: str, new: str) -> str:
    """Return a text with the new hash wherever it has the old one, encoded as deep as that was."""

    def written(found: re.Match[str]) -> str:
        value = new
        for _ in range(_ENCODINGS[found[1][len(HASH_PARAMETER) :].lower()]):
            value = quote(value, safe="")
        return f"{found[1]}{value}"

    return hash_in_text(old).sub(written, text)


def redacted(sentence: str) -> str:
    """Return a sentence of QGIS with any hash in it replaced."""
    return _SHOWN_HASH.sub(r"\1…", sentence)
