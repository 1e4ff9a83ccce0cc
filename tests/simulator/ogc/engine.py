"""QGIS Server itself, asked in-process: OGC requests, raster tiles, vector tiles. Main thread only."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, quote_plus, urlencode, urlsplit

from qgis.core import Qgis
from qgis.server import QgsBufferServerRequest, QgsBufferServerResponse, QgsServer, QgsServerRequest

from . import cache, wfs
from .answers import Answer
from .project import PROJECT_FILE, write_project
from .rasters import write_rasters
from .tiles import Tiles
from .vector_tiles import write_vector_tiles
from .vectors import write_vectors

_XML = "text/xml; charset=utf-8"


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
        self._tiles = Tiles(self._folder, self._ask)

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
        if path.startswith(("/tms", "/vector-tms")):
            return self._tiles.answer(f"{base_url}/wms", path)
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
