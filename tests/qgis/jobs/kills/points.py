"""Where a job can be killed: before and after each request, each thing written into QGIS and each record of ours.

The points are those that a job really comes by. `Killed` passes by what a job does about failures, as the end of the
process would, and from then on nothing of it is sent or written any more. What is under way side by side with it ends,
as the platform carries out what it has received.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pytest
import requests

from gpkeys_plugin.jobs.file_repair import repair_files
from gpkeys_plugin.jobs.repair import repair_connections
from gpkeys_plugin.jobs.running import main_thread as running_main_thread
from gpkeys_plugin.jobs.running.main_thread import MainThread
from gpkeys_plugin.store import connection_snapshots, connections, hash_swap
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.project_files import copies_for_keys
from gpkeys_plugin.store.project_files.file_replacement import Replacement
from gpkeys_plugin.store.records.json_file import JsonFile
from gpkeys_plugin.store.sources import project_layers

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
    (copies_for_keys, "put_in_place"),
    (copies_for_keys, "remove_as_written"),
    (Replacement, "put_in_place"),
    (repair_files, "restore_file"),
    (repair_connections, "give_credential"),
    (project_layers, "change_source"),
    (JsonFile, "replace"),
)


class Killed(BaseException):
    """The end of the process, as far as a job can tell."""


class Points:
    """Names the points that a job comes by, and kills it at the one wanted; `names` are those it came by.

    A point is named by what it is, and from its second time on by how many times: requests that go side by side come by
    in another order from run to run, so their place among all says nothing.
    """

    def __init__(self, wanted: str | int | None = None) -> None:
        """Kill nothing unless a point is `wanted`: the one of a name, or whichever comes by as that many-th, from 0."""
        self.names: list[str] = []
        self.is_dead = False
        self._wanted = wanted
        self._times: Counter[str] = Counter()
        self._lock = Lock()

    def pass_by(self, what: str) -> str:
        """Come by a point; return its name."""
        with self._lock:
            name = self._named(what)
            self.is_dead = self.is_dead or self._wanted in (name, len(self.names))
            if self.is_dead:
                raise Killed
            self.names.append(name)
            return name

    def _named(self, what: str) -> str:
        self._times[what] += 1
        return what if self._times[what] == 1 else f"{what} ({self._times[what]})"

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
            name = f"{method} {_place(url)}"
            self.pass_by(f"before {name}")
            answer = send(session, method, url, **more)
            self.pass_by(f"after {name}")
            return answer

        return sending


def _place(url: str) -> str:
    """Return what an URL asks for, without what is another one in each run."""
    path = urlsplit(url).path
    _, _, asked = path.partition("/api/")
    return "/".join(part if part.isalpha() else "…" for part in asked.split("/")) or path.rpartition("/")[2]


def write_table(folder: str, name: str, found: Mapping[str, str]) -> None:
    """Write down what was wrong at each point, if anything was; nowhere without a folder."""
    if folder:
        lines = [f"{point}\t{problem or 'good'}\n" for point, problem in found.items()]
        Path(folder, f"{name}.tsv").write_text("".join(lines), encoding="utf-8")


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
