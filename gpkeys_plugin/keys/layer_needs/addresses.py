"""A URL as it stands in a data source: written out, or percent-encoded once or twice, as a whole or in its query only.

What is asked for is read from its decoded form; what is changed is changed in the text as it is written, so that every
other byte stays. QGIS 3.22 decodes a source twice, so that all these forms reach the same server. 3.40 and 3.44 decode
it once: of a URL that is encoded twice they ask nothing, or leave out its query.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from .platform_hosts import host_of

HASH_PARAMETER = "apikey"
_DEEPEST = 2
_FLAGS = re.IGNORECASE | re.DOTALL
_URL = re.compile(
    r"\s*(?P<scheme>https?)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#.*)?", _FLAGS
)
# Narrow, so that no other reader of URLs finds another host in what is taken for the platform's.
_AUTHORITY = re.compile(r"(?:(?P<login>[^\s/?#\\]*)@)?(?P<host>[a-z0-9.\-]+(?::[0-9]+)?)", _FLAGS)
_QUESTION, _AND = re.compile(r"\?|%3F|%253F", _FLAGS), re.compile(r"&|%26|%2526", _FLAGS)
_HASH_SIGN, _SLASHES = re.compile(r"#|%23|%2523", _FLAGS), r"(?:/|%2F|%252F)"
_BEGINNING = re.compile(rf"\s*http(?P<s>s?)(?P<colon>:|%3A|%253A){_SLASHES}{{2}}", _FLAGS)
_LOGIN = re.compile(
    rf"(?P<before>{_BEGINNING.pattern})(?:(?!{_SLASHES}|\?|#|\\|%3F|%253F|%23|%2523).)*(?:@|%40|%2540)", _FLAGS
)
# How often something is encoded is told by how its colon and equals sign are written.
_DEPTHS = {":": 0, "%3a": 1, "%253a": 2, "=": 0, "%3d": 1, "%253d": 2}
_JOINT = re.compile(r"=|%3D|%253D", _FLAGS)
_ENDS = ("&|#", "&|#|%26|%23", "&|#|%26|%23|%2526|%2523")


class PlainUrl(NamedTuple):
    """A URL decoded and taken apart. `host` is as hosts are compared; `login` is the user name before it, if any."""

    scheme: str
    host: str
    path: str
    query: str
    login: str = ""
    has_login: bool = False

    @property
    def without_login(self) -> str:
        """The URL without user and password, and without its fragment."""
        return f"{self.scheme}://{self.host}{self.path}" + (f"?{self.query}" if self.query else "")


def plain_url(raw: str, levels: int) -> PlainUrl | None:
    """Return what a URL says; None where it is none of http, or its host can't be told beyond doubt.

    `levels` is how often the source encodes it at least.
    """
    found = _URL.fullmatch(_decoded(raw, levels))
    if found is None:
        return None
    authority = found["authority"]
    parts, again = _AUTHORITY.fullmatch(authority), _AUTHORITY.fullmatch(_unquoted(authority, _DEEPEST))
    if parts is None or again is None:
        return None
    scheme, login = found["scheme"].lower(), unquote((parts["login"] or "").partition(":")[0])
    host = host_of(scheme, parts["host"])
    return PlainUrl(scheme, host, found["path"], found["query"] or "", login, parts["login"] is not None)


def hashes(raw: str, levels: int) -> tuple[str, ...]:
    """Return the hashes a URL carries as `apikey`, in order."""
    return values(raw, levels, HASH_PARAMETER)


def values(raw: str, levels: int, name: str) -> tuple[str, ...]:
    """Return the values of a parameter, whatever its case; empty ones are left out."""
    found = (_unquoted(match["value"], _depth(match, levels) + 1) for match in _matches(raw, levels, name))
    return tuple(value for value in found if value)


def with_parameter(raw: str, levels: int, name: str, value: str) -> str:
    """Return the URL with a parameter's value replaced wherever it has it, or added behind the others."""
    pieces, done = [], 0
    for match in _matches(raw, levels, name):
        pieces += [raw[done : match.start("value")], _quoted(value, _depth(match, levels) + 1)]
        done = match.end()
    return "".join((*pieces, raw[done:])) if pieces else _with_added(raw, levels, name, value)


