"""The tiles of every pyramid, drawn by QGIS Server when they are asked for first, or cut beforehand (vector tiles)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from ..dataset import made_up_layers
from ..tiling import pyramids
from ..tiling.matrix_sets import TILE_PIXELS
from ..tiling.tile_formats import mime_type
from . import cache
from .answers import Answer, not_found
from .elevation import height_tile
from .vector_tiles import cut_tile, tile_folder

_TILE = r"(?P<layer>[^/]+)/(?P<z>\d+)/(?P<x>\d+)/(?P<y>\d+)\.(?P<extension>\w+)"
_PATH = re.compile(f"/tms/1\\.0\\.0/{_TILE}")
_VECTOR_PATH = re.compile(f"/vector-tms/{_TILE}")
_SERVER_CRS = {"IGNF:LAMB93": "EPSG:2154"}
"""The same system under the name that QGIS Server and GDAL know."""

Asker = Callable[[str, dict[str, str]], Answer]
"""Puts a question to QGIS Server: its URL, the parameters."""


class Tiles:
    """Answers `/tms/1.0.0/<layer>/<z>/<x>/<y>.<extension>` and `/vector-tms/<layer>/<z>/<x>/<y>.pbf`."""

    def __init__(self, folder: Path, ask: Asker) -> None:
        """`folder` holds the generated data; tiles are kept there."""
        self._folder = folder
        self._ask = ask

    def answer(self, wms_url: str, path: str) -> Answer:
        """The tile at `path`, drawn by the WMS at `wms_url` when it is not kept yet."""
        asked = _PATH.fullmatch(path) or _VECTOR_PATH.fullmatch(path)
        layer = next((known for known in made_up_layers.LAYERS if asked and known.layer_name == asked["layer"]), None)
        if asked is None or layer is None:
            return not_found("no such tile")
        if layer.pyramid is None:
            return self._vector_tile(layer, int(asked["z"]), int(asked["x"]), int(asked["y"]))
        return self._tile(wms_url, layer, asked)

    def _vector_tile(self, layer: made_up_layers.DatasetLayer, zoom: int, column: int, row: int) -> Answer:
        if zoom > made_up_layers.VECTOR_TMS_LEVELS[1]:
            return not_found("no such level")
        kept = self._folder / tile_folder(layer) / str(zoom) / str(column) / f"{row}.pbf"
        if not kept.is_file():
            box = pyramids.mercator_tile_box(zoom, column, row)
            cache.write_whole(kept, cut_tile(self._folder, layer, zoom, column, row, box))
        return Answer(200, mime_type("pbf"), kept.read_bytes())

    def _tile(self, wms_url: str, layer: made_up_layers.DatasetLayer, asked: re.Match[str]) -> Answer:
        zoom, column, row = int(asked["z"]), int(asked["x"]), int(asked["y"])
        pyramid = layer.tiles
        extension = "bil" if pyramid.is_elevation else pyramid.extension
        if asked["extension"] != extension or not pyramids.is_served(pyramid, zoom, column, row):
            return not_found("no such tile")
        kept = self._folder / tile_folder(layer) / str(zoom) / str(column) / f"{row}.{extension}"
        if not kept.is_file():
            drawn = self._drawn(wms_url, layer, pyramids.tile_box(pyramid, zoom, column, row))
            if drawn.status != 200:
                return drawn
            cache.write_whole(kept, drawn.body)
        return Answer(200, mime_type(extension), kept.read_bytes())

    def _drawn(self, wms_url: str, layer: made_up_layers.DatasetLayer, box: pyramids.Box) -> Answer:
        if layer.has_vector_tiles:
            return not_found("no data")
        named = pyramids.matrix_set(layer.tiles).crs
        crs = _SERVER_CRS.get(named, named)
        if layer.tiles.is_elevation:
            return Answer(200, mime_type("bil"), height_tile(self._folder, crs, box))
        parameters = {
            "service": "WMS",
            "version": "1.3.0",
            "request": "GetMap",
            "layers": layer.layer_name,
            "styles": "",
            "crs": crs,
            "bbox": ",".join(f"{edge:.6f}" for edge in box),
            "width": str(TILE_PIXELS),
            "height": str(TILE_PIXELS),
            "format": mime_type(layer.tiles.extension),
            "transparent": "TRUE",
        }
        return self._ask(wms_url, parameters)
