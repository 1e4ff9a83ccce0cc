"""A hash in an address: taken out, found, hidden in sentences (`keys.services.endpoints.with_hash` puts it in)."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote_plus, urlsplit, urlunsplit

PARAMETER = "apikey"
_SHOWN_HASH = re.compile(r"(apikey(?:=|%3D|%253D))[^&\s\"'<>\]),;]+", re.IGNORECASE)


def url_without_hash(url: str) -> str:
    """Return the URL without its `apikey` parameter; everything else stays as it is written."""
    parts = urlsplit(url)
    kept = [part for part in parts.query.split("&") if part and unquote_plus(part.split("=")[0]).lower() != PARAMETER]
    return urlunsplit(parts._replace(query="&".join(kept)))


def hash_of_url(url: str) -> str | None:
    """Return the hash in a URL, None without one."""
    pairs = {name.lower(): value for name, value in parse_qsl(urlsplit(url).query)}
    return pairs.get(PARAMETER)


def redacted(sentence: str) -> str:
    """Return a sentence of QGIS with any hash in it replaced."""
    return _SHOWN_HASH.sub(r"\1…", sentence)
