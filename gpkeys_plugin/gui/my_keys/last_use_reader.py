"""Reads when keys were last used, for those that the user looks at."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Iterable, Sequence

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...entrepot.errors import GpkeysError
from ...jobs.load_overviews import LastUse
from ...jobs.window.my_keys_jobs import MyKeysJobs
from ..parts.page_job import JobUnderWay
from .key_list import KeysPage

_SETTLED_MS = 100


class LastUseReader(QObject):
    """Reads it once the rows stand still, each once until it is to be read anew; nothing while `is_held_up`."""

    failed = pyqtSignal(object)

    def __init__(self, my_keys_jobs: MyKeysJobs, keys: KeysPage, is_held_up: Callable[[], bool]) -> None:
        super().__init__(keys)
        self._jobs, self._list, self._is_held_up = my_keys_jobs, keys, is_held_up
        self._unread: set[str] = set()
        self._reading = JobUnderWay()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED_MS)
        self._timer.timeout.connect(self._read)
        keys.sight_changed.connect(self._timer.start)

    def expect(self, key_ids: Iterable[str]) -> None:
        """Have these read anew, as they come into sight; of others, nothing."""
        self._reading.drop()
        self._unread = set(key_ids)

    def expect_too(self, key_ids: Iterable[str]) -> None:
        """Have these read, as well."""
        self._unread |= set(key_ids)

    def read(self) -> None:
        """Read those in sight, as soon as nothing moves any more."""
        self._timer.start()

    def drop(self) -> None:
        """Stop reading."""
        self._timer.stop()
        self._reading.drop()

    def _read(self) -> None:
        reading = self._reading
        if reading.is_busy() or self._is_held_up():
            return
        wanted = [key for key in self._list.keys_to_tell_use_of() if key.id in self._unread]
        if wanted:
            reading.begin(
                lambda: self._jobs.last_uses(
                    wanted, reading.part(self._show), reading.end(self.read), reading.end(self._on_failed)
                )
            )

    def _show(self, uses: Sequence[LastUse]) -> None:
        known = dict(uses)
        self._unread -= set(known)
        rows = [row for row in self._list.overviews() if row.key.id in known]
        self._list.update_keys([replace(row, usage=known[row.key.id]) for row in rows])

    def _on_failed(self, error: GpkeysError) -> None:
        self.failed.emit(error)
