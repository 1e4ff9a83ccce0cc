"""The entry in the menu of a layer that concerns the platform: “Give this layer a key…”."""

from __future__ import annotations

from typing import Any, Callable

from qgis.core import QgsMapLayerType, QgsProject
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction

from ...jobs.running.translate import tr
from ...jobs.window.repair_jobs import RepairJobs
from .project_layers_watch import ProjectChanges

_TYPES = (QgsMapLayerType.RasterLayer, QgsMapLayerType.VectorLayer, QgsMapLayerType.VectorTileLayer)


class LayerMenu(QObject):
    """Hands `on_wanted` the ids of the layers that are selected and concern the platform."""

    def __init__(self, iface: Any, jobs: RepairJobs, on_wanted: Callable[[tuple[str, ...]], object]) -> None:
        super().__init__(iface.mainWindow())
        self._iface, self._jobs, self._on_wanted = iface, jobs, on_wanted
        self._shown: set[str] = set()
        self._action = QAction(tr("Give this layer a key…"), self)
        self._action.setObjectName("gpkeysGiveLayerKeyAction")
        self._action.triggered.connect(self._on_triggered)
        for layer_type in _TYPES:
            iface.addCustomActionForLayerType(self._action, "", layer_type, False)
        self._changes = ProjectChanges(self)
        self._changes.changed.connect(self._show)
        self._show()

    def stop(self) -> None:
        """Take the entry out of QGIS again."""
        self._changes.stop()
        # Each call removes it from one type of layer only.
        while self._iface.removeCustomActionForLayerType(self._action):
            continue
        self.deleteLater()

    def _show(self) -> None:
        found = {layer.layer_id for layer in self._jobs.look().layers}
        project = QgsProject.instance()
        for layer_id in found - self._shown:
            self._iface.addCustomActionForLayer(self._action, project.mapLayer(layer_id))
        self._shown = found

    def _on_triggered(self, _is_checked: bool = False) -> None:
        found = {layer.layer_id for layer in self._jobs.look().layers}
        selected = self._iface.layerTreeView().selectedLayersRecursive() or [self._iface.activeLayer()]
        self._on_wanted(tuple(layer.id() for layer in selected if layer is not None and layer.id() in found))
