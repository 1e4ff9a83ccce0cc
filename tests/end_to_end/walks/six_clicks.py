"""From a QGIS that is open and signed out to a layer in sight, in as few acts as there are. Runs in QGIS's own Python.

What to do is in the settings: `type` of the key, `name` to type (empty: the one that is proposed), `service` to tick,
`pictures` (a folder), `ogc_url`.
"""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtWidgets import QAction, QToolButton, QTreeView
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking, script_runner
from tests.end_to_end.inside_qgis.dock_user import DockUser
from tests.end_to_end.inside_qgis.hand import Hand
from tests.end_to_end.inside_qgis.map_window import MapWindow


class ShortWalk:
    """The way, with what was pressed on it."""

    def __init__(self, settings: script_runner.Settings, record: script_runner.Record) -> None:
        self._settings, self._content = settings, record.content
        self._pictures = Path(settings["pictures"])
        self._pictures.mkdir(parents=True, exist_ok=True)
        self._person = DockUser()

    def go(self) -> None:
        """Walk it, and count."""
        iface.mainWindow().setGeometry(0, 0, 1580, 960)
        iface.newProject(False)
        self._person.unlock()
        hand = Hand(iface.mainWindow())
        self._sign_in(hand)
        hand.type(self._settings["name"])
        self._choose(hand)
        self._make(hand)
        hand.lift()
        self._content.update(clicks=hand.clicks, keys=hand.keys)

    def _sign_in(self, hand: Hand) -> None:
        hand.click(_button_of("GpkeysAction"))
        clicking.wait_until(lambda: clicking.visible(iface.mainWindow(), "GpkeysDock"), "the dock")
        hand.click_button(self._person.dock, "signInButton")
        self._person.wait_for_services()
        self._picture("signed-in")

    def _choose(self, hand: Hand) -> None:
        tree = clicking.widget(self._person.dock, "servicesTree")
        hand.tick(tree, _row(tree, self._settings["service"]))
        self._picture("services")
        hand.click_button(self._person.dock, "nextButton")
        if self._settings["type"] != "BASIC":
            hand.click_button(self._person.dock, f"{self._settings['type'].lower()}Radio")
        self._picture("security")

    def _make(self, hand: Hand) -> None:
        window = MapWindow(self._settings["ogc_url"])
        hand.click_button(self._person.dock, "createButton")
        clicking.wait_until(QgsProject.instance().mapLayers, "a layer in the project")
        window.wait_until_drawn()
        self._content["sight"] = window.seen()
        self._content["held by the dock"] = self._person.dock.isAncestorOf(iface.mainWindow().focusWidget())
        self._picture("map")

    def _picture(self, name: str) -> None:
        clicking.picture(iface.mainWindow(), self._pictures / f"{name}.png")


def _button_of(action: str) -> QToolButton:
    """Return the button of an action in QGIS's toolbars."""
    wanted = iface.mainWindow().findChild(QAction, action)
    return next(
        button
        for button in iface.mainWindow().findChildren(QToolButton)
        if button.defaultAction() is wanted and button.isVisible()
    )


def _row(tree: QTreeView, name: str) -> QModelIndex:
    model = tree.model()
    groups = [model.index(row, 0) for row in range(model.rowCount())]
    rows = [model.index(row, 0, group) for group in groups for row in range(model.rowCount(group))]
    return next(row for row in rows if clicking.technical_name(row) == name and tree.isExpanded(row.parent()))


if __name__ == "__main__":
    script_runner.run(lambda settings, record: ShortWalk(settings, record).go())
