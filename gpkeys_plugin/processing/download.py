"""Algorithm: download what a key opens."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
)

from ..jobs.running.translate import tr
from . import download_choice, outcomes, parameters
from .base import GpkeysAlgorithm, ToolboxGroup, Values

FOLDER = "FOLDER"
UNPACK = "UNPACK"
OVERWRITE = "OVERWRITE"


class Download(GpkeysAlgorithm):
    """`gpkeys:download`."""

    GROUP = ToolboxGroup.DOWNLOAD

    def name(self) -> str:
        """Return the name scripts call it by."""
        return "download"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the name in the toolbox."""
        return tr("Download what a key opens")

    def purpose(self) -> str:
        """Return what it does."""
        return tr(
            "Fetches files of the download service into a folder, one below it an edition: checked, unpacked, and "
            "tiles put together in a virtual mosaic (.vrt). The key goes as a header, never into an address or a file."
        )

    def remarks(self) -> str:
        """Return what else the user should know."""
        return tr(
            "Run again, it goes on with what was cut off, and fetches only what is missing or has changed; OVERWRITE "
            "fetches everything anew. A file gets its name once its size and checksum are right. It fails, after "
            "having fetched the others, when a file cannot be had; the report says which."
        )

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        return (
            'processing.run("gpkeys:download", {"KEY": "Poste 12", "ZONE": "63", "FOLDER": "/data/scan25"})',
            'qgis_process run gpkeys:download --KEY="Poste 12" --ZONE=63 --FOLDER=/data/scan25 --OUTPUT=report.json',
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare inputs and outputs."""
        download_choice.declare(self)
        self.addParameter(
            QgsProcessingParameterFile(
                FOLDER, tr("Folder to fetch into"), behavior=QgsProcessingParameterFile.Behavior.Folder
            )
        )
        self.addParameter(
            QgsProcessingParameterBoolean(UNPACK, tr("Unpack archives"), defaultValue=True, optional=True)
        )
        self.addParameter(
            QgsProcessingParameterBoolean(
                OVERWRITE, tr("Fetch anew what is there already"), defaultValue=False, optional=True
            )
        )
        self.addParameter(parameters.authcfg())
        self.addParameter(parameters.report_file())
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of files fetched")))
        self.addOutput(QgsProcessingOutputNumber("BYTES", tr("Number of bytes fetched")))

    def processAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Fetch them and write the report; raise what Processing shows as an error where a file could not be had."""
        # Imported here: QGIS starts without what algorithms run on.
        from pathlib import Path

        from ..jobs.scripts.downloads import DownloadOrder, download
        from . import output_file

        path = self.output_path(values, context)
        order = DownloadOrder(
            download_choice.read(self, values, context),
            Path(str(self.parameterAsFile(values, FOLDER, context))),
            is_unpacking=self.parameterAsBool(values, UNPACK, context),
            is_overwriting=self.parameterAsBool(values, OVERWRITE, context),
        )
        outcome = self.run_script(values, context, feedback, lambda script: download(script, order))
        output_file.write_report(path, outcome.report)
        if outcome.failure:
            raise QgsProcessingException(outcome.failure)
        return {"COUNT": outcome.count, "BYTES": outcome.bytes, **outcomes.file(path)}
