"""What a service says it serves: WMS 1.3.0 and 1.1.1, WMTS 1.0.0, WFS 2.0.0.

Every reader returns None for what isn't such a document: an error page, an HTML sign-in page, cut XML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterator, Mapping

from qgis.PyQt.QtXml import QDomElement

from ...keys.services.connection_plans import Extent
from .xml_reading import child, children, crs_code, local_name, root_of, text, texts


@dataclass(frozen=True)
class TileMatrixSet:
    """A tiling a WMTS layer is offered in, and how many levels of it its limits say that it has, 0 without limits."""

    name: str
    crs: str
    level_count: int = 0


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
    extent: Extent | None = None


def read_layers(data: bytes | None) -> tuple[ServiceLayer, ...] | None:
    """Return the layers of a WMS, WMTS or WFS capabilities document."""
    root = root_of(data) if data else None
    reader = _READERS.get(local_name(root)) if root is not None else None
    if root is None or reader is None:
        return None
    return tuple(reader(root))


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
    extent: Extent | None,
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


def _wms_extent(layer: QDomElement) -> Extent | None:
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
    links = children(layer, "TileMatrixSetLink")
    sets = tuple(_tiling(link, systems) for link in links if text(link, "TileMatrixSet"))
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


def _tiling(link: QDomElement, systems: Mapping[str, str]) -> TileMatrixSet:
    name, limits = text(link, "TileMatrixSet"), child(link, "TileMatrixSetLimits")
    count = sum(1 for _ in children(limits, "TileMatrixLimits")) if limits is not None else 0
    return TileMatrixSet(name, systems.get(name, ""), count)


def _read_wfs(root: QDomElement) -> Iterator[ServiceLayer]:
    types = child(root, "FeatureTypeList")
    for feature_type in children(types, "FeatureType") if types is not None else ():
        name = text(feature_type, "Name")
        written = [text(feature_type, tag) for tag in ("DefaultCRS", "DefaultSRS")]
        others = texts(feature_type, "OtherCRS") + texts(feature_type, "OtherSRS")
        crs = tuple(dict.fromkeys(filter(None, map(crs_code, (*written, *others)))))
        if name:
            yield ServiceLayer(name, text(feature_type, "Title"), crs, extent=_corner_extent(feature_type))


def _corner_extent(layer: QDomElement) -> Extent | None:
    box = child(layer, "WGS84BoundingBox")
    if box is None:
        return None
    return _extent(*text(box, "LowerCorner").split(), *text(box, "UpperCorner").split())


def _extent(*written: str) -> Extent | None:
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
