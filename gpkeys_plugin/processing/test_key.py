"""Algorithm: test an access key."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProcessingOutputBoolean

from ..jobs.running.translate import tr
from . import outcomes, parameters
from .base import GpkeysAlgorithm, Values


class TestKey(GpkeysAlgorithm):
    """`gpkeys:testkey`."""

    def name(self) -> str:
        """Return the name scripts call it by."""
        return "testkey"

    def displayName(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the name in the toolbox."""
        return tr("Test an access key")

    def purpose(self) -> str:
        """Return what it does."""
        return tr(
            "Tests each service of an access key, with what QGIS holds for it, and says what came of it: works, key "
            "refused, filter, nothing granted, not served yet, answer of something else, limit reached, out of "
            "order, certificate or proxy trouble."
        )

    def remarks(self) -> str:
        """Return what else the user should know."""
        return tr(
            "OK is true when every service works. A service that does not work is not an error of the algorithm: the "
            "report and the log say what is wrong and what to do."
        )

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        return (
            'processing.run("gpkeys:testkey", {"KEY": "Poste 12", "OUTPUT": "test.json"})["OK"]',
            'qgis_process run gpkeys:testkey --KEY="Poste 12" --OUTPUT=test.json',
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: N802 - the name QGIS calls
        """Declare inputs and outputs."""
        self.addParameter(parameters.key())
        self.addParameter(parameters.authcfg())
        self.addParameter(parameters.report_file())
        self.addOutput(QgsProcessingOutputBoolean("OK", tr("Whether every service works")))

    def processAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Test it."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.check_key import judge_key
        from . import output_file

        wanted = self.parameterAsString(values, parameters.KEY, context)
        path = self.output_path(values, context)
        outcome = self.run_script(values, context, feedback, lambda script: judge_key(script, wanted))
        output_file.write_report(path, outcome.report)
        return {"OK": outcome.is_good, **outcomes.file(path)}
