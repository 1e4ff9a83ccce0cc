"""Reading the URL templates of an offering: on which endpoint it is served, and under which names."""

from __future__ import annotations

from typing import Mapping, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

KNOWN_ENDPOINTS = (
    "wms-v",
    "wms-r",
    "wmts",
    "wfs",
    "tms",
    "vector-tms",
    "telechargement",
    "altimetrie",
    "navigation",
    "recherche",
    "csw",
)
_TMS_VERSION = "1.0.0"
_VECTOR_ENDINGS = (".pbf", ".mvt")
# The query parameters that carry a layer's name, per url type of the API.
_NAME_PARAMETERS = {"WMS": ("layers",), "WMTS": ("layer",), "WFS": ("typenames", "typename")}


class Template(NamedTuple):
    """A URL template taken apart. `names` are the layers it asks for, `is_vector` whether it ends in vector tiles."""

    endpoint: str
    root: str
    names: tuple[str, ...]
    is_vector: bool


def read_template(url_type: str, url: str, layer_name: str) -> Template | None:
    """Take a URL template apart; None when it is no http URL."""
    parts = _split(url)
    if parts is None:
        return None
    segments = _fixed_segments(parts.path)
    endpoint = _endpoint(segments, url_type)
    is_vector = endpoint == "vector-tms" or parts.path.lower().endswith(_VECTOR_ENDINGS)
    if url_type == "TMS":
        root_segments, name = _tms(segments, layer_name)
        return Template(endpoint, _root(parts, root_segments), (name,), is_vector)
    if url_type == "DOWNLOAD" and endpoint in segments:
        segments = segments[: segments.index(endpoint) + 1]
    return Template(endpoint, _root(parts, segments), _names(url_type, parts.query, layer_name), is_vector)


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.netloc else None


def _fixed_segments(path: str) -> list[str]:
    """Return the path's segments up to the first one that holds a placeholder."""
    segments: list[str] = []
    for segment in path.split("/"):
        if "{" in unquote(segment):
            break
        if segment:
            segments.append(segment)
    return segments


def _endpoint(segments: list[str], url_type: str) -> str:
    known = [segment for segment in segments if segment in KNOWN_ENDPOINTS]
    if known:
        return known[0]
    return segments[-1] if segments else url_type.lower()


def _root(parts: SplitResult, segments: list[str]) -> str:
    # User information before the host would be a secret: it is left out.
    host = parts.netloc.rpartition("@")[2]
    return "/".join([f"{parts.scheme}://{host}", *segments])


def _tms(segments: list[str], layer_name: str) -> tuple[list[str], str]:
    if _TMS_VERSION in segments:
        after = segments.index(_TMS_VERSION) + 1
        return segments[:after], unquote(segments[after]) if after < len(segments) else layer_name
    if segments and unquote(segments[-1]) == layer_name:
        return segments[:-1], layer_name
    return segments, layer_name


def _names(url_type: str, query: str, layer_name: str) -> tuple[str, ...]:
    given = _lower_case_query(query)
    for parameter in _NAME_PARAMETERS.get(url_type, ()):
        names = tuple(name.strip() for name in given.get(parameter, "").split(",") if name.strip())
        if names and not any("{" in name for name in names):
            return names
    return (layer_name,)


def _lower_case_query(query: str) -> Mapping[str, str]:
    return {name.lower(): value for name, value in parse_qsl(query, keep_blank_values=True)}
