"""Commands to paste into a terminal that ask a service with a key."""

from __future__ import annotations

from ...entrepot.models import KeyDetails, KeyType
from .connection_plans import url_with_hash

# What stands for a secret that is not shown; `curl` asks for a BASIC password itself.
HASH_PLACEHOLDER = "HASH"
BEARER_PLACEHOLDER = "ACCESS_TOKEN"
LOGIN_PLACEHOLDER = "LOGIN"
_DOUBLE_QUOTED = str.maketrans({"\\": "\\\\", '"': '\\"', "$": "\\$", "`": "\\`"})


def curl_line(url: str, details: KeyDetails, *, with_hash: bool) -> str:
    """Return a `curl` command for a URL, in double quotes, which every shell takes.

    The hash of a HASH key stands in it only `with_hash`; a password or a token never does.
    """
    kind = details.key.type
    if kind is KeyType.BASIC:
        return f"curl -u {quoted(details.login or LOGIN_PLACEHOLDER)} {quoted(url)}"
    if kind is KeyType.OAUTH2:
        return f"curl -H {quoted(f'Authorization: Bearer {BEARER_PLACEHOLDER}')} {quoted(url)}"
    if kind is KeyType.HASH:
        shown = details.hash if with_hash and details.hash else HASH_PLACEHOLDER
        return f"curl {quoted(url_with_hash(url, shown))}"
    return f"curl {quoted(url)}"


def quoted(text: str) -> str:
    """Return a text in double quotes, as every shell takes it."""
    return f'"{text.translate(_DOUBLE_QUOTED)}"'
