"""Downloads by mouse inside a QGIS desktop: chosen by what the map shows, cut off by QGIS's end, gone on with, mapped.

The settings: `part` (`begin`, which ends in the middle, or `go-on`), `key`, `resource`, `extent` (of the map, in
EPSG:2154), `zone` (of the edition), `files` (their names), `folder`, `pictures`, `simulator`, `wmts` (of the
same data).
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsMapSettings,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QModelIndex, QSize
from qgis.PyQt.QtGui import QTransform
from qgis.PyQt.QtWidgets import QComboBox, QProgressBar, QTabBar, QTreeView
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking, script_runner
from tests.end_to_end.inside_qgis.dock_user import DockUser
from tests.end_to_end.inside_qgis.hand import Hand
from tests.end_to_end.inside_qgis.layer_pictures import colours, draw, likeness
from tests.simulator.dataset.made_up_layers import EXTENT_LAMBERT
from tests.simulator.remote.steering import Simulator

_LATENCY_MS = 4000
# All of the data, in pixels of its own.
_SIZE = QSize(600, 600)
_AT_START = ("signInButton", "servicesTree", "keysList")


class DownloadsWalk:
    """One person with a key that opens files."""

    def __init__(self, settings: script_runner.Settings, record: script_runner.Record) -> None:
        self._settings, self._record = settings, record
        self._pictures = Path(settings["pictures"])
        self._pictures.mkdir(parents=True, exist_ok=True)
        self._person = DockUser()
        self._hand = Hand(iface.mainWindow())

    def go(self) -> None:
        """Open the downloads of the key, then begin or go on."""
        iface.mainWindow().setGeometry(0, 0, 1580, 960)
        QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:2154"))
        iface.mapCanvas().setExtent(QgsRectangle(*self._settings["extent"]))
        self._person.unlock()
        self._person.open_dock()
        self._sign_in()
        self._open()
        if self._settings["part"] == "begin":
            self._choose()
            self._begin()
        else:
            self._go_on()
            self._add()
        self._hand.lift()

    def _sign_in(self) -> None:
        """Sign in, or wait for the session of last time, and the page that was in front then."""
        dock = self._person.dock
        clicking.wait_until(lambda: any(clicking.visible(dock, name) for name in _AT_START), "the session")
        if clicking.visible(dock, "signInButton"):
            self._hand.click_button(dock, "signInButton")
            self._person.wait_for_services()

    def _open(self) -> None:
        dock = self._person.dock
        tabs: QTabBar = clicking.widget(dock, "dockTabs")
        self._hand.click(tabs, tabs.tabRect(1).center())
        keys = clicking.widget(dock, "keysList")
        clicking.wait_until(lambda: self._key_row(keys) is not None, "the key in the list")
        row = self._key_row(keys)
        assert row is not None
        self._hand.double_click(keys, row)
        self._hand.click_button(dock, "downloadServiceButton")
        clicking.wait_until(lambda: clicking.visible(dock, "downloadsTree"), "the downloads")
        resources: QComboBox = clicking.widget(dock, "downloadResourceCombo")
        resources.setCurrentIndex(resources.findData(self._settings["resource"]))
        tree = clicking.widget(dock, "downloadsTree")
        clicking.wait_until(lambda: tree.model().rowCount() > 0, "editions")
        self._record.content["editions"] = [tree.model().index(row, 0).data() for row in range(tree.model().rowCount())]

    def _key_row(self, keys: QTreeView) -> QModelIndex | None:
        rows = (keys.model().index(row, 0) for row in range(keys.model().rowCount()))
        return next((row for row in rows if row.data() == self._settings["key"]), None)

    def _choose(self) -> None:
        dock = self._person.dock
        self._hand.click_button(dock, "coversMapBox")
        tree: QTreeView = clicking.widget(dock, "downloadsTree")
        clicking.wait_until(lambda: tree.model().rowCount() == 1, "the one edition that covers the map")
        self._record.content["on the map"] = tree.model().index(0, 0).data()
        tree.expand(tree.model().index(0, 0))
        edition = tree.model().index(0, 0)
        clicking.wait_until(lambda: tree.model().rowCount(edition) > 0, "the files of the edition")
        for place in range(tree.model().rowCount(edition)):
            row = tree.model().index(place, 0, edition)
            if any(str(row.data()).startswith(f"{name},") for name in self._settings["files"]):
                self._hand.tick(tree, row)
        clicking.type_into(dock, "downloadFolderField", self._settings["folder"])
        clicking.wait_until(lambda: clicking.widget(dock, "fetchButton").isEnabled(), "the size of what is ticked")
        self._record.content["summary"] = clicking.widget(dock, "downloadSummary").text()
        self._picture("chosen")

    def _begin(self) -> None:
        simulator = Simulator.from_description(self._settings["simulator"])
        simulator.latency(_LATENCY_MS)
        self._hand.click_button(self._person.dock, "fetchButton")
        bar: QProgressBar = clicking.widget(self._person.dock, "fetchBar")
        clicking.wait_until(lambda: bar.maximum() == 100 and bar.value() > 0, "the first bytes")
        self._picture("under-way")
        self._record.content["percent"] = bar.value()

    def _go_on(self) -> None:
        dock = self._person.dock
        clicking.wait_until(lambda: clicking.visible(dock, "goOnBegunButton"), "what was cut off")
        self._picture("offered")
        self._hand.click_button(dock, "goOnBegunButton")
        clicking.wait_until(lambda: clicking.visible(dock, "addFilesButton"), "the end of the download")
        files = clicking.widget(dock, "fetchedList").model()
        self._record.content["files"] = [files.index(row, 0).data() for row in range(files.rowCount())]
        self._picture("fetched")

    def _add(self) -> None:
        dock = self._person.dock
        self._hand.click_button(dock, "addFilesButton")
        clicking.wait_until(lambda: bool(QgsProject.instance().mapLayers()), "the layer")
        clicking.wait_until(lambda: clicking.visible(dock, "addedNotice"), "what came of it")
        layers = list(QgsProject.instance().mapLayers().values())
        self._record.content["layers"] = [(layer.source(), layer.isValid()) for layer in layers]
        self._record.content["colours"] = colours(
            draw(layers, self._pictures / "mosaic.png", iface.mapCanvas().mapSettings())
        )
        self._picture("added")
        self._compare(layers)

    def _compare(self, mosaic: list[QgsMapLayer]) -> None:
        """Draw the mosaic, and the WMTS of the same data, each of their pixels a pixel of the picture."""
        window = QgsMapSettings(iface.mapCanvas().mapSettings())
        window.setOutputSize(_SIZE)
        window.setExtent(QgsRectangle(*EXTENT_LAMBERT))
        url = quote(f"{self._settings['wmts']}?SERVICE=WMTS&REQUEST=GetCapabilities", safe="")
        source = f"crs=EPSG:2154&format=image/png&layers=scan&styles=normal&tileMatrixSet=L93&url={url}"
        wmts = QgsRasterLayer(source, "WMTS", "wms")
        assert wmts.isValid(), wmts.error().message()
        mine, theirs = draw(mosaic, None, window), draw([wmts], self._pictures / "wmts.png", window)
        mine.save(str(self._pictures / "mosaic-whole.png"))
        shifted = mine.transformed(QTransform().rotate(180))
        self._record.content["likeness"] = likeness(mine, theirs)
        self._record.content["likeness upside down"] = likeness(shifted, theirs)
        self._record.content["colours of the WMTS"] = colours(theirs)

    def _picture(self, name: str) -> None:
        clicking.picture(iface.mainWindow(), self._pictures / f"{name}.png")


if __name__ == "__main__":
    script_runner.run(lambda settings, record: DownloadsWalk(settings, record).go())
