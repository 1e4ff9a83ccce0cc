"""The entries in the menus of layers: which key, a test, another key."""

# ruff: noqa: N802, N815 - the stand-in has the names of QGIS

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.gui import QgsMessageBar
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QApplication, QPushButton, QWidget

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.models import Key
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.repair.layer_tree_menu import LayerMenu
from gpkeys_plugin.gui.repair.project_layers_watch import ProjectChanges
from gpkeys_plugin.jobs.repair.ask_project_layers import Answer
from gpkeys_plugin.jobs.repair.repair_values import LayerFound, Repaired
from gpkeys_plugin.jobs.values import Failed
from gpkeys_plugin.jobs.window.job_callbacks import OnFailed
from gpkeys_plugin.jobs.window.layer_menu_jobs import LayerMenuJobs
from gpkeys_plugin.keys.layer_needs.needs import Cause
from gpkeys_plugin.keys.layer_needs.remedies import OpenedBy
from tests.gui import fake_my_keys, fake_repair, fakes
from tests.gui.fakes import Call


class FakeIface(QObject):
    """As much of QGIS's window as a menu of layers needs; custom actions are kept as QGIS keeps them, by type."""

    currentLayerChanged = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self.window = QWidget()
        self.bar = QgsMessageBar(self.window)
        self.actions: list[tuple[QAction, Any, list[str]]] = []
        self.selected: list[QgsMapLayer] = []
        self.active: QgsMapLayer | None = None

    def mainWindow(self) -> QWidget:
        return self.window

    def messageBar(self) -> QgsMessageBar:
        return self.bar

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

    def shown(self) -> dict[str, list[str]]:
        """Return the names of the layers whose menus have each action."""
        found: dict[str, list[str]] = {}
        for action, _, layers in self.actions:
            found.setdefault(action.objectName(), []).extend(layers)
        return found

    def action(self, name: str) -> QAction:
        return next(action for action, _, _ in self.actions if action.objectName() == f"gpkeys{name}Action")


class FakeLayerMenuJobs(LayerMenuJobs):
    """Remembers what was asked; what is found is the repair's."""

    def __init__(self, repair: fake_repair.FakeRepairJobs) -> None:
        self.repair: fake_repair.FakeRepairJobs = repair
        self.names = {"k-hash": "Clé & co"}
        self.others: tuple[Key, ...] = ()
        self.calls: list[Call] = []

    def key_name(self, key_id: str) -> str:
        return self.names.get(key_id, "")

    def other_keys(self, layer: LayerFound) -> tuple[Key, ...]:
        return self.others

    def test(
        self, layers: Sequence[LayerFound], on_done: Callable[[tuple[Answer, ...]], None], on_failed: OnFailed
    ) -> Call:
        self.calls.append(Call("test", (tuple(layers),), on_done=on_done, on_failed=on_failed))
        return self.calls[-1]


@dataclass
class Shown:
    """A menu on a stand-in of QGIS."""

    iface: FakeIface
    jobs: fake_repair.FakeRepairJobs
    menu: LayerMenu
    wanted: list[tuple[str, ...]]
    keys: list[str]
    menu_jobs: FakeLayerMenuJobs
    qtbot: Any

    def add(self, name: str, *, is_private: bool, key_id: str = "", is_refused: bool = False) -> QgsMapLayer:
        """Add a layer to the project, and make it the current one."""
        layer = QgsVectorLayer("Point", name, "memory")
        if is_private:
            cause = Cause.ENDED_KEY if is_refused else Cause.NONE
            need = replace(fake_repair.OURS.need, key_id=key_id, cause=cause)
            found = replace(fake_repair.OURS, layer_id=layer.id(), name=name, need=need)
            self.jobs.layers = (*self.jobs.layers, found)
        with self.qtbot.waitSignal(self.menu.findChild(ProjectChanges).changed):
            assert QgsProject.instance().addMapLayer(layer) is layer
        self.iface.active = layer
        self.iface.currentLayerChanged.emit(layer)
        return layer

    def line(self) -> str:
        """Return what the message bar says."""
        item = self.iface.bar.currentItem()
        return item.text() if item is not None else ""


