"""Whether two data sources are the same layer, however they are written.

QGIS writes a source anew when a project is read, a mended one keeps the order of its fields, and one that was chosen in
QGIS's own windows says more than it must.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Collection
from urllib.parse import parse_qsl, unquote

from .addresses import HASH_PARAMETER
from .source_fields import SourceFields
from .sources import (
    AUTHCFG,
    LOGIN_FIELDS,
    TILE_PROVIDERS,
    USERNAME,
    asked_url,
    field_values,
    fields_of,
    hashes_in_header,
    hashes_in_url,
)

# What a URL may say of the request, the layer and the credential: read elsewhere, or the same for every layer.
_OF_THE_REQUEST = frozenset(
    {"service", "request", "version", "acceptversions", "typename", "typenames", "srsname", HASH_PARAMETER, AUTHCFG}
) | frozenset(LOGIN_FIELDS)
_TILES, _MATRIX_SET = "xyz", "tileMatrixSet"


@dataclass(frozen=True)
class DrawnLayer:
    """What a source draws: of which service, which layers of it, in which styles, tiling and selection.

    Not in which reference system or picture format, which QGIS and the user may change, nor with which credential.
    """

    service: str
    host: str
    path: str
    query: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    styles: tuple[str, ...]
    tile_matrix_set: str
    selection: tuple[str, ...]


@dataclass(frozen=True)
class Carried:
    """What a source carries to be let in; nothing in it for a layer that is open to all."""

    hashes: frozenset[str] = field(repr=False)
    configurations: frozenset[str]
    logins: frozenset[str]


def drawn_layer(provider: str, source: str) -> DrawnLayer | None:
    """Return what a source draws; None where that can't be told, as of files. Never raises."""
    fields = fields_of(provider, source)
    url = None if fields is None else asked_url(fields)
    if fields is None or url is None:
        return None
    query = (pair for pair in parse_qsl(url.query, keep_blank_values=True) if pair[0].lower() not in _OF_THE_REQUEST)
    return DrawnLayer(
        _service(provider, fields),
        url.host,
        unquote(url.path).rstrip("/"),
        tuple(sorted(query)),
        _without_blanks(_listed(fields, ("layers", "typename", "typenames"))),
        _styles(_listed(fields, ("styles",))),
        "".join(fields.values(_MATRIX_SET)[-1:]),
        tuple(value for name in ("filter", "sql") for value in field_values(fields, name)),
    )


def carried(provider: str, source: str) -> Carried:
    """Return what a source carries to be let in. Never raises."""
    fields = fields_of(provider, source)
    if fields is None:
        return Carried(frozenset(), frozenset(), frozenset())
    url = asked_url(fields)
    logins = (url.login if url is not None else "", *field_values(fields, USERNAME))
    return Carried(
        frozenset((*hashes_in_url(fields), *hashes_in_header(fields))),
        _filled(field_values(fields, AUTHCFG)),
        _filled(logins),
    )


def _service(provider: str, fields: SourceFields) -> str:
    if provider in TILE_PROVIDERS:
        # 3.22 calls it otherwise than 3.40 does.
        return "vector-tiles"
    return _TILES if _TILES in fields.values("type") else provider


def _listed(fields: SourceFields, names: Collection[str]) -> tuple[str, ...]:
    found = (value.split(",") for name in names for value in field_values(fields, name))
    return tuple(text.strip() for part in found for text in part)


def _without_blanks(listed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, listed))


def _styles(listed: tuple[str, ...]) -> tuple[str, ...]:
    # A style a layer, an empty one is the service's own; none at all says the same.
    return listed if any(listed) else ()


def _filled(values: Collection[str]) -> frozenset[str]:
    return frozenset(filter(None, values))
