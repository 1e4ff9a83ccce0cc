"""Tells, once for many, that the layers of the open project are others than before."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

_MOMENT_MS = 50


class ProjectChanges(QObject):
    """`changed` comes when a moment has passed without a change: QGIS tells each layer that it adds or reads.

    A turn of the event loop would not do: QGIS lets some go by between two layers (3.22). `saved` comes at once.
    """

    changed = pyqtSignal()
    saved = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_MOMENT_MS)
        self._timer.timeout.connect(self.changed)
        self._signals: tuple[Any, ...] = _signals(QgsProject.instance())
        for signal in self._signals:
            signal.connect(self._on_change)
        QgsProject.instance().projectSaved.connect(self.saved)

    def stop(self) -> None:
        """Don't listen any more."""
        self._timer.stop()
        if self._signals:
            QgsProject.instance().projectSaved.disconnect(self.saved)
        for signal in self._signals:
            signal.disconnect(self._on_change)
        self._signals = ()

    def note(self) -> None:
        """Take it for a change that a layer has another source."""
        if self._signals:
            self._timer.start()

    def _on_change(self, *_what: object) -> None:
        self._timer.start()


def _signals(project: QgsProject) -> tuple[Any, ...]:
    return project.readProject, project.cleared, project.layersAdded, project.layersRemoved
