"""Algorithm: list the access keys of the account."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterNumber,
)

from ..jobs.running.translate import tr
from . import outcomes, parameters
from .base import GpkeysAlgorithm, Values


class ListKeys(GpkeysAlgorithm):
    """`gpkeys:listkeys`."""

    def name(self) -> str:
        """Return the name scripts call it by."""
        return "listkeys"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the name in the toolbox."""
        return tr("List access keys")

    def purpose(self) -> str:
        """Return what it does."""
        return tr(
            "Lists the access keys of your account: what each one opens, when the first of its permissions ends, when "
            "it was last used, and whether this QGIS is connected to it."
        )

    def remarks(self) -> str:
        """Return what else the user should know."""
        return tr(
            "With a number of days, only the keys with a permission that has ended or ends by then: a scheduled run "
            "tells in time which permissions to have extended. What keys open and when they were last used is a "
            "request to the Géoplateforme for each key: without both, names and ids are there at once. The file is "
            "JSON, or CSV when its name ends in .csv."
        )

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        return (
            'processing.run("gpkeys:listkeys", {"EXPIRING_WITHIN_DAYS": 30, "OUTPUT": "keys.json"})',
            "qgis_process run gpkeys:listkeys --EXPIRING_WITHIN_DAYS=30 --OUTPUT=keys.json",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare inputs and outputs."""
        self.addParameter(
            QgsProcessingParameterNumber(
                parameters.EXPIRING_WITHIN_DAYS,
                tr("Only those with an end within so many days"),
                optional=True,
                minValue=0,
            )
        )
        for name, words in (
            (parameters.INCLUDE_ACCESSES, tr("Also what they open, and until when")),
            (parameters.INCLUDE_LAST_USE, tr("Also when they were last used")),
        ):
            self.addParameter(QgsProcessingParameterBoolean(name, words, defaultValue=True, optional=True))
        self.addParameter(parameters.authcfg())
        self.addParameter(parameters.listing_file(tr("Access keys")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of keys")))

    def processAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read them and write the file."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.listings import list_keys
        from . import output_file

        is_limited = values.get(parameters.EXPIRING_WITHIN_DAYS) is not None
        days = self.parameterAsInt(values, parameters.EXPIRING_WITHIN_DAYS, context) if is_limited else None
        with_accesses, with_last_use = (
            self.parameterAsBool(values, name, context)
            for name in (parameters.INCLUDE_ACCESSES, parameters.INCLUDE_LAST_USE)
        )
        path = self.output_path(values, context)
        found = self.run_script(
            values,
            context,
            feedback,
            lambda script: list_keys(
                script, expiring_within_days=days, with_accesses=with_accesses, with_last_use=with_last_use
            ),
        )
        output_file.write_listing(path, found.rows, found.table)
        return {**outcomes.file(path), "COUNT": len(found.rows)}
