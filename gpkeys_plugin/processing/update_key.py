"""Algorithm: change an access key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingOutputBoolean

from ..jobs.running.translate import tr
from . import outcomes, parameters
from .base import GpkeysAlgorithm, ToolboxGroup, Values

if TYPE_CHECKING:
    from ..keys.upkeep.key_edits import KeyEdit


class UpdateKey(GpkeysAlgorithm):
    """`gpkeys:updatekey`."""

    GROUP = ToolboxGroup.CHANGE

    def name(self) -> str:
        """Return the name scripts call it by."""
        return "updatekey"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the name in the toolbox."""
        return tr("Change an access key")

    def purpose(self) -> str:
        """Return what it does."""
        return tr(
            "Changes the name, the services or the filters of an access key. Only the difference is sent; a key never "
            "loses a service that it keeps. Connections in QGIS follow."
        )

    def remarks(self) -> str:
        """Return what else the user should know."""
        return tr(
            "What is not given stays as it is; an empty text clears a filter. ADD_OFFERINGS and REMOVE_OFFERINGS "
            "take ids and layer names, separated by commas, or *. If the key has these values already, nothing is "
            "sent. A change that was cut off is ended first when it is run again."
        )

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        return (
            'processing.run("gpkeys:updatekey", {"KEY": "Poste 12", "WHITELIST": "192.0.2.0/24", "USER_AGENT": ""})',
            'qgis_process run gpkeys:updatekey --KEY="Poste 12" --REMOVE_OFFERINGS=my.layer',
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare inputs and outputs."""
        self.addParameter(parameters.key())
        self.addParameter(parameters.text(parameters.NAME, tr("New name")))
        for name, description in (
            (parameters.ADD_OFFERINGS, tr("Services to add (ids or layer names, * for all)")),
            (parameters.REMOVE_OFFERINGS, tr("Services to remove (ids or layer names)")),
        ):
            self.addParameter(parameters.services(name, description, optional=True))
        for name, description in (
            (parameters.WHITELIST, tr("Addresses that may use it (with commas)")),
            (parameters.BLACKLIST, tr("Addresses that may not use it (with commas)")),
            (parameters.USER_AGENT, tr("Text that the User-Agent must contain")),
            (parameters.REFERER, tr("Text that the Referer must contain")),
        ):
            self.addParameter(parameters.change(name, description))
        self.addParameter(parameters.authcfg())
        self.addParameter(parameters.report_file())
        self.addOutput(QgsProcessingOutputBoolean("CHANGED", tr("Whether anything was changed")))

    def processAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Change it."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.update_key import update_key
        from . import output_file

        wanted = self.parameterAsString(values, parameters.KEY, context)
        added = self.parameterAsString(values, parameters.ADD_OFFERINGS, context)
        removed = self.parameterAsString(values, parameters.REMOVE_OFFERINGS, context)
        edit, path = self._edit(values, context), self.output_path(values, context)
        outcome = self.run_script(
            values,
            context,
            feedback,
            lambda script: update_key(script, wanted, edit, added=added, removed=removed),
        )
        output_file.write_report(path, outcome.report)
        return {"CHANGED": outcome.is_changed, **outcomes.file(path)}

    def _edit(self, values: Values, context: QgsProcessingContext) -> KeyEdit:
        # Imported here: QGIS starts without what algorithms run on.
        from ..keys.upkeep.key_edits import KeyEdit

        def text(name: str) -> str:
            return str(self.parameterAsString(values, name, context))

        return KeyEdit(
            name=text(parameters.NAME).strip() or None,
            whitelist=parameters.changed_ranges(text(parameters.WHITELIST)),
            blacklist=parameters.changed_ranges(text(parameters.BLACKLIST)),
            user_agent=parameters.changed_text(text(parameters.USER_AGENT)),
            referer=parameters.changed_text(text(parameters.REFERER)),
        )
