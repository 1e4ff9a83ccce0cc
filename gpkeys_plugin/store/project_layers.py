"""Placing layers that are made into the open project."""

from __future__ import annotations

from typing import Iterable

from qgis.core import QgsLayerTreeLayer, QgsMapLayer, QgsMapLayerLegendUtils, QgsProject

from .main_thread import require_main_thread


def place_in_project(project: QgsProject, layers: Iterable[QgsMapLayer], group_name: str) -> None:
    """Add layers to the project, in a group of that name at the top of the layer tree.

    What is not valid is left out, and so is what the project has already. Works on the main thread only.
    """
    require_main_thread("adding layers to the project")
    wanted = [layer for layer in layers if layer.isValid() and not _is_there(project, layer)]
    if not wanted:
        return
    root = project.layerTreeRoot()
    group = root.findGroup(group_name) or root.insertGroup(0, group_name)
    for layer in wanted:
        if project.addMapLayer(layer, False) is not None:
            group.addChildNode(_node(layer))


def _node(layer: QgsMapLayer) -> QgsLayerTreeLayer:
    """Return the layer's place in the tree; tiles have no legend to ask for."""
    node = QgsLayerTreeLayer(layer)
    if layer.providerType() == "wms" and _is_tiled(layer):
        # QGIS asks a WMTS for a legend all the same, gets none, and logs the whole URL, the hash in it.
        QgsMapLayerLegendUtils.setLegendNodeOrder(node, [])
    return node


def _is_tiled(layer: QgsMapLayer) -> bool:
    source = layer.source()
    return "tileMatrixSet=" in source or "type=xyz" in source


def _is_there(project: QgsProject, layer: QgsMapLayer) -> bool:
    """Return whether the project has a layer of the same source."""
    return any(
        known.source() == layer.source() and known.type() == layer.type() for known in project.mapLayers().values()
    )
