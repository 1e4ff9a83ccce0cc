"""Makes a key, changes it, changes its secret and deletes it, without a mouse.

The settings hold `name` and `later name` of the key, `service` to tick, `pictures` (a folder). The record has where the
keyboard was after each act. Letters with Alt are those of the French window. Runs in QGIS's own Python.
"""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtWidgets import QApplication, QWidget
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking, script_runner
from tests.end_to_end.inside_qgis.dock_user import DockUser
from tests.end_to_end.inside_qgis.hand import Hand

_MOST_STOPS = 80


class KeyboardWalk:
    """One person whose mouse lies in the drawer."""

    def __init__(self, settings: script_runner.Settings, record: script_runner.Record) -> None:
        self._settings, self._content = settings, record.content
        self._content["focus"] = {}
        self._pictures = Path(settings["pictures"])
        self._pictures.mkdir(parents=True, exist_ok=True)
        self._person = DockUser()
        self._hand = Hand(iface.mainWindow())

    def go(self) -> None:
        """Walk the four acts."""
        iface.mainWindow().setGeometry(0, 0, 1366, 768)
        iface.newProject(False)
        self._person.unlock()
        self._person.open_dock()
        self._make()
        self._open()
        self._edit()
        self._change_secret()
        self._delete()
        self._content.update(clicks=self._hand.clicks, keys=self._hand.keys)
        self._hand.lift()

    def _make(self) -> None:
        self._note("opened")
        self._hand.press(Qt.Key.Key_Return)
        self._person.wait_for_services()
        self._note("signed in")
        self._hand.type(self._settings["name"])
        self._tab_to("servicesTree")
        self._tick(self._settings["service"])
        self._alt(Qt.Key.Key_S)
        self._wait_for("createButton")
        self._note("step 2")
        self._alt(Qt.Key.Key_L)
        clicking.wait_until(QgsProject.instance().mapLayers, "the layer of the new key")
        self._wait_for("anotherKeyButton")
        self._note("made")

    def _open(self) -> None:
        self._tab_to("dockTabs", is_back=True)
        self._hand.press(Qt.Key.Key_Right)
        self._wait_for("keysList")
        keys = clicking.widget(self._person.dock, "keysList")
        clicking.wait_until(lambda: keys.model().rowCount() == 1, "the key in the list")
        self._tab_to("keysList")
        self._hand.press(Qt.Key.Key_Home)
        self._hand.press(Qt.Key.Key_Return)
        self._wait_for("rotateKeyButton")
        self._note("page")

    def _edit(self) -> None:
        self._alt(Qt.Key.Key_F)
        self._wait_for("nextButton")
        self._note("edit")
        self._hand.type(self._settings["later name"])
        self._alt(Qt.Key.Key_S)
        self._wait_for("saveButton")
        self._note("edit step 2")
        self._alt(Qt.Key.Key_N)
        self._wait_for("rotateKeyButton")
        self._note("edited")
        self._content["title"] = clicking.widget(self._person.dock, "pageTitle").text()

    def _change_secret(self) -> None:
        self._alt(Qt.Key.Key_H)
        self._wait_for("rotateButton")
        self._note("secret")
        self._alt(Qt.Key.Key_G)
        self._alt(Qt.Key.Key_H)
        self._wait_for("laterButton")
        self._note("secret changed")
        self._alt(Qt.Key.Key_S)
        self._wait_for("rotateKeyButton")
        self._note("old key deleted")

    def _delete(self) -> None:
        self._tab_to("deleteKeyButton")
        self._hand.press(Qt.Key.Key_Space)
        self._wait_for("deleteButton")
        self._note("delete")
        self._alt(Qt.Key.Key_S)
        clicking.wait_until(lambda: not clicking.visible(self._person.dock, "deleteButton"), "the key deleted")
        clicking.wait_until(lambda: not clicking.visible(self._person.dock, "progressBar"), "the end of the deletion")
        self._note("deleted")

    def _tick(self, name: str) -> None:
        """Go down to the row of a service, unfolding what is folded, and tick it."""
        tree = clicking.widget(self._person.dock, "servicesTree")
        self._hand.press(Qt.Key.Key_Home)
        for _ in range(_MOST_STOPS):
            current = tree.currentIndex()
            if current.parent().isValid() and clicking.technical_name(current) == name:
                self._hand.press(Qt.Key.Key_Space)
                return
            if not tree.isExpanded(current) and tree.model().rowCount(current):
                self._hand.press(Qt.Key.Key_Right)
            self._hand.press(Qt.Key.Key_Down)
        raise clicking.NotSeen(f"{name} by the arrow keys")

    def _alt(self, letter: Qt.Key) -> None:
        """Press a letter with Alt, which Qt hears in the active window only: a bare display makes none so by itself."""
        window = iface.mainWindow()
        window.activateWindow()
        clicking.wait_until(lambda: QApplication.activeWindow() is window, "QGIS's window active")
        self._hand.press(letter, Qt.KeyboardModifier.AltModifier)
        QCoreApplication.processEvents()

    def _tab_to(self, name: str, *, is_back: bool = False) -> None:
        """Press Tab until a widget has the keyboard."""
        key = Qt.Key.Key_Backtab if is_back else Qt.Key.Key_Tab
        held = Qt.KeyboardModifier.ShiftModifier if is_back else Qt.KeyboardModifier.NoModifier
        met = []
        for _ in range(_MOST_STOPS):
            if self._focused() == name:
                return
            self._hand.press(key, held)
            met.append(self._focused())
        raise clicking.NotSeen(f"{name} by Tab: {met}")

    def _wait_for(self, name: str) -> None:
        def is_ready() -> bool:
            return clicking.visible(self._person.dock, name) and clicking.widget(self._person.dock, name).isEnabled()

        clicking.wait_until(is_ready, name)

    def _focused(self) -> str:
        found: QWidget | None = iface.mainWindow().focusWidget()
        return "" if found is None else found.objectName()

    def _note(self, act: str) -> None:
        """Note where the keyboard is, and take a picture."""
        QCoreApplication.processEvents()
        self._content["focus"][act] = self._focused()
        clicking.picture(iface.mainWindow(), self._pictures / f"{act.replace(' ', '-')}.png")


if __name__ == "__main__":
    script_runner.run(lambda settings, record: KeyboardWalk(settings, record).go())
