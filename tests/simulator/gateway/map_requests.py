"""What a request to a map service is about: which layers, and what the OGC server is asked in its place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from ..dataset.made_up_layers import LAYERS
from ..ogc import wfs

OFFERING_TYPES = {
    "wms-r": "WMS-RASTER",
    "wms-v": "WMS-VECTOR",
    "wmts": "WMTS-TMS",
    "wfs": "WFS",
    "tms": "WMTS-TMS",
    "vector-tms": "VECTOR-TMS",
    "telechargement": "DOWNLOAD",
    "altimetrie": "ALTIMETRY",
    "navigation": "ITINERARY-ISOCURVE",
    "recherche": "SEARCH",
}
"""Endpoint → type of the offerings it serves."""
MAP_SERVICES = ("wms-v", "wfs")
UPSTREAM_PATHS = {"wms-v": "/wms", "wfs": "/wfs"}
"""Endpoint → path at the OGC server, for what that one answers itself."""

_WMS_LAYER_PARAMETERS = {
    "getmap": ("layers",),
    "getfeatureinfo": ("layers", "query_layers"),
    "getlegendgraphic": ("layer", "layers"),
    "getlegendgraphics": ("layer", "layers"),
    "describelayer": ("layers",),
    "getstyles": ("layers",),
}
_IGNORED = ("apikey", "map", "sld", "sld_body")


class QuestionError(Exception):
    """A request that the service does not understand: an OGC exception code and a sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        """Remember both."""
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True)
class Question:
    """`layer_names` are the offerings asked, `is_list` tells that the answer lists layers, `target` is what to ask."""

    layer_names: tuple[str, ...]
    is_list: bool
    target: str


def read_question(endpoint: str, path: str, parameters: Mapping[str, str], allowed: Collection[str]) -> Question:
    """Understand a request below `/private/<endpoint>`; `parameters` has lower-case names.

    `allowed` are the layers that the key opens there. QuestionError when it makes no sense.
    """
    kept = {name: text for name, text in parameters.items() if name not in _IGNORED}
    return _READERS[endpoint](endpoint, path, kept, allowed)


def _target(endpoint: str, parameters: Mapping[str, str], path: str = "") -> str:
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"{UPSTREAM_PATHS[endpoint]}{quote(path)}{query}"


def _operation(parameters: Mapping[str, str]) -> str:
    operation = parameters.get("request", "").lower()
    if not operation:
        raise QuestionError("MissingParameterValue", "Parameter REQUEST is missing")
    return operation


def _names(parameters: Mapping[str, str], wanted: Collection[str]) -> tuple[str, ...]:
    found = [name for one in wanted for name in parameters.get(one, "").split(",") if name]
    if not found:
        raise QuestionError("MissingParameterValue", f"Parameter {'/'.join(wanted).upper()} is missing")
    return tuple(dict.fromkeys(found))


def _wms(endpoint: str, _path: str, parameters: Mapping[str, str], _allowed: Collection[str]) -> Question:
    operation = _operation(parameters)
    if operation == "getcapabilities":
        return Question((), True, _target(endpoint, parameters))
    if operation not in _WMS_LAYER_PARAMETERS:
        raise QuestionError("OperationNotSupported", f"Request {operation} is not supported")
    return Question(_names(parameters, _WMS_LAYER_PARAMETERS[operation]), False, _target(endpoint, parameters))


def _wfs(endpoint: str, _path: str, parameters: Mapping[str, str], allowed: Collection[str]) -> Question:
    operation = _operation(parameters)
    if operation == "getcapabilities":
        return Question((), True, _target(endpoint, parameters))
    if operation not in ("describefeaturetype", "getfeature"):
        raise QuestionError("OperationNotSupported", f"Request {operation} is not supported")
    names = _type_names(parameters)
    if not names and operation == "describefeaturetype":
        names = tuple(name for known in LAYERS if known.layer_name in allowed for name in known.feature_types)
    if not names:
        raise QuestionError("MissingParameterValue", "Parameter TYPENAMES is missing")
    asked = {name: text for name, text in parameters.items() if name not in ("typename", "typenames")}
    asked["typenames"] = ",".join(names)
    return Question(tuple(dict.fromkeys(_offering_of(name) for name in names)), False, _target(endpoint, asked))


def _type_names(parameters: Mapping[str, str]) -> tuple[str, ...]:
    """The types asked for, by name and by the ids of features, those without prefix completed."""
    listed = parameters.get("typenames") or parameters.get("typename") or ""
    names = listed.replace("(", "").replace(")", "").split(",")
    for one in ("resourceid", "featureid"):
        names += [identifier.rpartition(".")[0] for identifier in parameters.get(one, "").split(",")]
    completed = (name if ":" in name else f"{wfs.PREFIX_OF.get(name, '')}:{name}" for name in names if name)
    return tuple(dict.fromkeys(completed))


def _offering_of(type_name: str) -> str:
    """The layer name of a type name; a type that does not exist belongs to nobody."""
    prefix, _, table = type_name.partition(":")
    return prefix if wfs.PREFIX_OF.get(table) == prefix else type_name


_READERS: dict[str, Callable[[str, str, Mapping[str, str], Collection[str]], Question]] = {
    "wms-v": _wms,
    "wfs": _wfs,
}
