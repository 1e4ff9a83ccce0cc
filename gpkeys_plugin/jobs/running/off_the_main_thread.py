"""Threads of our own: what each needs first, and one for who waits on the main thread, as `processing.run` does."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Callable, TypeVar

from qgis.PyQt.QtCore import QEventLoop

T = TypeVar("T")


def use_timers() -> None:
    """Give the thread that calls it Qt's timers: in one of Python's, QGIS's requests for a layer know no time-out."""
    # Whoever makes the first loop of a thread makes what drives its timers, and that stays.
    QEventLoop()


def off_main_thread(work: Callable[[], T], wait: Callable[[threading.Event], None]) -> T:
    """Return what `work` returns, raise what it raises; on a worker it is simply called.

    From the main thread it is run on a worker. `wait` waits for an event there while those of the main thread turn, but
    for the user's: writing into QGIS and trusting a certificate wait for them.
    """
    if threading.get_ident() != threading.main_thread().ident:
        return work()
    done = threading.Event()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="GPKeys script", initializer=use_timers) as pool:
        future = pool.submit(work)
        future.add_done_callback(lambda _future: done.set())
        wait(done)
        return future.result()
