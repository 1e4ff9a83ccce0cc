"""Whether what came back is what was asked for: told by the content, since an error page may well say 200."""

from __future__ import annotations

import json
import zlib
from enum import Enum, auto
from typing import Any, Mapping

from ...keys.services.connection_plans import ConnectionKind, ServedLayer
from .service_exceptions import read_refusal
from .tile_descriptions import describe_tiles
from .xml_reading import local_name, root_of

_WMTS_NAMESPACE = "http://www.opengis.net/wmts/1.0"
_VERSIONS: Mapping[tuple[ConnectionKind, str], tuple[str, ...]] = {
    (ConnectionKind.WMS, "WMS_Capabilities"): ("1.3.0",),
    (ConnectionKind.WMTS, "Capabilities"): ("1.0.0",),
    (ConnectionKind.WFS, "WFS_Capabilities"): ("2.0.0", "1.1.0"),
}
_TILE_KINDS = (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES)
# Word of the content type → how such a picture begins.
_SIGNATURES: Mapping[str, tuple[bytes, ...]] = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpeg": (b"\xff\xd8\xff",),
    "jpg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "tiff": (b"II*\x00", b"MM\x00*"),
    "geotiff": (b"II*\x00", b"MM\x00*"),
}
_ELEVATION_TYPE = "image/x-bil"
_GZIP = b"\x1f\x8b"
_LARGEST_TILE = 64 * 1024 * 1024
_LAYERS_FIELD, _FIRST_EXTENSION_FIELD = 3, 16
_VARINT, _FIXED64, _COUNTED, _FIXED32 = 0, 1, 2, 5


class AnswerForm(Enum):
    """What a small request is to bring back: a picture, a vector tile, values of elevation, or features."""

    PICTURE = auto()
    VECTOR_TILE = auto()
    ELEVATION = auto()
    FEATURES = auto()


def form_of_tiles(written: str) -> AnswerForm:
    """Return the form of tiles from their ending or their content type."""
    kind = written.lower().partition(";")[0].rpartition("/")[2]
    if kind in ("pbf", "mvt", "x-protobuf", "vnd.mapbox-vector-tile"):
        return AnswerForm.VECTOR_TILE
    return AnswerForm.ELEVATION if kind in ("bil", "zbil", "x-bil") else AnswerForm.PICTURE


def is_description(layer: ServedLayer, data: bytes) -> bool:
    """Return whether `data` is what a service of that kind says of itself, in a version that is read.

    A download service lists what it has in Atom or JSON; the others that QGIS draws nothing of speak JSON.
    """
    if layer.kind in _TILE_KINDS:
        return describe_tiles(data) is not None
    root = root_of(data) if data else None
    if layer.kind is None:
        is_feed = root is not None and layer.service == "DOWNLOAD" and local_name(root) == "feed"
        return is_feed or _is_json(data)
    if root is None:
        return False
    versions = _VERSIONS.get((layer.kind, local_name(root)), ())
    is_named = layer.kind is not ConnectionKind.WMTS or str(root.namespaceURI()) == _WMTS_NAMESPACE
    return is_named and str(root.attribute("version")) in versions


def is_refusal_of_its_own(data: bytes) -> bool:
    """Return whether `data` is the service's own refusal, and not a page of something that stands before it."""
    return read_refusal(data) is not None or _is_json(data)


def is_of_form(form: AnswerForm, data: bytes, content_type: str) -> bool:
    """Return whether `data`, sent as `content_type`, is what a small request was to bring back."""
    if form is AnswerForm.VECTOR_TILE:
        return is_vector_tile(data)
    if form is AnswerForm.FEATURES:
        return _is_features(data)
    kind = content_type.lower().partition(";")[0].strip()
    return kind == _ELEVATION_TYPE and len(data) > 0 if form is AnswerForm.ELEVATION else _is_picture(data, kind)


def _is_picture(data: bytes, kind: str) -> bool:
    """Return whether it begins as a picture does; one that says of which kind it is must begin as that kind does."""
    # QGIS draws what is sent without a type, and what is sent as bytes of any kind; nothing else that is no picture.
    if kind not in ("", "application/octet-stream") and not kind.startswith("image/"):
        return False
    if kind == "image/webp":
        return _is_webp(data)
    known = _SIGNATURES.get(kind.rpartition("/")[2])
    any_of_them = tuple(signature for signatures in _SIGNATURES.values() for signature in signatures)
    return data.startswith(known or any_of_them) or (known is None and _is_webp(data))


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def is_vector_tile(data: bytes) -> bool:
    """Return whether `data` is a Mapbox vector tile with a layer in it, also one that is still gzipped."""
    raw = _unzipped(data) if data.startswith(_GZIP) else data
    fields = _top_fields(raw) if raw is not None else None
    if not fields:
        return False
    has_layer = (_LAYERS_FIELD, _COUNTED) in fields
    return has_layer and all(number == _LAYERS_FIELD or number >= _FIRST_EXTENSION_FIELD for number, _ in fields)


def _unzipped(data: bytes) -> bytes | None:
    reader = zlib.decompressobj(wbits=31)
    try:
        whole = reader.decompress(data, _LARGEST_TILE)
    except zlib.error:
        return None
    return whole if reader.eof else None


def _top_fields(data: bytes) -> list[tuple[int, int]] | None:
    """Return number and wire type of each field of a protobuf message; None for what is no such message."""
    fields: list[tuple[int, int]] = []
    place: int | None = 0
    while place is not None and place < len(data):
        key, place = _varint(data, place)
        if place is None:
            return None
        fields.append((key >> 3, key & 7))
        place = _after_field(data, place, key & 7)
    return fields if place == len(data) else None


def _after_field(data: bytes, place: int, wire_type: int) -> int | None:
    """Return where a field ends; None where it is none or goes beyond the end."""
    if wire_type == _VARINT:
        return _varint(data, place)[1]
    size: int | None = {_FIXED64: 8, _FIXED32: 4}.get(wire_type)
    if wire_type == _COUNTED:
        size, after = _varint(data, place)
        if after is None:
            return None
        place = after
    return place + size if size is not None and place + size <= len(data) else None


def _varint(data: bytes, place: int) -> tuple[int, int | None]:
    """Return the number that begins at `place`, and where it ends; None where it does not."""
    value = 0
    for offset, byte in enumerate(data[place : place + 10]):
        value |= (byte & 0x7F) << (7 * offset)
        if byte < 0x80:
            return value, place + offset + 1
    return value, None


def _is_features(data: bytes) -> bool:
    root = root_of(data) if data else None
    if root is not None:
        return local_name(root) == "FeatureCollection"
    content = _json_of(data)
    return isinstance(content, dict) and content.get("type") == "FeatureCollection"


def _is_json(data: bytes) -> bool:
    return isinstance(_json_of(data), (dict, list))


def _json_of(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None
