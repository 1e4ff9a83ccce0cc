"""Addresses in a text that is no layer's source: a label, a legend's picture, a variable, a script, a connection.

What such a text is used for is not known. A hash is only put into an address of the platform that stands for itself:
one within another address, or a hash without an address, may be sent to anybody.
"""

from __future__ import annotations

import re
from typing import Iterator
from urllib.parse import unquote

from .hash_in_text import with_hash_replaced
from .platform_hosts import OLD_HOSTS, Platform, host_of
from .sources import WFS_PROVIDER, WMS_PROVIDER, LayerSource, read_source

# As far as Qt reads the host: `&`, `@` or a quote before the slash may stand in a user's name.
_HOST = re.compile(r"(https?)://([^/?#\s]*)", re.IGNORECASE)
_BETWEEN = re.compile(r"([\s\"'<>`]+)")
_ADDRESS = re.compile(r"https?(?::|%3A|%253A)", re.IGNORECASE)
_AND = "&amp;"
# How much of a hash is shown, and how short one may be that is shown in part.
_SHOWN, _SHORTEST = (3, 2), 8


def shortened(hash_value: str) -> str:
    """Return a hash as it is shown: its first letters and its last."""
    before, after = _SHOWN
    return f"{hash_value[:before]}…{hash_value[-after:]}" if len(hash_value) >= _SHORTEST else "…"


def hosts_named(source: str) -> set[str]:
    """Return what a source names as servers, user names and all; what is no web address has one nobody allows."""
    return {host for _, host in _hosts(source)} or {""}


def sources_in(text: str, platform: Platform) -> tuple[LayerSource, ...]:
    """Return what the addresses in a text ask the platform or the old Géoportail for."""
    found = []
    for piece in _BETWEEN.split(text):
        is_address = _ADDRESS.match(piece) is not None
        source = read_source(WFS_PROVIDER if is_address else WMS_PROVIDER, piece.replace(_AND, "&"), platform)
        if source is not None:
            found.append(source)
    return tuple(found)


def with_hash_given(text: str, old: str, new: str, platform: Platform) -> str:
    """Return a text with the new hash in those addresses of the platform that have the old one."""
    return "".join(
        with_hash_replaced(piece, old, new) if _asks_only(piece, platform) else piece for piece in _BETWEEN.split(text)
    )


def mentions_old_geoportail(text: str) -> bool:
    """Return whether an address of the old Géoportail stands in a text."""
    return any(host.partition(":")[0] in OLD_HOSTS for _, host in _hosts(text))


def _asks_only(piece: str, platform: Platform) -> bool:
    found = set(_hosts(piece))
    is_protected = not platform.is_protected or all(scheme == "https" for scheme, _ in found)
    return bool(found) and is_protected and {host_of(*one) for one in found} == {platform.host}


def _hosts(text: str) -> Iterator[tuple[str, str]]:
    plain = unquote(unquote(unquote(text)))
    return ((scheme.lower(), host.rstrip("'\"").casefold()) for scheme, host in _HOST.findall(plain))
