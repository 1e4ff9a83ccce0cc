"""The parameters by which both algorithms of downloads choose, and how their values are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingParameterExtent,
)

from ..jobs.running.translate import tr
from . import parameters
from .base import GpkeysAlgorithm, Values

if TYPE_CHECKING:
    from ..jobs.scripts.downloads import DownloadChoice

RESOURCE = "RESOURCE"
ZONE = "ZONE"
FORMAT = "FORMAT"
EDITION = "EDITION"
EXTENT = "EXTENT"


def declare(algorithm: GpkeysAlgorithm) -> None:
    """Declare them."""
    algorithm.addParameter(parameters.key())
    algorithm.addParameter(parameters.text(RESOURCE, tr("Resources, separated by commas (by default all of the key)")))
    algorithm.addParameter(parameters.text(ZONE, tr("Zone: a department (63) or its name")))
    algorithm.addParameter(parameters.text(FORMAT, tr("Format")))
    algorithm.addParameter(
        parameters.text(EDITION, tr("Edition: the beginning of a day, a name, * for all (by default the newest)"))
    )
    algorithm.addParameter(QgsProcessingParameterExtent(EXTENT, tr("Only what covers"), optional=True))


def read(algorithm: GpkeysAlgorithm, values: Values, context: QgsProcessingContext) -> DownloadChoice:
    """Return what is asked for."""
    # Imported here: QGIS starts without what algorithms run on.
    from ..jobs.scripts.downloads import DownloadChoice
    from ..keys.downloads.edition_choice import EditionChoice

    def text(name: str) -> str:
        return str(algorithm.parameterAsString(values, name, context)).strip()

    editions = EditionChoice(text(ZONE), text(FORMAT), text(EDITION), _extent(algorithm, values, context))
    return DownloadChoice(text(parameters.KEY), text(RESOURCE), editions)


def _extent(
    algorithm: GpkeysAlgorithm, values: Values, context: QgsProcessingContext
) -> tuple[float, float, float, float] | None:
    """Return the extent in degrees, None where none is given."""
    if not values.get(EXTENT):
        return None
    found = algorithm.parameterAsExtent(values, EXTENT, context, QgsCoordinateReferenceSystem("EPSG:4326"))
    return None if found.isNull() else (found.xMinimum(), found.yMinimum(), found.xMaximum(), found.yMaximum())
