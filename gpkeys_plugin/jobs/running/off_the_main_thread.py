"""Running a use case off the main thread for somebody who waits for it there, as `processing.run` does."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Callable, TypeVar

from qgis.PyQt.QtCore import QEventLoop, QTimer

T = TypeVar("T")

_POLL_MS = 20


def off_main_thread(work: Callable[[], T]) -> T:
    """Return what `work` returns, raise what it raises; on a worker it is simply called.

    From the main thread it is run on a worker while the events of the main thread turn, but for the user's: writing
    into QGIS and trusting a certificate wait for them.
    """
    if threading.get_ident() != threading.main_thread().ident:
        return work()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="GPKeys script") as pool:
        future = pool.submit(work)
        _spin_until_done(future)
        return future.result()


def _spin_until_done(future: Future[T]) -> None:
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if future.done() else None)
    timer.start(_POLL_MS)
    while not future.done():
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    timer.stop()
