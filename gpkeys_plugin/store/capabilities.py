"""What a service says it serves: WMS 1.3.0 and 1.1.1, WMTS 1.0.0, WFS 2.0.0, TMS descriptions, vector tile metadata.

Every reader returns None for what isn't such a document: an error page, an HTML sign-in page, cut XML.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Callable, Iterator, Mapping

from qgis.PyQt.QtXml import QDomElement

from ..keys.endpoints import TileRange
from .xml_reading import child, children, crs_code, local_name, root_of, text, texts


@dataclass(frozen=True)
class TileMatrixSet:
    """A tiling a WMTS layer is offered in."""

    name: str
    crs: str


@dataclass(frozen=True)
class ServiceLayer:
    """A layer as the capabilities describe it, in the order of the service's own preference.

    `extent` is west, south, east, north in degrees, None when it isn't told.
    """

    name: str
    title: str = ""
    crs: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    tile_matrix_sets: tuple[TileMatrixSet, ...] = ()
    extent: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class TileDescription:
    """What a tile layer says of itself."""

    title: str
    tiles: TileRange
    crs: str = ""


def read_layers(data: bytes | None) -> tuple[ServiceLayer, ...] | None:
    """Return the layers of a WMS, WMTS or WFS capabilities document."""
    root = root_of(data) if data else None
    reader = _READERS.get(local_name(root)) if root is not None else None
    if root is None or reader is None:
        return None
    return tuple(reader(root))


def read_tile_map(data: bytes | None) -> TileRange | None:
    """Return the zoom levels and the ending of tiles, from a TileMap document or from a `metadata.json`."""
    description = describe_tiles(data)
    return description.tiles if description is not None else None


def describe_tiles(data: bytes | None) -> TileDescription | None:
    """Return what a tile layer says of itself, in a TileMap document or in a `metadata.json`."""
    return _read_tile_map(data) or _read_tile_metadata(data)


def _read_tile_map(data: bytes | None) -> TileDescription | None:
    root = root_of(data) if data else None
    if root is None or local_name(root) != "TileMap":
        return None
    tile_format, tile_sets = child(root, "TileFormat"), child(root, "TileSets")
    extension = str(tile_format.attribute("extension")).lstrip(".") if tile_format is not None else ""
    orders = _orders(tile_sets) if tile_sets is not None else []
    if not extension or not orders:
        return None
    tiles = TileRange(min(orders), max(orders), extension.lower())
    return TileDescription(text(root, "Title"), tiles, crs_code(text(root, "SRS")))


def _read_tile_metadata(data: bytes | None) -> TileDescription | None:
    try:
        content: Any = json.loads(data or b"")
        tiles = TileRange(int(content["minzoom"]), int(content["maxzoom"]), _vector_extension(content))
        return TileDescription(str(content.get("name") or ""), tiles, "EPSG:3857")
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _vector_extension(content: Mapping[str, Any]) -> str:
    extension = str(content.get("format") or "pbf").lower()
    return extension if extension in ("pbf", "mvt") else "pbf"


def _orders(tile_sets: QDomElement) -> list[int]:
    orders = (str(tile_set.attribute("order")) for tile_set in children(tile_sets, "TileSet"))
    return [int(order) for order in orders if order.isdigit()]


def _read_wms(root: QDomElement) -> Iterator[ServiceLayer]:
    capability = child(root, "Capability")
    if capability is None:
        return
    get_map = child(capability, "Request", "GetMap")
    formats = texts(get_map, "Format") if get_map is not None else ()
    for layer in children(capability, "Layer"):
        yield from _wms_layers(layer, formats, (), (), None)


def _wms_layers(
    layer: QDomElement,
    formats: tuple[str, ...],
    crs: tuple[str, ...],
    styles: tuple[str, ...],
    extent: tuple[float, float, float, float] | None,
) -> Iterator[ServiceLayer]:
    """Yield a layer and those below it, which inherit its reference systems, styles and extent."""
    crs = _joined(crs, _wms_crs(layer))
    styles = _joined(styles, tuple(filter(None, (text(style, "Name") for style in children(layer, "Style")))))
    extent = _wms_extent(layer) or extent
    name = text(layer, "Name")
    if name:
        yield ServiceLayer(name, text(layer, "Title"), crs, formats, styles, extent=extent)
    for below in children(layer, "Layer"):
        yield from _wms_layers(below, formats, crs, styles, extent)


def _wms_crs(layer: QDomElement) -> tuple[str, ...]:
    # 1.1.1 says SRS, and may write several in one element.
    written = [part for entry in texts(layer, "CRS") + texts(layer, "SRS") for part in entry.split()]
    return tuple(filter(None, map(crs_code, written)))


def _wms_extent(layer: QDomElement) -> tuple[float, float, float, float] | None:
    box = child(layer, "EX_GeographicBoundingBox")
    if box is not None:
        sides = ("westBoundLongitude", "southBoundLatitude", "eastBoundLongitude", "northBoundLatitude")
        return _extent(*(text(box, side) for side in sides))
    box = child(layer, "LatLonBoundingBox")
    if box is None:
        return None
    return _extent(*(str(box.attribute(side)) for side in ("minx", "miny", "maxx", "maxy")))


def _read_wmts(root: QDomElement) -> Iterator[ServiceLayer]:
    contents = child(root, "Contents")
    if contents is None:
        return
    known = {text(found, "Identifier"): found for found in children(contents, "TileMatrixSet")}
    systems = {name: crs_code(text(found, "SupportedCRS")) for name, found in known.items()}
    for layer in children(contents, "Layer"):
        name = text(layer, "Identifier")
        if name:
            yield _wmts_layer(layer, name, systems)


def _wmts_layer(layer: QDomElement, name: str, systems: Mapping[str, str]) -> ServiceLayer:
    links = [text(link, "TileMatrixSet") for link in children(layer, "TileMatrixSetLink")]
    sets = tuple(TileMatrixSet(link, systems.get(link, "")) for link in links if link)
    styles = sorted(children(layer, "Style"), key=lambda style: str(style.attribute("isDefault")) != "true")
    return ServiceLayer(
        name,
        text(layer, "Title"),
        tuple(dict.fromkeys(found.crs for found in sets if found.crs)),
        texts(layer, "Format"),
        tuple(filter(None, (text(style, "Identifier") for style in styles))),
        sets,
        _corner_extent(layer),
    )


def _read_wfs(root: QDomElement) -> Iterator[ServiceLayer]:
    types = child(root, "FeatureTypeList")
    for feature_type in children(types, "FeatureType") if types is not None else ():
        name = text(feature_type, "Name")
        written = [text(feature_type, tag) for tag in ("DefaultCRS", "DefaultSRS")]
        others = texts(feature_type, "OtherCRS") + texts(feature_type, "OtherSRS")
        crs = tuple(dict.fromkeys(filter(None, map(crs_code, (*written, *others)))))
        if name:
            yield ServiceLayer(name, text(feature_type, "Title"), crs, extent=_corner_extent(feature_type))


def _corner_extent(layer: QDomElement) -> tuple[float, float, float, float] | None:
    box = child(layer, "WGS84BoundingBox")
    if box is None:
        return None
    return _extent(*text(box, "LowerCorner").split(), *text(box, "UpperCorner").split())


def _extent(*written: str) -> tuple[float, float, float, float] | None:
    try:
        west, south, east, north = map(float, written)
    except ValueError:
        return None
    return west, south, east, north


def _joined(*parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry for part in parts for entry in part))


_READERS: Mapping[str, Callable[[QDomElement], Iterator[ServiceLayer]]] = {
    "WMS_Capabilities": _read_wms,
    "WMT_MS_Capabilities": _read_wms,
    "Capabilities": _read_wmts,
    "WFS_Capabilities": _read_wfs,
}
