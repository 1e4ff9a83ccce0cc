"""Opens the dock and puts it elsewhere, or finds it there at the next start. Runs in QGIS's own Python.

The settings hold `act`: `leave` or `return`.
"""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QDockWidget
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking, script_runner
from tests.end_to_end.inside_qgis.dock_user import DockUser


def go(settings: script_runner.Settings, record: script_runner.Record) -> None:
    """Tell where the dock is; nobody clicks at the second start."""
    window = iface.mainWindow()
    if settings["act"] == "leave":
        person = DockUser()
        person.open_dock()
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, person.dock)
        window.tabifyDockWidget(window.findChild(QDockWidget, "Layers"), person.dock)
    clicking.wait_until(lambda: window.findChild(QDockWidget, "GpkeysDock") is not None, "the dock")
    clicking.wait_until(lambda: window.findChild(QDockWidget, "GpkeysDock").isUserVisible(), "the dock in front")
    dock = window.findChild(QDockWidget, "GpkeysDock")
    record.saw("area", int(window.dockWidgetArea(dock)))
    record.saw("beside", sorted(other.objectName() for other in window.tabifiedDockWidgets(dock)))
    record.saw("checked", window.findChild(QAction, "GpkeysAction").isChecked())


if __name__ == "__main__":
    script_runner.run(go)
