"""QGIS's own themes."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QApplication

DEFAULT, NIGHT, GRAY = THEMES = ("default", "Night Mapping", "Blend of Gray")


class Themes:
    """Changes the theme as QGIS's options do, and puts it back."""

    def __init__(self) -> None:
        self._palette = QPalette(QApplication.palette())

    def wear(self, name: str) -> None:
        """Put a theme on; raises LookupError where this QGIS has none of that name."""
        if name not in QgsApplication.uiThemes():
            raise LookupError(name)
        if name == DEFAULT:
            self.take_off()
        else:
            QgsApplication.setUITheme(name)

    def take_off(self) -> None:
        """Go back to QGIS as it starts without a theme: QGIS itself leaves the palette of the one before."""
        QgsApplication.setUITheme(DEFAULT)
        QApplication.setPalette(self._palette)
