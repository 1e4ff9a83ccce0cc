"""Ends QGIS in the middle of a creation, and at the next start undoes or finishes what is left.

The settings hold `simulator` (its description), `key`, `services` and `act`: `begin` a creation, or `die` in it; at the
next start `return`, `undo` or `finish`. Runs in QGIS's own Python.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QFrame

from tests.end_to_end.inside_qgis import clicking, script_runner
from tests.end_to_end.inside_qgis.dock_user import DockUser
from tests.simulator.remote.steering import Simulator


class Closing:
    """One person who closes QGIS at the wrong moment, and comes back."""

    def __init__(self, settings: script_runner.Settings, record: script_runner.Record) -> None:
        self._settings = settings
        self._simulator = Simulator.from_description(settings["simulator"])
        self._record = record
        self._person = DockUser()

    def go(self) -> None:
        """Do what the settings say."""
        acts: dict[str, Callable[[], None]] = {
            "begin": self._begin_creation,
            "die": self._die,
            "return": self._come_back,
            "undo": self._undo,
            "finish": self._finish,
        }
        self._person.unlock()
        self._person.open_dock()
        acts[self._settings["act"]]()

    def _begin_creation(self) -> None:
        """Come to where the key is made and its services are not opened yet."""
        key = self._settings["key"]
        self._person.sign_in()
        self._person.choose_services(key["name"], self._settings["services"])
        self._person.secure(key)
        clicking.click(self._person.dock, "createButton")
        clicking.wait_until(
            lambda: self._simulator.requests(method="POST", path="/accesses"), "the services being opened"
        )
        self._record.saw("tasks", QgsApplication.taskManager().countActiveTasks())

    def _die(self) -> None:
        self._begin_creation()
        script_runner.write_report(self._settings, self._record)
        os.kill(os.getpid(), signal.SIGKILL)

    def _come_back(self) -> None:
        """The session of last time is taken up; the dock says what is left, or nothing."""
        self._record.saw("sign in again", clicking.visible(self._person.dock, "signInButton"))
        self._person.take_up_session()
        self._record.content["left"] = [
            notice.text()
            for notice in self._person.dock.findChildren(QFrame)
            if notice.objectName().startswith("remainder-") and notice.isVisible()
        ]
        self._record.content["configurations"] = self._configurations()

    def _undo(self) -> None:
        self._come_back()
        clicking.click(self._person.dock, "undoButton")
        clicking.wait_until(lambda: not clicking.visible(self._person.dock, "undoButton"), "the notice gone")
        self._person.wait_for_services()
        self._record.content["configurations"] = self._configurations()

    def _finish(self) -> None:
        self._come_back()
        clicking.click(self._person.dock, "finishButton")
        clicking.wait_until(lambda: clicking.visible(self._person.dock, "addToMapButton"), "the result")
        self._record.saw("remainder shown", clicking.visible(self._person.dock, "finishButton"))

    def _configurations(self) -> list[str]:
        """The authentication configurations that are not for the sign-in."""
        held = QgsApplication.authManager().availableAuthMethodConfigs()
        return sorted(config.name() for config in held.values() if config.method() != "OAuth2")


if __name__ == "__main__":
    script_runner.run(lambda settings, record: Closing(settings, record).go())
