"""Unloads and loads the plugin again, with the dock open, signed in, and in the middle of a task.

The settings hold `simulator`, its description. Runs in QGIS's own Python.
"""

from __future__ import annotations

import time
from pathlib import Path

from qgis.utils import iface, loadPlugin, startPlugin, unloadPlugin

from tests.end_to_end.inside_qgis import clicking, script_runner
from tests.end_to_end.inside_qgis.dock_user import DockUser
from tests.end_to_end.inside_qgis.plugin_presence import look_around
from tests.simulator.remote.steering import Simulator

_NAME = "gpkeys_plugin"
_LATENCY_MS = 20_000


class Reload:
    """One person who reloads the plugin again and again; the record says what is left each time."""

    def __init__(self, settings: script_runner.Settings, record: script_runner.Record) -> None:
        self._simulator = Simulator.from_description(settings["simulator"])
        self._record = record
        self._person = DockUser()

    def go(self) -> None:
        """Twice at rest, once in the middle of reading the services, and once more to see that all still works."""
        self._person.unlock()
        self._person.open_dock()
        self._person.sign_in()
        self._saw("signed in")
        for _ in range(2):
            self._unload()
            self._load()
            self._person.wait_for_services()
            self._saw("loaded")
        self._begin_task()
        self._unload()
        self._simulator.latency(0)
        self._load()
        self._person.wait_for_services()
        self._saw("loaded")

    def _begin_task(self) -> None:
        """Read the services again; the platform takes its time."""
        self._simulator.latency(_LATENCY_MS)
        self._simulator.clear_requests()
        clicking.click(self._person.dock, "refreshButton")
        clicking.wait_until(lambda: self._simulator.requests(service="api"), "the services being read")

    def _unload(self) -> None:
        begin = time.monotonic()
        done = unloadPlugin(_NAME)
        self._record.saw("seconds to unload", time.monotonic() - begin)
        self._record.saw("unload", done)
        self._saw("unloaded")

    def _load(self) -> None:
        self._record.saw("load", loadPlugin(_NAME) and startPlugin(_NAME))
        self._person.open_dock()

    def _saw(self, step: str) -> None:
        self._record.saw(step, look_around())
        clicking.picture(iface.mainWindow(), Path(script_runner.read_settings()["report"]).with_name(f"{step}.png"))


if __name__ == "__main__":
    script_runner.run(lambda settings, record: Reload(settings, record).go())
