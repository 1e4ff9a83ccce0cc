"""Starts short jobs from each other's ends, beside QGIS's own tasks and a process that keeps a processor busy.

python -m tests.qgis.jobs.running.short_jobs_script COUNT

QGIS can lose a task that is added when another has just ended, and runs as many at once as there are processors. Prints
how many jobs began, were begun twice, and ended.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QEventLoop, QTimer

from gpkeys_plugin.jobs.running.task import Progress, TaskRunner
from tests.tooling.busy_processor import busy_processor

_AT_ONCE = 40
_PATIENCE_S = 20.0


class ShortTask(QgsTask):
    """A task of somebody else's, which takes a slot of QGIS's pool for a moment, and ends."""

    def run(self) -> bool:
        """Take a moment."""
        time.sleep(0.0005)
        return True


class Chain:
    """Jobs that follow each other; each end of one starts the next, and a task of QGIS's beside it."""

    def __init__(self, count: int) -> None:
        self._left = count
        self._runner = TaskRunner()
        self._tasks: list[QgsTask] = []
        self.begun: Counter[int] = Counter()
        self.ended: Counter[int] = Counter()

    def start_next(self) -> None:
        """Start a job, if any is left."""
        if self._left == 0:
            return
        self._left -= 1
        number = self._left
        self._runner.start(f"essai {number}", lambda _: self._work(number, _), self._on_end, self._on_end)
        task = ShortTask()
        self._tasks = [*self._tasks[-_AT_ONCE:], task]
        QgsApplication.taskManager().addTask(task)

    def _work(self, number: int, progress: Progress) -> int:
        self.begun[number] += 1
        for percent in range(number % 3):
            progress.hand_over(percent)
        time.sleep(0.0005 * (number % 5))
        return number

    def _on_end(self, outcome: object) -> None:
        self.ended[outcome if isinstance(outcome, int) else -1] += 1
        self.start_next()


def _turn_until_all_ended(chain: Chain, count: int) -> None:
    """Let the event loop turn; give up when nothing has ended for a while."""
    seen, since = 0, time.monotonic()
    while chain.ended.total() < count and time.monotonic() - since < _PATIENCE_S:
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()
        if chain.ended.total() != seen:
            seen, since = chain.ended.total(), time.monotonic()


def main(count: int) -> None:
    """Run so many jobs, and say what became of them."""
    application = QgsApplication([], False)
    application.initQgis()
    chain = Chain(count)
    with busy_processor():
        for _ in range(_AT_ONCE):
            chain.start_next()
        _turn_until_all_ended(chain, count)
    twice = sum(times > 1 for counted in (chain.begun, chain.ended) for times in counted.values())
    sys.stdout.write(f"{len(chain.begun)} begun, {twice} twice, {len(chain.ended)} ended\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
