"""Where the parts of a producer's style may be asked for, and where the key goes along."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlunsplit

from .platform_address_check import is_loopback, origin, split_address

_SCHEMES = ("https", "http")
_PRIVATE = "private"
_RESOLUTIONS = ("@2x", "")


@dataclass(frozen=True)
class SpriteAddresses:
    """Where one resolution of the sprites is: the index that tells the icons, and the image that holds them."""

    index: str
    image: str


def private_root(tiles_url: str) -> str:
    """Return the address below which the key of these tiles is asked for; empty for public tiles.

    That is the `…/private` of the same host: the gateway asks for the key there, and nowhere else.
    """
    parts = split_address(tiles_url)
    segments = parts.path.split("/") if parts is not None else []
    if parts is None or _PRIVATE not in segments:
        return ""
    path = "/".join(segments[: segments.index(_PRIVATE) + 1])
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def is_private(address: str, root: str) -> bool:
    """Whether an address is below such a root, so that the key goes along."""
    parts, home = split_address(address), split_address(root)
    if not root or parts is None or home is None or origin(parts) != origin(home):
        return False
    return f"{normpath(unquote(parts.path))}/".startswith(f"{home.path}/")


def may_be_asked(address: str, tiles_url: str) -> bool:
    """Whether an address that a style names may be asked at all: https only.

    This machine may be asked where the tiles come from it: elsewhere, a style would reach what listens here only.
    """
    parts, home = split_address(address), split_address(tiles_url)
    if parts is None or home is None or parts.scheme not in _SCHEMES:
        return False
    return is_loopback(home) if is_loopback(parts) else parts.scheme == "https"


def is_public(address: str, tiles_url: str) -> bool:
    """Whether QGIS may be left to ask an address by itself: it has no key to give, and the address holds none."""
    parts = split_address(address)
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
    parts = split_address(joined(style_url, sprite))
    if parts is None:
        return ()
    return tuple(
        SpriteAddresses(
            *(urlunsplit(parts._replace(path=f"{parts.path}{fineness}{ending}")) for ending in (".json", ".png"))
        )
        for fineness in _RESOLUTIONS
    )
