"""From a QGIS that is open and signed out to a layer in sight, in as few acts as there are; then again from the list.

What to do is in the settings: `type` of the key, `name` to type (empty: the one that is proposed), `service` to tick,
`pictures` (a folder), `ogc_url`. Runs in QGIS's own Python.
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

_MY_KEYS = 1


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
        self._content.update(clicks=hand.clicks, keys=hand.keys)
        self._add_again(hand)
        hand.lift()

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

    def _add_again(self, hand: Hand) -> None:
        """In another project, from the list of keys."""
        iface.newProject(False)
        bar = clicking.widget(self._person.dock, "dockTabs")
        hand.click(bar, bar.tabRect(_MY_KEYS).center())
        keys = clicking.widget(self._person.dock, "keysList")
        clicking.wait_until(lambda: keys.model().rowCount() == 1, "the key in the list")
        window, before = MapWindow(self._settings["ogc_url"]), hand.clicks
        hand.click(keys.viewport(), keys.visualRect(keys.model().index(0, 0)).center())
        hand.click_button(self._person.dock, "addToMapFromListButton")
        clicking.wait_until(QgsProject.instance().mapLayers, "a layer in the other project")
        window.wait_until_drawn()
        self._content.update({"clicks from the list": hand.clicks - before, "sight again": window.seen()})
        self._picture("added-from-the-list")

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
