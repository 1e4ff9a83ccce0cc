"""Where a layer lies: what its recipe says, told to QGIS where QGIS does not know."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsMapLayer,
    QgsRectangle,
)

from ..keys.services.connection_plans import ConnectionKind, Extent
from ..keys.services.extents import WORLD, is_world_wide, united
from ..keys.services.layer_recipes import LayerRecipe

DEGREES = "EPSG:4326"
_TILES = (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES)


def give_extent(layer: QgsMapLayer, recipe: LayerRecipe) -> None:
    """Tell a layer of tiles where its data are, for “Zoom to layer” and so that nothing is asked beside them.

    QGIS (3.22 to 3.44) takes the world for the extent of any XYZ or vector tile layer, and does so again when a project
    is opened (seen in 3.22): this holds for the session.
    """
    extent = united([recipe.extent])
    if recipe.connection.kind in _TILES and extent is not None and not is_world_wide(extent):
        box = _transformed(QgsRectangle(*extent), QgsCoordinateReferenceSystem(DEGREES), layer.crs())
        if box is not None:
            layer.setExtent(box)


def extent_of(layer: QgsMapLayer, recipe: LayerRecipe) -> Extent | None:
    """Return where a layer lies: as the service's documents say, else as QGIS does; None where neither knows."""
    if recipe.extent is not None or recipe.connection.kind in _TILES:
        return recipe.extent
    return extent_in_degrees(layer)


def extent_in_degrees(layer: QgsMapLayer) -> Extent | None:
    """Return where a layer lies as QGIS knows it; None where it does not."""
    box = _transformed(layer.extent(), layer.crs(), QgsCoordinateReferenceSystem(DEGREES))
    if box is None:
        return None
    # Web Mercator's own edge comes back a hair beyond the date line.
    box = box.intersect(QgsRectangle(*WORLD))
    return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()


def _transformed(
    box: QgsRectangle, source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem
) -> QgsRectangle | None:
    if box.isNull() or not (source.isValid() and target.isValid()):
        return None
    try:
        # Not the project's own context: this runs on a worker.
        return QgsCoordinateTransform(source, target, QgsCoordinateTransformContext()).transformBoundingBox(box)
    except QgsCsException:
        return None
