"""Reads what the keys open, for the list."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...entrepot.errors import GpkeysError
from ...entrepot.models import Key
from ...jobs.values import KeyPage
from ...jobs.window.my_keys_jobs import MyKeysJobs
from ...keys.upkeep.holdings import Holdings
from ...keys.upkeep.overview import KeyOverview
from ..key_form import draft_check
from ..parts.page_job import JobUnderWay
from .key_list import KeysPage
from .last_use_reader import LastUseReader

FEW_KEYS = 20
"""Of how many keys at most it is read what they open although nobody has asked for them; most accounts have ten."""


class OverviewReader(QObject):
    """Reads when it is asked to, and only what is not known yet."""

    done = pyqtSignal()
    failed = pyqtSignal(object)

    def __init__(self, my_keys_jobs: MyKeysJobs, keys: KeysPage) -> None:
        super().__init__(keys)
        self._jobs, self._list = my_keys_jobs, keys
        self._holdings: Holdings | None = None
        self._unread: set[str] = set()
        self._asked: set[str] = set()
        self._is_unheard = False
        self._is_online = True
        self._is_quiet, self._may_be_quiet = False, True
        self._reading = JobUnderWay(keys.set_busy)
        keys.stop_wanted.connect(self._reading.drop)
        self._uses = LastUseReader(my_keys_jobs, keys, self._is_held_up)
        self._uses.failed.connect(self.failed)
        self.done.connect(self._uses.read)

    def show_holdings(self, holdings: Holdings) -> None:
        """List the keys, with what is known of them without asking the network; all is to be read anew."""
        self._holdings = holdings
        self._unread, self._is_unheard = {key.id for key in holdings.keys}, True
        self._may_be_quiet = True
        self._uses.expect(self._unread)
        self._list.show_keys(self._jobs.initial_overviews(holdings), draft_check.now())

    def show_changed(self, holdings: Holdings, changed: Key | None = None) -> None:
        """List the keys after a change of ours; only what it changed, or what is new, is to be read."""
        known = {row.key.id for row in self._list.overviews()}
        new = {key.id for key in holdings.keys} - known
        self._holdings = holdings
        self._uses.expect_too(new)
        self._unread |= new | ({changed.id} if changed is not None else set())
        self._list.show_keys(self._jobs.initial_overviews(holdings), draft_check.now())

    def show_page(self, page: KeyPage) -> None:
        """Show in the list what was read of a key for its page."""
        key = page.details.key
        row = next((row for row in self._list.overviews() if row.key.id == key.id), None)
        if row is not None:
            read = replace(row, key=key, accesses=page.accesses, problem=None, is_connected=page.held.is_connected)
            if read != row:
                self._list.update_keys((read,))
                self.done.emit()

    def read(self) -> None:
        """Read what the keys open, as far as that is not known, unless nobody is signed in."""
        self._is_quiet = False
        if self._holdings is None or not self._is_online:
            return
        if self._unread:
            self._begin(self._holdings)
        else:
            self._uses.read()
            self._tell_of_none()

    def read_quietly(self) -> None:
        """Read the same behind all else, before anybody asks for it: once, and only of few keys.

        A failure is not told: where the keys are looked at, they are read again.
        """
        is_wanted = self._may_be_quiet and self._is_online and not self._reading.is_busy()
        if self._holdings is not None and is_wanted and 0 < len(self._unread) <= FEW_KEYS:
            self._is_quiet, self._may_be_quiet = True, False
            self._begin(self._holdings)

    def _begin(self, holdings: Holdings) -> None:
        reading, is_quiet = self._reading, self._is_quiet
        unread, self._unread = self._unread | (self._asked if reading.is_busy() else set()), set()
        wanted = replace(holdings, keys=tuple(key for key in holdings.keys if key.id in unread))
        self._asked, self._is_unheard = unread, False
        reading.begin(
            lambda: self._jobs.overviews(
                wanted,
                reading.part(self._show_read),
                reading.end(self.done.emit),
                reading.end(lambda error: self._on_failed(error, unread)),
                is_behind=is_quiet,
            )
        )

    def _show_read(self, rows: Sequence[KeyOverview]) -> None:
        """Show what keys open; when they were last used is read by itself."""
        uses = {row.key.id: row.usage for row in self._list.overviews()}
        self._list.update_keys([replace(row, usage=row.usage or uses.get(row.key.id)) for row in rows])

    def _tell_of_none(self) -> None:
        """Say of an account without keys, once, that all is known of them."""
        if self._is_unheard:
            self._is_unheard = False
            self.done.emit()

    def set_online(self, is_online: bool) -> None:
        """Tell whether somebody is signed in; what was read stays to be seen."""
        self._is_online = is_online
        self._list.set_online(is_online)
        if not is_online:
            self.shut_down()
            self._unread = {row.key.id for row in self._list.overviews()}

    def forget(self) -> None:
        """Forget the account and what was read."""
        self.shut_down()
        self._uses.expect(())
        self._holdings, self._unread = None, set()
        self._list.clear()

    def shut_down(self) -> None:
        """Stop reading and don't listen any more."""
        self._reading.drop()
        self._uses.drop()

    def _is_held_up(self) -> bool:
        return self._reading.is_busy() or self._is_quiet or not self._is_online

    def _on_failed(self, error: GpkeysError, unread: set[str]) -> None:
        self._unread |= unread
        if not self._is_quiet:
            self.failed.emit(error)
