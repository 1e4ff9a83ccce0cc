"""The TileMap of a layer, in the forms recorded of ROK4 7.0.0, 6.1.4 and 5.3.0 (`tilemap-*.xml`)."""

from __future__ import annotations

from collections.abc import Iterator

from ..dataset.made_up_layers import DatasetLayer, Pyramid
from ..dataset.public_addresses import style_urls
from ..tiling import pyramids
from ..tiling.matrix_sets import TILE_PIXELS, Level
from ..tiling.tile_formats import mime_type
from .site import ATTRIBUTION, ATTRIBUTION_URL, KEYWORDS, METADATA_URL, Site, exact, quoted

_HEADER = '<?xml version="1.0" encoding="utf-8"?>\n'
_OLD_HEADER = '<?xml version="1.0" encoding="UTF-8" ?>\n'


def tile_map(layer: DatasetLayer, site: Site) -> str:
    """The document at `…/1.0.0/<layer>`."""
    if site.forms.tile_map_form.startswith("5.x"):
        return _old_tile_map(layer, site)
    is_nested = site.forms.tile_map_form == "nested"
    sets = "TileMap" if is_nested else "TileSets"
    pyramid, metadata = layer.tiles, "".join(_metadata(layer, site))
    left, bottom, right, top = map(exact, pyramids.tiled_box(pyramid))
    crs = pyramids.matrix_set(pyramid).crs
    return (
        f'{_HEADER}<TileMap version="1.0.0" tilemapservice="{site.url}/1.0.0"><Title>{quoted(layer.title)}</Title>'
        f"{''.join(f'<KeywordList>{word}</KeywordList>' for word in KEYWORDS)}{metadata}"
        f'<Attribution href="{ATTRIBUTION_URL}"><Title>{ATTRIBUTION}</Title></Attribution><SRS>{crs}</SRS>'
        f'<BoundingBox CRS="{crs}" minx="{left}" maxx="{right}" miny="{bottom}" maxy="{top}"/>'
        f"{_origin(pyramid, is_top=is_nested)}"
        f'<TileFormat width="{TILE_PIXELS}" height="{TILE_PIXELS}" mime-type="{mime_type(pyramid.extension)}" '
        f'extension="{pyramid.extension}"/>'
        f'<{sets} profile="none">{"".join(_tile_sets(layer, site))}</{sets}></TileMap>'
    )


def _metadata(layer: DatasetLayer, site: Site) -> Iterator[str]:
    yield f'<Metadata type="ISO19115:2003" mime-type="application/xml" href="{quoted(METADATA_URL)}"/>'
    for url in style_urls(layer, site.host_url):
        yield f'<Metadata type="Other" mime-type="application/json" href="{quoted(url)}"/>'


def _origin(pyramid: Pyramid, *, is_top: bool) -> str:
    """The corner of the matrix: top left up to 6.1.4, bottom left of the finest level in 7.0.0."""
    level = pyramids.levels(pyramid)[-1]
    bottom = level.top - level.height * TILE_PIXELS * level.resolution
    return f'<Origin x="{exact(level.left)}" y="{exact(level.top if is_top else bottom)}"/>'


def _tile_sets(layer: DatasetLayer, site: Site) -> Iterator[str]:
    """The levels; `order` counts from 0 at the top of the pyramid, whatever its level."""
    for order, level in enumerate(pyramids.levels(layer.tiles)):
        yield f'<TileSet {_limits(layer, site, level)} units-per-pixel="{exact(level.resolution)}" order="{order}"/>'


def _limits(layer: DatasetLayer, site: Site, level: Level) -> str:
    found = pyramids.limits(layer.tiles, level)
    return (
        f'href="{site.url}/1.0.0/{layer.layer_name}/{level.name}" '
        f'minrow="{found.first_row}" maxrow="{found.last_row}" mincol="{found.first_column}" '
        f'maxcol="{found.last_column}"'
    )


def _old_tile_map(layer: DatasetLayer, site: Site) -> str:
    """5.x wrote lines, numbers of six digits, and put the texts of the layer's file in as they were."""
    pyramid, level = layer.tiles, pyramids.levels(layer.tiles)[0]
    left, bottom, right, top = pyramids.tiled_box(pyramid)
    written = str if site.forms.tile_map_form == "5.x-unescaped" else quoted
    links = [("ISO19115:2003", "application/xml", METADATA_URL)]
    links += [("Other", "application/json", url) for url in style_urls(layer, site.host_url)]
    metadata = "".join(
        f'  <Metadata type="{kind}" mime-type="{mime}" href="{written(url)}" />\n' for kind, mime, url in links
    )
    sets = "".join(
        f'    <TileSet {_limits(layer, site, one)} units-per-pixel="{one.resolution:g}" order="{order}" />\n'
        for order, one in enumerate(pyramids.levels(pyramid))
    )
    return (
        f'{_OLD_HEADER}<TileMap version="1.0.0" tilemapservice="{site.url}/1.0.0">\n'
        f"  <Title>{written(layer.title)}</Title>\n"
        f"{''.join(f'  <KeywordList>{word}</KeywordList>' + chr(10) for word in KEYWORDS)}{metadata}"
        f"  <Attribution><Title>{ATTRIBUTION}</Title></Attribution>  <SRS>{pyramids.matrix_set(pyramid).crs}</SRS>\n"
        f'  <BoundingBox minx="{left:g}" miny="{bottom:g}" maxx="{right:g}" maxy="{top:g}" />\n'
        f'  <Origin x="{level.left:g}" y="{level.top:g}" />\n'
        f'  <TileFormat width="{TILE_PIXELS}" height="{TILE_PIXELS}" mime-type="{mime_type(pyramid.extension)}" '
        f'extension="{pyramid.extension}" />\n'
        f'  <TileSets profile="none">\n{sets}  </TileSets>\n</TileMap>\n'
    )
