"""QGIS Server itself, asked in-process: OGC requests, raster tiles, vector tiles. Main thread only."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, quote_plus, urlencode, urlsplit

from osgeo import ogr
from qgis.core import Qgis
from qgis.server import QgsBufferServerRequest, QgsBufferServerResponse, QgsServer, QgsServerRequest

from .. import dataset
from . import cache, tms, wfs
from .project import PROJECT_FILE, write_project
from .rasters import write_rasters
from .vector_tiles import VECTOR_TILE_FOLDER, write_vector_tiles
from .vectors import VECTOR_FILE, write_vectors

_TILE_PATH = re.compile(r"/tms/1\.0\.0/(?P<layer>[^/]+)/(?P<z>\d+)/(?P<x>\d+)/(?P<y>\d+)\.(?P<extension>png|pbf)")
_XML = "text/xml; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    """What goes back to the client."""

    status: int
    content_type: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def generate(folder: Path) -> None:
    """Fill an empty folder with data, project and vector tiles (about five seconds)."""
    vectors = write_vectors(folder)
    write_rasters(folder, vectors)
    write_project(folder)
    write_vector_tiles(folder)


class Engine:
    """Answers a path with its query. A QgsApplication must be running."""

    def __init__(self, cache_root: Path) -> None:
        """Make the data when they are not in the cache yet, and start QGIS Server over them."""
        self._folder = cache.data_folder(cache_root, cache.content_version(Qgis.QGIS_VERSION), generate)
        self._server = QgsServer()

    def answer(self, base_url: str, target: str) -> Answer:
        """Answer a GET of `target` (path and query) at this server, reached as `base_url`."""
        parts = urlsplit(target)
        path = parts.path.rstrip("/")
        parameters = {name.lower(): text for name, text in parse_qsl(parts.query, keep_blank_values=True)}
        parameters.pop("map", None)
        if path in ("/wms", "/wmts"):
            return self._ask(base_url + path, parameters | {"service": path[1:].upper()})
        if path == "/wfs":
            return self._wfs(base_url, parameters)
        if path.startswith("/tms"):
            return self._tms(base_url, path)
        return Answer(404, "text/plain; charset=utf-8", b"no such service")

    def _ask(self, url: str, parameters: dict[str, str]) -> Answer:
        """Put a question to QGIS Server."""
        query = urlencode({name.upper(): text for name, text in parameters.items()}, quote_via=quote_plus)
        project = quote_plus(str(self._folder / PROJECT_FILE))
        headers = {"X-Qgis-Service-Url": url}
        request = QgsBufferServerRequest(f"{url}?MAP={project}&{query}", QgsServerRequest.GetMethod, headers, None)
        response = QgsBufferServerResponse()
        self._server.handleRequest(request, response)
        kind = response.headers().get("Content-Type", "application/octet-stream")
        return Answer(response.statusCode(), kind, bytes(response.body()))

    def _wfs(self, base_url: str, parameters: dict[str, str]) -> Answer:
        request = wfs.read_request(parameters)
        answer = self._ask(f"{base_url}/wfs", request.parameters | {"service": "WFS"})
        if "xml" not in answer.content_type and "gml" not in answer.content_type:
            return answer
        matched = None
        if request.version == "2.0.0" and request.operation == "getfeature" and request.is_paged:
            matched = wfs.count_of(self._ask(f"{base_url}/wfs", request.counting() | {"service": "WFS"}).body.decode())
        text = wfs.write_answer(request, answer.body.decode(), matched)
        is_features = request.version == "2.0.0" and request.operation == "getfeature" and answer.status == 200
        return Answer(answer.status, "application/gml+xml; version=3.2" if is_features else _XML, text.encode())

    def _tms(self, base_url: str, path: str) -> Answer:
        root = f"{base_url}/tms/1.0.0"
        if path in ("/tms", "/tms/1.0.0"):
            return Answer(200, _XML, tms.service_description(root).encode())
        tile = _TILE_PATH.fullmatch(path)
        name = path.removeprefix("/tms/1.0.0/").removesuffix("/metadata.json") if tile is None else tile["layer"]
        layer = next((known for known in tms.tiled_layers() if known.layer_name == name), None)
        if layer is None:
            return _not_found("Layer unknown")
        if tile is not None:
            return self._tile(base_url, layer, tile)
        if not path.endswith("/metadata.json"):
            return Answer(200, _XML, tms.layer_description(layer, root).encode())
        if not layer.has_vector_tiles:
            return _not_found("No metadata")
        return Answer(200, "application/json", tms.layer_metadata(layer, root, self._fields()).encode())

    def _fields(self) -> dict[str, dict[str, str]]:
        """The attributes of each table in the vector tiles."""
        source = ogr.Open(str(self._folder / VECTOR_FILE))
        return {
            table: {
                entry.GetName(): "String" if entry.GetType() == ogr.OFTString else "Number"
                for entry in source.GetLayerByName(table).schema
            }
            for table in tms.TILE_TABLES
        }

    def _tile(self, base_url: str, layer: dataset.DatasetLayer, tile: re.Match[str]) -> Answer:
        zoom, column, row = int(tile["z"]), int(tile["x"]), int(tile["y"])
        if tile["extension"] != tms.extension(layer) or not tms.is_served(layer, zoom, column, row):
            return _not_found("No data found")
        folder = VECTOR_TILE_FOLDER if layer.has_vector_tiles else f"tiles_{layer.layer_name}"
        path = self._folder / folder / str(zoom) / str(column) / f"{row}.{tile['extension']}"
        if not path.is_file():
            if layer.has_vector_tiles:
                return _not_found("No data found")
            answer = self._render_tile(base_url, layer, tms.tile_box(zoom, column, row))
            if answer.status != 200:
                return answer
            cache.write_whole(path, answer.body)
        return Answer(200, tms.mime_type(layer), path.read_bytes())

    def _render_tile(self, base_url: str, layer: dataset.DatasetLayer, box: tms.Box) -> Answer:
        parameters = {
            "service": "WMS",
            "version": "1.3.0",
            "request": "GetMap",
            "layers": layer.layer_name,
            "styles": "",
            "crs": "EPSG:3857",
            "bbox": ",".join(f"{edge:.6f}" for edge in box),
            "width": str(tms.TILE_PIXELS),
            "height": str(tms.TILE_PIXELS),
            "format": "image/png",
            "transparent": "TRUE",
        }
        return self._ask(f"{base_url}/wms", parameters)


def _not_found(reason: str) -> Answer:
    """The way ROK4 says that there is nothing."""
    return Answer(404, "application/json", json.dumps({"error": "Not Found", "error_description": reason}).encode())
