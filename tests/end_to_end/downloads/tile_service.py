"""A WMTS of the data that is downloaded: the same tiles, on the grid in which they are cut, served as pictures."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from osgeo import gdal

from tests.simulator.dataset.made_up_layers import EXTENT_LAMBERT
from tests.simulator.downloads import tiles

_XMIN, _YMIN, _XMAX, _YMAX = EXTENT_LAMBERT
_WIDTH = round((_XMAX - _XMIN) / tiles.COLUMNS / tiles.PIXEL_M)
_HEIGHT = round((_YMAX - _YMIN) / tiles.ROWS / tiles.PIXEL_M)
# A pixel is 0.28 mm wide, by the standard.
_SCALE = tiles.PIXEL_M / 0.00028
LAYER, MATRIX_SET = "scan", "L93"

_CAPABILITIES = f"""<?xml version="1.0" encoding="UTF-8"?>
<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1"
 xmlns:xlink="http://www.w3.org/1999/xlink" version="1.0.0">
<ows:OperationsMetadata><ows:Operation name="GetTile"><ows:DCP><ows:HTTP><ows:Get xlink:href="{{url}}?">
<ows:Constraint name="GetEncoding"><ows:AllowedValues><ows:Value>KVP</ows:Value></ows:AllowedValues></ows:Constraint>
</ows:Get></ows:HTTP></ows:DCP></ows:Operation></ows:OperationsMetadata>
<Contents><Layer><ows:Title>SCAN</ows:Title>
<ows:BoundingBox crs="urn:ogc:def:crs:EPSG::2154"><ows:LowerCorner>{_XMIN} {_YMIN}</ows:LowerCorner>
<ows:UpperCorner>{_XMAX} {_YMAX}</ows:UpperCorner></ows:BoundingBox>
<ows:Identifier>{LAYER}</ows:Identifier><Style isDefault="true"><ows:Identifier>normal</ows:Identifier></Style>
<Format>image/png</Format><TileMatrixSetLink><TileMatrixSet>{MATRIX_SET}</TileMatrixSet></TileMatrixSetLink></Layer>
<TileMatrixSet><ows:Identifier>{MATRIX_SET}</ows:Identifier><ows:SupportedCRS>EPSG:2154</ows:SupportedCRS>
<TileMatrix><ows:Identifier>0</ows:Identifier><ScaleDenominator>{_SCALE}</ScaleDenominator>
<TopLeftCorner>{_XMIN} {_YMAX}</TopLeftCorner><TileWidth>{_WIDTH}</TileWidth><TileHeight>{_HEIGHT}</TileHeight>
<MatrixWidth>{tiles.COLUMNS}</MatrixWidth><MatrixHeight>{tiles.ROWS}</MatrixHeight></TileMatrix></TileMatrixSet>
</Contents></Capabilities>
"""


@contextmanager
def tile_service(cells: Collection[int], year: int) -> Iterator[str]:
    """Serve these tiles of a year, and no others; yield the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name.upper(): values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            if asked.get("REQUEST") == "GetTile":
                cell = int(asked["TILEROW"]) * tiles.COLUMNS + int(asked["TILECOL"])
                self._answer("image/png", _picture(cell, year) if cell in cells else b"")
            else:
                self._answer("text/xml", _CAPABILITIES.format(url=address).encode())

        def _answer(self, kind: str, body: bytes) -> None:
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{server.server_address[1]}/wmts"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()
    server.server_close()


def _picture(cell: int, year: int) -> bytes:
    """Return a tile as a PNG."""
    source, target = f"/vsimem/{cell}-{year}-{threading.get_ident()}.tif", f"/vsimem/{threading.get_ident()}.png"
    gdal.FileFromMemBuffer(source, tiles.geotiff(cell, year))
    gdal.Translate(target, source, format="PNG")
    handle = gdal.VSIFOpenL(target, "rb")
    content = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(target).size, handle))
    gdal.VSIFCloseL(handle)
    for path in (source, target):
        gdal.Unlink(path)
    return content
