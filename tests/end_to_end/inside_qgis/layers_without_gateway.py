"""The same layer without gateway and key, straight from the OGC server. Runs in QGIS's own Python."""

from __future__ import annotations

from urllib.parse import unquote

from qgis.core import QgsMapLayer, QgsRasterLayer, QgsVectorLayer, QgsVectorTileLayer

from tests.simulator.dataset.made_up_layers import LAYERS, DatasetLayer
from tests.simulator.ogc.open_urls import open_source, open_xyz_source


def open_twin(layer: QgsMapLayer, ogc_url: str) -> QgsMapLayer:
    """Return the layer's twin from the open server, styled alike."""
    source = unquote(layer.source())
    known = next(known for known in LAYERS if known.layer_name in source)
    twin = _twin(layer, known, source, ogc_url)
    if hasattr(layer, "renderer") and not isinstance(layer, QgsRasterLayer):
        twin.setRenderer(layer.renderer().clone())
    return twin


def _twin(layer: QgsMapLayer, known: DatasetLayer, source: str, ogc_url: str) -> QgsMapLayer:
    if isinstance(layer, QgsVectorLayer):
        table = next(table for table in known.tables if f"{known.layer_name}:{table}" in source)
        return QgsVectorLayer(open_source(known, ogc_url, table)[0], "twin", "WFS")
    if isinstance(layer, QgsVectorTileLayer):
        return QgsVectorTileLayer(open_source(known, ogc_url)[0], "twin")
    if "type=xyz" in source:
        return QgsRasterLayer(open_xyz_source(known, ogc_url), "twin", "wms")
    return QgsRasterLayer(open_source(known, ogc_url)[0], "twin", "wms")
