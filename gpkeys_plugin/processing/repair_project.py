"""Algorithm: give projects an access key that opens their layers."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
)

from ..jobs.running.translate import tr
from . import outcomes, parameters
from .base import GpkeysAlgorithm, ToolboxGroup, Values
from .choices import CAUSES, SAFE_CAUSES


class RepairProject(GpkeysAlgorithm):
    """`gpkeys:repairproject`."""

    GROUP = ToolboxGroup.CHANGE

    def name(self) -> str:
        """Return the name scripts call it by."""
        return "repairproject"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the name in the toolbox."""
        return tr("Give projects an access key")

    def purpose(self) -> str:
        """Return what it does."""
        return tr(
            "Replaces in files what does not open their layers by an access key that does, and not a byte else. Of "
            "each file that changes, a copy ending in .before-gpkeys is kept."
        )

    def remarks(self) -> str:
        """Return what else the user should know."""
        return tr(
            "Without KEY, each layer gets the key that opens it; a key is used once a service has answered with it. "
            "The hash of a HASH key goes where this QGIS keeps it, unless HASH_STORAGE says otherwise. A configuration "
            "that this profile lacks is made under that id, and the file stays as it is. Files that are read-only, in "
            "use or damaged are left, and said; so is the project that is open."
        )

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        return (
            'processing.run("gpkeys:repairproject", {"INPUT": "/projets", "KEY": "Poste 12", "HASH_STORAGE": "URL"})',
            "qgis_process run gpkeys:repairproject --INPUT=/projets --CAUSES=dead-shared-hash --OUTPUT=/tmp/report.csv",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare inputs and outputs."""
        self.addParameter(parameters.files(tr("File or folder"), optional=False))
        self.addParameter(parameters.key(optional=True))
        self.addParameter(parameters.hash_storage())
        self.addParameter(
            QgsProcessingParameterEnum(
                parameters.CAUSES,
                tr("Causes that are mended"),
                options=list(CAUSES),
                allowMultiple=True,
                defaultValue=list(SAFE_CAUSES),
                usesStaticStrings=True,
                optional=True,
            )
        )
        self.addParameter(parameters.authcfg())
        self.addParameter(parameters.listing_file(tr("What was mended and what was left")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of places mended")))
        self.addOutput(QgsProcessingOutputNumber("LEFT", tr("Number of places left")))

    def processAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Mend them."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.repair_project import RepairOrder, repair_project
        from . import output_file

        path = self.output_path(values, context)
        order = RepairOrder(
            path=str(self.parameterAsString(values, parameters.INPUT, context)),
            key=str(self.parameterAsString(values, parameters.KEY, context)),
            storage=parameters.storage_of(self.parameterAsEnumString(values, parameters.HASH_STORAGE, context)),
            causes=tuple(self.parameterAsEnumStrings(values, parameters.CAUSES, context)),
        )
        outcome = self.run_script(values, context, feedback, lambda script: repair_project(script, order))
        output_file.write_listing(path, outcome.rows, outcome.rows)
        return {"COUNT": outcome.mended, "LEFT": outcome.left, **outcomes.file(path)}
