"""The first words of something that is no answer, fit to be shown: without markup, and without any secret."""

from __future__ import annotations

import html
import re
from typing import Iterable
from urllib.parse import quote

import requests

_MOST = 120
# Enough for the head of a page to be passed over.
_READ_BYTES = 65_536
_HIDDEN = "…"
# What may carry a key: `hash_value=…`, `"token": "…"`, `Basic …`, `user:password@host`.
_NAMES = r"api[-_ ]?key|hash|pass(?:word|wd)?|pwd|secret|(?:access_|refresh_|id_)?token"
_BEFORE = r"(?:\b|(?<=_)|(?<=%3F)|(?<=%26))"
_VALUE = r"[^\s\"'&;,<>]+"
_SECRETS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<kept>{_BEFORE}(?:{_NAMES})\b[\"']?\s*(?:[=:]|%3D)\s*[\"']?){_VALUE}",
        rf"(?P<kept>\b(?:code|sid|session\w*)=){_VALUE}",
        r"(?P<kept>\b(?:basic|bearer)\s+)[A-Za-z0-9._~+/=-]{6,}",
        r"(?P<kept>//)[^\s/@]+(?=@)",
    )
)
_UNSEEN = re.compile(r"<!--.*?(?:-->|$)|<(script|style|head)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>?")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]")


def first_words(answer: requests.Response, hidden: Iterable[str] = ()) -> str:
    """Return how the text of an answer begins, on one line; nothing where it is no text. `hidden` is never shown."""
    text = _decoded(answer.content[:_READ_BYTES])
    return shown(text, hidden) if text is not None else ""


def shown(text: str, hidden: Iterable[str] = ()) -> str:
    """Return how a foreign text begins, fit to be shown."""
    # Written-out tags are taken out as well: a label might take them for its own.
    plain = _TAG.sub(" ", html.unescape(_TAG.sub(" ", _UNSEEN.sub(" ", _with_title_first(text)))))
    line = " ".join(_UNPRINTABLE.sub("", plain).replace("<", " ").replace(">", " ").split())
    line = _redacted(line, hidden)
    return line if len(line) <= _MOST else f"{line[: _MOST - 1].rstrip()}…"


def _with_title_first(text: str) -> str:
    title = _TITLE.search(text)
    return f"{title.group(1)} {text}" if title else text


def _decoded(data: bytes) -> str | None:
    """Return the text; None where it is none, as a picture."""
    if b"\x00" in data[:1024]:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # The cut may have gone through a letter.
        if error.start >= len(data) - 3:
            return data[: error.start].decode("utf-8")
    text = data.decode("cp1252", errors="replace")
    return text if sum(map(str.isprintable, text[:200])) >= 0.9 * len(text[:200]) else None


def _redacted(line: str, hidden: Iterable[str]) -> str:
    for secret in filter(None, hidden):
        for written in {secret, quote(secret, safe=""), html.escape(secret)}:
            line = line.replace(written, _HIDDEN)
    for pattern in _SECRETS:
        line = pattern.sub(rf"\g<kept>{_HIDDEN}", line)
    return line
