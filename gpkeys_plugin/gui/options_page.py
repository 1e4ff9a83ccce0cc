"""The plugin's page in QGIS's options: the platform, the port of the sign-in, where a hash is kept."""

from __future__ import annotations

from qgis.gui import QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtGui import QIcon, QPalette
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ..entrepot.errors import GpkeysError
from ..jobs.running.translate import tr
from ..jobs.set_up_port import PreferencesPort
from .parts import theme
from .parts.message_area import Messages
from .preferences_form import PreferencesForm


class OptionsPage(QgsOptionsPageWidget):
    """The form inside QGIS's options dialog."""

    def __init__(self, preferences: PreferencesPort, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("GpkeysOptionsPage")
        self._preferences = preferences
        self._messages = Messages()
        self._form = PreferencesForm(
            preferences.environments(), preferences.port_problem, has_header=preferences.has_header_method()
        )
        self._form.show_preferences(preferences.load())
        column = QVBoxLayout(self)
        column.addWidget(self._messages)
        column.addWidget(self._form, 1)

    def isValid(self) -> bool:  # noqa: N802
        """Say whether what is typed can be kept; QGIS asks before `apply`."""
        return self._form.find_fault() == ""

    def apply(self) -> None:
        """Keep what is typed."""
        try:
            self._preferences.save(self._form.preferences())
        except GpkeysError as error:
            self._messages.show_error(error)


class OptionsFactory(QgsOptionsWidgetFactory):
    """Tells QGIS about the page."""

    def __init__(self, preferences: PreferencesPort) -> None:
        super().__init__(tr("Géoplateforme access keys"), QIcon())
        self._preferences = preferences

    def icon(self) -> QIcon:
        """Return the page's icon."""
        return theme.icon("gpkeys", QPalette().color(QPalette.ColorRole.WindowText))

    def createWidget(self, parent: QWidget | None = None) -> QgsOptionsPageWidget:  # noqa: N802
        """Return a new page."""
        return OptionsPage(self._preferences, parent)
