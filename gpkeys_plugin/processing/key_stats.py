"""Algorithm: the consumption of an access key, or of the account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSink,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDateTime, Qt

from ..jobs.running.translate import tr
from . import outcomes, parameters
from .base import GpkeysAlgorithm, Values

if TYPE_CHECKING:
    from datetime import datetime

    from ..jobs.scripts.listings import Consumption

# The way to name types of fields that every QGIS from 3.22 to 4 understands.
_FIELDS = "None?field=begin:datetime&field=end:datetime&field=hits:int8&field=bytes:int8"


class KeyStats(GpkeysAlgorithm):
    """`gpkeys:keystats`."""

    def name(self) -> str:
        """Return the name scripts call it by."""
        return "keystats"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the name in the toolbox."""
        return tr("Consumption of an access key")

    def purpose(self) -> str:
        """Return what it does."""
        return tr(
            "Returns the requests and bytes that an access key consumed in a period, as a table in order of time; "
            "without a key, those of your account."
        )

    def remarks(self) -> str:
        """Return what else the user should know."""
        return tr(
            "The period is that of the past 30 days unless given. Times are those of this computer, in the table in "
            "UTC."
        )

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        return (
            'processing.run("gpkeys:keystats", {"KEY": "Poste 12", "START": "2026-01-01", "OUTPUT": "stats.csv"})',
            'qgis_process run gpkeys:keystats --KEY="Poste 12" --OUTPUT=stats.csv',
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare inputs and outputs."""
        self.addParameter(parameters.key(optional=True))
        for name, description in ((parameters.START, tr("From")), (parameters.END, tr("Until"))):
            self.addParameter(QgsProcessingParameterDateTime(name, description, optional=True))
        self.addParameter(parameters.authcfg())
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                parameters.OUTPUT, tr("Consumption"), QgsProcessing.SourceType.TypeVector, optional=True
            )
        )
        self.addOutput(QgsProcessingOutputNumber("HITS", tr("Requests")))
        self.addOutput(QgsProcessingOutputNumber("BYTES", tr("Bytes")))

    def processAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read it and fill the table."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.listings import key_stats

        wanted = self.parameterAsString(values, parameters.KEY, context)
        start, end = (
            parameters.utc(self.parameterAsDateTime(values, name, context))
            for name in (parameters.START, parameters.END)
        )
        found = self.run_script(values, context, feedback, lambda script: key_stats(script, wanted, start, end))
        table = self._table(values, context, found)
        return {**outcomes.file(table), "HITS": found.total.hits, "BYTES": found.total.data_transfer}

    def _table(self, values: Values, context: QgsProcessingContext, found: Consumption) -> str:
        fields = QgsVectorLayer(_FIELDS, "", "memory").fields()
        sink, table = self.parameterAsSink(values, parameters.OUTPUT, context, fields)
        for row in found.rows if sink is not None else ():
            feature = QgsFeature(fields)
            feature.setAttributes([_moment(row.begin_date), _moment(row.end_date), row.hits, row.data_transfer])
            if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, values, parameters.OUTPUT))
        return table or ""


def _moment(moment: datetime | None) -> QDateTime | None:
    if moment is None:
        return None
    return QDateTime.fromMSecsSinceEpoch(int(moment.timestamp() * 1000), Qt.TimeSpec.UTC)
