"""The WMTS capabilities of ROK4 7.0.0 (recorded: `wmts-capabilities.xml`)."""

from __future__ import annotations

from ..dataset.made_up_layers import DatasetLayer, Pyramid
from ..tiling import pyramids
from ..tiling.matrix_sets import TILE_PIXELS, Level
from ..tiling.tile_formats import mime_type
from .recorded import start_of
from .site import KEYWORDS, METADATA_URL, Site, abstract_of, quoted
from .styles import LEGEND_SIZE, Style, legend_url, styles_of

INFO_FORMATS = ("text/plain", "text/xml", "text/html", "application/json")


def capabilities(site: Site) -> str:
    """The whole document."""
    start = start_of("wmts-capabilities.xml", "<Layer>", site.host_url)
    layers = listed_layers(site)
    sets = {name: layer.tiles for layer in layers for name in set_names(layer, site)}
    return (
        start
        + "".join(_layer(layer, site) for layer in layers)
        + "".join(_matrix_set(name, sets[name]) for name in sorted(sets))
        + "</Contents></Capabilities>"
    )


def listed_layers(site: Site) -> list[DatasetLayer]:
    """The layers that WMTS has: vector tiles up to 5.3.0 only."""
    is_old = site.forms.wmts_sets == "plain"
    return [layer for layer in site.sorted_layers if is_old or not layer.has_vector_tiles]


def set_names(layer: DatasetLayer, site: Site) -> tuple[str, ...]:
    """The sets that a layer's tiles may be asked in, the one that is linked last: since 5.5.2 that of its levels."""
    plain = layer.tiles.matrix_set
    return (plain,) if site.forms.wmts_sets == "plain" else (plain, _restricted(layer.tiles))


def _restricted(pyramid: Pyramid) -> str:
    return f"{pyramid.matrix_set}_{pyramid.top}_{pyramid.bottom}"


def _layer(layer: DatasetLayer, site: Site) -> str:
    west, south, east, north = pyramids.degrees_box(layer.tiles)
    keywords = "".join(f"<ows:Keyword>{word}</ows:Keyword>" for word in KEYWORDS)
    metadata = f'<ows:Metadata xlink:href="{quoted(METADATA_URL)}"/>'
    return (
        f"<Layer><ows:Title>{quoted(layer.title)}</ows:Title><ows:Abstract>{quoted(abstract_of(layer))}</ows:Abstract>"
        f"<ows:Keywords>{keywords}</ows:Keywords><ows:WGS84BoundingBox>"
        f"<ows:LowerCorner>{west:g} {south:g}</ows:LowerCorner><ows:UpperCorner>{east:g} {north:g}</ows:UpperCorner>"
        f"</ows:WGS84BoundingBox><ows:Identifier>{layer.layer_name}</ows:Identifier>{metadata}"
        f"{'' if layer.has_vector_tiles else _style(styles_of(layer)[0], site)}"
        f"<Format>{mime_type(layer.tiles.extension)}</Format>"
        f"{'' if layer.has_vector_tiles else ''.join(f'<InfoFormat>{one}</InfoFormat>' for one in INFO_FORMATS)}"
        f"<TileMatrixSetLink><TileMatrixSet>{set_names(layer, site)[-1]}</TileMatrixSet><TileMatrixSetLimits>"
        f"{''.join(_limits(layer.tiles, level) for level in pyramids.levels(layer.tiles))}"
        "</TileMatrixSetLimits></TileMatrixSetLink></Layer>"
    )


def _style(style: Style, site: Site) -> str:
    width, height = LEGEND_SIZE
    return (
        f'<Style isDefault="true"><ows:Title>{style.title}</ows:Title><ows:Abstract>{style.abstract}</ows:Abstract>'
        f"<ows:Keywords><ows:Keyword>{style.keyword}</ows:Keyword></ows:Keywords>"
        f'<ows:Identifier>{style.name}</ows:Identifier><LegendURL format="image/png" '
        f'xlink:href="{legend_url(site.host_url)}" width="{width}" height="{height}" minScaleDenominator="200" '
        'maxScaleDenominator="100000000"/></Style>'
    )


def _limits(pyramid: Pyramid, level: Level) -> str:
    found = pyramids.limits(pyramid, level)
    return (
        f"<TileMatrixLimits><TileMatrix>{level.name}</TileMatrix><MinTileRow>{found.first_row}</MinTileRow>"
        f"<MaxTileRow>{found.last_row}</MaxTileRow><MinTileCol>{found.first_column}</MinTileCol>"
        f"<MaxTileCol>{found.last_column}</MaxTileCol></TileMatrixLimits>"
    )


def _matrix_set(name: str, pyramid: Pyramid) -> str:
    whole = pyramids.matrix_set(pyramid)
    levels = tuple(whole.levels.values()) if name == whole.name else pyramids.levels(pyramid)
    return (
        f"<TileMatrixSet><ows:Identifier>{name}</ows:Identifier><ows:SupportedCRS>{whole.crs}</ows:SupportedCRS>"
        f"{''.join(_matrix(level) for level in levels)}</TileMatrixSet>"
    )


def _matrix(level: Level) -> str:
    return (
        f"<TileMatrix><ows:Identifier>{level.name}</ows:Identifier>"
        f"<ScaleDenominator>{level.scale}</ScaleDenominator><TopLeftCorner>{level.corner}</TopLeftCorner>"
        f"<TileWidth>{TILE_PIXELS}</TileWidth><TileHeight>{TILE_PIXELS}</TileHeight>"
        f"<MatrixWidth>{level.width}</MatrixWidth><MatrixHeight>{level.height}</MatrixHeight></TileMatrix>"
    )
