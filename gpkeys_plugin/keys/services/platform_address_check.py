"""Which addresses are the platform's own: a key's secret, a password or a token goes nowhere else."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Iterable
from urllib.parse import SplitResult, urlsplit

from .connection_plans import ServedLayer

_PORTS = {"https": 443, "http": 80}
# Software does not agree on what these mean in an address, so that one may see another host than the next.
_AMBIGUOUS = re.compile(r"[\s\\\x00-\x1f\x7f]")


def base_url(api_url: str) -> str:
    """Return scheme and host of the platform whose API is at `api_url`, empty where that is no address.

    Its services are on the same host: the only one that offerings may name.
    """
    try:
        parts = urlsplit(api_url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def is_on_platform(url: str, api_url: str) -> bool:
    """Whether an address is on the servers of the platform whose API is at `api_url`, and safe to send a secret to.

    That is https, or http on this machine; scheme, host and port are those of the API, and the address names no user.
    Where the API is on this machine, as for trying things out, so may the services be, at any port.
    """
    parts, home = split_address(url), split_address(api_url)
    if parts is None or home is None or not _is_protected(parts):
        return False
    return origin(parts) == origin(home) or (is_loopback(parts) and is_loopback(home))


def strangers(layers: Iterable[ServedLayer], api_url: str) -> tuple[ServedLayer, ...]:
    """Return the layers that are said to be served elsewhere than on the platform's servers."""
    return tuple(layer for layer in layers if not is_on_platform(layer.root, api_url))


def split_address(address: str) -> SplitResult | None:
    """Return the parts of an address; None for one that can't be read in one way only, or names a user."""
    if _AMBIGUOUS.search(address):
        return None
    try:
        parts = urlsplit(address)
        is_usable = bool(parts.hostname) and "@" not in parts.netloc and (parts.port or 0) >= 0
    except ValueError:
        return None
    return parts if is_usable else None


def origin(parts: SplitResult) -> tuple[str, str, int | None]:
    """Return scheme, host and port, the latter also where it goes without saying."""
    return parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme)


def is_loopback(parts: SplitResult) -> bool:
    """Whether an address is on this machine."""
    host = parts.hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _is_protected(parts: SplitResult) -> bool:
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts))
