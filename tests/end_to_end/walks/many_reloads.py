"""Unloads and loads the plugin many times, at rest and in the middle of reading the services; each time they must come.

The settings hold `simulator`, its description, and `times`. Runs in QGIS's own Python.
"""

from __future__ import annotations

import time

from qgis.core import QgsApplication
from qgis.utils import loadPlugin, startPlugin, unloadPlugin

from tests.end_to_end.inside_qgis import clicking, script_runner
from tests.end_to_end.inside_qgis.dock_user import DockUser
from tests.end_to_end.inside_qgis.plugin_presence import clear_away, look_around, own_threads

_NAME = "gpkeys_plugin"
_STEP_S = 0.004


class ManyReloads:
    """One person who reloads the plugin again and again; the record says how often, and what is left at the end."""

    def __init__(self, settings: script_runner.Settings, record: script_runner.Record) -> None:
        self._settings = settings
        self._record = record
        self._person = DockUser()

    def go(self) -> None:
        """Reload so many times, every other time a moment after the services have begun to be read."""
        self._person.unlock()
        self._person.open_dock()
        self._person.sign_in()
        for number in range(self._settings["times"]):
            if number % 2:
                clicking.click(self._person.dock, "refreshButton")
                self._turn_for(_STEP_S * (number % 20))
            begin = time.monotonic()
            unloadPlugin(_NAME)
            self._record.saw("seconds to unload", time.monotonic() - begin)
            clear_away()
            self._record.content["left"] = [own_threads(), QgsApplication.taskManager().countActiveTasks()]
            if self._record.content["left"] != [[], 0]:
                return
            loadPlugin(_NAME)
            startPlugin(_NAME)
            self._person.open_dock()
            self._person.wait_for_services()
            self._record.content["reloads"] = number + 1
        unloadPlugin(_NAME)
        self._record.content["at the end"] = look_around()

    def _turn_for(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        clicking.wait_until(lambda: time.monotonic() > end, "a moment")


if __name__ == "__main__":
    script_runner.run(lambda settings, record: ManyReloads(settings, record).go())
