"""Where a job can be killed: before and after each request, each thing written into QGIS and each record of ours.

The points are those that a job really comes by. `Killed` passes by what a job does about failures, as the end of the
process would, and from then on nothing of it is sent or written any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

import pytest
import requests

from gpkeys_plugin.jobs.running import main_thread as running_main_thread
from gpkeys_plugin.jobs.running.main_thread import MainThread
from gpkeys_plugin.store import connection_snapshots, connections, hash_swap
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.records.json_file import JsonFile

T = TypeVar("T")

_LOCAL: tuple[tuple[Any, str], ...] = (
    (auth_configs, "store"),
    (auth_configs, "change"),
    (auth_configs, "remove"),
    (auth_config_snapshots, "put_back"),
    (connections, "write_all"),
    (connections, "remove"),
    (connection_snapshots, "put_back"),
    (hash_swap, "swap_in_connections"),
    (hash_swap, "swap_in_layer"),
    (JsonFile, "replace"),
)


class Killed(BaseException):
    """The end of the process, as far as a job can tell."""


class Points:
    """Counts the points that a job comes by, and kills it at the one wanted; `names` are those it came by."""

    def __init__(self, wanted: int | None = None) -> None:
        """Kill nothing unless a point is `wanted`, counted from 0."""
        self.names: list[str] = []
        self._wanted = wanted
        self._is_dead = False
        self._lock = Lock()

    def pass_by(self, name: str) -> None:
        """Come by a point."""
        with self._lock:
            self._is_dead = self._is_dead or len(self.names) == self._wanted
            if self._is_dead:
                raise Killed
            self.names.append(name)

    def around(self, name: str, function: Callable[..., T]) -> Callable[..., T]:
        """Return the function with a point before and one after it."""

        def passing(*args: Any, **more: Any) -> T:
            self.pass_by(f"before {name}")
            result = function(*args, **more)
            self.pass_by(f"after {name}")
            return result

        return passing

    def request(self, send: Callable[..., T]) -> Callable[..., T]:
        """Return what sends a request with a point before it, and one when its answer is there."""

        def sending(session: requests.Session, method: str, url: str, **more: Any) -> T:
            path = url.partition("/api/")[2] or "a service"
            name = f"{method} {'/'.join(part if part.isalpha() else '…' for part in path.split('/'))}"
            self.pass_by(f"before {name}")
            answer = send(session, method, url, **more)
            self.pass_by(f"after {name}")
            return answer

        return sending


@contextmanager
def watched(points: Points) -> Iterator[None]:
    """Have all that is sent and written come by the points."""
    with pytest.MonkeyPatch.context() as patched:
        # Between any two connections, too.
        patched.setattr(running_main_thread, "MOST_IN_A_CALL", 1)
        patched.setattr(MainThread, "call", _carried_over(MainThread.call))
        patched.setattr(requests.Session, "request", points.request(requests.Session.request))
        for owner, name in _LOCAL:
            short = getattr(owner, "__name__", "").rpartition(".")[2]
            patched.setattr(owner, name, points.around(f"{short}.{name}", getattr(owner, name)))
        yield


def _carried_over(call: Callable[[MainThread, Callable[[], Any]], Any]) -> Callable[[MainThread, Any], Any]:
    """Return the call of the main thread such that a kill there reaches the job: a slot of Qt must not raise it."""

    def calling(self: MainThread, function: Callable[[], Any]) -> Any:
        killed: list[Killed] = []

        def guarded() -> Any:
            try:
                return function()
            except Killed as end:
                killed.append(end)
                return None

        result = call(self, guarded)
        if killed:
            raise killed[0]
        return result

    return calling
