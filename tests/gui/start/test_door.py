"""What comes through the door: when somebody asks, once, and not if the plugin goes first."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsVectorTileLayer
from qgis.PyQt.QtCore import QRect, QTimer
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget, QPushButton

from gpkeys_plugin.gui.dock import KeysDock
from gpkeys_plugin.gui.opening_dock import OpeningDock
from gpkeys_plugin.gui.share.save_watch import SaveWatch
from gpkeys_plugin.gui.sign_in.account_menu import AccountMenu
from gpkeys_plugin.plugin import GpkeysPlugin
from gpkeys_plugin.store import settings, window_settings
from gpkeys_plugin.store.preset import preset_file
from gpkeys_plugin.store.preset.preset_values import read_sections
from gpkeys_plugin.store.records import installed_keys
from gpkeys_plugin.store.records.installed_keys import InstalledKey
from gpkeys_plugin.wiring import window_imports
from tests.gui.start.stand_in import StandIn
from tests.qgis.presets import lay_down

_TILES = "type=xyz&url=https://localhost:9/private/tms/1.0.0/PLAN/{z}/{x}/{y}.pbf?apikey%3Dign_scan_ws"


class Started:
    """The plugin in a stand-in of QGIS."""

    def __init__(self, qtbot: Any) -> None:
        self.qtbot = qtbot
        self.iface = StandIn()
        qtbot.addWidget(self.iface.window)
        qtbot.addWidget(self.iface.canvas)
        self.plugin = GpkeysPlugin(self.iface)

    def start(self) -> None:
        """Do what QGIS does at its start."""
        self.plugin.initGui()

    @property
    def action(self) -> QAction:
        """The plugin's button."""
        return self.iface.window.findChild(QAction, "GpkeysAction")

    @property
    def dock(self) -> QDockWidget | None:
        """The plugin's window, if there is one."""
        return self.iface.window.findChild(QDockWidget, "GpkeysDock")

    def wait_for_dock(self) -> QDockWidget:
        """Return the window once it is there."""
        self.qtbot.waitUntil(lambda: self.dock is not None)
        assert self.dock is not None
        return self.dock

    def lines(self) -> list[str]:
        """Return the names of the lines in the message bar."""
        return [item.objectName() for item in self.iface.bar.items()]


@pytest.fixture
def started(
    qtbot: Any, qgis_app: Any, qgis_processing: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Started]:
    """Return the plugin before its start; it is unloaded afterwards."""
    monkeypatch.setenv("GPKEYS_API_URL", "https://localhost:9/api")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    window_settings.DOCK_VISIBLE.reset()
    QgsProject.instance().clear()
    made = Started(qtbot)
    yield made
    QgsProject.instance().clear()
    made.plugin.unload()
    window_settings.DOCK_VISIBLE.reset()


def test_the_window_opens_at_a_click_and_closes_at_the_next(started: Started) -> None:
    started.iface.window.show()
    started.start()
    assert started.dock is None
    started.action.trigger()
    dock = started.wait_for_dock()
    assert dock.isVisible()
    started.action.trigger()
    assert not dock.isVisible()
    started.action.trigger()
    assert dock.isVisible()
    assert len(started.iface.window.findChildren(QDockWidget, "GpkeysDock")) == 1


def test_the_menu_of_accounts_leads_to_the_options(started: Started) -> None:
    started.start()
    started.action.trigger()
    menu = started.wait_for_dock().findChild(AccountMenu)
    menu.aboutToShow.emit()
    (options,) = [action for action in menu.actions() if action.objectName() == "accountOptionsAction"]
    options.trigger()
    assert started.iface.options_asked == ["GpkeysOptionsPage"]


