"""Algorithm: write an access key that exists into QGIS."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback

from ..jobs.running.translate import tr
from . import outcomes, parameters
from .base import GpkeysAlgorithm, ToolboxGroup, Values


class ConnectKey(GpkeysAlgorithm):
    """`gpkeys:connectkey`."""

    GROUP = ToolboxGroup.CHANGE

    def name(self) -> str:
        """Return the name scripts call it by."""
        return "connectkey"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the name in the toolbox."""
        return tr("Connect an access key to QGIS")

    def purpose(self) -> str:
        """Return what it does."""
        return tr(
            "Writes an access key that exists into this QGIS: its authentication configuration and its connections. "
            "Doing it again brings them up to date."
        )

    def remarks(self) -> str:
        """Return what else the user should know."""
        return tr(
            "The hash of a HASH key is read from the Géoplateforme, an OAuth2 key uses the sign-in. The password of a "
            "BASIC key cannot be read: keep it in a Basic configuration of QGIS and name that in CREDENTIALS; it is "
            "tried before it is kept."
        )

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        return (
            'processing.run("gpkeys:connectkey", {"KEY": "Poste 12"})',
            'qgis_process run gpkeys:connectkey --KEY="Poste 12" --HASH_STORAGE=HEADER',
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare inputs and outputs."""
        self.addParameter(parameters.key())
        self.addParameter(parameters.credentials(tr("BASIC: user name and password (configuration)")))
        self.addParameter(parameters.hash_storage())
        self.addParameter(parameters.authcfg())
        outcomes.declare_connections(self)

    def processAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Connect it."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.connect_key import connect_key

        wanted = self.parameterAsString(values, parameters.KEY, context)
        credentials = self.parameterAsString(values, parameters.CREDENTIALS, context)
        storage = parameters.storage_of(self.parameterAsEnumString(values, parameters.HASH_STORAGE, context))
        outcome = self.run_script(
            values, context, feedback, lambda script: connect_key(script, wanted, credentials, storage)
        )
        return outcomes.connections(outcome)
