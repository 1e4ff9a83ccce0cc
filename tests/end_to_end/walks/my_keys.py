"""My keys, by clicking, inside a QGIS desktop: a key is made, tested, changed, rotated while it draws, and deleted.

The settings are those of `main_job.py`.
"""

from __future__ import annotations

import time

from qgis.core import QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QFrame
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking, script_runner
from tests.end_to_end.walks.main_job import Walk

_REDRAW_MS = 20
_FRAMES = 3


class Load:
    """Keeps the map drawing, each time a little beside the last, so that the layers are asked for anew."""

    def __init__(self) -> None:
        self._canvas = iface.mapCanvas()
        self._start = self._canvas.extent()
        self._frames = 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._draw)
        self._canvas.mapCanvasRefreshed.connect(self._on_drawn)
        self._timer.start(_REDRAW_MS)

    def wait(self) -> float:
        """Wait until the map was drawn a few times more; return the time."""
        wanted = self._frames + _FRAMES
        clicking.wait_until(lambda: self._frames >= wanted, "the map drawn again")
        return time.time()

    def stop(self) -> None:
        """Let the map be as it was."""
        self._timer.stop()
        self._canvas.mapCanvasRefreshed.disconnect(self._on_drawn)
        clicking.wait_until(lambda: not self._canvas.isDrawing(), "the end of drawing")
        self._canvas.setExtent(self._start)

    def _draw(self) -> None:
        if self._canvas.isDrawing():
            return
        step = (self._frames % 10) / 100
        extent = QgsRectangle(self._start)
        extent.scale(1 - step)
        self._canvas.setExtent(extent)
        self._canvas.redrawAllLayers()

    def _on_drawn(self) -> None:
        self._frames += 1


class MyKeysWalk(Walk):
    """Goes on where the main job ends."""

    def go(self) -> None:
        """Do the main job, then everything there is to do with a key."""
        super().go()
        self._open()
        self._test()
        self._edit()
        if self._settings["key"]["type"] != "OAUTH2":
            self._rotate()
        self._connect_again()
        self._delete()

    def _open(self) -> None:
        clicking.click(self._person.dock, "openKeyButton")
        self._wait_for_page()
        self._picture("key")

    def _wait_for_page(self) -> None:
        clicking.wait_until(lambda: clicking.visible(self._person.dock, "editKeyButton"), "the page of the key")

    def _title(self) -> str:
        return str(clicking.widget(self._person.dock, "pageTitle").text())

    def _test(self) -> None:
        dock = self._person.dock
        clicking.click(dock, "testKeyButton")
        again = clicking.widget(dock, "testAgainButton")
        clicking.wait_until(lambda: again.isVisible() and again.isEnabled(), "the end of the test")
        notices = dock.findChildren(QFrame, "verdictNotice")
        # A layout shows what was added to it in an event of its own, which may come after the end of the test.
        clicking.wait_until(lambda: all(notice.isVisible() for notice in notices), "the verdicts on the page")
        self._record.content["verdicts"] = [notice.text() for notice in notices]
        self._picture("tested")
        clicking.click(dock, "backToKeyButton")

    def _edit(self) -> None:
        dock, name = self._person.dock, self._settings["key"]["name"]
        clicking.click(dock, "editKeyButton")
        clicking.type_into(dock, "keyNameEdit", f"{name[:150]} bis")
        clicking.click(dock, "nextButton")
        self._record.content["changes"] = str(clicking.widget(dock, "changesLabel").text())
        self._picture("changes")
        clicking.click(dock, "saveButton")
        clicking.wait_until(lambda: clicking.visible(dock, "editedNotice"), "the change")
        self._wait_for_page()
        self._record.content["renamed"] = self._title()

    def _rotate(self) -> None:
        dock, key = self._person.dock, self._settings["key"]
        before = [layer.id() for layer in QgsProject.instance().mapLayers().values()]
        clicking.click(dock, "rotateKeyButton")
        clicking.wait_until(lambda: clicking.visible(dock, "rotateButton"), "what a rotation will do")
        if key["type"] == "BASIC":
            clicking.click(dock, "generateButton")
        self._picture("rotation")
        load = Load()
        moments = [load.wait()]
        clicking.click(dock, "rotateButton")
        clicking.wait_until(lambda: clicking.visible(dock, "finishRotationButton"), "the key with its new secret")
        moments += [time.time(), load.wait()]
        self._record.content["rotated"] = str(clicking.widget(dock, "rotationOutcomeWords").text())
        self._picture("rotated")
        clicking.click(dock, "finishRotationButton")
        clicking.wait_until(lambda: clicking.visible(dock, "rotatedNotice"), "the end of the rotation")
        moments += [time.time(), load.wait()]
        load.stop()
        # Drawn before; rotated; drawn with both keys there; the old one deleted; drawn after.
        self._record.content["rotation"] = moments
        self._wait_for_page()
        self._record.content["same layers"] = before == [
            layer.id() for layer in QgsProject.instance().mapLayers().values()
        ]
        self._draw_layers()

    def _connect_again(self) -> None:
        dock = self._person.dock
        clicking.click(dock, "connectKeyButton")
        clicking.click(dock, "connectButton")
        clicking.wait_until(lambda: clicking.visible(dock, "addToMapButton"), "the layers of the key")
        self._picture("connected")
        clicking.click(dock, "anotherKeyButton")
        self._wait_for_page()

    def _delete(self) -> None:
        dock = self._person.dock
        clicking.click(dock, "deleteKeyButton")
        delete = clicking.widget(dock, "deleteButton")
        clicking.wait_until(lambda: delete.isVisible() and delete.isEnabled(), "what a deletion does")
        self._record.content["effects"] = str(clicking.widget(dock, "deleteEffects").text())
        self._picture("deletion")
        # From here on the layers would be refused, and with them what QGIS draws ahead of the map's surroundings.
        iface.mapCanvas().setPreviewJobsEnabled(False)
        clicking.wait_until(lambda: not iface.mapCanvas().isDrawing(), "the end of drawing")
        QgsProject.instance().clear()
        clicking.click(dock, "deleteButton")
        clicking.wait_until(lambda: clicking.visible(dock, "deletedNotice"), "the deletion")
        clicking.wait_until(lambda: clicking.visible(dock, "keysSearch"), "the list")
        self._picture("deleted")


if __name__ == "__main__":
    script_runner.run(lambda settings, record: MyKeysWalk(settings, record).go())
