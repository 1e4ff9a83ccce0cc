"""MapProxy over MapServer's WMS: its configuration, and its WSGI application."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.simulator.dataset import made_up_layers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SCAN = made_up_layers.layer("rochebrune.scan25.touristique")
STANDARD_TMS = "rochebrune.norme_tms"
"""A layer in the tiling `global-mercator` of the TMS specification: level 0 has four tiles, rows count from below."""

# MapProxy takes the square of Web Mercator for that tiling where it is written to the last digit.
_SQUARE_M = 20037508.34
_LEVELS = 19
_GRID = "carte"
_LAMBERT_GRID = "lambert"
_LAMBERT_M = (0.0, 6_000_000.0, 1_310_720.0, 7_310_720.0)
_SPEC = "EPSG3857"


@dataclass(frozen=True)
class Routes:
    """A WSGI application that puts MapProxy's addresses in the place of the platform's.

    MapProxy has its WMTS at `/service`, and the name of the reference system between layer and level of a tile. Its
    `/tms` counts rows from below always, its `/tiles` as the grid does: from above, as the platform.
    """

    mapproxy: WSGIApplication

    def wmts(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer at `/wmts`."""
        return self.mapproxy({**environ, "PATH_INFO": "/service"}, start_response)

    def tms(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer at `/tms`."""
        version, layer, *tile = environ["PATH_INFO"].strip("/").split("/")
        root = "tiles" if tile else "tms"
        path = "/".join(["", root, version, layer, _SPEC, *tile])
        return self.mapproxy({**environ, "SCRIPT_NAME": "", "PATH_INFO": path}, start_response)


def make_mapproxy(wms_url: str, home: Path) -> Routes:
    """Write the configuration of a MapProxy that draws from the WMS at `wms_url` into `home`."""
    # In a virtual environment pyproj looks for these below it, and from 3.7 on fails where they are not.
    os.environ.setdefault("PROJ_DATA", str(Path(sys.base_prefix) / "share" / "proj"))
    from mapproxy.wsgiapp import make_wsgi_app

    file = home / "mapproxy.yaml"
    # JSON is YAML too.
    file.write_text(json.dumps(_configuration(wms_url, home)), encoding="utf-8")
    return Routes(make_wsgi_app(str(file)))


def _configuration(wms_url: str, home: Path) -> dict[str, object]:
    return {
        "services": {"wmts": {"kvp": True, "restful": False}, "tms": None},
        "layers": [
            {"name": SCAN.layer_name, "title": SCAN.title, "sources": ["scan"]},
            {"name": STANDARD_TMS, "title": "Le même selon la norme TMS", "sources": ["scan_norme"]},
        ],
        "caches": {
            "scan": {"grids": [_LAMBERT_GRID, _GRID], "sources": ["mapserver"], "format": "image/png"},
            "scan_norme": {"grids": ["GLOBAL_WEBMERCATOR"], "sources": ["mapserver"], "format": "image/png"},
        },
        "sources": {
            "mapserver": {
                "type": "wms",
                "supported_srs": ["EPSG:3857", "EPSG:2154"],
                "coverage": {"bbox": list(made_up_layers.EXTENT_LONLAT), "srs": "EPSG:4326"},
                "req": {"url": f"{wms_url}?", "layers": SCAN.layer_name, "transparent": True},
                "wms_opts": {"version": "1.3.0"},
            }
        },
        "grids": {
            _GRID: _grid("EPSG:3857", (-_SQUARE_M, -_SQUARE_M, _SQUARE_M, _SQUARE_M)),
            _LAMBERT_GRID: _grid("EPSG:2154", _LAMBERT_M),
        },
        "globals": {"cache": {"base_dir": str(home / "tiles"), "lock_dir": str(home / "locks"), "meta_size": [2, 2]}},
    }


def _grid(srs: str, box: tuple[float, float, float, float]) -> dict[str, object]:
    return {"srs": srs, "origin": "nw", "bbox": list(box), "num_levels": _LEVELS}
