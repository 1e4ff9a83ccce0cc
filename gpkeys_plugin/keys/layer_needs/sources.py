"""What a layer's data source asks the Géoplateforme for, and what it carries to be let in.

Read are the sources of QGIS's own services: `wms` (WMS, WMTS, XYZ), `WFS`, `vectortile` and `xyzvectortiles`. Not those
of GDAL and OGR (`/vsicurl/…`, `WFS:https://…`), which ask without QGIS's configurations, nor OAPIF, which the platform
does not serve.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import SplitResult

from ..services.connection_plans import ConnectionKind
from ..services.url_templates import KNOWN_ENDPOINTS, PG_TILESERV, Template, template_of
from .addresses import PlainUrl, hashes, plain_url, values
from .platform_hosts import OLD_HOSTS, Platform
from .source_fields import Field, SourceFields, Syntax, read_fields

WMS_PROVIDER, WFS_PROVIDER = "wms", "WFS"
TILE_PROVIDERS = frozenset({"vectortile", "xyzvectortiles"})
AUTHCFG, USERNAME, LOGIN_FIELDS = "authcfg", "username", ("username", "password")
HEADER = "http-header:apikey"
# Where an `&` in its URL is not encoded, QGIS ends the URL there, and the hash is a field that nothing reads.
CUT_OFF = "apikey"
_PRIVATE = "private"
_XYZ, _FILES = "xyz", "mbtiles"
# The API's words for the URLs of an endpoint, by which its layers' names are read; all others are of WMS's form.
_URL_TYPES = {"wmts": "WMTS", "wfs": "WFS", "tms": "TMS", PG_TILESERV: "TMS"}
_OLD_SERVICES = {"r/wms": "wms-r", "v/wms": "wms-v", "wmts": "wmts", "wfs": "wfs", "tms": "tms"}
_OLD_PATH = re.compile(r"(?P<before>(?:/[^/]*)*?)/(?P<service>r/wms|v/wms|wmts|wfs|tms)(?P<rest>/.*)?", re.DOTALL)
_OLD_WORDS = frozenset({"geoportail", "inspire"})
_SERVICE = re.compile(r"(?:^|&)service=wmts(?:&|$)", re.IGNORECASE)


class CarrierKind(Enum):
    """What a source carries to be let in."""

    NOTHING = "nothing"
    HASH_IN_URL = "hash-in-url"
    HASH_IN_HEADER = "hash-in-header"
    LOGIN_IN_URL = "login-in-url"
    CONFIGURATION = "configuration"


@dataclass(frozen=True)
class LayerSource:
    """What a source asks for. It is of the platform, or of the old Géoportail (`is_geoportail`).

    `endpoint` is the service's short name (`wms-r`, `wmts`, `tms`, …), `root` its URL without query or secret; the key
    that stood in the path of the old Géoportail is left out. `layer_names` is empty where the source names none.
    A source may carry several things: `carrier` is the first of hash, configuration and login, and `hash`,
    `configuration_id` (the `authcfg`) and `login` are filled with all there is.
    `tile_matrix_set` is that of a WMTS.
    """

    kind: ConnectionKind
    endpoint: str
    root: str
    layer_names: tuple[str, ...]
    is_private: bool
    is_geoportail: bool
    carrier: CarrierKind = CarrierKind.NOTHING
    hash: str | None = field(default=None, repr=False)
    configuration_id: str = ""
    login: str = ""
    tile_matrix_set: str = ""


def read_source(provider: str, source: str, platform: Platform) -> LayerSource | None:
    """Return what a source asks for and carries; None when it is not one of the platform's services. Never raises."""
    fields = fields_of(provider, source) if platform.is_mentioned(source) else None
    url = None if fields is None else asked_url(fields)
    if fields is None or url is None:
        return None
    if url.host in OLD_HOSTS:
        return _of_geoportail(provider, fields, url)
    return _of_platform(provider, fields, url) if url.host == platform.host else None


def fields_of(provider: str, source: str) -> SourceFields | None:
    """Return the fields of a source; None when its provider is none of those that are read."""
    if provider == WFS_PROVIDER:
        return read_fields(source, is_quoted=True)
    if provider != WMS_PROVIDER and provider not in TILE_PROVIDERS:
        return None
    fields = read_fields(source, is_quoted=False)
    kind = _type(fields)
    # MBTiles are files; a WMS with time says `wmst`.
    is_served = kind in ("", _XYZ) if provider in TILE_PROVIDERS else kind != _FILES
    return fields if is_served else None


def _type(fields: SourceFields) -> str:
    return next(reversed(fields.values("type")), "")


def url_field(fields: SourceFields) -> Field | None:
    """Return the field of the URL that QGIS asks: of several the last, in a WFS source the first."""
    found = [one for one in fields.fields if one.name == "url"]
    if not found:
        return None
    return found[-1] if fields.syntax is Syntax.JOINED else found[0]


def asked_url(fields: SourceFields) -> PlainUrl | None:
    """Return the URL that QGIS asks."""
    found = url_field(fields)
    return None if found is None else plain_url(found.value, fields.url_levels)


def read_address(provider: str, source: str) -> str | None:
    """Return the URL of a source as QGIS asks it, hash and all; None where it has none."""
    fields = fields_of(provider, source)
    asked = None if fields is None else url_field(fields)
    return None if fields is None or asked is None else fields.plain(asked)


