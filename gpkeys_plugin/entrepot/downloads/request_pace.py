"""How often the download service is asked: it takes ten requests a second from an address."""

from __future__ import annotations

import threading
import time
from typing import Callable

from ..retries import Patience

MOST_PER_S = 8.0
"""Requests a second; fewer than the platform takes, since others may ask from the same address."""


class RequestPace:
    """Spaces requests out. Any thread may use it; all that ask the same service share one."""

    def __init__(self, most_per_s: float = MOST_PER_S, now: Callable[[], float] = time.monotonic) -> None:
        self._interval_s = 1.0 / most_per_s
        self._now = now
        self._lock = threading.Lock()
        self._next_at = 0.0

    def wait(self, patience: Patience) -> None:
        """Wait until a request may be sent; raise a CANCELLED error when the user asks to stop."""
        with self._lock:
            at = max(self._next_at, self._now())
            self._next_at = at + self._interval_s
        patience.check()
        patience.pause(at - self._now())

    def rest(self, seconds: float) -> None:
        """Have nothing sent for that long: what the platform asks of one request, it means for all."""
        with self._lock:
            self._next_at = max(self._next_at, self._now() + seconds)
