"""Ranges of IP addresses in CIDR notation, version 4 and 6."""

from __future__ import annotations

import ipaddress
from typing import Iterable, Union

from ...entrepot.translatable_text import Text

Network = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]

_PRIVATE = tuple(
    ipaddress.ip_network(cidr)
    for cidr in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "fc00::/7",
        "fe80::/10",
        "::1/128",
    )
)


def read(entry: str) -> Network:
    """Return the range an entry means; a bare address is a range of one. Raises ValueError for anything else."""
    return ipaddress.ip_network(_checked(entry), strict=True)


def normalized(entry: str) -> str:
    """Return an entry as the API wants it (`192.0.2.1` → `192.0.2.1/32`), or unchanged when it is no range."""
    try:
        return str(read(entry))
    except ValueError:
        return entry.strip()


def problem(entry: str) -> Text | None:
    """Return why an entry is no range, with what to write instead where that is clear; None when it is one."""
    try:
        read(entry)
    except ValueError:
        return _explanation(entry.strip())
    return None


def contains(entry: str, address: str) -> bool:
    """Return whether a range holds an address; False when either cannot be read."""
    try:
        return ipaddress.ip_address(address.strip()) in read(entry)
    except ValueError:
        return False


def any_contains(entries: Iterable[str], addresses: Iterable[str]) -> bool:
    """Return whether one of the ranges holds one of the addresses."""
    known = tuple(addresses)
    return any(contains(entry, address) for entry in entries for address in known)


def is_private(entry: str) -> bool:
    """Return whether a range lies in a network that the Internet does not see (RFC 1918 and the like)."""
    try:
        network = read(entry)
    except ValueError:
        return False
    return any(_is_within(network, private) for private in _PRIVATE)


def is_everything(entry: str) -> bool:
    """Return whether a range holds every address of its version."""
    try:
        return read(entry).prefixlen == 0
    except ValueError:
        return False


def _checked(entry: str) -> str:
    """Return an entry without the spaces around it; refuse zones (`fe80::1%eth0`) and digits of other scripts."""
    text = entry.strip()
    if "%" in text or not text.isascii():
        raise ValueError(entry)
    return text


def _is_within(network: Network, other: Network) -> bool:
    if isinstance(network, ipaddress.IPv4Network):
        return isinstance(other, ipaddress.IPv4Network) and network.subnet_of(other)
    return isinstance(other, ipaddress.IPv6Network) and network.subnet_of(other)


def _explanation(entry: str) -> Text:
    try:
        network = ipaddress.ip_network(_checked(entry), strict=False)
        address = ipaddress.ip_interface(entry).ip
    except ValueError:
        return Text(
            "“{entry}” is neither an address nor a range. Write 192.0.2.0/24 or 2001:db8::/32.", {"entry": entry}
        )
    return Text(
        "“{entry}” is an address inside a range. Write {network} for the whole range, or {address} for this address.",
        {"entry": entry, "network": str(network), "address": str(ipaddress.ip_network(address))},
    )