def _of_platform(provider: str, fields: SourceFields, url: PlainUrl) -> LayerSource | None:
    segments = url.path.split("/")
    is_private = _PRIVATE in segments
    endpoint = next((segment for segment in segments if segment in KNOWN_ENDPOINTS), "")
    if not endpoint and not is_private:
        return None
    template = _template(endpoint, url, url.path)
    return _layer_source(fields, _kind(provider, fields, endpoint, url), template, url, is_private=is_private)


def _of_geoportail(provider: str, fields: SourceFields, url: PlainUrl) -> LayerSource | None:
    """Read an old address as the one of today that serves the same: `/<key>/geoportail/r/wms` as `/wms-r`."""
    path = _OLD_PATH.fullmatch(url.path)
    if path is None:
        return None
    base, service, endpoint = f"{url.scheme}://{url.host}", path["service"], _OLD_SERVICES[path["service"]]
    template = _template(endpoint, url, f"/{endpoint}{path['rest'] or ''}")
    # What else stands before the service is the key.
    kept = [segment for segment in path["before"].split("/") if segment in _OLD_WORDS]
    version = ("1.0.0",) if "/1.0.0" in template.root else ()
    root = "/".join((base, *kept, service, *version))
    return _layer_source(
        fields, _kind(provider, fields, endpoint, url), template._replace(root=root), url, is_geoportail=True
    )


def _template(endpoint: str, url: PlainUrl, path: str) -> Template:
    return template_of(_URL_TYPES.get(endpoint, "WMS"), SplitResult(url.scheme, url.host, path, url.query, ""), "")


def _kind(provider: str, fields: SourceFields, endpoint: str, url: PlainUrl) -> ConnectionKind:
    if provider in TILE_PROVIDERS:
        return ConnectionKind.VECTOR_TILES
    if provider == WFS_PROVIDER:
        return ConnectionKind.WFS
    if _type(fields) == _XYZ:
        return ConnectionKind.XYZ
    is_tiled = endpoint == "wmts" or bool(fields.values("tileMatrixSet")) or _SERVICE.search(url.query)
    return ConnectionKind.WMTS if is_tiled else ConnectionKind.WMS


def _layer_source(
    fields: SourceFields,
    kind: ConnectionKind,
    template: Template,
    url: PlainUrl,
    *,
    is_private: bool = False,
    is_geoportail: bool = False,
) -> LayerSource:
    named = template.names if kind in (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES) else _named(fields, kind)
    names = tuple(dict.fromkeys(name for name in named or template.names if name))
    sets = fields.values("tileMatrixSet")
    matrix_set = sets[-1] if sets else ""
    place = (kind, template.endpoint, template.root, names, is_private, is_geoportail)
    # All at once: there may be hundreds of layers to look at.
    return LayerSource(*place, *_carried(fields, url), matrix_set)


def _named(fields: SourceFields, kind: ConnectionKind) -> tuple[str, ...]:
    listed = fields.values("typename" if kind is ConnectionKind.WFS else "layers")
    return tuple(name for text in listed for name in map(str.strip, text.split(",")) if name)


def _carried(fields: SourceFields, url: PlainUrl) -> tuple[CarrierKind, str | None, str, str]:
    """Return what is carried first, the hash, the configuration and the login, as a `LayerSource` has them."""
    in_url, in_header = hashes_in_url(fields), hashes_in_header(fields)
    configurations = tuple(filter(None, field_values(fields, AUTHCFG)))
    logins = tuple(filter(None, (url.login, *field_values(fields, USERNAME))))
    has_login = url.has_login or any(filter(None, field_values(fields, "password")))
    found = (
        (CarrierKind.HASH_IN_URL, bool(in_url)),
        (CarrierKind.HASH_IN_HEADER, bool(in_header)),
        (CarrierKind.CONFIGURATION, bool(configurations)),
        (CarrierKind.LOGIN_IN_URL, bool(logins) or has_login),
    )
    return (
        next((kind for kind, is_there in found if is_there), CarrierKind.NOTHING),
        next(iter((*in_url, *in_header)), None),
        configurations[-1] if configurations else "",
        logins[0] if logins else "",
    )


def hashes_in_url(fields: SourceFields) -> tuple[str, ...]:
    """Return the hashes in the URL that is asked, and those that were cut off from it."""
    asked = url_field(fields)
    own = hashes(asked.value, fields.url_levels) if asked is not None else ()
    if CUT_OFF not in fields.names:
        return own
    cut_off = (fields.plain(one) for one in fields.fields if is_cut_off(fields, one))
    return (*own, *(value for value in cut_off if value))


def is_cut_off(fields: SourceFields, one: Field) -> bool:
    """Return whether a field is a hash that an `&` cut off from its URL."""
    return fields.syntax is Syntax.JOINED and one.name.lower() == CUT_OFF


def is_header(one: Field) -> bool:
    """Return whether a field is the header that carries a hash; the case of a header does not count."""
    return one.name.lower() == HEADER


def field_values(fields: SourceFields, name: str) -> tuple[str, ...]:
    """Return the values of a field; where the source is a URL and nothing else, they are parameters of it."""
    if fields.syntax is Syntax.ADDRESS:
        return values(fields.fields[0].value, 0, name)
    return fields.values(name)


def hashes_in_header(fields: SourceFields) -> tuple[str, ...]:
    """Return the hashes that are sent as a header."""
    if HEADER not in fields.names:
        return ()
    return tuple(filter(None, (fields.plain(one) for one in fields.fields if is_header(one))))
