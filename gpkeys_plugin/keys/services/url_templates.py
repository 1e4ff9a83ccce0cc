"""Reading the URL templates of an offering: on which endpoint it is served, and under which names."""

from __future__ import annotations

from typing import Mapping, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

VECTOR_EXTENSIONS = ("pbf", "mvt")
PG_TILESERV = "vector-tms"
"""The endpoint of pg_tileserv: nothing but vector tiles, no version in the path, descriptions at `<layer>.json`."""
KNOWN_ENDPOINTS = (
    "wms-v",
    "wms-r",
    "wmts",
    "wfs",
    "tms",
    PG_TILESERV,
    "telechargement",
    "altimetrie",
    "navigation",
    "recherche",
    "csw",
)
_TMS_VERSION = "1.0.0"
_DESCRIPTION_ENDING = ".json"
# The query parameters that carry a layer's name, per url type of the API.
_NAME_PARAMETERS = {"WMS": ("layers",), "WMTS": ("layer",), "WFS": ("typenames", "typename")}


class Template(NamedTuple):
    """A URL template taken apart. `names` are the layers it asks for.

    `extension` is the ending of its tiles (`png`, `pbf`), empty where it tells none.
    """

    endpoint: str
    root: str
    names: tuple[str, ...]
    extension: str = ""


def read_template(url_type: str, url: str, layer_name: str) -> Template | None:
    """Take a URL template apart; None when it is no http URL."""
    parts = _split(url)
    return None if parts is None else template_of(url_type, parts, layer_name)


def template_of(url_type: str, parts: SplitResult, layer_name: str) -> Template:
    """Take a URL template apart that is split already: scheme, host, path and query."""
    segments = _fixed_segments(parts.path)
    endpoint = _endpoint(segments, url_type)
    if url_type == "TMS":
        root_segments, name = _tms(segments, layer_name, has_levels=_has_levels(parts.path, segments))
        return Template(endpoint, _root(parts, root_segments), (name,), _extension(parts.path))
    if url_type == "DOWNLOAD" and endpoint in segments:
        segments = segments[: segments.index(endpoint) + 1]
    return Template(endpoint, _root(parts, segments), _names(url_type, parts.query, layer_name))


def marked_root(root: str, url: str) -> str:
    """Return the root of a template, with `@` before its host where the template's `url` names a user there.

    What the user is called may be a secret; that there is one must not be lost, as it hides which host is meant.
    """
    parts = _split(url)
    return root.replace("://", "://@", 1) if parts is not None and "@" in parts.netloc else root


def scheme_shown(url: str) -> str:
    """Return what may be shown of an address that is no http URL: how it begins, `file:…`; empty where it is none."""
    scheme, colon, _ = url.strip().partition(":")
    return f"{scheme}:…" if colon and scheme.isalnum() else ""


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
        if "{" in segment or ("%" in segment and "{" in unquote(segment)):
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


def _tms(segments: list[str], layer_name: str, *, has_levels: bool) -> tuple[list[str], str]:
    """Return the segments of the root, and the layer: what follows the version, or comes before the levels."""
    if _TMS_VERSION in segments:
        after = segments.index(_TMS_VERSION) + 1
        return segments[:after], unquote(segments[after]) if after < len(segments) else layer_name
    last = unquote(segments[-1]) if segments else ""
    if has_levels and last and last != PG_TILESERV:
        return segments[:-1], last
    if last in (layer_name, f"{layer_name}{_DESCRIPTION_ENDING}"):
        return segments[:-1], layer_name
    if PG_TILESERV in segments[:-1]:
        return segments[:-1], last[: -len(_DESCRIPTION_ENDING)] if last.endswith(_DESCRIPTION_ENDING) else last
    return segments, layer_name


def _has_levels(path: str, fixed: list[str]) -> bool:
    """Return whether the first placeholder of a path is that of the zoom level."""
    following = [segment for segment in path.split("/") if segment][len(fixed) :]
    return bool(following) and unquote(following[0]).lower() == "{z}"


def _extension(path: str) -> str:
    """Return the ending after the placeholders of a path; a layer's name may have dots too."""
    last = unquote(path.rpartition("/")[2])
    ending = last.rpartition("}.")[2].lower()
    return ending if ending != last.lower() and ending.isalnum() else ""


def _names(url_type: str, query: str, layer_name: str) -> tuple[str, ...]:
    given = _lower_case_query(query)
    for parameter in _NAME_PARAMETERS.get(url_type, ()):
        names = tuple(name.strip() for name in given.get(parameter, "").split(",") if name.strip())
        if names and not any("{" in name for name in names):
            return names
    return (layer_name,)


def _lower_case_query(query: str) -> Mapping[str, str]:
    return {name.lower(): value for name, value in parse_qsl(query, keep_blank_values=True)}
