"""Requests of a job, held round by round: those of a round are let through once all of it have been asked.

One that is asked only after another's answer never comes, so that nothing is timed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Barrier, BrokenBarrierError, Lock
from typing import Any

import pytest
import requests

_PATIENCE_S = 20
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


class Rounds:
    """Holds the requests of each round until all of them have been asked."""

    def __init__(self, *rounds: tuple[str, ...]) -> None:
        self._left = [Counter(asked) for asked in rounds]
        self._gates = [Barrier(len(asked)) for asked in rounds]
        self._lock = Lock()
        self.strangers: list[str] = []

    def around(self, send: Callable[..., requests.Response]) -> Callable[..., requests.Response]:
        """Return what sends a request in its round."""

        def sending(session: requests.Session, method: str, url: str, **more: Any) -> requests.Response:
            self._gate(_named(method, url)).wait(_PATIENCE_S)
            return send(session, method, url, **more)

        return sending

    def not_asked(self) -> list[Counter[str]]:
        """Return what was not asked, of rounds that were not complete."""
        return [left for left in self._left if left]

    def _gate(self, name: str) -> Barrier:
        with self._lock:
            number = next((number for number, left in enumerate(self._left) if left), None)
            if number is None or name not in self._left[number]:
                self.strangers.append(name)
                return Barrier(1)
            self._left[number] -= Counter([name])
            return self._gates[number]


def _named(method: str, url: str) -> str:
    """Return a request as it reads in a round: ids are `…`, the query but for what it asks of a service is left out."""
    path, _, query = url.partition("?")
    path = _ID.sub("…", re.sub(r"^https?://[^/]+/(api/users/me/?)?", "", path))
    wanted = re.search(r"REQUEST=(\w+)", query)
    return f"{method} {path or 'me'}{' ' + wanted[1] if wanted else ''}"


@contextmanager
def rounds(*expected: tuple[str, ...]) -> Iterator[None]:
    """Have the requests made meanwhile be those expected, those of a tuple at once."""
    seen = Rounds(*expected)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(requests.Session, "request", seen.around(requests.Session.request))
        try:
            yield
        except BrokenBarrierError as error:
            raise AssertionError(f"a round that is not complete: {seen.not_asked()}, {seen.strangers}") from error
    found = seen.strangers, seen.not_asked()
    assert found == ([], []), f"strangers, and not asked: {found}"
