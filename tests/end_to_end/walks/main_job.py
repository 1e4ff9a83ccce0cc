"""The main job, by clicking, inside a QGIS desktop: sign in, two steps, the key in QGIS, its layers on the map.

What to do is in the settings: `key` (see `main_job_run.KeyWanted`), `services` (layer names), `pictures` (a folder).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from qgis.core import QgsApplication, QgsMapLayer, QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDockWidget, QToolButton, QTreeView, QWidget
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking, layers_without_gateway, script_runner
from tests.end_to_end.inside_qgis.dock_user import DockUser
from tests.end_to_end.inside_qgis.layer_pictures import colours, draw, likeness
from tests.end_to_end.inside_qgis.map_window import MapWindow

_VECTOR_PROVIDERS = {"WFS": "WFS", "vectortile": "vector tiles", "xyzvectortiles": "vector tiles"}
_RASTER_SERVICES = {"/wms-r": "WMS raster", "/wms-v": "WMS vector", "/wmts": "WMTS", "type=xyz": "XYZ"}


class Walk:
    """One person's way through the dock; the record says what was seen."""

    def __init__(self, settings: script_runner.Settings, record: script_runner.Record) -> None:
        self._settings = settings
        self._record = record
        self._pictures = Path(settings["pictures"])
        self._pictures.mkdir(parents=True, exist_ok=True)
        self._count = 0
        self._person = DockUser(self._picture)

    def go(self) -> None:
        """Do the whole job."""
        iface.mainWindow().setGeometry(0, 0, 1580, 960)
        iface.newProject(False)
        self._record.content["methods"] = list(QgsApplication.authManager().authMethodsKeys())
        person, key = self._person, self._settings["key"]
        person.unlock()
        person.open_dock()
        person.sign_in()
        person.choose_services(key["name"], self._settings["services"])
        person.secure(key)
        person.create()
        self._add_layers()
        self._draw_layers()
        self._find_connections()

    def _add_layers(self) -> None:
        # The second way to the same data too, which is not ticked by itself.
        rows = clicking.widget(self._person.dock, "layersList")
        for row in range(rows.count()):
            rows.item(row).setCheckState(Qt.CheckState.Checked)
        window = MapWindow(self._settings["ogc_url"])
        clicking.click(self._person.dock, "addToMapButton")
        clicking.wait_until(self._is_added, "the layers in the project")
        window.wait_until_drawn()
        self._record.content["sight"] = window.seen()
        self._picture("map", iface.mainWindow())

    def _is_added(self) -> bool:
        return bool(QgsProject.instance().mapLayers()) and not clicking.visible(self._person.dock, "addProgressBar")

    def _draw_layers(self) -> None:
        drawn = [self._drawn(layer) for layer in QgsProject.instance().mapLayers().values()]
        nodes = QgsProject.instance().layerTreeRoot().findLayers()
        self._record.content["order"] = [service_of(node.layer()) for node in nodes]
        self._record.content["layers"] = sorted(drawn, key=lambda entry: str(entry["name"]))

    def _drawn(self, layer: QgsMapLayer) -> dict[str, Any]:
        mine = draw([layer], self._pictures / f"layer-{layer.providerType()}-{layer.name()}.png".replace("/", "-"))
        theirs = layers_without_gateway.open_twin(layer, self._settings["ogc_url"])
        return {
            "name": layer.name(),
            "service": service_of(layer),
            "crs": layer.crs().authid(),
            "valid": layer.isValid(),
            "opened by": [means for means in ("apikey=", "authcfg=") if means in unquote(layer.source())],
            "colours": colours(mine),
            "likeness": likeness(mine, draw([theirs])),
            "group": QgsProject.instance().layerTreeRoot().findLayer(layer.id()).parent().name(),
        }

    def _find_connections(self) -> None:
        """Press each connection's button; what the Browser panel then has selected is what QGIS lists."""
        found = []
        for button in self._person.dock.findChildren(QToolButton, "openConnectionButton"):
            tree = iface.mainWindow().findChild(QDockWidget, "Browser").findChild(QTreeView)
            before = tree.currentIndex()
            clicking.press(button)
            name = button.accessibleName()
            clicking.wait_until(lambda: tree.currentIndex() != before, name)  # noqa: B023 - called at once
            found.append(str(tree.currentIndex().data(Qt.ItemDataRole.DisplayRole)))
        self._record.content["connections"] = found

    def _picture(self, name: str, target: QWidget | None = None) -> None:
        self._count += 1
        file = self._pictures / f"{self._count}-{name}.png"
        clicking.picture(target or self._person.dock, file)
        self._record.saw(name, file.name)


def service_of(layer: QgsMapLayer) -> str:
    """Return which service a layer is drawn from, in a person's words."""
    known = _VECTOR_PROVIDERS.get(layer.providerType())
    if known:
        return known
    return next(service for mark, service in _RASTER_SERVICES.items() if mark in layer.source())


if __name__ == "__main__":
    script_runner.run(lambda settings, record: Walk(settings, record).go())
