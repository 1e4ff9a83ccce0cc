"""What the plugin cost QGIS's start, and what opening the window costs. Runs in QGIS's own Python.

The settings hold `plugins`, the names of those that QGIS has started.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from qgis import utils
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QAction, QWidget
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking, script_runner

_PACKAGE = "gpkeys_plugin"
_BEAT_MS = 1
_DOCKS = ("GpkeysOpeningDock", "GpkeysDock")
# A button of the page of the last tab.
_LAST_MADE = "mendButton"


class Heart:
    """Beats in the main thread; `longest_gap_ms` is how long it could not, `longest_work_ms` how much it did then.

    The latter does not grow with what else the machine does.
    """

    def __init__(self) -> None:
        self.longest_gap_ms = 0.0
        self.longest_work_ms = 0.0
        self._last, self._last_cpu = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self.beat)
        self._timer.start()

    def beat(self) -> None:
        """Note that the main thread is free."""
        now = time.perf_counter()
        self.longest_gap_ms = max(self.longest_gap_ms, (now - self._last) * 1000)
        cpu = time.thread_time()
        self.longest_work_ms = max(self.longest_work_ms, (cpu - self._last_cpu) * 1000)
        self._last, self._last_cpu = now, cpu


def own_modules() -> list[str]:
    """Return the plugin's modules that are imported."""
    return sorted(name for name in sys.modules if name.partition(".")[0] == _PACKAGE)


def opening() -> dict[str, float]:
    """Open the dock as the person's click does; return what that took, in milliseconds.

    The gap is the longest one until all pages are made, which goes on once the dock shows.
    """
    action = iface.mainWindow().findChild(QAction, "GpkeysAction")
    heart = Heart()
    wall, cpu = time.perf_counter(), time.process_time()
    action.trigger()
    clicking.wait_until(lambda: any(clicking.visible(iface.mainWindow(), name) for name in _DOCKS), "the dock")
    heart.beat()
    seen = {"wall": (time.perf_counter() - wall) * 1000, "cpu": (time.process_time() - cpu) * 1000}
    clicking.wait_until(lambda: iface.mainWindow().findChild(QWidget, _LAST_MADE) is not None, "all pages")
    heart.beat()
    settled = {"settled, cpu": (time.process_time() - cpu) * 1000, "longest gap": heart.longest_gap_ms}
    settled["its cpu"] = heart.longest_work_ms
    return {**seen, **settled}


def go(settings: script_runner.Settings, record: script_runner.Record) -> None:
    """Note the times of the start, then open the window twice."""
    # As QGIS's own plugin manager shows them: seconds of the processor, up to the end of `initGui`.
    times: dict[str, Any] = utils.plugin_times
    record.saw("start", {name: float(str(times[name]).rstrip("s")) * 1000 for name in settings["plugins"]})
    record.saw("modules", own_modules())
    record.saw("first opening", opening())
    iface.mainWindow().findChild(QAction, "GpkeysAction").trigger()
    record.saw("second opening", opening())
    # What is open when QGIS ends is opened again at its start.
    iface.mainWindow().findChild(QAction, "GpkeysAction").trigger()


if __name__ == "__main__":
    script_runner.run(go)
