"""QGIS's map window: what it shows, and moving it to layers."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsCsException, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QTimer

from ..keys.services.connection_plans import Extent
from ..keys.services.extents import WORLD

_MARGIN = 1.05
_ENOUGH = 0.1


class MapView:
    """The map of the open project."""

    def __init__(self, iface: Any) -> None:
        self._iface = iface

    def show(self, extent: Extent) -> None:
        """Move the map to an extent.

        QGIS (3.22 to 3.44) takes up the reference system of a project's first layer one turn of the event loop after
        the layer was added, and moves the map then: an earlier move would be undone.
        """
        QTimer.singleShot(0, lambda: self._move(extent))

    def shows(self, extent: Extent) -> bool:
        """Return whether something of an extent is to be seen: a tenth of the map or more."""
        box = self._on_map(extent)
        if box is None:
            return True
        seen = self._iface.mapCanvas().extent()
        common = box.intersect(seen)
        # Two rectangles apart have an intersection that is inside out.
        return bool(box.intersects(seen) and _surface(common) >= _ENOUGH * _surface(seen))

    def extent(self) -> Extent | None:
        """Return what the map shows, in degrees; None where that cannot be told."""
        canvas = self._iface.mapCanvas()
        crs = canvas.mapSettings().destinationCrs()
        if not crs.isValid() or canvas.extent().isEmpty():
            return None
        transform = QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem("EPSG:4326"), QgsProject.instance())
        try:
            box = transform.transformBoundingBox(canvas.extent())
        except QgsCsException:
            return None
        box = box.intersect(QgsRectangle(*WORLD))
        return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()

    def _move(self, extent: Extent) -> None:
        box = self._on_map(extent)
        if box is not None:
            box.scale(_MARGIN)
            canvas = self._iface.mapCanvas()
            canvas.setExtent(box)
            canvas.refresh()

    def _on_map(self, extent: Extent) -> QgsRectangle | None:
        """Return the extent in the map's reference system; None where it has none there."""
        crs = self._iface.mapCanvas().mapSettings().destinationCrs()
        transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:4326"), crs, QgsProject.instance())
        if not crs.isValid():
            return None
        try:
            box = transform.transformBoundingBox(_within(QgsRectangle(*extent), crs))
        except QgsCsException:
            return None
        return box if box.isFinite() and not box.isEmpty() else None


def _within(box: QgsRectangle, crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
    """Return the part of a box in degrees where a reference system is made for, or all of it where there is none.

    The poles are infinitely far in Web Mercator, and the whole world in Lambert 93 is no box at all.
    """
    bounds = crs.bounds()
    return box.intersect(bounds) if not bounds.isEmpty() and box.intersects(bounds) else box


def _surface(box: QgsRectangle) -> float:
    return float(box.width() * box.height())
