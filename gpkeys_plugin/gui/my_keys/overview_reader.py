"""Reads what the keys open, for the list."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...entrepot.errors import GpkeysError
from ...jobs.values import Holdings
from ...jobs.window.my_keys_jobs import MyKeysJobs
from ..key_form import draft_check
from ..parts.page_job import JobUnderWay
from .key_list import KeysPage


class OverviewReader(QObject):
    """Reads when it is asked to, and only what is not known yet."""

    done = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(self, my_keys_jobs: MyKeysJobs, keys: KeysPage) -> None:
        super().__init__(keys)
        self._jobs, self._list = my_keys_jobs, keys
        self._holdings: Holdings | None = None
        self._is_stale, self._is_online = True, True
        self._reading = JobUnderWay(keys.set_busy)
        keys.stop_wanted.connect(self._reading.drop)

    def show_holdings(self, holdings: Holdings) -> None:
        """List the keys, with what is known of them without asking the network."""
        self._holdings, self._is_stale = holdings, True
        self._list.show_keys(self._jobs.initial_overviews(holdings), draft_check.now())

    def read(self) -> None:
        """Read what the keys open, unless that is known or nobody is signed in."""
        holdings, reading = self._holdings, self._reading
        if holdings is None or not self._is_stale or not self._is_online:
            return
        self._is_stale = False
        reading.begin(
            lambda: self._jobs.overviews(
                holdings,
                reading.part(self._list.update_keys),
                reading.end(self.done.emit),
                reading.end(self._on_failed),
            )
        )

    def set_online(self, is_online: bool) -> None:
        """Tell whether somebody is signed in; what was read stays to be seen."""
        self._is_online = is_online
        self._list.set_online(is_online)
        if not is_online:
            self._reading.drop()
            self._is_stale = True

    def forget(self) -> None:
        """Forget the account and what was read."""
        self._reading.drop()
        self._holdings, self._is_stale = None, True
        self._list.clear()

    def shut_down(self) -> None:
        """Stop reading and don't listen any more."""
        self._reading.drop()

    def _on_failed(self, error: GpkeysError) -> None:
        self._is_stale = True
        self.failed.emit(error)
