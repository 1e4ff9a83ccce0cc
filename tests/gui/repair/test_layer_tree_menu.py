"""The entry in the menus of layers."""

# ruff: noqa: N802 - the stand-in has the names of QGIS

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.PyQt.QtWidgets import QAction, QApplication, QWidget

from gpkeys_plugin.gui.repair.layer_tree_menu import LayerMenu
from gpkeys_plugin.gui.repair.project_layers_watch import ProjectChanges
from tests.gui import fake_repair


class FakeIface:
    """As much of QGIS's window as a menu of layers needs; custom actions are kept as QGIS keeps them, by type."""

    def __init__(self) -> None:
        self.window = QWidget()
        self.actions: list[tuple[QAction, Any, list[str]]] = []
        self.selected: list[QgsMapLayer] = []
        self.active: QgsMapLayer | None = None

    def mainWindow(self) -> QWidget:
        return self.window

    def addCustomActionForLayerType(self, action: QAction, _menu: str, kind: Any, all_layers: bool) -> None:
        assert not all_layers
        self.actions.append((action, kind, []))

    def addCustomActionForLayer(self, action: QAction, layer: QgsMapLayer) -> None:
        for known, kind, layers in self.actions:
            if known is action and kind == layer.type():
                layers.append(layer.name())

    def removeCustomActionForLayerType(self, action: QAction) -> bool:
        found = next((entry for entry in self.actions if entry[0] is action), None)
        if found is not None:
            self.actions.remove(found)
        return found is not None

    def layerTreeView(self) -> FakeIface:
        return self

    def selectedLayersRecursive(self) -> list[QgsMapLayer]:
        return self.selected

    def activeLayer(self) -> QgsMapLayer | None:
        return self.active

    def shown(self) -> list[str]:
        return [name for _, _, layers in self.actions for name in layers]


@dataclass
class Shown:
    """A menu on a stand-in of QGIS."""

    iface: FakeIface
    jobs: fake_repair.FakeRepairJobs
    menu: LayerMenu
    wanted: list[tuple[str, ...]]
    qtbot: Any

    def add(self, name: str, *, is_private: bool) -> QgsMapLayer:
        """Add a layer to the project."""
        layer = QgsProject.instance().addMapLayer(QgsVectorLayer("Point", name, "memory"))
        if is_private:
            self.jobs.layers = (*self.jobs.layers, replace(fake_repair.OURS, layer_id=layer.id()))
        with self.qtbot.waitSignal(self.menu.findChild(ProjectChanges).changed):
            pass
        return layer


@pytest.fixture
def shown(qtbot: Any, qgis_app: Any) -> Iterator[Shown]:
    """Return a menu, without layers yet."""
    iface = FakeIface()
    wanted: list[tuple[str, ...]] = []
    qtbot.addWidget(iface.window)
    jobs = fake_repair.FakeRepairJobs()
    menu = LayerMenu(iface, jobs, wanted.append)
    yield Shown(iface, jobs, menu, wanted, qtbot)
    QgsProject.instance().clear()
    QApplication.processEvents()


def test_only_layers_of_the_platform_have_the_entry(shown: Shown) -> None:
    shown.add("rivers", is_private=False)
    shown.add("SCAN", is_private=True)
    shown.add("roads", is_private=False)
    assert shown.iface.shown() == ["SCAN"]
    shown.menu.stop()


def test_it_hands_on_the_layers_that_are_selected(shown: Shown) -> None:
    layers = [
        shown.add("one", is_private=True),
        shown.add("rivers", is_private=False),
        shown.add("two", is_private=True),
    ]
    action = shown.iface.actions[0][0]
    shown.iface.selected = layers
    action.trigger()
    assert shown.wanted == [(layers[0].id(), layers[2].id())]
    shown.iface.selected, shown.iface.active = [], layers[2]
    action.trigger()
    assert shown.wanted[1:] == [(layers[2].id(),)]
    shown.menu.stop()


def test_nothing_of_it_stays(shown: Shown) -> None:
    shown.add("one", is_private=True)
    shown.menu.stop()
    assert shown.iface.actions == []
    looks = shown.jobs.looks
    QgsProject.instance().clear()
    QApplication.processEvents()
    assert shown.jobs.looks == looks
