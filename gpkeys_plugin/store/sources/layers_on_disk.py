"""Layers of files on this computer: images, mosaics, vector files and all that a GeoPackage holds."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsMapLayer,
    QgsProviderRegistry,
    QgsProviderSublayerDetails,
)

from ..layers import handed_over


def layers_of(path: Path) -> list[QgsMapLayer]:
    """Return the layers of a file, belonging to the main thread; none of one that QGIS does not read.

    It reads the file: call it off the GUI thread.
    """
    found = QgsProviderRegistry.instance().querySublayers(str(path))
    made = [layer for details in found if (layer := _made(details)) is not None and layer.isValid()]
    if len(made) == 1:
        made[0].setName(path.stem)
    return [handed_over(layer) for layer in made]


def _made(details: QgsProviderSublayerDetails) -> QgsMapLayer | None:
    # Not the project's own context: this runs on a worker.
    options = QgsProviderSublayerDetails.LayerOptions(QgsCoordinateTransformContext())
    layer: QgsMapLayer | None = details.toLayer(options)
    return layer
