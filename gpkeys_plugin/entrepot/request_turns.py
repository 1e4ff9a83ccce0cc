"""Whose turn it is to send: a few requests at once, in the order they were asked for, none while the platform rests."""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Callable, Iterable, Iterator, TypeVar

from .retries import Patience

MOST_AT_ONCE = 6
"""How many requests go to the platform at once; a browser opens as many to one host."""

A = TypeVar("A")
T = TypeVar("T")

_SLICE_S = 0.1


def side_by_side(ask: Callable[[A], T], about: Iterable[A]) -> list[T]:
    """Return what `ask` returns for each, in their order, asked at once as far as there are turns.

    Raises the first of the errors, once nothing is under way any more.
    """
    with ThreadPoolExecutor(max_workers=MOST_AT_ONCE) as pool:
        return list(pool.map(ask, about))


class RequestTurns:
    """Shared by all that one account asks of the platform. Any thread may use it."""

    def __init__(self, most: int = MOST_AT_ONCE, now: Callable[[], float] = time.monotonic) -> None:
        self._free = most
        self._now = now
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._rests_until = 0.0

    @contextmanager
    def taken(self, patience: Patience) -> Iterator[None]:
        """Hold a turn while a request is under way; raises a CANCELLED error when the user asks to stop before it."""
        turn = threading.Event()
        with self._lock:
            self._waiting.append(turn)
            self._let_next()
        try:
            while not turn.wait(_SLICE_S):
                patience.check()
            yield
        finally:
            with self._lock:
                if turn.is_set():
                    self._free += 1
                else:
                    self._waiting.remove(turn)
                self._let_next()

    def rest(self, seconds: float) -> None:
        """Have nothing sent for that long: what the platform asks of one request, it means for the whole account."""
        with self._lock:
            self._rests_until = max(self._rests_until, self._now() + seconds)

    def rest_left_s(self) -> float:
        """Return how long nothing is to be sent yet; 0 when there is nothing to wait for."""
        with self._lock:
            return max(self._rests_until - self._now(), 0.0)

    def _let_next(self) -> None:
        while self._free and self._waiting:
            self._free -= 1
            self._waiting.popleft().set()
