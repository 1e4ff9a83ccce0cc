"""List, description (`<layer>.json`) and tiles in the forms of pg_tileserv's sources (tables, version 1.0.11)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from ..dataset import scenery
from ..dataset.made_up_layers import EXTENT_LONLAT, VECTOR_TMS_LEVELS, DatasetLayer
from ..rok4.site import JSON, Document, Found, Picture, Site

ENDPOINT = "vector-tms"
TILE_TYPE = "application/vnd.mapbox-vector-tile"
_PLAIN = "text/plain; charset=utf-8"
_TILE = re.compile(r"(?P<layer>[^/]+)/(?P<z>\d+)/(?P<x>\d+)/(?P<y>\d+)\.(?P<extension>\w+)")
_COLUMN_TYPES = {str: "varchar", int: "int4", float: "float8"}
_GEOMETRIES = {"POLYGON": "Polygon", "LINESTRING": "LineString", "POINT": "Point"}


def layer_names(_endpoint: str, path: str, _parameters: Mapping[str, str]) -> tuple[str, ...]:
    """The layer that a path asks for."""
    first, _, rest = path.strip("/").partition("/")
    name = first if rest else first.removesuffix(".json")
    return (name,) if name and name != "index" else ()


def answer(endpoint: str, path: str, parameters: Mapping[str, str], site: Site) -> Found:
    """Answer what is asked below the service."""
    names = layer_names(endpoint, path, parameters)
    if not names:
        return Found(Document(json.dumps(_index(site), ensure_ascii=False), JSON))
    layer = site.layer(names[0])
    if layer is None:
        return Found(Document(f"Unable to get layer '{names[0]}'\n", _PLAIN, 404))
    if path.strip("/").endswith(".json"):
        return Found(Document(json.dumps(_description(layer, site.url), ensure_ascii=False), JSON), names)
    return Found(_tile(path.strip("/")), names)


def nothing_there(_endpoint: str) -> Document:
    """What is said of a path that leads nowhere."""
    return Document("404 page not found\n", _PLAIN, 404)


def _tile(path: str) -> Document | Picture:
    asked = _TILE.fullmatch(path)
    if asked is None:
        return nothing_there(ENDPOINT)
    zoom, column, row = int(asked["z"]), int(asked["x"]), int(asked["y"])
    if zoom > VECTOR_TMS_LEVELS[1] or max(column, row) >= 2**zoom:
        return Document(f"invalid tile address {zoom}/{column}/{row}\n", _PLAIN, 400)
    return Picture(quote(f"/vector-tms/{asked['layer']}/{zoom}/{column}/{row}.pbf"), TILE_TYPE)


def _index(site: Site) -> dict[str, Any]:
    return {
        layer.layer_name: {
            "type": "table",
            "id": layer.layer_name,
            "name": layer.layer_name.partition(".")[2],
            "schema": layer.layer_name.partition(".")[0],
            "description": layer.title,
            "detailurl": f"{site.url}/{layer.layer_name}.json",
        }
        for layer in site.sorted_layers
    }


def _description(layer: DatasetLayer, url: str) -> dict[str, Any]:
    schema, _, name = layer.layer_name.partition(".")
    feature = scenery.TABLES[layer.tile_tables[0]]()[0]
    west, south, east, north = EXTENT_LONLAT
    return {
        "id": layer.layer_name,
        "schema": schema,
        "name": name,
        "description": layer.title,
        "properties": [
            {"name": field, "type": _COLUMN_TYPES[type(value)], "description": ""}
            for field, value in feature.attributes.items()
        ],
        "geometrytype": _GEOMETRIES[feature.wkt.partition(" ")[0]],
        "center": [(west + east) / 2, (south + north) / 2],
        "bounds": [west, south, east, north],
        "minzoom": VECTOR_TMS_LEVELS[0],
        "maxzoom": VECTOR_TMS_LEVELS[1],
        "tileurl": f"{url}/{layer.layer_name}/{{z}}/{{x}}/{{y}}.pbf",
    }
