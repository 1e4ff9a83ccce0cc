"""The line in QGIS's message bar that the administrator's preset is not used."""

from __future__ import annotations

import html

from qgis.core import Qgis, QgsMessageLog
from qgis.gui import QgsMessageBar

from ..entrepot.translatable_text import Text
from ..jobs.running.task import LOG_TAG
from ..jobs.running.translate import show, tr


def tell(message_bar: QgsMessageBar, problem: Text | None) -> None:
    """Say why it is not, in the bar and in the log; nothing where there is no problem."""
    if problem is None:
        return
    QgsMessageLog.logMessage(str(problem), LOG_TAG, Qgis.MessageLevel.Warning)
    title = tr("Géoplateforme access keys")
    message_bar.pushMessage(title, html.escape(show(problem)), Qgis.MessageLevel.Warning)
