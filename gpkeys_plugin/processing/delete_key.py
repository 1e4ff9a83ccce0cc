"""Algorithm: delete an access key."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingParameterBoolean

from ..jobs.running.translate import tr
from . import outcomes, parameters
from .base import GpkeysAlgorithm, ToolboxGroup, Values


class DeleteKey(GpkeysAlgorithm):
    """`gpkeys:deletekey`."""

    GROUP = ToolboxGroup.CHANGE

    def name(self) -> str:
        """Return the name scripts call it by."""
        return "deletekey"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the name in the toolbox."""
        return tr("Delete an access key")

    def purpose(self) -> str:
        """Return what it does."""
        return tr(
            "Deletes an access key and, unless told otherwise, the configuration and the connections that the plugin "
            "made for it in QGIS; never anything else."
        )

    def remarks(self) -> str:
        """Return what else the user should know."""
        return tr(
            "Layers and connections that use the key stop working. If the key no longer exists, what is left of it "
            "in QGIS is removed; if nothing is left either, the algorithm says so and fails."
        )

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        return (
            'processing.run("gpkeys:deletekey", {"KEY": "Poste 12"})',
            'qgis_process run gpkeys:deletekey --KEY="Poste 12"',
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare inputs and outputs."""
        self.addParameter(parameters.key())
        self.addParameter(
            QgsProcessingParameterBoolean(
                parameters.REMOVE_FROM_QGIS,
                tr("Also remove what the plugin made for it in QGIS"),
                defaultValue=True,
                optional=True,
            )
        )
        self.addParameter(parameters.authcfg())
        outcomes.declare_key(self)

    def processAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Delete it."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.delete_key import delete_for_good

        wanted = self.parameterAsString(values, parameters.KEY, context)
        is_removed = self.parameterAsBool(values, parameters.REMOVE_FROM_QGIS, context)
        outcome = self.run_script(
            values, context, feedback, lambda script: delete_for_good(script, wanted, remove_from_qgis=is_removed)
        )
        return {outcomes.KEY_ID: outcome.key_id}
