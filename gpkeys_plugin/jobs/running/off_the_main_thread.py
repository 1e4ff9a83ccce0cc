"""Running a use case off the main thread for somebody who waits for it there, as `processing.run` does."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Callable, TypeVar

T = TypeVar("T")


def off_main_thread(work: Callable[[], T], wait: Callable[[threading.Event], None]) -> T:
    """Return what `work` returns, raise what it raises; on a worker it is simply called.

    From the main thread it is run on a worker. `wait` waits for an event there while those of the main thread turn, but
    for the user's: writing into QGIS and trusting a certificate wait for them.
    """
    if threading.get_ident() != threading.main_thread().ident:
        return work()
    done = threading.Event()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="GPKeys script") as pool:
        future = pool.submit(work)
        future.add_done_callback(lambda _future: done.set())
        wait(done)
        return future.result()
