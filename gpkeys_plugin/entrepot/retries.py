"""When a request is sent again, and the wait before it."""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from typing import Callable

import requests
from urllib3.exceptions import InvalidHeader, MaxRetryError
from urllib3.util.retry import Retry

from .errors import ErrorCode, GpkeysError
from .errors_from_answers import cancelled

LONGEST_WAIT_S = 60.0
SHORTEST_WAIT_S = 0.25
LONGEST_ASKED_S = 86_400.0
_SLICE_S = 0.1
_TRIES_AFTER_THE_FIRST = 4
# Only what changes nothing is sent again without looking first.
_POLICY = Retry(
    total=_TRIES_AFTER_THE_FIRST,
    backoff_factor=0.5,
    status_forcelist=(429, 502, 503, 504),
    allowed_methods=("GET",),
)

Sleep = Callable[[float], None]
IsCancelled = Callable[[], bool]
TellWait = Callable[[int], None]
"""Is told how many seconds of a wait are left, 0 at its end."""


def sleep(seconds: float) -> None:
    """Wait without using the processor."""
    threading.Event().wait(seconds)


def never() -> bool:
    """Tell that nothing is cancelled."""
    return False


def _tell_nobody(left_s: int) -> None:
    pass


@dataclass(frozen=True)
class Patience:
    """How is waited: who may end it, who is told of it, and the clock."""

    is_cancelled: IsCancelled = never
    tell_wait: TellWait = _tell_nobody
    sleep: Sleep = sleep

    def check(self) -> None:
        """Raise a CANCELLED error if the user asked to stop."""
        if self.is_cancelled():
            raise cancelled()

    def pause(self, seconds: float) -> None:
        """Wait in short slices, so that a cancel ends the wait at once: it raises a CANCELLED error.

        A wait of more than a second is told once a second, and its end.
        """
        left, told = seconds, 1
        while left > 0:
            self.check()
            if seconds > 1 and math.ceil(left) != told:
                told = math.ceil(left)
                self.tell_wait(told)
            self.sleep(min(left, _SLICE_S))
            left -= _SLICE_S
        if seconds > 1:
            self.tell_wait(0)


class Attempts:
    """The attempts of one request: says after each failure how long to wait, or that it was the last one."""

    def __init__(self, method: str) -> None:
        self._method = method
        self._retry = _POLICY

    def wait_after(self, error: GpkeysError) -> float | None:
        """Return the seconds to wait before the next attempt; None when there is none."""
        if not self._is_worth_it(error):
            return None
        try:
            self._retry = self._retry.increment(self._method)
        except MaxRetryError:
            return None
        asked = error.retry_after_s or 0.0
        if asked > LONGEST_WAIT_S:
            return None
        return asked or max(self._retry.get_backoff_time(), SHORTEST_WAIT_S)

    def _is_worth_it(self, error: GpkeysError) -> bool:
        if self._method not in (self._retry.allowed_methods or ()):
            return False
        return error.code is ErrorCode.CONNECTION or error.status in self._retry.status_forcelist


def retry_after_s(response: requests.Response) -> float | None:
    """Return how long a response asks to wait, in seconds, a day at most; None when it does not say.

    It may say a number of seconds or, as an HTTP date, until when.
    """
    value = response.headers.get("Retry-After")
    if not value:
        return None
    try:
        return min(max(float(_POLICY.parse_retry_after(value)), 0.0), LONGEST_ASKED_S)
    # `email.utils`, which reads the dates, stumbles over some that it takes for dates.
    except (InvalidHeader, ValueError, OverflowError, TypeError, IndexError):
        return None
