"""Which addresses a token or a client secret may be sent to: https, or this machine."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from ..entrepot.translatable_text import Text


def url_problem(url: str) -> Text | None:
    """Return why an address can't be an API or a sign-in service, None when it can."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return Text("“{url}” is not a complete address.", {"url": url})
    if not url or not parts.hostname:
        return Text("“{url}” is not a complete address.", {"url": url})
    if parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname)):
        return None
    return Text("“{url}” is not protected: only https addresses are accepted.", {"url": url})


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
