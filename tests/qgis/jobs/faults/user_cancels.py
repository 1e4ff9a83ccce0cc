"""Requests as they leave a job: counted, and a cancel of the user's at one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import Any

import pytest
import requests

from tests.qgis.jobs.faults.sent_requests import SentRequest

# What hangs at the simulator must have been sent when the user cancels.
_SENT_S = 0.05


@contextmanager
def heard(hear: Callable[[str, str], None]) -> Iterator[None]:
    """Tell the method and the address of each request that is about to be sent by the plugin."""
    send = requests.Session.request

    def sending(self: requests.Session, method: str, url: str, **more: Any) -> Any:
        hear(method, url)
        return send(self, method, url, **more)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(requests.Session, "request", sending)
        yield


@contextmanager
def cancelled_at(request: SentRequest, moment: str, cancel: Callable[[], None]) -> Iterator[None]:
    """Have the user cancel `before`, `during` or `after` a request."""
    send, lock, seen = requests.Session.request, Lock(), [0]
    later = Timer(_SENT_S, cancel)

    def is_the_one(method: str, url: str) -> bool:
        with lock:
            seen[0] += request.is_like(method, url)
            return request.is_like(method, url) and seen[0] == request.nth

    def sending(self: requests.Session, method: str, url: str, **more: Any) -> Any:
        is_wanted = is_the_one(method, url)
        if is_wanted and moment == "before":
            cancel()
        elif is_wanted and moment == "during":
            later.start()
        try:
            return send(self, method, url, **more)
        finally:
            if is_wanted and moment == "after":
                cancel()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(requests.Session, "request", sending)
        yield
    # The job has ended without waiting for it.
    later.cancel()
