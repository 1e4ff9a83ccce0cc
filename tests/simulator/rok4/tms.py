"""The TMS of ROK4 7.0.0: list, TileMap, `metadata.json`, `gdal.xml`, tiles, and its refusals (`tms-*.xml`)."""

from __future__ import annotations

import json
import re
from typing import NoReturn
from urllib.parse import quote

from ..dataset.made_up_layers import DatasetLayer
from ..tiling import pyramids
from ..tiling.tile_formats import mime_type
from .site import JSON, Document, Found, Picture, Rok4Error, Site, abstract_of, exact, quoted
from .tile_map import tile_map
from .vector_layers import described_table

_VERSION = "1.0.0"
_NUMBER = re.compile(r"\s*[+-]?\d+")
_CONTACT = (
    "<ContactInformation><ContactPersonPrimary><ContactPerson>SAV</ContactPerson><ContactOrganization>Géoplateforme "
    "(essai)</ContactOrganization></ContactPersonPrimary><ContactPosition>custodian</ContactPosition><ContactAddress>"
    "<AddressType/><Address/><City/><StateOrProvince/><PostCode/><Country/></ContactAddress><ContactVoiceTelephone/>"
    "<ContactFacsimileTelephone/><ContactElectronicMailAddress/></ContactInformation>"
)


def layer_names(path: str) -> tuple[str, ...]:
    """The layer that a path asks for."""
    return tuple(_pieces(path)[1:2])


def answer(path: str, site: Site) -> Found:
    """Answer what is asked below the service's root. Rok4Error for what it does not have."""
    pieces = _pieces(path)
    if len(pieces) not in (1, 2, 3, 5) or (len(pieces) == 5 and "." not in pieces[4]):
        _refuse("Unknown tms request path")
    if len(pieces) == 3 and pieces[2] not in ("metadata.json", "gdal.xml"):
        _refuse("Unknown tms request path")
    if pieces[0] != _VERSION:
        _refuse("Invalid version (only 1.0.0 available)")
    if len(pieces) == 1:
        return Found(Document(_service(site)))
    layer = site.layer(pieces[1])
    if layer is None:
        _refuse("Layer unknown" if set(pieces[1]) & set("<>") else f"Layer {pieces[1]} unknown")
    return Found(_of_layer(layer, pieces[2:], site), (layer.layer_name,))


def _pieces(path: str) -> list[str]:
    return [piece for piece in path.split("/") if piece]


def refusal(message: str, status: int = 400) -> Document:
    """What is answered in place of what was asked."""
    body = f'<?xml version="1.0" ?><TileMapServerError><Message>{quoted(message)}</Message></TileMapServerError>'
    return Document(body, status=status)


def _refuse(message: str, status: int = 400) -> NoReturn:
    raise Rok4Error(refusal(message, status))


def _of_layer(layer: DatasetLayer, pieces: list[str], site: Site) -> Document | Picture:
    if not pieces:
        return Document(tile_map(layer, site))
    if len(pieces) == 3:
        return _tile(layer, *pieces)
    if pieces[0] == "metadata.json":
        return Document(_metadata(layer, site), JSON)
    return Document(_gdal(layer, site))


def _service(site: Site) -> str:
    maps = "".join(
        f'<TileMap title="{quoted(layer.title)}" srs="{pyramids.matrix_set(layer.tiles).crs}" profile="none" '
        f'extension="{layer.tiles.extension}" href="{site.url}/1.0.0/{layer.layer_name}"/>'
        for layer in site.sorted_layers
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<TileMapService version="1.0.0" services="{site.url}">'
        f"<Title>TMS</Title><Abstract>TMS : couches privées</Abstract><KeywordList>TMS</KeywordList>{_CONTACT}"
        f"<TileMaps>{maps}</TileMaps></TileMapService>"
    )


