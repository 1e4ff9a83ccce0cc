"""The dock as it opens: there at once, until all that the real one is made of is imported."""

from __future__ import annotations

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtWidgets import QDockWidget, QLabel, QMainWindow, QProgressBar, QVBoxLayout, QWidget

from ..jobs.running.translate import tr

_WIDTH, _HEIGHT = 380, 400


class _Content(QWidget):
    """What is being done; as wide as the dock will be."""

    def __init__(self) -> None:
        super().__init__()
        label, bar = QLabel(tr("Opening…")), QProgressBar()
        label.setTextFormat(Qt.TextFormat.PlainText)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(label.text())
        column = QVBoxLayout(self)
        for widget in (label, bar):
            column.addWidget(widget)
        column.addStretch(1)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the first size of the dock."""
        return QSize(_WIDTH, _HEIGHT)


class OpeningDock(QgsDockWidget):
    """Stands where the dock will be."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Géoplateforme access keys"), parent)
        # The name under which QGIS knows the place.
        self.setObjectName("GpkeysDock")
        self.setWidget(_Content())

    def give_place_to(self, dock: QDockWidget, window: QMainWindow) -> None:
        """Have the dock of a window stand where this one does, which goes."""
        is_floating, place = self.isFloating(), self.geometry()
        window.setUpdatesEnabled(False)
        try:
            window.addDockWidget(window.dockWidgetArea(self), dock)
            if is_floating:
                dock.setFloating(True)
                dock.setGeometry(place)
            else:
                window.tabifyDockWidget(self, dock)
            window.removeDockWidget(self)
        finally:
            window.setUpdatesEnabled(True)
        self.deleteLater()
