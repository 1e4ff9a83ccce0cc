"""A person at the dock: opens it, signs in, walks the two steps. Runs in QGIS's own Python."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QTreeView
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking

_PHRASE = "promenade"
_DOCK_WIDTH = 400
_AFTER_RESUMING = ("signInButton", "servicesTree")

Watch = Callable[[str], None]


class DockUser:
    """Clicks and types; `watch` is told what has been reached, so that it can take a picture."""

    def __init__(self, watch: Watch = lambda _: None) -> None:
        self._watch = watch

    @property
    def dock(self) -> QDockWidget:
        """The plugin's dock."""
        return iface.mainWindow().findChild(QDockWidget, "GpkeysDock")

    def unlock(self) -> None:
        """Enter the master password, or choose it in a new profile."""
        if not QgsApplication.authManager().setMasterPassword(_PHRASE, True):
            raise clicking.NotSeen("the authentication database unlocked")

    def open_dock(self) -> None:
        """Open the dock with the plugin's button, unless it is open or about to, and give it some width."""
        action = iface.mainWindow().findChild(QAction, "GpkeysAction")
        if not action.isChecked():
            action.trigger()
        clicking.wait_until(lambda: clicking.visible(iface.mainWindow(), "GpkeysDock"), "the dock")
        iface.mainWindow().resizeDocks([self.dock], [_DOCK_WIDTH], Qt.Orientation.Horizontal)
        self._watch("dock")

    def sign_in(self) -> None:
        """Sign in; the browser is the robot's."""
        clicking.click(self.dock, "signInButton")
        self.wait_for_services()
        self._watch("signed-in")

    def take_up_session(self) -> None:
        """Wait for the session of last time; sign in anew where QGIS could not keep it, as when it was killed."""
        clicking.wait_until(lambda: any(clicking.visible(self.dock, name) for name in _AFTER_RESUMING), "the session")
        if clicking.visible(self.dock, "signInButton"):
            clicking.click(self.dock, "signInButton")
        self.wait_for_services()

    def wait_for_services(self) -> None:
        """Wait for step 1 with something to choose."""
        clicking.wait_until(lambda: clicking.visible(self.dock, "servicesTree"), "the services after the sign-in")
        clicking.wait_until(lambda: self._tree().model().rowCount() > 0, "services in the tree")

    def choose_services(self, name: str, wanted: list[str]) -> None:
        """Walk step 1: name the key, tick the services."""
        clicking.type_into(self.dock, "keyNameEdit", name)
        tree = self._tree()
        for group in range(tree.model().rowCount()):
            parent = tree.model().index(group, 0)
            tree.expand(parent)
            for row in range(tree.model().rowCount(parent)):
                _tick_if_wanted(tree, tree.model().index(row, 0, parent), wanted)
        tree.scrollToTop()
        if os.environ.get("GPKEYS_SEARCH_URL"):
            clicking.wait_until(lambda: _has_titles(tree), "the titles of the services")
        self._watch("services")
        clicking.click(self.dock, "nextButton")

    def secure(self, key: dict[str, str]) -> None:
        """Walk step 2: the type of the key and what it asks for."""
        clicking.wait_until(lambda: clicking.visible(self.dock, "createButton"), "step 2")
        # This person chooses among the layers.
        if clicking.widget(self.dock, "addLayersBox").isChecked():
            clicking.click(self.dock, "addLayersBox")
        clicking.click(self.dock, f"{key['type'].lower()}Radio")
        if key["type"] == "BASIC":
            self._identify(key)
        if key["storage"] == "HEADER":
            clicking.click(self.dock, "hashInHeaderRadio")
        self._watch("security")

    def create(self) -> None:
        """Press Create, and wait for the result."""
        clicking.click(self.dock, "createButton")
        clicking.wait_until(lambda: clicking.visible(self.dock, "addToMapButton"), "the result")
        self._watch("result")

    def _identify(self, key: dict[str, str]) -> None:
        clicking.type_into(self.dock, "loginEdit", key["login"])
        if key["password"]:
            clicking.type_into(self.dock, "passwordEdit", key["password"])
        else:
            clicking.click(self.dock, "generateButton")

    def _tree(self) -> Any:
        return clicking.widget(self.dock, "servicesTree")


def _has_titles(tree: QTreeView) -> bool:
    groups = (tree.model().index(row, 0) for row in range(tree.model().rowCount()))
    rows = [tree.model().index(row, 0, group) for group in groups for row in range(tree.model().rowCount(group))]
    return any(clicking.technical_name(row) != row.data() for row in rows)


def _tick_if_wanted(tree: Any, index: QModelIndex, wanted: list[str]) -> None:
    name = clicking.technical_name(index)
    can_tick = bool(index.flags() & Qt.ItemFlag.ItemIsUserCheckable and index.flags() & Qt.ItemFlag.ItemIsEnabled)
    if not can_tick or name not in wanted:
        return
    clicking.tick(tree, index)
    if Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) != Qt.CheckState.Checked:
        raise clicking.NotSeen(f"{name} ticked")