def _tile(layer: DatasetLayer, zoom: str, column: str, file: str) -> Picture:
    """Checks go in the order of ROK4: level, column, row, existence, ending."""
    pyramid = layer.tiles
    row, _, extension = file.rpartition(".")
    if zoom not in pyramids.matrix_set(pyramid).levels:
        _refuse(f"Level {zoom} unknown")
    for text, side in ((column, "column"), (row, "row")):
        if _NUMBER.match(text) is None:
            _refuse(f"Invalid {side} value")
    if not pyramids.is_served(pyramid, int(zoom), _number(column), _number(row)):
        _refuse("No data found", 404)
    if extension != pyramid.extension:
        _refuse(f"Invalid extension {extension}" if extension else "Empty extension")
    return tile_picture(layer, int(zoom), _number(column), _number(row))


def _number(text: str) -> int:
    found = _NUMBER.match(text)
    return int(found[0]) if found else 0


def tile_picture(layer: DatasetLayer, zoom: int, column: int, row: int) -> Picture:
    """The tile as the server behind has it; WMTS gives the same."""
    pyramid = layer.tiles
    ending = "bil" if pyramid.is_elevation else pyramid.extension
    target = quote(f"/tms/1.0.0/{layer.layer_name}/{zoom}/{column}/{row}.{ending}")
    return Picture(target, mime_type(pyramid.extension), is_deflated=pyramid.extension == "zbil")


def _metadata(layer: DatasetLayer, site: Site) -> str:
    pyramid = layer.tiles
    west, south, east, north = pyramids.degrees_box(pyramid)
    content: dict[str, object] = {
        "bounds": [west, south, east, north],
        "center": [(west + east) / 2, (south + north) / 2],
        "crs": pyramids.matrix_set(pyramid).crs,
        "description": abstract_of(layer),
        "format": pyramid.extension,
        "maxzoom": pyramid.bottom,
        "minzoom": pyramid.top,
        "name": layer.layer_name,
        "tiles": [f"{site.url}/1.0.0/{layer.layer_name}/{{z}}/{{x}}/{{y}}.{pyramid.extension}"],
    }
    if pyramid.is_vector:
        content["vector_layers"] = [
            described_table(table) | {"maxzoom": pyramid.bottom, "minzoom": pyramid.top} for table in layer.tile_tables
        ]
    return json.dumps(content, ensure_ascii=False)


def _gdal(layer: DatasetLayer, site: Site) -> str:
    pyramid = layer.tiles
    if pyramid.is_vector:
        _refuse(f"Layer {layer.layer_name} is vector data: cannot describe it with this format")
    if pyramids.matrix_set(pyramid).crs != "EPSG:3857":
        _refuse(f"Layer {layer.layer_name} data is not a quad tree: cannot describe it with this format")
    level = pyramids.levels(pyramid)[-1]
    side = level.width * level.tile_side
    bands = 1 if pyramid.is_elevation else 3
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<GDAL_WMS><Service name="TMS">'
        f"<ServerUrl>{site.url}/1.0.0/{layer.layer_name}/${{z}}/${{x}}/${{y}}.{pyramid.extension}</ServerUrl></Service>"
        f"<DataWindow><UpperLeftX>{exact(level.left)}</UpperLeftX><UpperLeftY>{exact(level.top)}</UpperLeftY>"
        f"<LowerRightX>{exact(level.left + side)}</LowerRightX><LowerRightY>{exact(level.top - side)}</LowerRightY>"
        f"<TileLevel>{level.name}</TileLevel><TileCountX>1</TileCountX><TileCountY>1</TileCountY><YOrigin>top</YOrigin>"
        "</DataWindow><Projection>EPSG:3857</Projection><BlockSizeX>256</BlockSizeX><BlockSizeY>256</BlockSizeY>"
        f"<ZeroBlockHttpCodes>204,404</ZeroBlockHttpCodes><BandsCount>{bands}</BandsCount></GDAL_WMS>"
    )
