"""QGIS's map window as a person sees it, who never touches it. Runs in QGIS's own Python."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProject,
)
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking, layers_without_gateway
from tests.end_to_end.inside_qgis.layer_pictures import colours, draw, likeness

_DEGREES = QgsCoordinateReferenceSystem("EPSG:4326")


class MapWindow:
    """Watches the map from its making on; `ogc_url` is the open server that everything is compared with."""

    def __init__(self, ogc_url: str) -> None:
        self._ogc_url = ogc_url
        self._canvas = iface.mapCanvas()
        self._drawn: list[bool] = []
        self._canvas.extentsChanged.connect(self._drawn.clear)
        self._canvas.mapCanvasRefreshed.connect(lambda: self._drawn.append(True))

    def wait_until_drawn(self) -> None:
        """Wait until what the map shows now has been drawn to the end."""
        clicking.wait_until(lambda: self._drawn and not self._canvas.isDrawing(), "the drawn map")

    def place(self) -> tuple[float, ...]:
        """Return what the map shows: west, south, east, north in degrees."""
        transform = QgsCoordinateTransform(self._crs(), _DEGREES, QgsProject.instance())
        box = transform.transformBoundingBox(self._canvas.extent())
        return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()

    def seen(self) -> dict[str, Any]:
        """Return where the map looks, in which reference system, and how much it is what the open server would show."""
        shown = self._canvas.viewport().grab().toImage()
        twins = [layers_without_gateway.open_twin(layer, self._ogc_url) for layer in self._canvas.layers()]
        return {
            "place": self.place(),
            "crs": self._crs().authid(),
            "colours": colours(shown),
            "likeness": likeness(shown, draw(twins, window=self._canvas.mapSettings())),
        }

    def _crs(self) -> QgsCoordinateReferenceSystem:
        return self._canvas.mapSettings().destinationCrs()
