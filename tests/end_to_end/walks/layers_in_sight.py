"""Layers come into sight, by clicking, inside a QGIS desktop: each in a new project, then in one that is in use.

The settings are those of `main_job.py`.
"""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle, QgsSettings, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QListWidget, QWidget
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking, script_runner
from tests.end_to_end.inside_qgis.map_window import MapWindow
from tests.end_to_end.walks.main_job import Walk, service_of

_PRESET = {"app/projections/newProjectCrsBehavior": "UsePresetCrs", "app/projections/defaultProjectCrs": "EPSG:2154"}
_ANOTHER_VALLEY = QgsRectangle(950_000, 6_500_000, 970_000, 6_515_000)


class SightWalk(Walk):
    """Makes a key, then adds its layers to one project after the other."""

    def _add_layers(self) -> None:
        self._window = MapWindow(self._settings["ogc_url"])
        content = self._record.content
        content["first"] = [self._add_first(row) for row in range(self._list().count())]
        content["preset"] = self._with_preset_crs()
        content["elsewhere"] = self._add_elsewhere()
        content["again"] = self._add_again()

    def _with_preset_crs(self) -> dict[str, Any]:
        for name, value in _PRESET.items():
            QgsSettings().setValue(name, value)
        seen = self._add_first(0)
        for name in _PRESET:
            QgsSettings().remove(name)
        return seen

    def _add_first(self, row: int) -> dict[str, Any]:
        """Add one layer to a new project, and look."""
        iface.newProject(False)
        self._add(row)
        self._window.wait_until_drawn()
        (layer,) = QgsProject.instance().mapLayers().values()
        self._picture(f"first-{service_of(layer)}".replace(" ", "-"), iface.mainWindow())
        return {"service": service_of(layer), **self._told(), **self._window.seen()}

    def _add_elsewhere(self) -> dict[str, Any]:
        """Add all layers to a project whose map looks at another valley; then do as the notice offers."""
        iface.newProject(False)
        project = QgsProject.instance()
        own = QgsVectorLayer("Polygon?crs=EPSG:2154", "Relevés", "memory")
        if not project.addMapLayer(own):
            raise clicking.NotSeen("a layer of the person's own")
        clicking.wait_until(lambda: project.crs().isValid(), "the reference system of the project")
        project.setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
        return self._move_on_demand()

    def _add_again(self) -> dict[str, Any]:
        """Look elsewhere again, and add what is there already."""
        return self._move_on_demand()

    def _move_on_demand(self) -> dict[str, Any]:
        iface.mapCanvas().setExtent(_ANOTHER_VALLEY)
        iface.mapCanvas().refresh()
        before = self._window.place()
        self._add(*range(self._list().count()))
        self._window.wait_until_drawn()
        seen = {"before": before, "after": self._window.place(), "is open": self._is_group_open(), **self._told()}
        self._picture("elsewhere", iface.mainWindow())
        clicking.click(self._person.dock, "showLayersButton")
        clicking.wait_until(lambda: self._window.place() != before, "the map moved")
        self._window.wait_until_drawn()
        self._picture("moved", iface.mainWindow())
        return {**seen, "moved": self._window.place()}

    def _is_group_open(self) -> bool:
        view = iface.layerTreeView()
        (group,) = QgsProject.instance().layerTreeRoot().findGroups()
        return bool(view.isExpanded(view.node2index(group)))

    def _add(self, *rows: int) -> None:
        for row in range(self._list().count()):
            state = Qt.CheckState.Checked if row in rows else Qt.CheckState.Unchecked
            self._list().item(row).setCheckState(state)
        clicking.click(self._person.dock, "addToMapButton")
        clicking.wait_until(lambda: clicking.visible(self._person.dock, "addedNotice"), "the layers added")
        # What QGIS does a moment later.
        QCoreApplication.processEvents()

    def _told(self) -> dict[str, Any]:
        has_offer = clicking.visible(self._person.dock, "showLayersButton")
        notice: Any = clicking.widget(self._person.dock, "addedNotice")
        return {"told": notice.text(), "offered": has_offer}

    def _list(self) -> QListWidget:
        found: QWidget = clicking.widget(self._person.dock, "layersList")
        return found

    def _draw_layers(self) -> None:
        """Nothing more: each was looked at."""

    def _find_connections(self) -> None:
        """Nothing: the main job does."""


if __name__ == "__main__":
    script_runner.run(lambda settings, record: SightWalk(settings, record).go())
