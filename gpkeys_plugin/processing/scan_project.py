"""Algorithm: find what needs an access key in projects."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingOutputNumber

from ..jobs.running.translate import tr
from . import outcomes, parameters
from .base import GpkeysAlgorithm, Values


class ScanProject(GpkeysAlgorithm):
    """`gpkeys:scanproject`."""

    def name(self) -> str:
        """Return the name scripts call it by."""
        return "scanproject"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the name in the toolbox."""
        return tr("Find what needs an access key in projects")

    def purpose(self) -> str:
        """Return what it does."""
        return tr(
            "Looks for layers and other places that carry a shared key that was switched off, a key that has ended, a "
            "configuration that this profile lacks, or no key. Nothing is changed and nothing is sent."
        )

    def remarks(self) -> str:
        """Return what else the user should know."""
        return tr(
            "INPUT is a file or a folder with all below it: projects (also in GeoPackages), their backups, layer "
            "definitions, layout templates and exported connections; without it, the layers of the open project. "
            "Signed in, each line says what mends it."
        )

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        return (
            'processing.run("gpkeys:scanproject", {"INPUT": "/projets", "OUTPUT": "/tmp/projets.csv"})',
            "qgis_process run gpkeys:scanproject --INPUT=/projets --OUTPUT=/tmp/projets.csv",
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare inputs and outputs."""
        self.addParameter(parameters.files(tr("File or folder (by default the open project)"), optional=True))
        self.addParameter(parameters.authcfg())
        self.addParameter(parameters.listing_file(tr("What needs a key")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of places that need a key")))

    def prepareAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Open the authentication database where that can be done: without it, nobody is signed in."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.runner import ScriptFailed

        try:
            self._scripts().prepare()
        except ScriptFailed as failed:
            feedback.pushInfo(str(failed))
        return True

    def processAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Find it."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.scan_project import scan_project
        from . import output_file

        path = self.output_path(values, context)
        wanted = self.parameterAsString(values, parameters.INPUT, context)
        rows, count = self.run_signed_in_or_not(
            values, context, feedback, lambda script, offline: scan_project(script, offline, wanted)
        )
        output_file.write_listing(path, rows, rows)
        return {"COUNT": count, **outcomes.file(path)}
