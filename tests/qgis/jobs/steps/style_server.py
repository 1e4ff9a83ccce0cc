"""A small server of vector tiles and their producer's styles: private addresses want the key, others are public."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice
from qgis.PyQt.QtGui import QColor, QImage

APIKEY = "CleDEssai" * 3  # pragma: allowlist secret - made up
LOGIN, WORD = "essai-styles", "Essai-styles-2026"
POLYGON_COLOUR = "#3a7d44"
GREY = "#8c8c8c"
ICON_COLOUR = "#c2185b"
LAYER = "ESSAI.PLAN"


@dataclass
class Asked:
    """One request, as it came in."""

    path: str
    query: str
    headers: dict[str, str]

    @property
    def has_key(self) -> bool:
        """Whether any secret came along, in the address or in a header."""
        text = f"{self.path}?{self.query} {self.headers}"
        return APIKEY in text or "authorization" in self.headers or "apikey" in text.lower()


@dataclass
class Answer:
    """What is answered at one path; with a `delay`, a byte at a time until that is set."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: threading.Event | None = None


class StyleServer:
    """Answers what `files` has, and notes what was asked."""

    def __init__(self, port: int, *, is_guarded: bool) -> None:
        self.is_guarded = is_guarded
        self.root = f"http://127.0.0.1:{port}"
        self.files: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.tile = make_tile()

    @property
    def tiles_url(self) -> str:
        """The template of the private tiles."""
        return f"{self.root}/private/tms/1.0.0/{LAYER}/{{z}}/{{x}}/{{y}}.pbf"

    def url(self, path: str) -> str:
        """Return a whole address."""
        return self.root + path

    def put(self, path: str, content: Any, **more: Any) -> str:
        """Serve bytes, or JSON; return where."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.files[path] = Answer(body, **more)
        return self.url(path)

    def paths(self) -> list[str]:
        """Return what was asked, but for tiles."""
        return [asked.path for asked in self.asked if not asked.path.endswith(".pbf")]

    def of(self, path: str) -> list[Asked]:
        """Return the requests for one path."""
        return [asked for asked in self.asked if asked.path == path]

    def answer(self, asked: Asked) -> Answer:
        """Return what is answered to a request."""
        self.asked.append(asked)
        if self.is_guarded and asked.path.startswith("/private/") and not _is_opened(asked):
            return Answer(b"<html>401 Authorization Required</html>", 401)
        if asked.path.endswith(".pbf"):
            return Answer(self.tile)
        return self.files.get(asked.path, Answer(b"<html>404</html>", 404))


def _is_opened(asked: Asked) -> bool:
    basic = base64.b64encode(f"{LOGIN}:{WORD}".encode()).decode()
    hashes = (parse_qs(asked.query).get("apikey", [""])[0], asked.headers.get("apikey"))
    return APIKEY in hashes or asked.headers.get("authorization") == f"Basic {basic}"


@contextmanager
def serving(*, is_guarded: bool = True) -> Iterator[StyleServer]:
    """Run a server on a port of its own; one that isn't guarded opens its private addresses to all."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = server.answer(Asked(parts.path, parts.query, headers))
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(ConnectionError):
                self._send(answer)

        def _send(self, answer: Answer) -> None:
            sent = 0
            while answer.delay is not None and not answer.delay.wait(0.05):
                self.wfile.write(answer.body[sent : sent + 1])
                sent += 1
            self.wfile.write(answer.body[sent:])

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = StyleServer(http.server_address[1], is_guarded=is_guarded)
    thread = threading.Thread(target=lambda: http.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()


def style(sprite: str = "", polygon: str = POLYGON_COLOUR, **more: Any) -> dict[str, Any]:
    """Return a style: zones in a colour, places as an icon; what it draws of another source must not be seen."""
    layers = [
        {"id": "zones", "type": "fill", "source": "plan", "source-layer": "zone", "paint": {"fill-color": polygon}},
        {
            "id": "autre",
            "type": "fill",
            "source": "autre",
            "source-layer": "zone",
            "paint": {"fill-color": "#ff0000"},
        },
        {"id": "photo", "type": "raster", "source": "ortho"},
    ]
    if sprite:
        icon = {"icon-image": "lieu", "icon-allow-overlap": True}
        layers.append({"id": "lieux", "type": "symbol", "source": "plan", "source-layer": "lieu", "layout": icon})
    sources = {
        "plan": {"type": "vector", "tiles": [f"https://data.example.org/tms/1.0.0/{LAYER}/{{z}}/{{x}}/{{y}}.pbf"]},
        "autre": {"type": "vector", "tiles": ["https://data.example.org/tms/1.0.0/AUTRE/{z}/{x}/{y}.pbf"]},
        "ortho": {"type": "raster", "tiles": ["https://data.example.org/ortho/{z}/{x}/{y}.png"]},
    }
    return {"version": 8, "name": "essai", "sources": sources, "layers": layers, "sprite": sprite, **more}


def sprite_index(ratio: int = 2) -> dict[str, Any]:
    """Return the index of a set of one icon."""
    return {"lieu": {"x": 0, "y": 0, "width": 32, "height": 32, "pixelRatio": ratio}}


def sprite_image(colour: str = ICON_COLOUR, width: int = 32) -> bytes:
    """Return the image of a set of one icon."""
    image = QImage(width, 32, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data)


def make_tile() -> bytes:
    """Return a tile (Mapbox vector tile 2) that is one zone, with a place in its middle."""
    ring = [_command(1, 1), 0, 0, _command(2, 3), *map(_zigzag, (_SIDE, 0, 0, _SIDE, -_SIDE, 0)), _command(7, 1)]
    point = [_command(1, 1), _zigzag(_SIDE // 2), _zigzag(_SIDE // 2)]
    return _table("zone", 3, ring) + _table("lieu", 1, point)


_SIDE = 4096


def _table(name: str, kind: int, geometry: list[int]) -> bytes:
    feature = b"\x18" + _varint(kind) + _part(4, b"".join(map(_varint, geometry)))
    return _part(3, _part(1, name.encode()) + _part(2, feature) + b"\x28" + _varint(_SIDE) + b"\x78\x02")


def _command(code: int, count: int) -> int:
    return code | count << 3


def _zigzag(number: int) -> int:
    return number << 1 if number >= 0 else (-number << 1) - 1


def _part(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + _varint(rest) if rest else bytes([low])
