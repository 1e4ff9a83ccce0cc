"""Drawing layers and comparing pictures. Runs in QGIS's own Python."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMapLayer,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QEventLoop, QSize, Qt
from qgis.PyQt.QtGui import QColor, QImage

from tests.simulator.dataset.made_up_layers import EXTENT_LAMBERT

SIZE = QSize(420, 420)
_SAME = 24


def map_extent(crs: QgsCoordinateReferenceSystem) -> QgsRectangle:
    """Return the middle of the made-up data in a reference system."""
    lambert = QgsRectangle(*EXTENT_LAMBERT)
    lambert.scale(0.6)
    transform = QgsCoordinateTransform(QgsCoordinateReferenceSystem("EPSG:2154"), crs, QgsProject.instance())
    return transform.transformBoundingBox(lambert)


def draw(layers: Sequence[QgsMapLayer], file: Path | None = None, window: QgsMapSettings | None = None) -> QImage:
    """Draw layers where `window` looks, else the middle of the data in EPSG:3857; the event loop turns meanwhile."""
    settings = QgsMapSettings(window) if window is not None else _middle()
    settings.setLayers(list(layers))
    settings.setBackgroundColor(QColor(Qt.GlobalColor.white))
    settings.setTransformContext(QgsProject.instance().transformContext())
    job = QgsMapRendererParallelJob(settings)
    loop = QEventLoop()
    job.finished.connect(loop.quit)
    job.start()
    loop.exec()
    image = job.renderedImage()
    if file is not None:
        image.save(str(file))
    return image


def _middle() -> QgsMapSettings:
    settings = QgsMapSettings()
    settings.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    settings.setOutputSize(SIZE)
    settings.setExtent(map_extent(settings.destinationCrs()))
    return settings


def colours(image: QImage) -> int:
    """Return how many different colours a picture has; a blank one has one."""
    small = image.scaled(120, 120)
    return len({small.pixel(x, y) for x in range(small.width()) for y in range(small.height())})


def likeness(one: QImage, other: QImage) -> float:
    """Return the share of pixels that are the same in two pictures, 0 to 1, a slight difference of tone left aside."""
    same = 0
    columns, rows = range(0, one.width(), 3), range(0, one.height(), 3)
    for x in columns:
        for y in rows:
            mine, theirs = one.pixelColor(x, y), other.pixelColor(x, y)
            difference = max(
                abs(mine.red() - theirs.red()), abs(mine.green() - theirs.green()), abs(mine.blue() - theirs.blue())
            )
            same += difference <= _SAME
    return same / (len(columns) * len(rows))
