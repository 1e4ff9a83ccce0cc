"""Algorithm: list the permissions of the account."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
)

from ..jobs.running.translate import tr
from . import outcomes, parameters
from .base import GpkeysAlgorithm, Values


class ListPermissions(GpkeysAlgorithm):
    """`gpkeys:listpermissions`."""

    def name(self) -> str:
        """Return the name scripts call it by."""
        return "listpermissions"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the name in the toolbox."""
        return tr("List permissions")

    def purpose(self) -> str:
        """Return what it does."""
        return tr("Lists the permissions of your account: licence, end date, and the offerings each one covers.")

    def remarks(self) -> str:
        """Return what else the user should know."""
        return tr(
            "The file is JSON, or CSV with a line an offering when its name ends in .csv. The ids and layer names in "
            "it are what OFFERINGS of “Create an access key” takes."
        )

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        return (
            'processing.run("gpkeys:listpermissions", {"OUTPUT": "permissions.csv"})',
            "qgis_process run gpkeys:listpermissions --OUTPUT=permissions.csv",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare inputs and outputs."""
        self.addParameter(
            QgsProcessingParameterBoolean(
                parameters.INCLUDE_EXPIRED, tr("Also those that have ended"), defaultValue=False, optional=True
            )
        )
        self.addParameter(parameters.authcfg())
        self.addParameter(parameters.listing_file(tr("Permissions")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of permissions")))

    def processAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read them and write the file."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.listings import list_permissions
        from . import output_file

        include_expired = self.parameterAsBool(values, parameters.INCLUDE_EXPIRED, context)
        path = self.output_path(values, context)
        found = self.run_script(
            values, context, feedback, lambda script: list_permissions(script, include_expired=include_expired)
        )
        output_file.write_listing(path, found.rows, found.table)
        return {**outcomes.file(path), "COUNT": len(found.rows)}
