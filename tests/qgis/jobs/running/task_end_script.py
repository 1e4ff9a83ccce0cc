"""Lets tasks end under QGIS's list of tasks while another thread keeps both Python and Qt's signals busy.

QGIS drops the bar of a task that has ended. Qt holds one of its locks while it tells the task so; a thread that holds
Python's lock and wants Qt's (each request of the network thread does) and a task that wants Python's to hear it would
stand still for ever. Prints `done` when they did not.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable

from qgis.core import QgsApplication
from qgis.gui import QgsTaskManagerWidget
from qgis.PyQt.QtCore import QEventLoop, QTimer, QUrl
from qgis.PyQt.QtNetwork import QNetworkAccessManager, QNetworkRequest
from qgis.PyQt.QtWidgets import QProgressBar

from gpkeys_plugin.jobs.running.task import TaskRunner

_GENERATIONS = 4
_TURN_S = 0.05
# Nothing of it dies while the script runs.
_KEPT: list[object] = []


def _keep_busy(is_over: threading.Event) -> None:
    """Send requests, as the network thread does: of Qt's locks, 131 for all objects, each wants some."""
    manager, request = QNetworkAccessManager(), QNetworkRequest(QUrl("data:,x"))
    _KEPT.append(manager)
    while not is_over.is_set():
        _KEPT.append(manager.get(request))


def _turn(is_over: Callable[[], bool]) -> None:
    """Let the event loop turn."""
    while not is_over():
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()


def main() -> None:
    """Print `done` once all tasks have ended and their bars are gone."""
    application = QgsApplication([], True)
    application.initQgis()
    bars = QgsTaskManagerWidget(QgsApplication.taskManager())
    bars.show()
    is_over = threading.Event()
    ended: list[int] = []
    sys.setswitchinterval(_TURN_S)
    busy = threading.Thread(target=_keep_busy, args=(is_over,), daemon=True)
    busy.start()
    runner = TaskRunner()

    def start(left: int) -> None:
        """Start a task; its end starts two more, as an edit is followed by the list and the page read anew."""

        def go_on(_: object) -> None:
            ended.append(left)
            for _number in range(2 if left else 0):
                start(left - 1)

        runner.start(f"essai {left}", lambda _: time.sleep(0.02 * left), go_on, go_on)

    start(_GENERATIONS)
    _turn(lambda: len(ended) == 2 ** (_GENERATIONS + 1) - 1 and not bars.findChildren(QProgressBar))
    is_over.set()
    busy.join()
    sys.stdout.write("done\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
