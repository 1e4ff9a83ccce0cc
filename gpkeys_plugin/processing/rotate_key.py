"""Algorithm: change the password or the secret of an access key."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from ..jobs.running.translate import tr
from . import outcomes, parameters
from .base import GpkeysAlgorithm, ToolboxGroup, Values


class RotateKey(GpkeysAlgorithm):
    """`gpkeys:rotatekey`."""

    GROUP = ToolboxGroup.CHANGE

    def name(self) -> str:
        """Return the name scripts call it by."""
        return "rotatekey"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the name in the toolbox."""
        return tr("Change the password or the secret of an access key")

    def purpose(self) -> str:
        """Return what it does."""
        return tr(
            "Gives a BASIC key a new user name and password, or a HASH key a new secret: a new key with the same "
            "services and filters is made and tested, QGIS is given what opens it, and the old key is deleted. "
            "Configurations keep their ids, so projects keep drawing."
        )

    def remarks(self) -> str:
        """Return what else the user should know."""
        return tr(
            "One more key is needed for a moment: your account must have room for it. If a step fails before QGIS "
            "uses the new key, the old one keeps working everywhere; if the change is interrupted later, run the "
            "algorithm again to finish it. A BASIC key gets a new user name too, since a name serves only once on "
            "the platform."
        )

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        return (
            'processing.run("gpkeys:rotatekey", {"KEY": "Poste 12"})',
            'qgis_process run gpkeys:rotatekey --KEY="Poste 12"',
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare inputs and outputs."""
        self.addParameter(parameters.key())
        self.addParameter(parameters.authcfg())
        self.addParameter(parameters.report_file())
        outcomes.declare_key(self)
        outcomes.declare_authcfg(self)

    def processAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Change it."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.rotate_key import rotate_key

        wanted = self.parameterAsString(values, parameters.KEY, context)
        path = self.output_path(values, context)
        outcome = self.run_script(values, context, feedback, lambda script: rotate_key(script, wanted))
        return outcomes.rotated(outcome, path)
