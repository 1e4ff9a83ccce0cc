"""The layers of the open project: what they ask for, and a source changed in place. On the main thread only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Collection, Mapping

from qgis.core import QgsLayerTreeGroup, QgsLayoutItemMap, QgsMapLayer, QgsProject

from .. import key_uses
from ..main_thread_guard import require_main_thread

_PATH_JOINT = " / "


@dataclass(frozen=True)
class ProjectLayer:
    """A layer as it is now. `source` may hold a secret."""

    layer_id: str
    name: str
    provider: str
    source: str = field(repr=False)
    is_valid: bool


class SourceChange(Enum):
    """What came of a change: done; refused, so that the layer has its source back; or the layer is not as it was."""

    DONE = auto()
    REFUSED = auto()
    GONE = auto()
    CHANGED_MEANWHILE = auto()


def project_name() -> str:
    """Return what the open project is called, empty for a new one."""
    project = QgsProject.instance()
    return str(project.title() or project.baseName())


def all_layers() -> tuple[ProjectLayer, ...]:
    """Return every layer of the open project; nothing is asked."""
    return tuple(map(_as_it_is, QgsProject.instance().mapLayers().values()))


def find(layer_id: str) -> ProjectLayer | None:
    """Return a layer, None when it is not in the open project."""
    layer = QgsProject.instance().mapLayer(layer_id)
    return None if layer is None else _as_it_is(layer)


def carrying(*, hash_value: str | None = None, authcfgs: Collection[str] = ()) -> tuple[ProjectLayer, ...]:
    """Return the layers whose source carries a hash or one of some authentication configurations."""
    found = key_uses.project_layers_with(QgsProject.instance(), hash_value=hash_value, authcfgs=authcfgs)
    layers = (find(use.layer_id) for use in found)
    return tuple(layer for layer in layers if layer is not None)


def draw(layer_id: str) -> None:
    """Have the maps draw a layer again: what they keep of one whose key was gone is white."""
    require_main_thread("drawing a layer")
    layer = QgsProject.instance().mapLayer(layer_id)
    if layer is not None:
        layer.triggerRepaint()


def groups_of(layer_ids: Collection[str]) -> Mapping[str, str]:
    """Return in which groups layers stand, from the top, joined by ` / `; those at the top of the tree are left out."""
    found: dict[str, str] = {}
    wanted = set(layer_ids)
    for node in QgsProject.instance().layerTreeRoot().findLayers():
        if node.layerId() in wanted:
            path = _path(node.parent())
            if path:
                found[node.layerId()] = path
    return found


def change_source(layer_id: str, before: str, after: str, *, keep_only_valid: bool) -> SourceChange:
    """Give a layer another source; its id, name, style and place stay, and the project is marked as changed.

    QGIS asks for capabilities here unless its cache has them. With `keep_only_valid`, a layer that does not open with
    the new source gets back the one it had. A layer whose source is not `before` any more is left alone.
    """
    require_main_thread("changing a layer")
    project = QgsProject.instance()
    layer = project.mapLayer(layer_id)
    if layer is None:
        return SourceChange.GONE
    if layer.source() != before:
        return SourceChange.CHANGED_MEANWHILE
    was_dirty = project.isDirty()
    _set_source(layer, after)
    is_kept = not keep_only_valid or layer.isValid()
    if not is_kept:
        _set_source(layer, before)
    # QGIS 3.22 marks it whatever happens, 3.40 never, and would close without asking.
    project.setDirty(was_dirty or (is_kept and after != before))
    layer.triggerRepaint()
    return SourceChange.DONE if is_kept else SourceChange.REFUSED


def refresh_layouts() -> None:
    """Have the maps of layouts that keep their layers say these layers' sources of today: they are written as they say.

    QGIS finds the layers by their ids, and would leave an old source beside them in the file.
    """
    require_main_thread("changing layouts")
    for layout in QgsProject.instance().layoutManager().printLayouts():
        for item in layout.items():
            if isinstance(item, QgsLayoutItemMap) and item.keepLayerSet():
                item.setLayers(item.layers())


def _set_source(layer: QgsMapLayer, source: str) -> None:
    # The provider's name is the layer's own: that of vector tiles is another one from 3.40 on.
    layer.setDataSource(source, layer.name(), layer.providerType(), False)


def _as_it_is(layer: QgsMapLayer) -> ProjectLayer:
    return ProjectLayer(layer.id(), layer.name(), layer.providerType(), layer.source(), layer.isValid())


def _path(group: QgsLayerTreeGroup | None) -> str:
    names: list[str] = []
    while group is not None and group.parent() is not None:
        names.append(group.name())
        group = group.parent()
    return _PATH_JOINT.join(reversed(names))