@pytest.fixture
def shown(qtbot: Any, qgis_app: Any) -> Iterator[Shown]:
    """Return a menu, without layers yet."""
    iface = FakeIface()
    wanted: list[tuple[str, ...]] = []
    qtbot.addWidget(iface.window)
    jobs = fake_repair.FakeRepairJobs()
    keys: list[str] = []
    menu_jobs = FakeLayerMenuJobs(jobs)
    menu = LayerMenu(iface, menu_jobs, wanted.append, keys.append)
    yield Shown(iface, jobs, menu, wanted, keys, menu_jobs, qtbot)
    QgsProject.instance().clear()
    QApplication.processEvents()


def test_only_layers_of_the_platform_have_the_entry(shown: Shown) -> None:
    shown.add("rivers", is_private=False)
    shown.add("SCAN", is_private=True)
    shown.add("roads", is_private=False)
    assert list(shown.iface.shown().values()) == [["SCAN"]] * 4
    shown.menu.stop()


def test_it_hands_on_the_layers_that_are_selected(shown: Shown) -> None:
    layers = [
        shown.add("one", is_private=True),
        shown.add("rivers", is_private=False),
        shown.add("two", is_private=True),
    ]
    action = shown.iface.action("GiveLayerKey")
    action.setEnabled(True)
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


def test_it_says_which_key_the_layer_uses_and_opens_it(shown: Shown) -> None:
    ours = shown.add("SCAN", is_private=True, key_id="k-hash")
    action = shown.iface.action("LayerKey")
    assert action.text() == "Open its key “Clé && co”"
    action.trigger()
    assert shown.keys == ["k-hash"]
    shown.add("of a neighbour", is_private=True)
    assert not action.isEnabled()
    assert action.text() == "It carries no key of yours"
    shown.iface.currentLayerChanged.emit(ours)
    assert action.isEnabled()
    shown.menu.stop()


def test_only_a_layer_that_needs_it_is_mended(shown: Shown) -> None:
    shown.add("SCAN", is_private=True, key_id="k-hash")
    give = shown.iface.action("GiveLayerKey")
    assert not give.isEnabled()
    shown.add("refused", is_private=True, is_refused=True)
    assert give.isEnabled()
    assert give.text() == "Give this layer a key…"
    shown.menu.stop()


def test_a_layer_that_opens_is_told_so(shown: Shown) -> None:
    shown.add("SCAN", is_private=True, key_id="k-hash")
    shown.iface.action("TestLayer").trigger()
    call = shown.menu_jobs.calls[-1]
    call.on_done(((call.values[0][0], None),))
    assert shown.line() == "The layer opens."
    call.on_failed(fakes.error(ErrorCode.CANCELLED))
    assert shown.line() == "The layer opens."
    shown.menu.stop()
    assert shown.line() == ""


def test_a_layer_that_is_refused_is_offered_a_key(shown: Shown) -> None:
    layer = shown.add("<b>SCAN", is_private=True, key_id="k-hash")
    shown.iface.action("TestLayer").trigger()
    call = shown.menu_jobs.calls[-1]
    call.on_done(((call.values[0][0], Text("the key is refused")),))
    assert shown.line() == "&lt;b&gt;SCAN: the key is refused"
    button = shown.iface.window.findChild(QPushButton, "giveLayerKeyButton")
    button.click()
    assert shown.wanted == [(layer.id(),)]
    assert shown.line() == ""
    shown.menu.stop()


def test_another_key_of_this_qgis_is_given(shown: Shown) -> None:
    shown.add("SCAN", is_private=True, key_id="k-hash")
    menu = shown.iface.action("OtherKey").menu()
    menu.aboutToShow.emit()
    assert [action.isEnabled() for action in menu.actions()] == [False]
    shown.menu_jobs.others = (fake_my_keys.BASIC_KEY,)
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    call = shown.jobs.last("repair")
    plan = call.values[0][0]
    assert plan.remedy == OpenedBy(fake_my_keys.BASIC_KEY)
    call.on_done(Repaired((plan.found.layer_id,)))
    assert fake_my_keys.BASIC_KEY.name in shown.line()
    call.on_failed(Failed(fakes.error()))
    assert "answered with an error" in shown.line()
    shown.menu.stop()


def test_a_layer_with_another_source_is_looked_at_again(shown: Shown) -> None:
    layer = shown.add("SCAN", is_private=True, key_id="k-hash")
    with shown.qtbot.waitSignal(shown.menu.findChild(ProjectChanges).changed):
        layer.setDataSource("Line", "SCAN", "memory")
    shown.menu.stop()
