"""The WMS capabilities of ROK4 7.0.0 (recorded: `wms-capabilities.xml`)."""

from __future__ import annotations

from ..dataset.made_up_layers import DatasetLayer
from ..tiling import pyramids
from .recorded import start_of
from .site import ATTRIBUTION, ATTRIBUTION_URL, KEYWORDS, METADATA_URL, Site, abstract_of, exact, quoted
from .styles import LEGEND_SIZE, Style, legend_url, styles_of

GLOBAL_CRS = ("CRS:84", "EPSG:3857", "EPSG:4326", "EPSG:2154", "IGNF:LAMB93", "IGNF:RGF93LAMB93")
"""The systems that every layer is served in, as the start of the recorded document lists them."""
FORMATS = ("image/jpeg", "image/png", "image/tiff", "image/geotiff", "image/x-bil;bits=32")
INFO_FORMATS = ("text/plain", "text/xml", "text/html", "application/json")


def capabilities(site: Site) -> str:
    """The whole document."""
    start = start_of("wms-capabilities.xml", '<Layer queryable="1">', site.host_url)
    layers = "".join(_layer(layer, site) for layer in site.sorted_layers)
    return f"{start}{layers}</Layer></Capability></WMS_Capabilities>"


def _layer(layer: DatasetLayer, site: Site) -> str:
    crs = pyramids.matrix_set(layer.tiles).crs
    levels = pyramids.levels(layer.tiles)
    return (
        f'<Layer queryable="1"><Name>{layer.layer_name}</Name><Title>{quoted(layer.title)}</Title>'
        f"<Abstract>{quoted(abstract_of(layer))}</Abstract>"
        f"<KeywordList>{''.join(f'<Keyword>{word}</Keyword>' for word in KEYWORDS)}</KeywordList><CRS>{crs}</CRS>"
        f"{_boxes(layer, crs)}"
        f"<Attribution><Title>{ATTRIBUTION}</Title>{_resource(ATTRIBUTION_URL)}</Attribution>"
        f'<MetadataURL type="ISO19115:2003"><Format>application/xml</Format>{_resource(METADATA_URL)}</MetadataURL>'
        f"{''.join(_style(style, site) for style in styles_of(layer))}"
        f"<MinScaleDenominator>{exact(float(levels[-1].scale))}</MinScaleDenominator>"
        f"<MaxScaleDenominator>{exact(float(levels[0].scale))}</MaxScaleDenominator></Layer>"
    )


def _boxes(layer: DatasetLayer, crs: str) -> str:
    west, south, east, north = map(exact, pyramids.degrees_box(layer.tiles))
    left, bottom, right, top = map(exact, pyramids.tiled_box(layer.tiles))
    return (
        f"<EX_GeographicBoundingBox><westBoundLongitude>{west}</westBoundLongitude>"
        f"<eastBoundLongitude>{east}</eastBoundLongitude><southBoundLatitude>{south}</southBoundLatitude>"
        f"<northBoundLatitude>{north}</northBoundLatitude></EX_GeographicBoundingBox>"
        f'<BoundingBox CRS="{crs}" minx="{left}" maxx="{right}" miny="{bottom}" maxy="{top}"/>'
    )


def _resource(url: str) -> str:
    return f'<OnlineResource xlink:href="{quoted(url)}" xlink:type="simple"/>'


def _style(style: Style, site: Site) -> str:
    width, height = LEGEND_SIZE
    return (
        f"<Style><Name>{style.name}</Name><Title>{style.title}</Title><Abstract>{style.abstract}</Abstract>"
        f'<LegendURL width="{width}" height="{height}"><Format>image/png</Format>'
        f"{_resource(legend_url(site.host_url))}</LegendURL></Style>"
    )
