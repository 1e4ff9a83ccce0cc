"""Tells QGIS, at its start, of the plugin's page in its options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon, QPalette
from qgis.PyQt.QtWidgets import QWidget

from ..jobs.running.translate import tr

if TYPE_CHECKING:
    from ..jobs.window.preferences import PluginPreferences


class OptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page when the options are opened."""

    def __init__(self, preferences: Callable[[], PluginPreferences]) -> None:
        super().__init__(tr("Géoplateforme access keys"), QIcon())
        self._preferences = preferences

    def icon(self) -> QIcon:
        """Return the page's icon."""
        # Imported here: QGIS starts without it.
        from .drawing.icons import icon

        return icon("gpkeys", QPalette().color(QPalette.ColorRole.WindowText))

    def createWidget(self, parent: QWidget | None = None) -> QgsOptionsPageWidget:  # noqa: N802
        """Return a new page."""
        # Imported here: QGIS starts without it.
        from .options_page import OptionsPage

        return OptionsPage(self._preferences(), parent)
