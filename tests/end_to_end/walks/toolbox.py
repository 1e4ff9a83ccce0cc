"""The toolbox, by clicking, inside a QGIS desktop: a key is made, changed and listed in the algorithms' dialogs.

What to do is in the settings: `pictures` (a folder), `services` (layer names). Runs in QGIS's own Python.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis import processing
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDockWidget, QTextEdit, QTreeView
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking, script_runner
from tests.end_to_end.inside_qgis.dock_user import DockUser

NAME = "Boîte à outils"


class ToolboxWalk:
    """One person at the toolbox, signed in with the dock; the record says what was seen."""

    def __init__(self, settings: script_runner.Settings, record: script_runner.Record) -> None:
        self._settings = settings
        self._record = record
        self._pictures = Path(settings["pictures"])
        self._pictures.mkdir(parents=True, exist_ok=True)
        self._person = DockUser()

    def go(self) -> None:
        """Sign in, then run three algorithms from their dialogs."""
        iface.mainWindow().setGeometry(0, 0, 1580, 960)
        self._person.unlock()
        self._person.open_dock()
        self._person.sign_in()
        self._look_into_toolbox()
        services = ", ".join(self._settings["services"])
        self._run("createkey", {"NAME": NAME, "TYPE": "HASH", "OFFERINGS": services, "USER_AGENT": "QGIS"})
        used = clicking.widget(self._person.dock, "keysUsed")
        clicking.wait_until(lambda: "1 sur" in used.text() or "1 of" in used.text(), "the new key counted in the dock")
        # Nothing but the name is touched: the filter must stay.
        self._run("updatekey", {"KEY": NAME, "NAME": f"{NAME} bis"})
        self._run("listkeys", {"EXPIRING_WITHIN_DAYS": 1000})
        self._run("deletekey", {"KEY": "introuvable"})

    def _look_into_toolbox(self) -> None:
        dock = iface.mainWindow().findChild(QDockWidget, "ProcessingToolbox")
        dock.show()
        clicking.widget(dock, "searchBox").setText("gpkeys")
        tree = dock.findChild(QTreeView)
        tree.expandAll()
        model = tree.model()
        provider = model.index(0, 0)
        groups = [model.index(row, 0, provider) for row in range(model.rowCount(provider))]
        self._record.content["toolbox"] = {
            "provider": provider.data(),
            "groups": {
                group.data(): [model.index(row, 0, group).data() for row in range(model.rowCount(group))]
                for group in groups
            },
        }
        clicking.picture(iface.mainWindow(), self._pictures / "toolbox.png")

    def _run(self, name: str, values: dict[str, Any]) -> None:
        dialog = processing.createAlgorithmDialog(f"gpkeys:{name}", values)
        dialog.show()
        clicking.picture(dialog, self._pictures / f"{name}.png")
        QTest.mouseClick(dialog.runButton(), Qt.MouseButton.LeftButton)
        clicking.wait_until(dialog.wasExecuted, f"the end of {name}")
        clicking.wait_until(dialog.runButton().isEnabled, f"{name} ready to run again")
        clicking.picture(dialog, self._pictures / f"{name}-done.png")
        self._record.content[name] = {
            "results": {key: str(value) for key, value in (dialog.results() or {}).items()},
            "log": dialog.findChild(QTextEdit, "txtLog").toPlainText(),
        }
        dialog.close()


if __name__ == "__main__":
    script_runner.run(lambda settings, record: ToolboxWalk(settings, record).go())
