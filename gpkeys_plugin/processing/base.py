"""What the algorithms share: how one is prepared, run and told to have failed."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Callable, Mapping, TypeVar

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
)
from qgis.PyQt.QtCore import QFileInfo
from qgis.PyQt.QtGui import QIcon

from ..jobs.running.translate import tr
from . import parameters

if TYPE_CHECKING:
    from ..jobs.scripts.runner import Scripts
    from ..jobs.scripts.script_context import Offline, Script

T = TypeVar("T")
Values = Mapping[str, Any]

ICON = QFileInfo(__file__).absoluteDir().filePath("../resources/icons/gpkeys.svg")


class ToolboxGroup(Enum):
    """A group of the toolbox, by its id."""

    LOOK = "look"
    CHANGE = "change"
    DOWNLOAD = "download"


class GpkeysAlgorithm(QgsProcessingAlgorithm):
    """An algorithm over one use case. Its network runs where Processing runs it, never on the GUI thread.

    QGIS makes each algorithm, and asks what it takes and gives, at its start. So each only describes itself, and
    imports what it runs where it runs it; `scripts` returns the use cases, which are made then.
    """

    def __init__(self, scripts: Callable[[], Scripts]) -> None:
        super().__init__()
        self._scripts = scripts

    def createInstance(self) -> GpkeysAlgorithm:  # noqa: N802 - the name QGIS calls
        """Return a fresh algorithm of the same kind."""
        return type(self)(self._scripts)

    GROUP = ToolboxGroup.LOOK
    """Where the toolbox has it: by whether it looks, changes keys or what QGIS holds of them, or fetches files."""

    def group(self) -> str:
        """Return the group in the toolbox."""
        words = {
            ToolboxGroup.LOOK: tr("Look and test"),
            ToolboxGroup.CHANGE: tr("Make and change"),
            ToolboxGroup.DOWNLOAD: tr("Download"),
        }
        return words[self.GROUP]

    def groupId(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the group's id."""
        return self.GROUP.value

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(ICON)

    def tags(self) -> list[str]:
        """Return the words the toolbox also finds it by."""
        return tr("key,access,geoplateforme,cartes.gouv.fr,ign,authentication").split(",")

    def shortHelpString(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return what it does, and examples: lines, since QGIS makes a paragraph of each."""
        script, command = self.examples()
        return "\n".join(
            (self.purpose(), self.remarks(), tr("In a script:"), script, tr("On the command line:"), command)
        )

    def helpUrl(self) -> str:  # noqa: N802 - the name QGIS calls
        """Return the address of the page of the help that tells of this algorithm."""
        # Imported here: QGIS starts without it.
        from ..jobs.running.help_page import help_url

        return help_url(f"algorithms/{self.name()}").toString()

    def purpose(self) -> str:
        """Return what it does."""
        raise NotImplementedError

    def remarks(self) -> str:
        """Return what else the user should know."""
        raise NotImplementedError

    def examples(self) -> tuple[str, str]:
        """Return an example for the Python console and one for `qgis_process`, a line each."""
        raise NotImplementedError

    def prepareAlgorithm(  # noqa: N802 - the name QGIS calls
        self, values: Values, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Open the authentication database; QGIS calls this on the main thread."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.runner import ScriptFailed

        try:
            self._scripts().prepare()
        except ScriptFailed as failed:
            raise QgsProcessingException(str(failed)) from None
        return True

    def output_path(self, values: Values, context: QgsProcessingContext) -> str:
        """Return the path of the file to write, empty for none; raise QgsProcessingException where that cannot be."""
        # Imported here: QGIS starts without what algorithms run on.
        from . import output_file

        return output_file.checked(str(self.parameterAsFileOutput(values, parameters.OUTPUT, context)))

    def run_script(
        self,
        values: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        work: Callable[[Script], T],
    ) -> T:
        """Return what the use case returns for the account of AUTHCFG; raise what Processing shows as an error."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.runner import ScriptFailed

        authcfg = self.parameterAsString(values, parameters.AUTHCFG, context)
        try:
            return self._scripts().run(authcfg, feedback, work)
        except ScriptFailed as failed:
            raise QgsProcessingException(str(failed)) from None

    def run_signed_in_or_not(
        self,
        values: Values,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
        work: Callable[[Script | None, Offline], T],
    ) -> T:
        """Return what a use case returns that can do without an account; raise what Processing shows as an error."""
        # Imported here: QGIS starts without what algorithms run on.
        from ..jobs.scripts.runner import ScriptFailed

        authcfg = self.parameterAsString(values, parameters.AUTHCFG, context)
        try:
            return self._scripts().run_signed_in_or_not(authcfg, feedback, work)
        except ScriptFailed as failed:
            raise QgsProcessingException(str(failed)) from None
