"""Where an offering is served, and which QGIS connections and layers that makes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Iterable, Mapping, Sequence
from urllib.parse import quote, unquote_plus

from ...entrepot.models import EndpointUrl, Offering, OfferingType
from .connection_names import connection_name
from .url_templates import PG_TILESERV, VECTOR_EXTENSIONS, marked_root, read_template, scheme_shown

Extent = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


class ConnectionKind(Enum):
    """The kinds of connection QGIS keeps. A WMTS connection is a WMS one whose URL asks for WMTS capabilities."""

    WMS = "WMS"
    WMTS = "WMTS"
    WFS = "WFS"
    XYZ = "XYZ"
    VECTOR_TILES = "VECTOR_TILES"


@dataclass(frozen=True)
class ServedLayer:
    """One layer of an offering on one endpoint.

    `name` is what the service calls it: the layer name, or `<layer name>:<table>` for a WFS feature type.
    `kind` is None where QGIS has no connection for the service (DOWNLOAD, ALTIMETRY, ITINERARY, ISOCURVE, SEARCH);
    a TMS layer's kind is XYZ until its description tells that it holds vector tiles.
    `endpoint` is the service's short name (`wms-v`, `wms-r`, `wmts`, `wfs`, `tms`, `telechargement`, …),
    `root` its URL without query, secret or trailing slash (a TMS root ends in `/1.0.0`); it is on the platform's
    servers only where `platform_servers` says so, and may be no address of a service at all (`javascript:…`).
    `service` is the API's word for the URL (WMS, WMTS, TMS, WFS, DOWNLOAD, …).
    `extension` is the ending of its tiles as far as the offering tells it (`pbf`, `jpeg`), empty otherwise.
    """

    offering_id: str
    name: str
    kind: ConnectionKind | None
    endpoint: str
    root: str
    service: str = ""
    extension: str = ""


@dataclass(frozen=True)
class TileRange:
    """The zoom levels a tile layer is served at, and the ending of its tiles (`png`, `jpg`, `pbf`)."""

    zmin: int
    zmax: int
    extension: str


@dataclass(frozen=True)
class ConnectionPlan:
    """A connection to be written: no secret in it.

    `url` is what QGIS asks, before the `apikey` parameter is added where a hash is kept in the URL: the endpoint for
    WMS and WFS, the endpoint with `SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities` for WMTS, the template with
    `{z}/{x}/{y}` for tiles. `tiles` is set for XYZ and VECTOR_TILES only. `layers` are those it is expected to list.
    `style_url` is the public style that QGIS itself draws vector tiles in, empty where there is none.
    """

    name: str
    kind: ConnectionKind
    url: str
    layers: tuple[ServedLayer, ...]
    tiles: TileRange | None = None
    style_url: str = ""


_KINDS = {
    "WMS": ConnectionKind.WMS,
    "WMTS": ConnectionKind.WMTS,
    "WFS": ConnectionKind.WFS,
    "TMS": ConnectionKind.XYZ,
}
_TILE_KINDS = (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES)
LEVELS = "/{z}/{x}/{y}."
"""What stands in the URL of a connection of tiles between that of the layer and the ending of the tiles."""
_WMS_LABELS = {"wms-r": "WMS raster", "wms-v": "WMS vecteur"}
_CAPABILITIES = {
    ConnectionKind.WMS: "SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities",
    ConnectionKind.WMTS: "SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities",
    ConnectionKind.WFS: "SERVICE=WFS&VERSION=2.0.0&REQUEST=GetCapabilities",
}


def served_layers(offering: Offering) -> tuple[ServedLayer, ...]:
    """Return where and under which names an offering is served, from the URL templates of its detail."""
    layers = (layer for url in offering.urls for layer in _layers_of_url(offering, url))
    return tuple(dict.fromkeys(layers))


def _layers_of_url(offering: Offering, url: EndpointUrl) -> Iterable[ServedLayer]:
    service = url.type.upper()
    template = read_template(service, url.url, offering.layer_name)
    if template is None:
        yield from _no_address(offering, url)
        return
    kind, extension = _KINDS.get(service), template.extension
    if kind is ConnectionKind.XYZ and not extension and _is_vector_service(offering, template.endpoint):
        extension = VECTOR_EXTENSIONS[0]
    if kind is ConnectionKind.XYZ and extension in VECTOR_EXTENSIONS:
        kind = ConnectionKind.VECTOR_TILES
    root = marked_root(template.root, url.url)
    for name in template.names:
        yield ServedLayer(offering.id, name, kind, template.endpoint, root, service, extension)


def _no_address(offering: Offering, url: EndpointUrl) -> Iterable[ServedLayer]:
    """Yield a layer that is said to be where no service can be: people are told, instead of seeing it dropped."""
    service, shown = url.type.upper(), scheme_shown(url.url)
    if shown:
        yield ServedLayer(offering.id, offering.layer_name, None, service.lower(), shown, service)


def _is_vector_service(offering: Offering, endpoint: str) -> bool:
    return offering.type is OfferingType.VECTOR_TMS or endpoint == PG_TILESERV


def other_urls(layers: Iterable[ServedLayer]) -> tuple[ServedLayer, ...]:
    """Return the layers QGIS has no connection for; `capabilities_url` gives the URL to show for each."""
    return tuple(layer for layer in layers if layer.kind is None)


def needs_tile_description(layer: ServedLayer) -> bool:
    """Return whether a layer's zoom levels and tile ending must be asked for before its connection can be planned."""
    return layer.kind in _TILE_KINDS


