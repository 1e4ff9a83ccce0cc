"""Reading for an item of QGIS's Browser: a job does it, and the item's own thread waits for what comes of it."""

from __future__ import annotations

from functools import cache
from threading import Event
from typing import TYPE_CHECKING, Any, Callable

from qgis.core import QgsApplication

from ...entrepot.errors import GpkeysError
from ...entrepot.errors_from_answers import cancelled
from ...jobs.running.main_thread import MainThread

if TYPE_CHECKING:
    from .item_menu import Act
    from .key_acts import KeyActs

_POLL_S = 0.1

FindAct = Callable[[], "Act | None"]
"""Finds what acts on keys; None once the entry is out of QGIS."""
OnRead = Callable[[Any], None]
OnFailed = Callable[[GpkeysError], None]
Start = Callable[["KeyActs", OnRead, OnFailed], object]
"""Begins to read on the main thread; one of the two is called there in the end."""


class ItemReader:
    """What the items below the entry read with."""

    def __init__(self, find_act: FindAct) -> None:
        self._find_act = find_act

    def read(self, start: Start) -> Any:
        """Return what was read; raise GpkeysError. On the thread of an item, never on the main one."""
        found, failed, is_done = list[Any](), list[GpkeysError](), Event()

        def hear(outcome: list[Any]) -> Callable[[Any], None]:
            def end(what: Any) -> None:
                outcome.append(what)
                is_done.set()

            return end

        def begin() -> None:
            act = self._find_act()
            if act is not None:
                act(lambda acts: start(acts, hear(found), hear(failed)))

        _main_thread().post(begin)
        while not is_done.wait(_POLL_S):
            # Jobs that are ended with the plugin call nobody back.
            if self._find_act() is None:
                raise cancelled()
        if failed:
            raise failed[0]
        return found[0]


@cache
def _main_thread() -> MainThread:
    """Return the way to the main thread; the first to ask is an item, on its own."""
    made = MainThread()
    made.moveToThread(QgsApplication.instance().thread())
    return made
