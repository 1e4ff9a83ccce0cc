"""The WMS of ROK4 7.0.0 and its refusals (`wms-*.xml`); the OGC server draws what it accepts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NoReturn
from urllib.parse import urlencode

from ..dataset.made_up_layers import DatasetLayer
from ..tiling import pyramids
from ..tiling.matrix_sets import TILE_PIXELS
from .site import Document, Found, Picture, Rok4Error, Site, quoted
from .styles import Style, styles_of
from .wms_capabilities import FORMATS, GLOBAL_CRS, INFO_FORMATS, capabilities

_MOST_LAYERS = 2
_MOST_PIXELS = 10_000
_LATITUDE_FIRST = "EPSG:4326"
_SERVER_CRS = {"IGNF:LAMB93": "EPSG:2154", "IGNF:RGF93LAMB93": "EPSG:2154", "CRS:84": _LATITUDE_FIRST}
"""The same system, the order of its axes apart, under the name that the OGC server knows."""
_HEIGHT_FORMAT = "image/x-bil;bits=32"
_TIFF_FORMATS = ("image/tiff", "image/geotiff")
_SCHEMA = "http://www.opengis.net/ogc http://schemas.opengis.net/wms/1.3.0/exceptions_1_3_0.xsd"


def layer_names(parameters: Mapping[str, str]) -> tuple[str, ...]:
    """The layers that a request asks for."""
    listed = [name for one in ("layers", "query_layers") for name in parameters.get(one, "").split(",") if name]
    return tuple(dict.fromkeys(listed))


def answer(parameters: Mapping[str, str], site: Site) -> Found:
    """Answer a request. Rok4Error for what the service refuses."""
    service = parameters.get("service", "")
    if not service:
        _refuse("MissingParameterValue", "SERVICE query parameter missing")
    if service.lower() != "wms":
        _refuse("InvalidParameterValue", "SERVICE query parameter have to be WMS")
    if parameters.get("version", "") not in ("", "1.3.0"):
        _refuse("VersionNegotiationFailed", "VERSION query parameter have to be 1.3.0 or empty")
    operation = parameters.get("request", "").lower()
    if operation == "getcapabilities":
        return Found(Document(capabilities(site)))
    if operation == "getmap":
        return _map(parameters, site)
    if operation == "getfeatureinfo":
        return _feature_info(parameters, site)
    raise Rok4Error(refusal("OperationNotSupported", "REQUEST query parameter unknown"))


def refusal(code: str, sentence: str, status: int = 400) -> Document:
    """What is answered in place of what was asked."""
    body = (
        '<ServiceExceptionReport version="1.3.0" xmlns="http://www.opengis.net/ogc" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{_SCHEMA}">'
        f'<ServiceException code="{code}">{quoted(sentence)}</ServiceException></ServiceExceptionReport>'
    )
    return Document(body, status=status)


def _refuse(code: str, sentence: str) -> NoReturn:
    raise Rok4Error(refusal(code, sentence))


def _wrong(sentence: str) -> NoReturn:
    _refuse("InvalidParameterValue", sentence)


def _given(parameters: Mapping[str, str], name: str) -> str:
    text = parameters.get(name, "")
    if not text:
        _refuse("MissingParameterValue", f"{name.upper()} query parameter missing")
    return text


def _map(parameters: Mapping[str, str], site: Site) -> Found:
    """Checks go in the order of ROK4: layers, size, system, format, box, styles, and whether all that fits."""
    layers = _layers(parameters, site)
    question = _question(parameters, layers)
    image_format = question["format"]
    styles = _styles(parameters, layers)
    _check_consistency(styles, image_format)
    names = tuple(layer.layer_name for layer in layers)
    if not styles[0].is_picture:
        return Found(Picture(f"/heights?{urlencode(question)}", image_format), names)
    asked = {"service": "WMS", "version": "1.3.0", "request": "GetMap", "styles": "," * (len(layers) - 1)}
    asked |= question | {"transparent": parameters.get("transparent", "FALSE")}
    return Found(Picture(f"/wms?{urlencode(asked)}", image_format), names)


def _layers(parameters: Mapping[str, str], site: Site) -> list[DatasetLayer]:
    names = _given(parameters, "layers").split(",")
    if len(names) > _MOST_LAYERS:
        _wrong(f"Number of layers exceed the limit ({_MOST_LAYERS})")
    return [_layer(name, site) for name in names]


def _layer(name: str, site: Site) -> DatasetLayer:
    layer = site.layer(name)
    if layer is None:
        _refuse("LayerNotDefined", f"Layer {name} unknown")
    return layer


def _question(parameters: Mapping[str, str], layers: list[DatasetLayer]) -> dict[str, str]:
    """Layers, size, system, format and box in the words of the OGC server."""
    width, height = _size(parameters, "width"), _size(parameters, "height")
    crs = _given(parameters, "crs")
    if crs not in (*GLOBAL_CRS, *(pyramids.matrix_set(layer.tiles).crs for layer in layers)):
        _wrong(f"CRS {crs} unknown")
    image_format = _given(parameters, "format")
    if image_format not in FORMATS:
        _wrong(f"Format {image_format} unknown")
    box = _box(parameters)
    if crs == "CRS:84":
        box = [box[1], box[0], box[3], box[2]]
    return {
        "layers": ",".join(layer.layer_name for layer in layers),
        "crs": _SERVER_CRS.get(crs, crs),
        "bbox": ",".join(map(str, box)),
        "width": str(width),
        "height": str(height),
        "format": image_format,
    }


def _size(parameters: Mapping[str, str], name: str) -> int:
    text = _given(parameters, name)
    if not text.isdecimal():
        _wrong(f"Invalid {name.upper()} value")
    if not int(text) > 0:
        _wrong(f"{name.upper()} query parameter have to be a strictly positive integer")
    if int(text) > _MOST_PIXELS:
        _wrong(f"{name.upper()} query parameter exceed the limit ({_MOST_PIXELS})")
    return int(text)


def _box(parameters: Mapping[str, str]) -> list[float]:
    try:
        box = [float(edge) for edge in _given(parameters, "bbox").split(",")]
    except ValueError:
        box = []
    if len(box) != 4 or any(math.isnan(edge) for edge in box):
        _wrong("BBOX query parameter invalid (require 4 comma separated numbers)")
    if box[0] >= box[2] or box[1] >= box[3]:
        _wrong("BBOX query parameter invalid (max have to be bigger than min)")
    return box


def _styles(parameters: Mapping[str, str], layers: list[DatasetLayer]) -> list[Style]:
    if "styles" not in parameters:
        _refuse("MissingParameterValue", "STYLES query parameter missing")
    names = parameters["styles"].split(",") if parameters["styles"] else [""] * len(layers)
    if len(names) != len(layers):
        _wrong("STYLES query parameter invalid (comma separated styles identifier, one by requested layer)")
    return [_style(layer, name) for layer, name in zip(layers, names)]


def _style(layer: DatasetLayer, name: str) -> Style:
    styles = styles_of(layer)
    found = next((style for style in styles if style.name == name), styles[0] if not name else None)
    if found is None:
        _wrong(f"Style {name} is not available for the layer {layer.layer_name}")
    return found


def _check_consistency(styles: list[Style], image_format: str) -> None:
    if len({style.sample for style in styles}) > 1:
        _wrong("All layers (with their style) have to own the same sample format (int or float)")
    style = styles[0]
    if image_format in _TIFF_FORMATS or style.is_picture is (image_format != _HEIGHT_FORMAT):
        return
    _wrong(
        f"Used data format ({style.bands} band(s) {style.sample}) and expected output format ({image_format}) "
        "are not consistent"
    )


def _feature_info(parameters: Mapping[str, str], site: Site) -> Found:
    layers = _layers(parameters, site)
    queried = _given(parameters, "query_layers").split(",")
    if len(queried) > 1:
        _wrong("Only one query layer is allowed")
    if queried[0] not in [layer.layer_name for layer in layers]:
        _refuse("LayerNotDefined", f"Layer {queried[0]} unknown")
    question = _question(parameters, layers)
    _styles(parameters, layers)
    info_format = _given(parameters, "info_format")
    if info_format not in INFO_FORMATS:
        _wrong(f"INFO_FORMAT {info_format} unknown")
    asked = question | {"query_layers": queried[0], "info_format": info_format, "styles": "," * (len(layers) - 1)}
    place = {"i": _given(parameters, "i"), "j": _given(parameters, "j")}
    return Found(_info(asked | place), layer_names(parameters))


def info_picture(name: str, crs: str, box: pyramids.Box, info_format: str, place: Mapping[str, str]) -> Picture:
    """What a layer holds at a pixel (`i`, `j`) of a tile."""
    question = {
        "layers": name,
        "query_layers": name,
        "styles": "",
        "crs": _SERVER_CRS.get(crs, crs),
        "bbox": ",".join(map(str, box)),
        "width": str(TILE_PIXELS),
        "height": str(TILE_PIXELS),
        "format": "image/png",
        "info_format": info_format,
    }
    return _info(question | dict(place))


def _info(question: dict[str, str]) -> Picture:
    """The OGC server's own words: only the JSON of ROK4 was recorded, and it holds less."""
    asked = {"service": "WMS", "version": "1.3.0", "request": "GetFeatureInfo", **question}
    return Picture(f"/wms?{urlencode(asked)}", question["info_format"])
