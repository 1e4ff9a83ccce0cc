"""Algorithm: create an access key and write it into QGIS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterString,
)

from ..jobs.running.translate import tr
from . import outcomes, parameters
from .base import GpkeysAlgorithm, ToolboxGroup, Values
from .choices import KEY_TYPES

if TYPE_CHECKING:
    from ..jobs.scripts.create_key import KeyOrder


class CreateKey(GpkeysAlgorithm):
    """`gpkeys:createkey`."""

    GROUP = ToolboxGroup.CHANGE

    def name(self) -> str:
        """Return the name scripts call it by."""
        return "createkey"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the name in the toolbox."""
        return tr("Create an access key")

    def purpose(self) -> str:
        """Return what it does."""
        return tr(
            "Creates an access key and writes it into QGIS: its authentication configuration and its connections. If a "
            "step fails, nothing is left of it."
        )

    def remarks(self) -> str:
        """Return what else the user should know."""
        return tr(
            "OFFERINGS takes ids and layer names, separated by commas, or * for all that a key of the type may open. A "
            "BASIC key takes user name and password from CREDENTIALS, a Basic configuration of QGIS; without it, a "
            "strong password is generated and kept in QGIS. No secret is ever a parameter or a result. If a key of "
            "that name exists, nothing is created."
        )

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        return (
            'processing.run("gpkeys:createkey", {"NAME": "Poste 12", "TYPE": "HASH", "OFFERINGS": "*"})',
            'qgis_process run gpkeys:createkey --NAME="Poste 12" --TYPE=HASH --OFFERINGS="*" --WHITELIST=192.0.2.0/24',
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare inputs and outputs."""
        self.addParameter(QgsProcessingParameterString(parameters.NAME, tr("Name of the key")))
        self.addParameter(
            QgsProcessingParameterEnum(
                parameters.TYPE,
                tr("Type (BASIC, HASH or OAUTH2)"),
                options=list(KEY_TYPES),
                usesStaticStrings=True,
            )
        )
        self.addParameter(
            parameters.services(parameters.OFFERINGS, tr("Services (ids or layer names, * for all)"), optional=False)
        )
        self.addParameter(parameters.credentials(tr("BASIC: user name and password (configuration)")))
        self.addParameter(parameters.text(parameters.LOGIN, tr("BASIC without a configuration: user name")))
        self.addParameter(parameters.hash_storage())
        self._add_filters()
        self.addParameter(
            QgsProcessingParameterBoolean(
                parameters.CONNECT, tr("Write the key into QGIS"), defaultValue=True, optional=True
            )
        )
        self.addParameter(parameters.authcfg())
        self.addParameter(parameters.report_file())
        outcomes.declare_key(self)
        outcomes.declare_connections(self)

    def _add_filters(self) -> None:
        for name, description in (
            (parameters.WHITELIST, tr("Addresses that may use it (with commas)")),
            (parameters.BLACKLIST, tr("Addresses that may not use it (with commas)")),
            (parameters.USER_AGENT, tr("Text that the User-Agent must contain")),
            (parameters.REFERER, tr("Text that the Referer must contain")),
        ):
            self.addParameter(parameters.advanced(parameters.text(name, description)))

    def processAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Create it."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.create_key import create_key

        order = self._order(values, context)
        path = self.output_path(values, context)
        outcome = self.run_script(values, context, feedback, lambda script: create_key(script, order))
        return outcomes.written(outcome, path)

    def _order(self, values: Values, context: QgsProcessingContext) -> KeyOrder:
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.create_key import KeyOrder
        from ..keys.draft import PlainFilters
        from ..keys.upkeep import named_in_scripts

        def text(name: str) -> str:
            return str(self.parameterAsString(values, name, context))

        return KeyOrder(
            name=text(parameters.NAME),
            type=str(self.parameterAsEnumString(values, parameters.TYPE, context)),
            offerings=text(parameters.OFFERINGS),
            credentials=text(parameters.CREDENTIALS),
            login=text(parameters.LOGIN),
            hash_storage=parameters.storage_of(self.parameterAsEnumString(values, parameters.HASH_STORAGE, context)),
            filters=PlainFilters(
                named_in_scripts.entries(text(parameters.WHITELIST)),
                named_in_scripts.entries(text(parameters.BLACKLIST)),
                text(parameters.USER_AGENT),
                text(parameters.REFERER),
            ),
            is_connected=bool(self.parameterAsBool(values, parameters.CONNECT, context)),
        )
