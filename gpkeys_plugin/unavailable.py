"""What QGIS gets instead of the plugin where it cannot be loaded."""

from __future__ import annotations

import html
from typing import Any

from qgis.core import Qgis, QgsMessageLog


class UnavailablePlugin:
    """Says once, in the message bar, that the plugin cannot run here and why."""

    def __init__(self, iface: Any, error: ImportError) -> None:
        self._iface = iface
        self._error = error

    def initGui(self) -> None:  # noqa: N802 - the name QGIS calls
        """Tell the user."""
        say_missing(self._iface, self._error)

    def unload(self) -> None:
        """Nothing was hung into QGIS."""


def say_missing(iface: Any, error: ImportError) -> None:
    """Say in the message bar which part of Python or QGIS is missing."""
    QgsMessageLog.logMessage(f"not loaded: {error}", "GPKeys", Qgis.MessageLevel.Critical)
    iface.messageBar().pushMessage(
        "GPKeys",
        f"L’extension ne peut pas démarrer / the plugin cannot start ({html.escape(str(error))}). "
        "Signalez-le avec votre version de QGIS / report it with your version of QGIS.",
        level=Qgis.MessageLevel.Critical,
    )