def without_parameter(raw: str, levels: int, name: str) -> str:
    """Return the URL without a parameter."""
    for match in reversed(_matches(raw, levels, name)):
        following = _AND.match(raw, match.end())
        # The question mark stays for what follows.
        if _QUESTION.fullmatch(match["before"]) and following is not None:
            raw = raw[: match.start("name")] + raw[following.end() :]
        else:
            raw = raw[: match.start()] + raw[match.end() :]
    return raw


def without_login(raw: str) -> str:
    """Return the URL without user and password before its host."""
    return _LOGIN.sub(r"\g<before>", raw, count=1)


def protected(raw: str) -> str:
    """Return the URL asked over https."""
    found = _BEGINNING.match(raw)
    return raw if found is None else f"{raw[: found.start('s')]}s{raw[found.end('s') :]}"


def encoded_once(raw: str) -> str:
    """Return the URL of a source that is decoded once at least, so that every QGIS reads it: not encoded twice."""
    beginning, question = _BEGINNING.match(raw), _QUESTION.search(raw)
    if beginning is not None and _DEPTHS[beginning["colon"].lower()] == _DEEPEST:
        return _decoded_once(raw)
    joint = _JOINT.search(raw, question.end()) if question is not None else None
    if question is None or joint is None or _DEPTHS[joint[0].lower()] < _DEEPEST:
        return raw
    return raw[: question.end()] + _decoded_once(raw[question.end() :])


def _decoded_once(twice: str) -> str:
    # Only what is encoded twice: what is not stays as it is written.
    return twice.replace("%25", "%")


def with_root(raw: str, root: re.Pattern[str], new_root: str) -> str:
    """Return the URL with what `root` finds at its beginning replaced, encoded as deep as that was."""
    found, beginning = root.match(raw), _BEGINNING.match(raw)
    if found is None or beginning is None:
        return raw
    depth = _DEPTHS[beginning["colon"].lower()]
    return (_quoted(new_root, depth) if depth else new_root) + raw[found.end() :]


def _with_added(raw: str, levels: int, name: str, value: str) -> str:
    fragment = _HASH_SIGN.search(raw)
    end = fragment.start() if fragment is not None else len(raw)
    address, question = raw[:end], _QUESTION.search(raw, 0, end)
    sign = "&" if question is not None else "?"
    if question is not None and (question.end() == end or _ends_with_and(address)):
        sign = ""
    beginning = _BEGINNING.match(raw)
    whole = _DEPTHS[beginning["colon"].lower()] if beginning is not None else 0
    joint = _JOINT.search(address, question.end()) if question is not None else None
    text = f"{sign}{name}={quote(value, safe='')}"
    for _ in range(max(levels, whole, _DEPTHS[joint[0].lower()] if joint is not None else 0)):
        text = quote(text, safe="" if whole else "?")
    return f"{address}{text}{raw[end:]}"


def _ends_with_and(address: str) -> bool:
    return address.lower().endswith(("&", "%26", "%2526"))


def _decoded(raw: str, levels: int) -> str:
    text = _unquoted(raw, levels)
    for _ in range(_DEEPEST - levels):
        if not _is_encoded(text):
            break
        text = unquote(text)
    return text


def _is_encoded(text: str) -> bool:
    """Return whether a URL is encoded once more, as a whole or in its query."""
    query = text.partition("?")[2].lower()
    return text.lstrip().lower().startswith(("http%", "https%")) or ("=" not in query and "%3d" in query)


def _matches(raw: str, levels: int, name: str) -> list[re.Match[str]]:
    # Most sources have nothing of the kind, and this is quicker than the pattern.
    return list(_pattern(name, levels).finditer(raw)) if name in raw.lower() else []


@lru_cache
def _pattern(name: str, levels: int) -> re.Pattern[str]:
    """Return the pattern of a parameter; where its value ends depends on how deep it is encoded."""
    ends = "|".join(
        rf"(?<={joint})(?:(?!{_ENDS[max(levels, depth)]}).)*" for depth, joint in enumerate(("=", "%3D", "%253D"))
    )
    return re.compile(
        rf"(?P<before>\?|&|%3F|%26|%253F|%2526)(?P<name>{name})(?P<joint>{_JOINT.pattern})(?P<value>{ends})", _FLAGS
    )


def _depth(match: re.Match[str], levels: int) -> int:
    return max(levels, _DEPTHS[match["joint"].lower()])


def _unquoted(text: str, times: int) -> str:
    for _ in range(times):
        if "%" not in text:
            break
        text = unquote(text)
    return text


def _quoted(text: str, times: int) -> str:
    for _ in range(times):
        text = quote(text, safe="")
    return text
