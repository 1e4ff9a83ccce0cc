"""What every script shares that runs inside a QGIS desktop: it does its work, writes its report, closes QGIS.

Started with `qgis --code`; what to do is in the JSON file that `GPKEYS_WALK_SETTINGS` names, and under `report` in it
the file to write; `ending` is `session` where QGIS is to end without a question. Runs in QGIS's own Python.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QMessageBox
from qgis.utils import iface

from tests.end_to_end.inside_qgis import clicking

Settings = dict[str, Any]
_TO_TELL_S = 5.0  # before a run is killed, where each of its threads stands goes to QGIS's output


class Record:
    """What a script saw: `steps`, QGIS's message log, exceptions that nobody caught, and what the script adds."""

    def __init__(self) -> None:
        self.content: dict[str, Any] = {"steps": [], "log": [], "exceptions": []}
        # Instead of QGIS's modal window, at which the script would stand still.
        sys.excepthook = self._on_exception
        QgsApplication.messageLog().messageReceived.connect(self._on_message)

    def saw(self, step: str, what: object) -> None:
        """Note a step."""
        self.content["steps"].append({"step": step, "seen": what})

    def _on_message(self, message: str, tag: str, level: object) -> None:
        is_trouble = level not in (Qgis.MessageLevel.Info, Qgis.MessageLevel.Success)
        self.content["log"].append({"tag": tag, "message": message, "is_trouble": is_trouble})

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.content["exceptions"].append("".join(traceback.format_exception(kind, error, trace)))


def read_settings() -> Settings:
    """Return what this run is to do."""
    settings: Settings = json.loads(Path(os.environ["GPKEYS_WALK_SETTINGS"]).read_text(encoding="utf-8"))
    return settings


def run(go: Callable[[Settings, Record], None]) -> None:
    """Run `go` once QGIS's event loop turns, write its report, close QGIS as a person does.

    A stumble is in the report under `error`, and the window as it was then in `stumble.png` beside it.
    """
    settings = read_settings()
    record = Record()
    # Where QGIS crashes, what Python was doing stands before QGIS's own account of it.
    faulthandler.enable()
    if "timeout" in settings:
        faulthandler.dump_traceback_later(max(settings["timeout"] - _TO_TELL_S, 1.0))
    QTimer.singleShot(0, lambda: _start(go, settings, record))


def _start(go: Callable[[Settings, Record], None], settings: Settings, record: Record) -> None:
    try:
        go(settings, record)
    except Exception:  # noqa: BLE001 - whatever happened is what the report is for
        record.content["error"] = traceback.format_exc()
        tasks = QgsApplication.taskManager().tasks()
        record.content["tasks"] = [(task.description(), int(task.status()), task.isCanceled()) for task in tasks]
        # Where each thread stands goes to QGIS's own output.
        faulthandler.dump_traceback(all_threads=True)
        clicking.picture(iface.mainWindow(), Path(settings["report"]).with_name("stumble.png"))
    plugin = sys.modules.get("gpkeys_plugin")
    record.content["plugin"] = getattr(plugin, "__file__", "")
    write_report(settings, record)
    if settings.get("ending") == "session":
        QApplication.quit()
    else:
        close_qgis()


def write_report(settings: Settings, record: Record) -> None:
    """Write the report."""
    text = json.dumps(record.content, ensure_ascii=False, indent=1)
    Path(settings["report"]).write_text(text, encoding="utf-8")


def close_qgis() -> None:
    """Choose Exit in QGIS's menu; where QGIS asks whether to cancel running tasks, say yes and choose Exit again.

    QGIS does not go on by itself after that question.
    """
    QgsProject.instance().setDirty(False)
    asked: list[str] = []
    timer = QTimer()
    timer.timeout.connect(lambda: _say_yes(asked))
    timer.start(50)
    iface.actionExit().trigger()
    if asked:
        clicking.wait_until(lambda: QgsApplication.taskManager().countActiveTasks() == 0, "the tasks cancelled")
        timer.stop()
        iface.actionExit().trigger()


def _say_yes(asked: list[str]) -> None:
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox) and box.button(QMessageBox.StandardButton.Yes) is not None:
        asked.append(box.text())
        box.button(QMessageBox.StandardButton.Yes).click()