def connection_plans(
    key_name: str, layers: Sequence[ServedLayer], tiles: Mapping[tuple[str, str], TileRange]
) -> tuple[ConnectionPlan, ...]:
    """Return the connections of a key: one an endpoint, one a layer for tiles.

    `tiles` describes tile layers by root and name; a tile layer that it lacks makes no connection.
    """
    plans: list[ConnectionPlan] = []
    for group in _grouped(layers):
        plan = _plan(group, tiles)
        if plan is not None:
            name = connection_name(key_name, service_label(group[0]), [made.name for made in plans])
            plans.append(replace(plan, name=name))
    return tuple(plans)


def _grouped(layers: Iterable[ServedLayer]) -> list[tuple[ServedLayer, ...]]:
    groups: dict[tuple[str, ...], dict[ServedLayer, None]] = {}
    for layer in layers:
        if layer.kind is None:
            continue
        own = (layer.name,) if needs_tile_description(layer) else ()
        groups.setdefault((layer.service, layer.kind.value, layer.root, *own), {})[layer] = None
    return [tuple(group) for group in groups.values()]


def _plan(group: tuple[ServedLayer, ...], tiles: Mapping[tuple[str, str], TileRange]) -> ConnectionPlan | None:
    first = group[0]
    if first.kind is None:
        return None
    if not needs_tile_description(first):
        return ConnectionPlan("", first.kind, service_url(first), group)
    tile_range = tiles.get((first.root, first.name))
    if tile_range is None:
        return None
    kind = _tile_kind(tile_range)
    url = f"{tiles_url(first)}{LEVELS}{tile_range.extension}"
    return ConnectionPlan("", kind, url, tuple(replace(layer, kind=kind) for layer in group), tile_range)


def service_url(layer: ServedLayer) -> str:
    """Return the URL of the connection that a layer is in, which is no tile layer."""
    return f"{layer.root}?{_CAPABILITIES[layer.kind]}" if layer.kind is ConnectionKind.WMTS else layer.root


def _tile_kind(tile_range: TileRange) -> ConnectionKind:
    is_vector = tile_range.extension.lower() in VECTOR_EXTENSIONS
    return ConnectionKind.VECTOR_TILES if is_vector else ConnectionKind.XYZ


def tiles_url(layer: ServedLayer) -> str:
    """Return the URL of a tile layer: what comes before the levels."""
    return f"{layer.root}/{quote(layer.name, safe='')}"


def service_label(layer: ServedLayer) -> str:
    """Return what a layer's service is called in names of connections: `WMS raster`, `WFS`, `TMS <layer>`."""
    if needs_tile_description(layer):
        return f"TMS {layer.name}"
    if layer.kind is ConnectionKind.WMS:
        return _WMS_LABELS.get(layer.endpoint, "WMS")
    return layer.kind.value if layer.kind else layer.service


def capabilities_url(served: ServedLayer | ConnectionPlan) -> str:
    """Return the URL that describes a service without any key in it.

    For tiles, that of the layer's own description (TileMap of ROK4, `<layer>.json` of pg_tileserv); for a download
    service, its list of resources.
    """
    layer = served.layers[0] if isinstance(served, ConnectionPlan) else served
    if layer.kind in _TILE_KINDS:
        return f"{tiles_url(layer)}.json" if layer.endpoint == PG_TILESERV else tiles_url(layer)
    if layer.kind is not None:
        return f"{layer.root}?{_CAPABILITIES[layer.kind]}"
    return f"{layer.root}/capabilities" if layer.service == "DOWNLOAD" else layer.root


def shown_url(served: ServedLayer | ConnectionPlan) -> str:
    """Return the URL that people are given to copy, without any key: the same for a layer wherever it is shown.

    It is that of the capabilities; for tiles the root of the service, as the Géoplateforme's own pages have it, but
    for those of pg_tileserv, whose root is a page to look at.
    """
    layer = served.layers[0] if isinstance(served, ConnectionPlan) else served
    is_rooted = layer.service == "TMS" and layer.endpoint != PG_TILESERV
    return f"{layer.root}/" if is_rooted else capabilities_url(layer)


def ready_url(url: str, hash_value: str | None, *, with_hash: bool) -> str:
    """Return a shown URL as it is copied: with the hash only where that is asked for and there is one."""
    return url_with_hash(url, hash_value) if with_hash and hash_value else url


def url_with_hash(url: str, hash_value: str) -> str:
    """Return `url` with the hash as its `apikey` parameter; the rest stays as it is, an `apikey` there is replaced."""
    address, hash_sign, fragment = url.partition("#")
    base, _, query = address.partition("?")
    kept = [part for part in query.split("&") if part and not _is_hash_header(part)]
    kept.append(f"apikey={quote(hash_value, safe='')}")
    return f"{base}?{'&'.join(kept)}{hash_sign}{fragment}"


def _is_hash_header(parameter: str) -> bool:
    return unquote_plus(parameter.partition("=")[0]).lower() == "apikey"
