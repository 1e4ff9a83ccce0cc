"""MapServer over the made-up data: its map file, and the CGI program run for each request."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.simulator.dataset import made_up_layers
from tests.simulator.ogc.rasters import RASTER_FILES
from tests.simulator.ogc.vectors import VECTOR_FILE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CRS_LIST = ("CRS:84", "EPSG:4326", "EPSG:2154", "EPSG:3857")
"""What the WMS offers, the one that QGIS should not take first."""
PLU = made_up_layers.layer("rochebrune.plu_2026")
"""The only offering of the WFS: MapServer has one prefix for all types of a service."""

_TIMEOUT_S = 60
_NAMESPACE = "https://data.geopf.fr/schemas/rochebrune"
_SHAPES = {"zonage": "POLYGON", "prescription": "POINT", "commune": "POLYGON"}
_COLOURS = {"zonage": "252 141 89", "prescription": "0 109 44", "commune": "255 247 188"}


class MapServerMissingError(RuntimeError):
    """The program is not installed."""


@dataclass(frozen=True)
class MapServer:
    """A WSGI application: one run of `mapserv` a request, as a web server does it."""

    program: str
    map_file: Path
    config_file: Path

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a GET."""
        ended = subprocess.run(
            [self.program], env=self._environment(environ), capture_output=True, timeout=_TIMEOUT_S, check=True
        )
        head, _, body = ended.stdout.partition(b"\r\n\r\n")
        headers = [_split(line) for line in head.decode("latin-1").splitlines()]
        status = next((text for name, text in headers if name == "Status"), "200 OK")
        start_response(status, [(name, text) for name, text in headers if name != "Status"])
        return [body]

    def _environment(self, environ: WSGIEnvironment) -> dict[str, str]:
        """What CGI says of a request; MapServer advertises the address that it makes of it."""
        host, _, port = environ["HTTP_HOST"].partition(":")
        return {
            "PATH": os.environ.get("PATH", ""),
            "MAPSERVER_CONFIG_FILE": str(self.config_file),
            "MS_MAPFILE": str(self.map_file),
            "REQUEST_METHOD": "GET",
            "QUERY_STRING": environ["QUERY_STRING"],
            "SCRIPT_NAME": environ["SCRIPT_NAME"],
            "SERVER_NAME": host,
            "SERVER_PORT": port or "80",
        }


def make_mapserver(data: Path, home: Path) -> MapServer:
    """Write the files of a MapServer over `data` into `home`. MapServerMissingError when it is not installed."""
    program = shutil.which("mapserv") or shutil.which("mapserv", path="/usr/lib/cgi-bin")
    if program is None:
        raise MapServerMissingError("mapserv is not installed: the Debian package cgi-mapserver has it (make setup)")
    map_file, config_file = home / "rochebrune.map", home / "mapserver.conf"
    map_file.write_text(_map(data), encoding="utf-8")
    config_file.write_text("CONFIG\n  ENV\n  END\nEND\n", encoding="utf-8")
    return MapServer(program, map_file, config_file)


def _split(header: str) -> tuple[str, str]:
    name, _, text = header.partition(":")
    return name, text.strip()


def _map(data: Path) -> str:
    layers = [_raster(data, layer) for layer in made_up_layers.LAYERS if layer.layer_name in RASTER_FILES]
    layers.append(_vector(data, "rochebrune.limites_communales", "Limites communales", "commune", "wms"))
    layers += [_vector(data, table, f"{PLU.title} : {table}", table, "wfs") for table in PLU.tables]
    return "\n".join(["MAP", '  NAME "rochebrune"', *_HEAD, *layers, "END", ""])


def _extent() -> str:
    return " ".join(f"{edge:.0f}" for edge in made_up_layers.EXTENT_LAMBERT)


_HEAD = (
    "  SIZE 256 256",
    "  MAXSIZE 4096",
    f"  EXTENT {_extent()}",
    "  UNITS METERS",
    '  IMAGETYPE "png"',
    '  PROJECTION "epsg:2154" END',
    "  WEB METADATA",
    '    "ows_title" "Rochebrune par MapServer"',
    '    "ows_enable_request" "*"',
    f'    "wms_srs" "{" ".join(CRS_LIST)}"',
    '    "wfs_srs" "EPSG:2154 EPSG:4326"',
    f'    "wfs_namespace_prefix" "{PLU.layer_name}"',
    f'    "wfs_namespace_uri" "{_NAMESPACE}"',
    "  END END",
)


def _raster(data: Path, layer: made_up_layers.DatasetLayer) -> str:
    return f"""  LAYER
    NAME "{layer.layer_name}"
    TYPE RASTER
    STATUS ON
    DATA "{data / RASTER_FILES[layer.layer_name]}"
    PROCESSING "RESAMPLE=BILINEAR"
    PROJECTION "epsg:2154" END
    METADATA "wms_title" "{layer.title}" "wfs_enable_request" "!*" END
  END"""


def _vector(data: Path, name: str, title: str, table: str, service: str) -> str:
    hidden = "wfs" if service == "wms" else "wms"
    symbol = 'SYMBOL "dot" SIZE 8' if _SHAPES[table] == "POINT" else "OUTLINECOLOR 85 85 85 WIDTH 2"
    return f"""  LAYER
    NAME "{name}"
    TYPE {_SHAPES[table]}
    STATUS ON
    EXTENT {_extent()}
    CONNECTIONTYPE OGR
    CONNECTION "{data / VECTOR_FILE}"
    DATA "{table}"
    PROJECTION "epsg:2154" END
    METADATA
      "ows_title" "{title}"
      "gml_include_items" "all"
      "gml_types" "auto"
      "{hidden}_enable_request" "!*"
    END
    CLASS STYLE COLOR {_COLOURS[table]} {symbol} END END
  END"""
