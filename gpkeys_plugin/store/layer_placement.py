"""Placing layers that are made into the open project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable

from qgis.core import (
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsProject,
    QgsVectorLayer,
    QgsVectorTileLayer,
    QgsWkbTypes,
)

from .main_thread_guard import require_main_thread

_VECTOR_TILES, _RASTER = 3, 4


@dataclass(frozen=True)
class Placed:
    """How many layers were added, how many the project had already, and whether it had none at all before."""

    added: int
    there: int
    is_first: bool


def place_in_project(project: QgsProject, layers: Iterable[QgsMapLayer], group_name: str) -> Placed:
    """Add layers to the project, in a group of that name, which is made at the top of the layer tree.

    In the group, points stand above lines, polygons, vector tiles and rasters, each kind in the order given; what is
    there keeps its place. What is not valid is left out, and so is what the project has already, which is drawn anew.
    Works on the main thread only.
    """
    require_main_thread("adding layers to the project")
    root = project.layerTreeRoot()
    is_first, is_new_group = not project.mapLayers(), root.findGroup(group_name) is None
    valid = sorted((layer for layer in layers if layer.isValid()), key=_rank)
    added = [layer for layer in valid if not _is_there_and_drawn(project, layer) and _add(project, layer, group_name)]
    if added and is_new_group:
        _unfold(root.findGroup(group_name))
    return Placed(len(added), len(valid) - len(added), is_first)


def _add(project: QgsProject, layer: QgsMapLayer, group_name: str) -> bool:
    if project.addMapLayer(layer, False) is None:
        return False
    root = project.layerTreeRoot()
    group = root.findGroup(group_name) or root.insertGroup(0, group_name)
    group.insertChildNode(_place(group, _rank(layer)), _node(layer))
    return True


def _unfold(group: QgsLayerTreeGroup) -> None:
    """Show what is in a new group: the layers panel shows one folded though it says that it is not (3.22)."""
    group.setExpanded(False)
    group.setExpanded(True)


def _place(group: QgsLayerTreeGroup, rank: int) -> int:
    """Return the place above the first layer that is to be drawn below; QGIS itself looks for one from 3.30 on only."""
    children = group.children()
    for place, node in enumerate(children):
        if isinstance(node, QgsLayerTreeLayer) and node.layer() is not None and _rank(node.layer()) > rank:
            return place
    return len(children)


def _rank(layer: QgsMapLayer) -> int:
    if isinstance(layer, QgsVectorLayer):
        kinds = (QgsWkbTypes.Type.Point, QgsWkbTypes.Type.LineString)
        geometries = [QgsWkbTypes.geometryType(kind) for kind in kinds]
        return geometries.index(layer.geometryType()) if layer.geometryType() in geometries else len(geometries)
    return _VECTOR_TILES if isinstance(layer, QgsVectorTileLayer) else _RASTER


def _node(layer: QgsMapLayer) -> QgsLayerTreeLayer:
    """Return the layer's place in the tree; tiles have no legend to ask for, that of a WMS is folded."""
    node = QgsLayerTreeLayer(layer)
    if layer.providerType() != "wms":
        return node
    if _is_tiled(layer):
        # QGIS asks a WMTS for a legend all the same, gets none, and logs the whole URL, the hash in it.
        QgsMapLayerLegendUtils.setLegendNodeOrder(node, [])
    # To paint a large legend Qt 5.15 waits for a thread of the pool in which QGIS draws maps: the window stood still
    # for 18 s while six slow layers were drawn (3.22 to 3.44). A folded legend is neither asked for nor painted.
    node.setExpanded(False)
    return node


def _is_tiled(layer: QgsMapLayer) -> bool:
    source = layer.source()
    return "tileMatrixSet=" in source or "type=xyz" in source


def _is_there_and_drawn(project: QgsProject, layer: QgsMapLayer) -> bool:
    """Return whether the project has a layer of the same source."""
    same = [
        known
        for known in project.mapLayers().values()
        if known.source() == layer.source() and known.type() == layer.type()
    ]
    for known in same:
        # It may have stayed white with a key that was gone: nobody else tells the map that it opens again.
        known.triggerRepaint()
    return bool(same)
