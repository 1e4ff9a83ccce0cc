"""The tiles of every pyramid, drawn by QGIS Server when they are asked for first, or cut beforehand (vector tiles)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from .. import dataset
from ..rok4 import pyramids
from ..rok4.formats import mime_type
from ..rok4.matrix_sets import TILE_PIXELS
from . import cache
from .answers import Answer, not_found
from .vector_tiles import tile_folder

_PATH = re.compile(r"/tms/1\.0\.0/(?P<layer>[^/]+)/(?P<z>\d+)/(?P<x>\d+)/(?P<y>\d+)\.(?P<extension>\w+)")
_SERVER_CRS = {"IGNF:LAMB93": "EPSG:2154"}
"""The same system under the name that QGIS Server knows."""

Asker = Callable[[str, dict[str, str]], Answer]
"""Puts a question to QGIS Server: its URL, the parameters."""


class Tiles:
    """Answers `/tms/1.0.0/<layer>/<z>/<x>/<y>.<extension>`."""

    def __init__(self, folder: Path, ask: Asker) -> None:
        """`folder` holds the generated data; tiles are kept there."""
        self._folder = folder
        self._ask = ask

    def answer(self, wms_url: str, path: str) -> Answer:
        """The tile at `path`, drawn by the WMS at `wms_url` when it is not kept yet."""
        asked = _PATH.fullmatch(path)
        if asked is None:
            return not_found("no such tile")
        layer = next((known for known in dataset.LAYERS if known.layer_name == asked["layer"]), None)
        zoom, column, row = int(asked["z"]), int(asked["x"]), int(asked["y"])
        if layer is None or layer.pyramid is None or not pyramids.is_served(layer.pyramid, zoom, column, row):
            return not_found("no such tile")
        if asked["extension"] != layer.pyramid.extension:
            return not_found("no such ending")
        kept = self._folder / tile_folder(layer) / str(zoom) / str(column) / f"{row}.{layer.pyramid.extension}"
        if not kept.is_file():
            drawn = self._drawn(wms_url, layer, pyramids.tile_box(layer.pyramid, zoom, column, row))
            if drawn.status != 200:
                return drawn
            cache.write_whole(kept, drawn.body)
        return Answer(200, mime_type(layer.pyramid.extension), kept.read_bytes())

    def _drawn(self, wms_url: str, layer: dataset.DatasetLayer, box: pyramids.Box) -> Answer:
        if layer.has_vector_tiles:
            return not_found("no data")
        crs = pyramids.matrix_set(layer.tiles).crs
        parameters = {
            "service": "WMS",
            "version": "1.3.0",
            "request": "GetMap",
            "layers": layer.layer_name,
            "styles": "",
            "crs": _SERVER_CRS.get(crs, crs),
            "bbox": ",".join(f"{edge:.6f}" for edge in box),
            "width": str(TILE_PIXELS),
            "height": str(TILE_PIXELS),
            "format": mime_type(layer.tiles.extension),
            "transparent": "TRUE",
        }
        return self._ask(wms_url, parameters)
