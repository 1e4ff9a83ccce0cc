"""Placing layers that are made into the open project."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Collection, Iterable, Sequence

from qgis.core import (
    QgsApplication,
    QgsLayerTree,
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsLayerTreeNode,
    QgsMapLayer,
    QgsMapLayerLegendUtils,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsVectorTileLayer,
    QgsWkbTypes,
)

from ..keys.layer_needs.same_layers import Carried, carried, drawn_layer
from ..keys.layer_needs.sources import WFS_PROVIDER
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
    """Add layers to the project, in a group of that name, which is made where none is there.

    A group with background maps (rasters, vector tiles) stands below the layers of the user's own that would be hidden,
    above what is a background itself; one without, at the top of the layer tree. In the group, points stand above
    lines, polygons, vector tiles and rasters, each kind in the order given and above those of its kind that are there:
    what is added is seen. What is not valid is left out, and so is what the project has already, which is drawn anew.
    Works on the main thread only.
    """
    require_main_thread("adding layers to the project")
    is_first = not project.mapLayers()
    valid = sorted((layer for layer in layers if layer.isValid()), key=_rank)
    added = [layer for layer in _not_there(project, valid) if project.addMapLayer(layer, False) is not None]
    if added:
        _insert(project.layerTreeRoot(), added, group_name)
    return Placed(len(added), len(valid) - len(added), is_first)


def _not_there(project: QgsProject, layers: Iterable[QgsMapLayer]) -> list[QgsMapLayer]:
    """Return the layers that a project does not have; those that it has are drawn anew."""
    there, found = _LayersThere(project), []
    for layer in layers:
        same = there.same_as(layer)
        _draw(project, same)
        if not same:
            there.add(layer)
            found.append(layer)
    return found


def _insert(root: QgsLayerTree, layers: Sequence[QgsMapLayer], group_name: str) -> None:
    has_background = any(map(_is_background, layers))
    group = root.findGroup(group_name)
    is_new = group is None
    if is_new:
        group = root.insertGroup(_below_own(root.children()) if has_background else 0, group_name)
    elif has_background:
        group = _moved_below_own(root, group)
    inserted = set[str]()
    for layer in layers:
        group.insertChildNode(_place(group, _rank(layer), inserted), _node(layer))
        inserted.add(layer.id())
    if is_new:
        _unfold(group)


def _below_own(nodes: Sequence[QgsLayerTreeNode]) -> int:
    """Return the place below all layers before the first background map; QGIS itself has such a rule from 3.30 on."""
    first = next((place for place, node in enumerate(nodes) if _is_of_background(node)), len(nodes))
    return max((place + 1 for place, node in enumerate(nodes[:first]) if _layers_in(node)), default=0)


def _moved_below_own(root: QgsLayerTree, group: QgsLayerTreeGroup) -> QgsLayerTreeGroup:
    """Return a group that is to get its first background map where that hides nothing of the user's own."""
    nodes = root.children()
    if group not in nodes or any(map(_is_background, _layers_in(group))):
        return group
    wanted = _below_own([node for node in nodes if node != group])
    if nodes.index(group) >= wanted:
        return group
    moved: QgsLayerTreeGroup = group.clone()
    # In this order: the layers of a node that is nowhere else are taken out of the project.
    root.insertChildNode(wanted + 1, moved)
    root.removeChildNode(group)
    return moved


def _is_of_background(node: QgsLayerTreeNode) -> bool:
    """Return whether a node holds background maps and nothing of the user's own: features of a WFS came with them."""
    layers = _layers_in(node)
    own = [layer for layer in layers if not _is_background(layer) and layer.providerType() != WFS_PROVIDER]
    return not own and any(map(_is_background, layers))


def _layers_in(node: QgsLayerTreeNode) -> list[QgsMapLayer]:
    nodes = [node] if isinstance(node, QgsLayerTreeLayer) else node.findLayers()
    return [found.layer() for found in nodes if found.layer() is not None]


def _is_background(layer: QgsMapLayer) -> bool:
    return isinstance(layer, (QgsRasterLayer, QgsVectorTileLayer))


def _unfold(group: QgsLayerTreeGroup) -> None:
    """Show what is in a new group: the layers panel shows one folded though it says that it is not (3.22)."""
    group.setExpanded(False)
    group.setExpanded(True)


def _place(group: QgsLayerTreeGroup, rank: int, inserted: Collection[str]) -> int:
    """Return the place above the first layer that is to be drawn below, but below those just `inserted`."""
    children = group.children()
    for place, node in enumerate(children):
        if not isinstance(node, QgsLayerTreeLayer) or node.layer() is None:
            continue
        if _rank(node.layer()) > rank or (_rank(node.layer()) == rank and node.layerId() not in inserted):
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
        return [known for known in self._found.get(_drawn(layer), ()) if self._is_same_key(known, layer)]

    def _is_same_key(self, one: QgsMapLayer, other: QgsMapLayer) -> bool:
        """Return whether two carry the same, or the same key: in a configuration the one, its hash the other."""
        first, second = _carried(one), _carried(other)
        return first == second or self._keys_of(first) == self._keys_of(second) != frozenset()

    def _keys_of(self, has: Carried) -> frozenset[str]:
        """Return the keys of all that a source carries; none where that is not known of each."""
        values = has.hashes | has.configurations
        found = [self._owner(value) for value in values]
        return frozenset(filter(None, found)) if all(found) else frozenset()

    def _owner(self, value: str) -> str:
        """Return the key of a configuration or hash, looked for once: there may be hundreds of layers that carry it."""
        if value not in self._owners:
            self._owners[value] = owners_of_hashes([value]).get(value, "")
        return self._owners[value]

    @cached_property
    def _owners(self) -> dict[str, str]:
        return dict(owners_of_configurations(installed_keys.installed()))


def _drawn(layer: QgsMapLayer) -> object:
    return drawn_layer(layer.providerType(), layer.source()) or (layer.type(), layer.source())


def _carried(layer: QgsMapLayer) -> Carried:
    return carried(layer.providerType(), layer.source())


def _draw(project: QgsProject, layers: Iterable[QgsMapLayer]) -> None:
    """Draw layers that may have stayed white with a key that was gone: nobody else tells the map that they open."""
    for layer in layers:
        if not layer.isValid() and _has_configurations(layer):
            # `reload` leaves it invalid (3.22 to 3.44). Its service has just answered to the one that was to be added.
            was_dirty = project.isDirty()
            layer.setDataSource(layer.source(), layer.name(), layer.providerType(), False)
            project.setDirty(was_dirty)
        layer.triggerRepaint()


def _has_configurations(layer: QgsMapLayer) -> bool:
    """Return whether QGIS has what a layer carries: a WFS without its configuration never comes back (3.40)."""
    return _carried(layer).configurations.issubset(QgsApplication.authManager().configIds())
