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

from ..keys.layer_needs.same_layers import carried, drawn_layer
from .credential_owners import owners_of_configurations, owners_of_hashes
from .main_thread_guard import require_main_thread
from .records import installed_keys

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
    there, added = _LayersThere(project), 0
    for layer in valid:
        same = there.same_as(layer)
        _draw(same)
        if not same and _add(project, layer, group_name):
            there.add(layer)
            added += 1
    if added and is_new_group:
        _unfold(root.findGroup(group_name))
    return Placed(added, len(valid) - added, is_first)


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


class _LayersThere:
    """The layers of a project by what they draw: their sources may be written otherwise than those that are added."""

    def __init__(self, project: QgsProject) -> None:
        self._found: dict[object, list[QgsMapLayer]] = {}
        for layer in project.mapLayers().values():
            self.add(layer)

    def add(self, layer: QgsMapLayer) -> None:
        """Take up a layer that the project has now."""
        self._found.setdefault(_drawn(layer), []).append(layer)

    def same_as(self, layer: QgsMapLayer) -> list[QgsMapLayer]:
        """Return those that draw the same with the same key."""
        return [known for known in self._found.get(_drawn(layer), ()) if _is_same_key(known, layer)]


def _drawn(layer: QgsMapLayer) -> object:
    return drawn_layer(layer.providerType(), layer.source()) or (layer.type(), layer.source())


def _is_same_key(one: QgsMapLayer, other: QgsMapLayer) -> bool:
    """Return whether two layers carry the same, or the same key: in a configuration the one, its hash the other."""
    first, second = (carried(layer.providerType(), layer.source()) for layer in (one, other))
    if first == second:
        return True
    owners = owners_of_configurations(installed_keys.installed())
    owners = {**owners, **owners_of_hashes(first.hashes | second.hashes)}
    first_keys, second_keys = ({owners.get(id_) for id_ in has.hashes | has.configurations} for has in (first, second))
    return first_keys == second_keys and len(first_keys) == 1 and None not in first_keys


def _draw(layers: Iterable[QgsMapLayer]) -> None:
    for layer in layers:
        # It may have stayed white with a key that was gone: nobody else tells the map that it opens again.
        layer.triggerRepaint()
