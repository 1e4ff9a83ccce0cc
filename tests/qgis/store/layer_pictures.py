"""Drawing a layer the way QGIS does, to compare pictures."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMapLayer,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QEventLoop, QSize, QTimer
from qgis.PyQt.QtGui import QColor, QImage

from tests.simulator.dataset import made_up_layers

_TILED = ("wmts", "xyz")
_SEAMS_SINCE = 34400
_PATIENCE_MS = 120_000
_MERCATOR = QgsCoordinateReferenceSystem("EPSG:3857")


def draw(layer: QgsMapLayer) -> QImage:
    """Return a picture of the middle of the data."""
    settings = QgsMapSettings()
    settings.setDestinationCrs(_MERCATOR)
    settings.setExtent(_extent())
    settings.setOutputSize(QSize(300, 300))
    settings.setBackgroundColor(QColor("white"))
    settings.setLayers([layer])
    return drawn(settings)


def drawn(settings: QgsMapSettings) -> QImage:
    """Return the picture of a map; raise AssertionError when it takes too long.

    Events turn meanwhile, as in QGIS: there a request of a drawing thread that is refused or takes too long waits for
    the main thread, and both would wait for ever; other maps stay blank.
    """
    job, loop = QgsMapRendererParallelJob(settings), QEventLoop()
    job.finished.connect(loop.quit)
    too_long = QTimer()
    too_long.setSingleShot(True)
    too_long.timeout.connect(loop.quit)
    too_long.start(_PATIENCE_MS)
    job.start()
    loop.exec()
    if not too_long.isActive():
        job.cancelWithoutBlocking()
        raise AssertionError(f"the map is not drawn in {_PATIENCE_MS / 1000:.0f} s")
    image: QImage = job.renderedImage().convertToFormat(QImage.Format.Format_RGB32)
    return image


def colours(image: QImage) -> int:
    """Return how many colours a picture has; a blank one has one."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


def is_alike(service: str, one: QImage, other: QImage) -> bool:
    """Whether two pictures of a service are the same.

    QGIS 3.44 draws the seams of tiles differently each time, also of one layer drawn twice: there, and there only, one
    pixel in a hundred may differ.
    """
    differing = sum(one.pixel(x, y) != other.pixel(x, y) for x in range(one.width()) for y in range(one.height()))
    seams = one.width() * one.height() // 100 if service in _TILED and Qgis.QGIS_VERSION_INT >= _SEAMS_SINCE else 0
    return differing <= seams


def in_the_same_colours(layer: QgsMapLayer, as_layer: QgsMapLayer) -> QgsMapLayer:
    """Give a vector layer the other's colours, which QGIS draws by lot; return it."""
    if not isinstance(layer, QgsRasterLayer):
        layer.setRenderer(as_layer.renderer().clone())
    return layer


def _extent() -> QgsRectangle:
    xmin, ymin, xmax, ymax = made_up_layers.EXTENT_LAMBERT
    lambert = QgsCoordinateReferenceSystem("EPSG:2154")
    inner = QgsRectangle(xmin + 2000, ymin + 2000, xmax - 2000, ymax - 2000)
    return QgsCoordinateTransform(lambert, _MERCATOR, QgsProject.instance()).transform(inner)