def test_that_a_preset_is_not_used_is_said_with_the_window_not_before(
    started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = lay_down(tmp_path, monkeypatch, b'{"fixed": {"<b>": 1}}')
    read: list[object] = []

    def noted(content: object) -> object:
        read.append(content)
        return read_sections(content)

    monkeypatch.setattr(preset_file, "read_sections", noted)
    started.iface.window.show()
    started.start()
    started.iface.initializationCompleted.emit()
    assert (read, started.iface.bar.items()) == ([], [])
    started.action.trigger()
    started.wait_for_dock()
    (line,) = started.iface.bar.items()
    assert str(path) in line.text()
    assert "&lt;b&gt;" in line.text()
    assert len(read) == 1


def test_it_is_there_at_once_and_the_real_one_takes_its_place(started: Started) -> None:
    started.iface.window.resize(1000, 800)
    started.iface.window.show()
    started.start()
    started.action.trigger()
    opening = started.iface.window.findChild(OpeningDock)
    assert opening is not None
    assert opening.isVisible()
    assert not started.plugin._door.is_open()
    area, width = started.iface.window.dockWidgetArea(opening), opening.width()
    dock = started.wait_for_dock()
    assert started.iface.window.dockWidgetArea(dock) == area
    assert dock.width() == width
    started.qtbot.waitUntil(lambda: started.iface.window.findChild(OpeningDock) is None)
    assert dock.isVisible()


def test_floating_while_it_opens_it_stays_where_it_floats(started: Started) -> None:
    started.iface.window.show()
    started.start()
    started.action.trigger()
    opening = started.iface.window.findChild(OpeningDock)
    opening.setFloating(True)
    opening.setGeometry(40, 50, 420, 600)
    dock = started.wait_for_dock()
    assert dock.isFloating()
    assert dock.geometry() == QRect(40, 50, 420, 600)


def test_closed_while_it_opens_it_stays_shut(started: Started) -> None:
    started.iface.window.show()
    started.start()
    started.action.trigger()
    started.iface.window.findChild(OpeningDock).close()
    assert not started.action.isChecked()
    ended: list[bool] = []
    started.plugin._door.open_window(lambda _window: ended.append(True))
    started.qtbot.waitUntil(lambda: bool(ended))
    assert started.dock is None
    started.qtbot.waitUntil(lambda: started.iface.window.findChild(OpeningDock) is None)


def test_clicked_twice_while_it_is_waited_for_it_stays_shut(started: Started) -> None:
    started.start()
    started.action.trigger()
    started.action.trigger()
    ended: list[bool] = []
    started.plugin._door.open_window(lambda _window: ended.append(True))
    started.qtbot.waitUntil(lambda: bool(ended))
    assert started.dock is None
    started.action.trigger()
    assert started.dock is not None


def test_unloaded_while_it_is_waited_for_nothing_opens(started: Started) -> None:
    started.start()
    started.action.trigger()
    started.plugin.unload()
    done: list[bool] = []
    QTimer.singleShot(50, lambda: done.append(True))
    started.qtbot.waitUntil(lambda: bool(done))
    assert started.dock is None


def test_a_window_that_was_open_is_opened_again_once_qgis_is_there(started: Started) -> None:
    window_settings.DOCK_VISIBLE.set(True)
    started.start()
    QApplication.processEvents()
    assert not started.action.isChecked()
    started.iface.window.show()
    started.iface.initializationCompleted.emit()
    assert started.wait_for_dock().isVisible()
    assert started.action.isChecked()


def test_a_plugin_that_is_switched_on_later_opens_its_window_at_once(started: Started) -> None:
    window_settings.DOCK_VISIBLE.set(True)
    started.iface.window.show()
    started.start()
    assert started.wait_for_dock().isVisible()


def test_a_missing_part_is_said_in_the_message_bar(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window_imports, "_BITS", ("there_is_no_such_module",))
    started.start()
    started.action.trigger()
    started.qtbot.waitUntil(lambda: bool(started.iface.bar.items()))
    assert "there_is_no_such_module" in started.iface.bar.items()[0].text()
    assert not started.action.isChecked()


def test_a_project_has_its_line_and_its_menu_before_the_window_was_ever_open(started: Started, tmp_path: Path) -> None:
    assert QgsProject.instance().addMapLayer(QgsVectorTileLayer(_TILES, "tiles"))
    assert QgsProject.instance().write(str(tmp_path / "plan.qgs"))
    QgsProject.instance().clear()
    started.start()
    assert QgsProject.instance().read(str(tmp_path / "plan.qgs"))
    started.qtbot.waitUntil(lambda: bool(started.iface.layer_actions))
    started.qtbot.waitUntil(lambda: started.lines() == ["gpkeysRepairLine"])
    assert started.dock is None


def test_a_project_that_was_not_opened_has_no_line(started: Started) -> None:
    started.start()
    assert QgsProject.instance().addMapLayer(QgsVectorTileLayer(_TILES, "tiles"))
    started.qtbot.waitUntil(lambda: bool(started.iface.layer_actions))
    QApplication.processEvents()
    assert started.lines() == []


def test_a_project_that_is_saved_is_looked_at_before_the_window_was_ever_open(
    started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started.start()
    assert QgsProject.instance().addMapLayer(QgsVectorTileLayer(_TILES, "tiles"))
    looked: list[str] = []
    monkeypatch.setattr(SaveWatch, "look", lambda _watch: looked.append(QgsProject.instance().fileName()))
    assert QgsProject.instance().write(str(tmp_path / "plan.qgs"))
    started.qtbot.waitUntil(lambda: bool(looked))
    assert looked == [str(tmp_path / "plan.qgs")]


def test_that_others_need_a_key_is_said_and_leads_to_the_page_of_sharing(
    started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    settings.PROJECTS_TOLD.reset()
    installed_keys.remember(InstalledKey("key-1", "Terrain", "BASIC", "https://localhost:9/api", "a1b2c3d"))
    shown: list[object] = []
    monkeypatch.setattr(KeysDock, "show_key", lambda _dock, *key, **how: shown.append((key, how)))
    started.start()
    source = f"authcfg=a1b2c3d&{_TILES.split('?', maxsplit=1)[0]}"
    assert QgsProject.instance().addMapLayer(QgsVectorTileLayer(source, "tiles"))
    assert QgsProject.instance().write(str(tmp_path / "plan.qgs"))
    started.qtbot.waitUntil(lambda: started.lines() == ["gpkeysSaveLine"])
    assert started.dock is None
    started.iface.bar.currentItem().findChild(QPushButton, "shareProjectButton").click()
    assert started.dock is not None
    assert shown == [(("key-1", ""), {"is_to_share": True})]
    installed_keys.forget("https://localhost:9/api", "key-1")


def test_unloading_takes_everything_out(started: Started) -> None:
    started.iface.window.show()
    started.start()
    assert QgsProject.instance().addMapLayer(QgsVectorTileLayer(_TILES, "tiles"))
    started.action.trigger()
    started.wait_for_dock()
    started.qtbot.waitUntil(lambda: bool(started.iface.layer_actions))
    assert len(started.iface.factories) == 1
    started.plugin.unload()
    started.qtbot.waitUntil(lambda: started.dock is None and started.action is None)
    assert (started.iface.factories, started.iface.layer_actions) == ([], [])
    assert window_settings.DOCK_VISIBLE.get()
