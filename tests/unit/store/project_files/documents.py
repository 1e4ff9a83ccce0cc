"""Documents as QGIS writes them, with a shared hash in all the places where one can stand."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from gpkeys_plugin.store.project_files.places import FoundSource
from gpkeys_plugin.store.project_files.telltale_words import Marks

HASH = "ign_scan_ws"
NEW = "n3w"
MARKS = Marks.of([HASH, "authcfg="])
WMS = f"crs=EPSG:3857&layers=B&layers=A&styles=&styles=&url=https://example.org/private/wms-r?apikey%3D{HASH}"
WFS = f" url='https://example.org/private/wfs?apikey={HASH}' typename='a:b'"
TILES = f"type=xyz&url=https://example.org/private/tms/%7Bz%7D/%7Bx%7D/%7By%7D.pbf?apikey%3D{HASH}"
URL = f"https://example.org/?a=1&apikey={HASH}"

LAYERS = [('Scan <25> "L\'été" & co', "wms", WMS), ("Parcelles", "WFS", WFS), ("Plan", "vectortile", TILES)]
DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"


def swapped(found: FoundSource) -> str:
    """Return a value with another hash, as repairs do."""
    return found.source.replace(HASH, NEW)


def tree_layer(number: int, name: str, provider: str, source: str) -> str:
    return (
        f'<layer-tree-layer checked="Qt::Checked" id="layer_{number}" providerKey="{provider}"'
        f" source={quoteattr(source)} name={quoteattr(name)}><customproperties/></layer-tree-layer>\n"
    )


def map_layer(number: int, name: str, provider: str, source: str, more: str = "") -> str:
    kind = {"wms": "raster", "WFS": "vector"}.get(provider, "vector-tile")
    told = "" if kind == "vector-tile" else f'<provider encoding="">{provider}</provider>'
    return (
        f'<maplayer type="{kind}" minScale="1e+08">\n<id>layer_{number}</id>\n'
        f"<datasource>{escape(source)}</datasource>\n"
        f"<layername>{escape(name)}</layername>\n<resourceMetadata><id>no</id></resourceMetadata>{told}\n"
        f"<customproperties><layername>no</layername></customproperties>{more}"
        "<pipe><provider><resampling/></provider></pipe></maplayer>\n"
    )


def project(more_of_layers: str = "", more: str = "", layers: list[tuple[str, str, str]] = LAYERS) -> bytes:
    """Return a project with those layers, something more in each, and something more in the project."""
    tree = "".join(tree_layer(number, *layer) for number, layer in enumerate(layers))
    maps = "".join(map_layer(number, *layer, more_of_layers) for number, layer in enumerate(layers))
    return (
        f'{DOCTYPE}<qgis version="3.22.16-Białowieża" projectname="Été">\n<title>Été</title>\n'
        f"<layer-tree-group>\n{tree}</layer-tree-group>\n<projectlayers>\n{maps}</projectlayers>\n{more}</qgis>\n"
    ).encode()


def write_archive(path: Path, members: dict[str, bytes]) -> Path:
    """Write an archive as QGIS does: deflated as far as it goes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
