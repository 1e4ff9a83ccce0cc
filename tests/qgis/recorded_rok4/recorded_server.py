"""A server that answers what ROK4 answered: its recorded documents, and pictures of four quarters painted anew."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from qgis.core import QgsPointXY, QgsRectangle

from gpkeys_plugin.entrepot.models import EndpointUrl, Offering, OfferingType
from gpkeys_plugin.keys.services.connection_plans import ServedLayer, served_layers

from .coloured_quarters import LYON, REUNION, painted, tile_box

DOCUMENTS = Path(__file__).parents[2] / "simulator" / "contract" / "documents" / "rok4"
VERSIONS = ("5.3.0", "6.1.4", "7.0.0")
_RECORDED_AT = "https://data.geopf.fr"
_KEY = "apikey"

Given = tuple[int, dict[str, str], bytes]
LOST: Given = (0, {}, b"")
"""No answer at all: the connection is closed."""


def document(version: str, name: str) -> bytes:
    """Return a recorded document."""
    return (DOCUMENTS / version / name).read_bytes()


@dataclass
class Playback:
    """The server.

    `said` has the paths that were asked, without the key; `instead` gives answers in turn, by path; `rewritten` says
    what is put in the place of what in the documents.
    """

    version: str
    url: str = ""
    said: list[str] = field(default_factory=list)
    instead: dict[str, list[Given]] = field(default_factory=dict)
    rewritten: dict[bytes, bytes] = field(default_factory=dict)

    def offering(
        self, name: str, *services: str, type_: OfferingType = OfferingType.UNKNOWN
    ) -> tuple[ServedLayer, ...]:
        """Return where an offering of that layer is served here."""
        root = f"{self.url}/private"
        urls = {
            "WMS": f"{root}/wms-r?service=WMS&layers={name}",
            "WMTS": f"{root}/wmts?service=WMTS&layer={name}",
            "TMS": f"{root}/tms/1.0.0/{name}",
        }
        given = tuple(EndpointUrl(service, urls[service]) for service in services)
        return served_layers(Offering(f"id-{name}", type_, name, urls=given))

    def answer(self, path: str) -> Given:
        """Return what is answered to a path with its query."""
        parts = urlsplit(path)
        query = {key.upper(): value for key, value in parse_qsl(parts.query, True) if key.lower() != _KEY}
        self.said.append(f"{parts.path}?{'&'.join(f'{key}={value}' for key, value in query.items())}".rstrip("?"))
        queued = self.instead.get(unquote(parts.path), [])
        if queued:
            return queued.pop(0)
        return self._recorded(unquote(parts.path), query) or self._painted(unquote(parts.path), query)

    def asked(self, path: str) -> int:
        """Return how often a path was asked for, whatever its query."""
        return sum(known.partition("?")[0] == path for known in self.said)

    def _recorded(self, path: str, query: dict[str, str]) -> Given | None:
        for line in (DOCUMENTS / self.version / "answers.tsv").read_text("utf-8").splitlines():
            name, asked, status, kind, *_ = line.split("\t")
            parts = urlsplit(asked)
            recorded = dict(parse_qsl(parts.query, True))
            # QGIS leaves the version of a WMS out.
            is_same = parts.path == path and recorded == {**_version(recorded, query), **query}
            if is_same and (DOCUMENTS / self.version / name).exists():
                return int(status), {"Content-Type": kind}, self.document(name)
        return None

    def document(self, name: str) -> bytes:
        """Return a recorded document as this server gives it."""
        body = document(self.version, name).replace(_RECORDED_AT.encode(), self.url.encode())
        for old, new in self.rewritten.items():
            body = body.replace(old, new)
        return body

    def _painted(self, path: str, query: dict[str, str]) -> Given:
        if path == "/private/wms-r":
            return self._map(query)
        if path == "/private/wmts":
            capabilities = document(self.version, "wmts-capabilities.xml")
            box, crs = tile_box(capabilities, query)
            return (
                200,
                {"Content-Type": query["FORMAT"]},
                painted(_place(query["LAYER"]), crs, box, 256, 256, query["FORMAT"]),
            )
        return 400, {"Content-Type": "text/xml"}, document(self.version, "tms-unknown-layer.xml")

    def _map(self, query: dict[str, str]) -> Given:
        is_elevation = query["LAYERS"].startswith("rochebrune_mnt") and query["STYLES"] != "hypso"
        if is_elevation and self.version != "5.3.0":
            return 400, {"Content-Type": "text/xml"}, document(self.version, "wms-map-mnt-png.xml")
        left, bottom, right, top = map(float, query["BBOX"].split(","))
        if query["CRS"] == "EPSG:4326":
            left, bottom, right, top = bottom, left, top, right
        size = int(query["WIDTH"]), int(query["HEIGHT"])
        box = QgsRectangle(left, bottom, right, top)
        picture = painted(_place(query["LAYERS"]), query["CRS"], box, *size, query["FORMAT"])
        return 200, {"Content-Type": query["FORMAT"]}, picture


def _place(layer: str) -> QgsPointXY:
    return REUNION if layer.endswith("REUNION") else LYON


def _version(recorded: dict[str, str], query: dict[str, str]) -> dict[str, str]:
    is_left_out = query.get("REQUEST") == "GetCapabilities" and query.get("SERVICE") == "WMS"
    return {"VERSION": recorded["VERSION"]} if is_left_out and "VERSION" in recorded else {}


@contextmanager
def playing(version: str) -> Iterator[Playback]:
    """Run the server on a free port."""
    playback = Playback(version)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = given = playback.answer(self.path)
            if given is LOST:
                self.close_connection = True
                return
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    # Its end is noticed at once: by default a server looks for it twice a second.
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    playback.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield playback
    server.shutdown()
    server.server_close()


def wms_names(version: str) -> list[str]:
    """Return the layers of the recorded WMS, in order."""
    found = re.findall(rb"<Name>(ROCHEBRUNE[^<]*|rochebrune[^<]*)</Name>", document(version, "wms-capabilities.xml"))
    return [name.decode() for name in found]
