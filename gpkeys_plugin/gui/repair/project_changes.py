"""Tells, once for many, that the layers of the open project are others than before."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal


class ProjectChanges(QObject):
    """`changed` comes a turn of the event loop after the first of many changes: QGIS tells each layer it reads."""

    changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.changed)
        self._signals: tuple[Any, ...] = _signals(QgsProject.instance())
        for signal in self._signals:
            signal.connect(self._on_change)

    def stop(self) -> None:
        """Don't listen any more."""
        self._timer.stop()
        for signal in self._signals:
            signal.disconnect(self._on_change)
        self._signals = ()

    def _on_change(self, *_what: object) -> None:
        self._timer.start()


def _signals(project: QgsProject) -> tuple[Any, ...]:
    return project.readProject, project.cleared, project.layersAdded, project.layersRemoved
