"""Where the parts of a producer's style may be asked for, and where the key goes along."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from posixpath import normpath
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

_PORTS = {"https": 443, "http": 80}
_PRIVATE = "private"
_RESOLUTIONS = ("@2x", "")
# Software does not agree on what these mean in an address, so that one may see another host than the next.
_AMBIGUOUS = re.compile(r"[\s\\\x00-\x1f\x7f]")


@dataclass(frozen=True)
class SpriteAddresses:
    """Where one resolution of the sprites is: the index that tells the icons, and the image that holds them."""

    index: str
    image: str


def private_root(tiles_url: str) -> str:
    """Return the address below which the key of these tiles is asked for; empty for public tiles.

    That is the `…/private` of the same host: the gateway asks for the key there, and nowhere else.
    """
    parts = _split(tiles_url)
    segments = parts.path.split("/") if parts is not None else []
    if parts is None or _PRIVATE not in segments:
        return ""
    path = "/".join(segments[: segments.index(_PRIVATE) + 1])
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def is_private(address: str, root: str) -> bool:
    """Whether an address is below such a root, so that the key goes along."""
    parts, home = _split(address), _split(root)
    if not root or parts is None or home is None or _origin(parts) != _origin(home):
        return False
    return f"{normpath(unquote(parts.path))}/".startswith(f"{home.path}/")


def may_be_asked(address: str, tiles_url: str) -> bool:
    """Whether an address that a style names may be asked at all: https only.

    This machine may be asked where the tiles come from it: elsewhere, a style would reach what listens here only.
    """
    parts, home = _split(address), _split(tiles_url)
    if parts is None or home is None or parts.scheme not in _PORTS:
        return False
    return _is_loopback(home) if _is_loopback(parts) else parts.scheme == "https"


def is_public(address: str, tiles_url: str) -> bool:
    """Whether QGIS may be left to ask an address by itself: it has no key to give, and the address holds none."""
    parts = _split(address)
    may_be = may_be_asked(address, tiles_url) and not is_private(address, private_root(tiles_url))
    return may_be and parts is not None and not parts.query


def joined(base: str, address: str) -> str:
    """Return an address that may be relative to another one; empty where that makes none."""
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def sprite_addresses(style_url: str, sprite: str) -> tuple[SpriteAddresses, ...]:
    """Return where the sprites are, the finer first; `sprite` may be relative to the style."""
    parts = _split(joined(style_url, sprite))
    if parts is None:
        return ()
    return tuple(
        SpriteAddresses(
            *(urlunsplit(parts._replace(path=f"{parts.path}{fineness}{ending}")) for ending in (".json", ".png"))
        )
        for fineness in _RESOLUTIONS
    )


def _split(address: str) -> SplitResult | None:
    """Return the parts of an address; None for one that can't be read in one way only, or names a user."""
    if _AMBIGUOUS.search(address):
        return None
    try:
        parts = urlsplit(address)
        is_usable = bool(parts.hostname) and "@" not in parts.netloc and (parts.port or 0) >= 0
    except ValueError:
        return None
    return parts if is_usable else None


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme)


def _is_loopback(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
