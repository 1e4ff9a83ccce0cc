"""The WMTS of ROK4 7.0.0 and its refusals (`wmts-*.xml`); its tiles are those of the TMS."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NoReturn

from ..dataset.made_up_layers import DatasetLayer
from ..tiling import pyramids
from ..tiling.matrix_sets import Level
from ..tiling.tile_formats import mime_type
from . import tms, wms
from .site import Document, Found, Rok4Error, Site, quoted
from .styles import styles_of
from .wmts_capabilities import INFO_FORMATS, capabilities, listed_layers, set_names

_NUMBER = re.compile(r"\s*[+-]?\d+")


def layer_names(parameters: Mapping[str, str]) -> tuple[str, ...]:
    """The layer that a request asks for."""
    name = parameters.get("layer", "")
    return (name,) if name else ()


def answer(parameters: Mapping[str, str], site: Site) -> Found:
    """Answer a request. Rok4Error for what the service refuses."""
    service = parameters.get("service", "")
    if not service:
        _refuse("MissingParameterValue", "SERVICE query parameter missing")
    if service.lower() != "wmts":
        _refuse("InvalidParameterValue", "SERVICE query parameter have to be WMTS")
    if parameters.get("version", "") not in ("", "1.0.0"):
        _refuse("VersionNegotiationFailed", "VERSION query parameter have to be 1.0.0 or empty")
    operation = parameters.get("request", "").lower()
    if operation == "getcapabilities":
        return Found(Document(capabilities(site)))
    if operation == "gettile":
        return _tile(parameters, site)
    if operation == "getfeatureinfo":
        return _feature_info(parameters, site)
    raise Rok4Error(refusal("OperationNotSupported", "REQUEST query parameter unknown"))


def refusal(code: str, sentence: str, status: int = 400) -> Document:
    """What is answered in place of what was asked."""
    body = (
        '<ExceptionReport xmlns="http://www.opengis.net/ows/1.1">'
        f'<Exception exceptionCode="{code}" >{quoted(sentence)}</Exception></ExceptionReport>'
    )
    return Document(body, status=status)


def _refuse(code: str, sentence: str, status: int = 400) -> NoReturn:
    raise Rok4Error(refusal(code, sentence, status))


def _given(parameters: Mapping[str, str], name: str) -> str:
    text = parameters.get(name, "")
    if not text:
        _refuse("MissingParameterValue", f"{name.upper()} query parameter missing")
    return text


def _wrong(sentence: str) -> NoReturn:
    _refuse("InvalidParameterValue", sentence)


def _tile(parameters: Mapping[str, str], site: Site) -> Found:
    """Checks go in the order of ROK4: layer, set, level, column, row, existence, format, style."""
    layer, zoom, column, row = _place(parameters, site)
    wanted = _given(parameters, "format")
    if wanted != mime_type(layer.tiles.extension):
        _wrong(f"Format {wanted} unknown")
    style = _given(parameters, "style")
    if not layer.has_vector_tiles and style != styles_of(layer)[0].name:
        _wrong(f"Style {style} unknown")
    return Found(tms.tile_picture(layer, zoom, column, row), (layer.layer_name,))


def _feature_info(parameters: Mapping[str, str], site: Site) -> Found:
    layer, zoom, column, row = _place(parameters, site)
    wanted = _given(parameters, "infoformat")
    if layer.has_vector_tiles or wanted not in INFO_FORMATS:
        _wrong(f"InfoFormat {wanted} unknown")
    crs = pyramids.matrix_set(layer.tiles).crs
    box = pyramids.tile_box(layer.tiles, zoom, column, row)
    place = {"i": _given(parameters, "i"), "j": _given(parameters, "j")}
    return Found(wms.info_picture(layer.layer_name, crs, box, wanted, place), (layer.layer_name,))


def _place(parameters: Mapping[str, str], site: Site) -> tuple[DatasetLayer, int, int, int]:
    """The layer, level, column and row of a tile that exists."""
    name = _given(parameters, "layer")
    layer = next((known for known in listed_layers(site) if known.layer_name == name), None)
    if layer is None:
        _wrong(f"Layer {name} unknown")
    level = _level(parameters, layer, site)
    column, row = _number(parameters, "tilecol", "column"), _number(parameters, "tilerow", "row")
    if not pyramids.is_served(layer.tiles, int(level.name), column, row):
        _refuse("Not Found", "No data found", 404)
    return layer, int(level.name), column, row


def _level(parameters: Mapping[str, str], layer: DatasetLayer, site: Site) -> Level:
    wanted = _given(parameters, "tilematrixset")
    if wanted not in set_names(layer, site):
        _wrong(f"Tile matrix set {wanted} unknown")
    name = _given(parameters, "tilematrix")
    level = pyramids.matrix_set(layer.tiles).levels.get(name)
    if level is None:
        _wrong(f"Tile matrix {name} unknown")
    return level


def _number(parameters: Mapping[str, str], name: str, side: str) -> int:
    found = _NUMBER.match(_given(parameters, name))
    if found is None:
        _wrong(f"Invalid {side} value")
    return int(found[0])
