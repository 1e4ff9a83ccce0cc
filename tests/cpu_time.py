"""What something costs beside something else: both in this thread's time, so that no load of the machine is in it."""

from __future__ import annotations

import time
from collections.abc import Callable

_TIMES = 10


def cpu_s(work: Callable[[], object]) -> float:
    """Return how long something keeps this thread busy, whatever else the machine has to do."""
    start = time.thread_time()
    work()
    return time.thread_time() - start


def times_as_long(work: Callable[[], object], yardstick: Callable[[], object]) -> float:
    """Return how many times as long as a yardstick something takes: each at its best, the two by turns."""
    rounds = [(cpu_s(work), cpu_s(yardstick)) for _ in range(_TIMES)]
    work_s, yardstick_s = (min(times) for times in zip(*rounds))
    return work_s / yardstick_s
