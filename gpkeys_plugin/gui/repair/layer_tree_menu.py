"""The entries in the menu of a layer that concerns the platform: which key it uses, a test, another key."""

from __future__ import annotations

from typing import Any, Callable

from qgis.core import QgsMapLayer, QgsMapLayerType, QgsProject
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QAction, QMenu

from ...entrepot.models import Key
from ...jobs.repair.repair_values import LayerFound
from ...jobs.running.translate import tr
from ...jobs.window.layer_menu_jobs import LayerMenuJobs
from .layer_line import LayerLine
from .project_layers_watch import ProjectChanges

_TYPES = (QgsMapLayerType.RasterLayer, QgsMapLayerType.VectorLayer, QgsMapLayerType.VectorTileLayer)


class LayerMenu(QObject):
    """Acts on the layers that are selected and concern the platform.

    `on_repair_wanted` gets their ids and is to show the page that mends; `on_key_wanted` is to show a key, by its id.
    """

    def __init__(
        self,
        iface: Any,
        jobs: LayerMenuJobs,
        on_repair_wanted: Callable[[tuple[str, ...]], object],
        on_key_wanted: Callable[[str], object],
    ) -> None:
        super().__init__(iface.mainWindow())
        self._iface, self._jobs = iface, jobs
        self._on_repair_wanted, self._on_key_wanted = on_repair_wanted, on_key_wanted
        self._line = LayerLine(iface.messageBar(), on_repair_wanted)
        self._found: dict[str, LayerFound] = {}
        self._shown: set[str] = set()
        self._key = self._action("gpkeysLayerKeyAction", self._on_key)
        self._test = self._action("gpkeysTestLayerAction", self._on_test, tr("Test the layer"))
        self._give = self._action("gpkeysGiveLayerKeyAction", self._on_give)
        self._others = QMenu(iface.mainWindow())
        self._others.setObjectName("gpkeysOtherKeysMenu")
        self._others.setToolTipsVisible(True)
        self._others.aboutToShow.connect(self._list_others)
        self._other = self._action("gpkeysOtherKeyAction", lambda: None, tr("Give this layer another key"))
        self._other.setMenu(self._others)
        self._actions = (self._key, self._test, self._give, self._other)
        for action in self._actions:
            for layer_type in _TYPES:
                iface.addCustomActionForLayerType(action, tr("Géoplateforme access keys"), layer_type, False)
        self._changes = ProjectChanges(self)
        self._changes.changed.connect(self._show)
        # A right click makes the layer the current one, then QGIS makes the menu.
        iface.currentLayerChanged.connect(self._on_current)
        self._show()

    def stop(self) -> None:
        """Take the entries out of QGIS again."""
        self._changes.stop()
        self._line.take_away()
        self._iface.currentLayerChanged.disconnect(self._on_current)
        for action in self._actions:
            # Each call removes it from one type of layer only.
            while self._iface.removeCustomActionForLayerType(action):
                continue
        self._others.deleteLater()
        self.deleteLater()

    def _action(self, name: str, on_chosen: Callable[[], object], words: str = "") -> QAction:
        action = QAction(words, self)
        action.setObjectName(name)
        action.triggered.connect(lambda _is_checked=False: on_chosen())
        return action

    def _show(self) -> None:
        self._found = {layer.layer_id: layer for layer in self._jobs.find()}
        project = QgsProject.instance()
        for layer_id in self._found.keys() - self._shown:
            layer = project.mapLayer(layer_id)
            layer.dataSourceChanged.connect(self._changes.note)
            for action in self._actions:
                self._iface.addCustomActionForLayer(action, layer)
        self._shown = set(self._found)
        self._on_current(self._iface.activeLayer())

    def _on_current(self, layer: QgsMapLayer | None) -> None:
        """Say what the entries do to the layer whose menu may be opened next."""
        found = self._found.get(layer.id()) if layer is not None else None
        if found is None:
            return
        name = self._jobs.key_name(found.need.key_id) if found.need.key_id else ""
        self._key.setEnabled(bool(name))
        # The name of a key may hold what would make an underlined letter.
        opened = tr("Open its key “{name}”").format(name=name.replace("&", "&&"))
        self._key.setText(opened if name else tr("It carries no key of yours"))
        self._give.setText(tr("Mend this layer…") if name else tr("Give this layer a key…"))
        self._give.setEnabled(found.is_to_mend)

    def _selected(self) -> list[LayerFound]:
        self._found = {layer.layer_id: layer for layer in self._jobs.find()}
        selected = self._iface.layerTreeView().selectedLayersRecursive() or [self._iface.activeLayer()]
        ids = [layer.id() for layer in selected if layer is not None]
        return [self._found[layer_id] for layer_id in ids if layer_id in self._found]

    def _on_key(self) -> None:
        key_id = next((layer.need.key_id for layer in self._selected() if layer.need.key_id), "")
        if key_id:
            self._on_key_wanted(key_id)

    def _on_test(self) -> None:
        self._jobs.test(self._selected(), self._line.tell_answers, self._line.tell_error)

    def _on_give(self) -> None:
        self._on_repair_wanted(tuple(layer.layer_id for layer in self._selected()))

    def _list_others(self) -> None:
        self._others.clear()
        layers = self._selected()
        keys = self._jobs.other_keys(layers[0]) if layers else ()
        for key in keys:
            self._others.addAction(key.name.replace("&", "&&"), lambda key=key: self._give_key(key))
        if not keys:
            self._others.addAction(tr("No other key in this QGIS opens it")).setEnabled(False)

    def _give_key(self, key: Key) -> None:
        self._jobs.give(
            key,
            self._selected(),
            lambda *_: None,
            lambda repaired: self._line.tell_given(key, repaired),
            self._on_failed,
        )

    def _on_failed(self, failure: Any) -> None:
        self._line.tell_error(failure.error)
