"""Each job of the window begun by clicking, and cut off: the plugin goes, QGIS closes, or takes another theme.

The settings hold `simulator` (its description), `key`, `services`, `jobs` (which, in order) and `act`: `unload`,
`close` (after the first job) or `theme`. Runs in QGIS's own Python.
"""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsApplication, QgsProject
from qgis.utils import loadPlugin, startPlugin, unloadPlugin

from tests.end_to_end.inside_qgis import clicking, script_runner
from tests.end_to_end.inside_qgis.dock_user import DockUser
from tests.end_to_end.inside_qgis.plugin_presence import look_around, own_threads
from tests.simulator.remote.steering import Simulator

_NAME = "gpkeys_plugin"
_NEW_KEY, _MY_KEYS = 0, 1
_SLOW_MS, _SLUGGISH_MS = 20_000, 700
_THEMES = ("Night Mapping", "default")


class CutOff:
    """One person who is in the middle of something."""

    def __init__(self, settings: script_runner.Settings, record: script_runner.Record) -> None:
        self._settings = settings
        self._simulator = Simulator.from_description(settings["simulator"])
        self._record = record
        self._person = DockUser()
        self._begin: dict[str, Callable[[], None]] = {
            "layers": lambda: self._under_way("addToMapButton"),
            "services": self._read_services,
            "page": self._read_page,
            "test": lambda: self._on_key("testKeyButton"),
            "edit": self._edit,
            "connection": lambda: self._on_key("connectKeyButton", "connectButton"),
            "outlook": lambda: self._on_key("deleteKeyButton"),
            "rotation": lambda: self._on_key("rotateKeyButton", "rotateButton"),
            "deletion": lambda: self._on_key("deleteKeyButton", "deleteButton"),
            "creation": self._create_another,
        }

    def go(self) -> None:
        """Make a key; begin each job, and do what the settings say in the middle of it."""
        self._person.unlock()
        self._person.open_dock()
        self._person.sign_in()
        self._walk_to_create(self._settings["key"])
        self._person.create()
        for job in self._settings["jobs"]:
            self._begin[job]()
            tasks = [task.description() for task in QgsApplication.taskManager().activeTasks()]
            self._record.saw("under way", [job, tasks])
            if self._settings["act"] == "close":
                return
            if self._settings["act"] == "theme":
                self._dress()
            self._reload()
            # What one job has left must not be taken for the next one's.
            clicking.wait_until(lambda: "GPKeys job" not in own_threads(), "the end of the job's thread")

    def _latency_ms(self) -> int:
        return _SLUGGISH_MS if self._settings["act"] == "theme" else _SLOW_MS

    def _under_way(self, button: str) -> None:
        """Click what begins a job; the platform takes its time."""
        self._simulator.latency(self._latency_ms())
        self._simulator.clear_requests()
        clicking.click(self._person.dock, button)
        clicking.wait_until(self._simulator.requests, f"a request after {button}")

    def _read_services(self) -> None:
        self._go_to_services()
        self._under_way("refreshButton")

    def _go_to_services(self) -> None:
        """Go to step 1, which has made way for the result where a key was just created."""
        dock = self._person.dock
        clicking.widget(dock, "dockTabs").setCurrentIndex(_NEW_KEY)
        if clicking.visible(dock, "anotherKeyButton"):
            clicking.click(dock, "anotherKeyButton")
        self._person.wait_for_services()

    def _on_key(self, *buttons: str) -> None:
        """Open the key's page and click; the last button begins the job."""
        self._choose_key()
        self._open_page()
        for button in buttons[:-1]:
            clicking.click(self._person.dock, button)
        self._under_way(buttons[-1])

    def _read_page(self) -> None:
        self._choose_key()
        self._under_way("openKeyPageButton")

    def _edit(self) -> None:
        dock = self._person.dock
        self._choose_key()
        self._open_page()
        clicking.click(dock, "editKeyButton")
        clicking.type_into(dock, "keyNameEdit", f"{self._settings['key']['name']} bis")
        clicking.click(dock, "nextButton")
        self._under_way("saveButton")

    def _choose_key(self) -> None:
        dock, name = self._person.dock, self._settings["key"]["name"]
        clicking.widget(dock, "dockTabs").setCurrentIndex(_MY_KEYS)
        clicking.wait_until(lambda: not clicking.visible(dock, "keysBar"), "the keys read")
        keys = clicking.widget(dock, "keysList")
        rows = [keys.model().index(row, 0) for row in range(keys.model().rowCount())]
        keys.setCurrentIndex(next(row for row in rows if str(row.data()).startswith(name)))

    def _open_page(self) -> None:
        clicking.click(self._person.dock, "openKeyPageButton")
        clicking.wait_until(lambda: clicking.visible(self._person.dock, "editKeyButton"), "the page of the key")

    def _create_another(self) -> None:
        self._go_to_services()
        self._walk_to_create({**self._settings["key"], "name": "Une autre"})
        self._under_way("createButton")

    def _walk_to_create(self, key: dict[str, str]) -> None:
        self._person.choose_services(key["name"], self._settings["services"])
        self._person.secure(key)

    def _dress(self) -> None:
        """Change QGIS's theme while the job runs, back again, and wait for its end."""
        for theme in _THEMES:
            QgsApplication.setUITheme(theme)
            QgsApplication.processEvents()
        clicking.wait_until(lambda: QgsApplication.taskManager().countActiveTasks() == 0, "the end of the job")

    def _reload(self) -> None:
        """Unload, look around, load again."""
        QgsProject.instance().clear()
        self._record.saw("unload", unloadPlugin(_NAME))
        self._record.saw("unloaded", look_around())
        self._simulator.latency(0)
        self._record.saw("load", loadPlugin(_NAME) and startPlugin(_NAME))
        self._person.open_dock()
        # It opens with the tab that was in front.
        clicking.wait_until(lambda: clicking.visible(self._person.dock, "dockTabs"), "the tabs")
        clicking.widget(self._person.dock, "dockTabs").setCurrentIndex(_NEW_KEY)
        self._person.wait_for_services()


if __name__ == "__main__":
    script_runner.run(lambda settings, record: CutOff(settings, record).go())
