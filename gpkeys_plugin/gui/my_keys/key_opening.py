"""Opens a key: what is known of it at once, all of it once it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Iterable

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...entrepot.models import Key
from ...jobs.window.my_keys_jobs import MyKeysJobs
from ...keys.upkeep.overview import KeyOverview
from ..parts.page_job import JobUnderWay


class KeyOpening(QObject):
    """One key at a time. `known` carries its page, first perhaps an outline; `failed` carries the error and the key."""

    known = pyqtSignal(object)
    failed = pyqtSignal(object, object)

    def __init__(
        self, my_keys_jobs: MyKeysJobs, rows: Callable[[], Iterable[KeyOverview]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._rows = my_keys_jobs, rows
        self._reading = JobUnderWay()

    def open(self, key: Key, *, is_changed: bool) -> None:
        """Open a key; of one that `is_changed` by us, nothing that was read before is shown."""
        known = () if is_changed else self._rows()
        row = next((row for row in known if row.key.id == key.id), KeyOverview(key))
        if is_changed:
            self._jobs.forget_pages()
        reading = self._reading
        reading.drop()
        self.known.emit(self._jobs.known_page(replace(row, key=key)))
        reading.begin(
            lambda: self._jobs.page(
                key,
                reading.end(self.known.emit),
                reading.end(lambda error: self.failed.emit(error, key)),
                row.accesses or (),
            )
        )

    def drop(self) -> None:
        """Stop reading; what shows stays."""
        self._reading.drop()
