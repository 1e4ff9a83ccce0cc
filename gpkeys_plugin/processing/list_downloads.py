"""Algorithm: list what a key opens for download."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingOutputNumber

from ..jobs.running.translate import tr
from . import download_choice, outcomes, parameters
from .base import GpkeysAlgorithm, ToolboxGroup, Values


class ListDownloads(GpkeysAlgorithm):
    """`gpkeys:listdownloads`."""

    GROUP = ToolboxGroup.DOWNLOAD

    def name(self) -> str:
        """Return the name scripts call it by."""
        return "listdownloads"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the name in the toolbox."""
        return tr("List what a key opens for download")

    def purpose(self) -> str:
        """Return what it does."""
        return tr(
            "Lists the files of the download service that a key opens: edition, zone, format, reference system, size "
            "and checksum. Nothing is fetched."
        )

    def remarks(self) -> str:
        """Return what else the user should know."""
        return tr(
            "Without EDITION, only the newest edition of each product, zone and format; with *, all of them, which "
            "takes a while: the service takes ten requests a second. The file is JSON, or CSV when its name ends in "
            ".csv."
        )

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        return (
            'processing.run("gpkeys:listdownloads", {"KEY": "Poste 12", "ZONE": "63", "OUTPUT": "files.csv"})',
            'qgis_process run gpkeys:listdownloads --KEY="Poste 12" --ZONE=63 --FORMAT=TIFF --OUTPUT=files.csv',
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare inputs and outputs."""
        download_choice.declare(self)
        self.addParameter(parameters.authcfg())
        self.addParameter(parameters.listing_file(tr("Files to download")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of files")))

    def processAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read them and write the file."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.downloads import list_downloads
        from . import output_file

        path = self.output_path(values, context)
        choice = download_choice.read(self, values, context)
        rows = self.run_script(values, context, feedback, lambda script: list_downloads(script, choice))
        output_file.write_listing(path, rows, rows)
        return {"COUNT": len(rows), **outcomes.file(path)}
