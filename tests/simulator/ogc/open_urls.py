"""Where each layer is served without the gateway: what a drawn map is compared with."""

from __future__ import annotations

from ..dataset.made_up_layers import DatasetLayer

_WMTS_CAPABILITIES = "SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities"


def open_endpoint(layer: DatasetLayer, ogc_url: str) -> str:
    """The open counterpart of the layer's first private endpoint, without query."""
    if layer.has_vector_tiles:
        return open_tiles(layer, ogc_url).partition("/{z}")[0]
    if layer.offering_type == "WFS":
        return f"{ogc_url}/wfs"
    return f"{ogc_url}/wmts" if is_in_mercator_tiles(layer) else f"{ogc_url}/wms"


def is_in_mercator_tiles(layer: DatasetLayer) -> bool:
    """Whether the open WMTS, which knows one grid only, has the layer."""
    return layer.offering_type == "WMTS-TMS" and layer.tiles.matrix_set == "PM"


def open_tiles(layer: DatasetLayer, ogc_url: str) -> str:
    """The template of the layer's open tiles."""
    if layer.pyramid is None:
        return f"{ogc_url}/vector-tms/{layer.layer_name}/{{z}}/{{x}}/{{y}}.pbf"
    return f"{ogc_url}/tms/1.0.0/{layer.layer_name}/{{z}}/{{x}}/{{y}}.{layer.pyramid.extension}"


def open_source(layer: DatasetLayer, ogc_url: str, table: str = "") -> tuple[str, str, str]:
    """What QGIS is given to open the layer without the gateway: (source, provider, "raster", "vector" or "tiles").

    `table` chooses one of a WFS offering's, the first by default.
    """
    endpoint = open_endpoint(layer, ogc_url)
    if layer.offering_type == "WFS":
        name = f"{layer.layer_name}:{table or layer.tables[0]}"
        return f"url='{endpoint}' typename='{name}' version='2.0.0' srsname='EPSG:2154'", "WFS", "vector"
    if layer.has_vector_tiles:
        return open_xyz_source(layer, ogc_url), "", "tiles"
    common = f"layers={layer.layer_name}&styles="
    if is_in_mercator_tiles(layer):
        query = _WMTS_CAPABILITIES.replace("=", "%3D").replace("&", "%26")
        tiles = f"crs=EPSG:3857&format=image/{layer.tiles.extension}&tileMatrixSet=EPSG:3857&styles=default"
        return f"url={endpoint}?{query}&layers={layer.layer_name}&{tiles}", "wms", "raster"
    return f"url={endpoint}&{common}&crs=EPSG:2154&format=image/png", "wms", "raster"


def open_xyz_source(layer: DatasetLayer, ogc_url: str) -> str:
    """What QGIS is given to open the layer's tiles without the gateway."""
    zmin, zmax = layer.tile_levels
    return f"type=xyz&url={open_tiles(layer, ogc_url)}&zmin={zmin}&zmax={zmax}"
