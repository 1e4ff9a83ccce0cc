"""Tells, after a project was saved, that it holds a hash of one's own in clear; or that others need a key for it."""

from __future__ import annotations

from typing import Callable

from qgis.core import Qgis, QgsProject
from qgis.gui import QgsMessageBar, QgsMessageBarItem
from qgis.PyQt.QtCore import QObject, QTimer

from ...jobs.repair.repair_values import Repaired, Undone
from ...jobs.running.translate import show, tr
from ...jobs.share.share_values import CountInClear
from ...jobs.values import Failed
from ...jobs.window.preferences import PluginPreferences
from ...jobs.window.share_jobs import ShareJobs
from ..notices.message_area import sentence
from ..parts.page import push_button
from ..parts.page_job import JobUnderWay
from . import share_words

# Long enough to be read and reached by keyboard: it does not come again.
_QUIET_S = 15


class SaveWatch(QObject):
    """One line in QGIS's message bar: of a hash once a project and session, unless the project says it is meant so.

    Of a key that others need, once a project for ever, and never where there is a hash to tell of. Nothing is asked,
    and saving is over before the project is looked at. An option switches each off.
    """

    def __init__(
        self,
        message_bar: QgsMessageBar,
        jobs: ShareJobs,
        preferences: PluginPreferences,
        on_sign_in_wanted: Callable[[], object],
        on_share_wanted: Callable[[str], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._message_bar, self._jobs, self._preferences = message_bar, jobs, preferences
        self._on_sign_in_wanted, self._on_share_wanted = on_sign_in_wanted, on_share_wanted
        self._told: set[str] = set()
        self._line: QgsMessageBarItem | None = None
        self._act = JobUnderWay()
        # Whoever else listens to `projectSaved`, and QGIS itself, come first.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.look)
        self._project = QgsProject.instance()
        self._project.projectSaved.connect(self._timer.start)
        self._project.cleared.connect(self.withdraw)

    def stop(self) -> None:
        """Take the line away and don't listen any more."""
        self._project.projectSaved.disconnect(self._timer.start)
        self._project.cleared.disconnect(self.withdraw)
        self._act.drop()
        self.withdraw()

    def look(self) -> None:
        """Look at the open project, as after it was saved."""
        place = self._project.fileName()
        minds_hashes = self._preferences.tells_of_hashes() and not self._jobs.is_meant()
        found = self._jobs.count_in_clear() if minds_hashes and place not in self._told else CountInClear()
        if found != CountInClear():
            self._told.add(place)
            self._tell(found)
        elif self._preferences.tells_of_keys():
            self._look_for_keys(minds_hashes=minds_hashes and place in self._told)

    def _look_for_keys(self, *, minds_hashes: bool) -> None:
        needed = self._jobs.untold_keys()
        if not needed.key_id or self._line is not None:
            return
        if minds_hashes and self._jobs.count_in_clear() != CountInClear():
            return
        self._jobs.note_told(needed)
        words = tr("Who opens this project elsewhere needs an access key.")
        line = self._new_line(words, Qgis.MessageLevel.Info, tr("Géoplateforme"))
        line.setDuration(_QUIET_S)
        self._add_button(line, "shareProjectButton", tr("Share…"), lambda: self._on_share_wanted(needed.key_id))
        self._show(line)

    def _tell(self, found: CountInClear) -> None:
        line = self._new_line(share_words.saved(found), Qgis.MessageLevel.Info)
        if found.layers and self._jobs.can_use_configuration():
            self._add_button(line, "useConfigurationButton", tr("Use a configuration instead"), self._on_use)
        self._add_button(line, "hashIsMeantButton", tr("It is meant so"), self._on_meant)
        self._show(line)

    def _on_meant(self) -> None:
        self._jobs.mean_it()
        words = tr("Noted in the project: save it once more to keep the note.")
        self._show(self._new_line(words, Qgis.MessageLevel.Success))

    def _on_use(self) -> None:
        if not self._jobs.is_signed_in():
            # Saved again, the line is there again.
            self._told.discard(self._project.fileName())
            words = tr("Sign in first, then save the project again.")
            self._show(self._new_line(words, Qgis.MessageLevel.Info))
            self._on_sign_in_wanted()
            return
        layers = self._jobs.layers_in_clear()
        end = self._act.end
        self._act.begin(
            lambda: self._jobs.take_out(layers, lambda *_: None, end(self._on_taken_out), end(self._on_failed))
        )

    def _on_taken_out(self, repaired: Repaired) -> None:
        words = [share_words.taken_out(len(repaired.mended)), *map(show, share_words.kept(repaired.left))]
        level = Qgis.MessageLevel.Warning if repaired.left else Qgis.MessageLevel.Success
        line = self._new_line(" ".join(words), level)
        if self._jobs.can_undo():
            self._add_button(line, "undoUseButton", tr("Undo"), self._on_undo)
        self._show(line)

    def _on_undo(self) -> None:
        end = self._act.end
        self._act.begin(lambda: self._jobs.undo(end(self._on_undone), end(self._on_failed)))

    def _on_undone(self, undone: Undone) -> None:
        words = [share_words.brought_back(len(undone.layers)), *map(show, share_words.unchanged(undone.left))]
        self._show(self._new_line(" ".join(words), Qgis.MessageLevel.Info))

    def _on_failed(self, failure: Failed) -> None:
        words = [sentence(failure.error), *map(show, failure.stayed)]
        self._show(self._new_line(" ".join(words), Qgis.MessageLevel.Warning))

    # The line

    def _new_line(self, words: str, level: Qgis.MessageLevel, title: str = "") -> QgsMessageBarItem:
        self.withdraw()
        line = self._message_bar.createMessage(title or tr("Géoplateforme access keys"), words)
        line.setObjectName("gpkeysSaveLine")
        line.setLevel(level)
        return line

    def _add_button(self, line: QgsMessageBarItem, name: str, words: str, act: Callable[[], object]) -> None:
        button = push_button(name, words)
        button.clicked.connect(lambda: self._on_button(act))
        line.layout().addWidget(button)

    def _on_button(self, act: Callable[[], object]) -> None:
        self.withdraw()
        act()

    def _show(self, line: QgsMessageBarItem) -> None:
        line.destroyed.connect(self._on_line_gone)
        self._line = line
        self._message_bar.pushItem(line)

    def withdraw(self) -> None:
        """Take the line away, as when the project or the account is another one."""
        self._timer.stop()
        line, self._line = self._line, None
        if line is not None:
            self._message_bar.popWidget(line)

    def _on_line_gone(self) -> None:
        self._line = None
