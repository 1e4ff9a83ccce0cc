"""Commands to paste into a terminal that have GDAL or OGR open a service with a key, sent as a header (GDAL ≥ 3.6)."""

from __future__ import annotations

from ...entrepot.models import KeyDetails, KeyType
from .connection_plans import ConnectionKind
from .curl_commands import BEARER_PLACEHOLDER, HASH_PLACEHOLDER, LOGIN_PLACEHOLDER, quoted

# What GDAL's drivers read at an address; tiles it reads from a description in a file only.
_PREFIXES = {
    ConnectionKind.WMS: ("gdalinfo", "WMS"),
    ConnectionKind.WMTS: ("gdalinfo", "WMTS"),
    ConnectionKind.WFS: ("ogrinfo", "WFS"),
}


def gdal_line(kind: ConnectionKind | None, url: str, details: KeyDetails, *, with_hash: bool) -> str:
    """Return a command that lists what a service has, empty where GDAL has no driver for its `url` of capabilities.

    The hash of a HASH key stands in it only `with_hash`; a password or a token never does.
    """
    if kind not in _PREFIXES:
        return ""
    program, driver = _PREFIXES[kind]
    # OGR asks for the capabilities itself.
    address = url.partition("?")[0] if kind is ConnectionKind.WFS else url
    return f"{program} {quoted(f'{driver}:{address}')}{_let_in(details, with_hash=with_hash)}"


def _let_in(details: KeyDetails, *, with_hash: bool) -> str:
    kind = details.key.type
    if kind is KeyType.BASIC:
        user = f"{details.login or LOGIN_PLACEHOLDER}:PASSWORD"
        return f" --config GDAL_HTTP_AUTH BASIC --config GDAL_HTTP_USERPWD {quoted(user)}"
    if kind is KeyType.OAUTH2:
        return f" --config GDAL_HTTP_HEADERS {quoted(f'Authorization: Bearer {BEARER_PLACEHOLDER}')}"
    if kind is KeyType.HASH:
        shown = details.hash if with_hash and details.hash else HASH_PLACEHOLDER
        return f" --config GDAL_HTTP_HEADERS {quoted(f'apikey: {shown}')}"
    return ""
