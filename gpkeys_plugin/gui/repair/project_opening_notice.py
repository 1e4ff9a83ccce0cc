"""Tells, when a project is opened, that some of its layers need a key."""

from __future__ import annotations

from typing import Callable

from qgis.core import Qgis, QgsProject
from qgis.gui import QgsMessageBar, QgsMessageBarItem
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QPushButton

from ...entrepot.errors import GpkeysError
from ...jobs.running.translate import tr
from ...jobs.window.preferences import PluginPreferences
from ...jobs.window.repair_jobs import RepairJobs
from ..notices.message_area import sentence
from ..parts.page import push_button
from . import repair_words
from .layer_groups import layers_to_tell

_AFTER_CHANGES_MS = 300


class ProjectWatch(QObject):
    """One line in QGIS's message bar, once a project and session; no request, no prompt. An option switches it off."""

    def __init__(
        self,
        message_bar: QgsMessageBar,
        jobs: RepairJobs,
        preferences: PluginPreferences,
        on_show: Callable[[], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._message_bar, self._jobs, self._preferences, self._on_show = message_bar, jobs, preferences, on_show
        self._told: set[str] = set()
        self._line: QgsMessageBarItem | None = None
        # QGIS's own dialog of unavailable layers is over when it says `readProject` (3.22 to 3.44); its own listeners
        # are not: what they do with the new project comes first.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.look)
        self._recount = QTimer(self)
        self._recount.setSingleShot(True)
        self._recount.setInterval(_AFTER_CHANGES_MS)
        self._recount.timeout.connect(self._on_changed)
        self._project = QgsProject.instance()
        self._project.readProject.connect(self._on_read)
        self._project.cleared.connect(self._on_cleared)
        self._project.dirtySet.connect(self._on_dirty)

    def stop(self) -> None:
        """Take the line away and don't listen any more."""
        self._project.readProject.disconnect(self._on_read)
        self._project.cleared.disconnect(self._on_cleared)
        self._project.dirtySet.disconnect(self._on_dirty)
        self._on_cleared()

    def look(self) -> None:
        """Look at the open project, as after it was opened."""
        place = self._project.fileName()
        if place in self._told or not self._preferences.tells_of_layers():
            return
        count = len(layers_to_tell(self._jobs.look()))
        if count:
            # A template has no file: each project made from it is another one.
            self._told.update({place} - {""})
            self._tell(count)

    def _on_read(self, *_document: object) -> None:
        self._timer.start()

    def _on_dirty(self) -> None:
        if self._line is not None:
            self._recount.start()

    def _on_changed(self) -> None:
        """Take the line away once its layers have their key."""
        if not layers_to_tell(self._jobs.look()):
            self._on_cleared()

    def _on_cleared(self) -> None:
        self._timer.stop()
        self._recount.stop()
        line, self._line = self._line, None
        if line is not None:
            self._message_bar.popWidget(line)

    def _tell(self, count: int) -> None:
        line = self._message_bar.createMessage(repair_words.line(count))
        line.setObjectName("gpkeysRepairLine")
        line.setLevel(Qgis.MessageLevel.Info)
        line.layout().addWidget(self._button("showRepairButton", tr("Show"), self._on_show))
        if "tells_of_layers" not in self._preferences.fixed().names:
            stop = self._preferences.stop_telling_of_layers
            line.layout().addWidget(self._button("stopTellingButton", tr("Don’t tell me any more"), stop))
        line.destroyed.connect(self._on_line_gone)
        self._line = line
        self._message_bar.pushItem(line)

    def _button(self, name: str, words: str, act: Callable[[], object]) -> QPushButton:
        button = push_button(name, words)
        button.clicked.connect(lambda: self._on_button(act))
        return button

    def _on_button(self, act: Callable[[], object]) -> None:
        self._on_cleared()
        try:
            act()
        except GpkeysError as error:
            self._message_bar.pushMessage(tr("Géoplateforme"), sentence(error), Qgis.MessageLevel.Warning)

    def _on_line_gone(self) -> None:
        self._line = None
