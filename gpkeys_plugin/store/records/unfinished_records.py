"""What was begun and not ended: written down before it is done, so that it can be finished or undone after a crash."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Generic, Protocol, TypeVar

from .record_file import Records
from .under_way import UnderWay, in_folder


class Unfinished(Protocol):
    """What was begun: its id, and whose it is."""

    @property
    def id(self) -> str:
        """What names it in the record."""

    @property
    def api_url(self) -> str:
        """The platform it was begun on."""

    @property
    def account_id(self) -> str:
        """Who began it."""


U = TypeVar("U", bound=Unfinished)


class UnfinishedRecords(Generic[U]):
    """Entries that are each under way, or to be finished or undone. Any thread may use it."""

    def __init__(self, records: Records[U]) -> None:
        self._records = records

    def write(self, entry: U) -> None:
        """Write an entry down, or replace what was written of it; raises GpkeysError when it cannot be."""
        self._records.write(entry.id, entry)

    def remove(self, entry_id: str) -> None:
        """Strike out what was finished or undone; raises GpkeysError when that cannot be written."""
        self._records.remove(entry_id)

    def find(self, entry_id: str) -> U | None:
        """Return an entry, None when it was finished or undone."""
        return self._records.find(entry_id)

    def entries(self, api_url: str | None = None, account_id: str | None = None) -> tuple[U, ...]:
        """Return what has begun and not ended, only that of a platform and an account when given."""
        return tuple(
            entry
            for entry in self._records.all().values()
            if api_url in (None, entry.api_url) and account_id in (None, entry.account_id)
        )

    def unfinished(self, api_url: str, account_id: str) -> tuple[U, ...]:
        """Return what an account has begun and nobody works on: to be finished or undone."""
        return tuple(entry for entry in self.entries(api_url, account_id) if not self.is_under_way(entry.id))

    def at_work(self, entry_id: str) -> AbstractContextManager[None]:
        """Return the context in which an entry is under way; entering raises GpkeysError where it is so already."""
        return self._under_way().at_work(entry_id)

    def is_under_way(self, entry_id: str) -> bool:
        """Return whether somebody works on an entry, in this QGIS or in another one on the same profile."""
        return self._under_way().is_under_way(entry_id)

    def _under_way(self) -> UnderWay:
        return in_folder(self._records.path.parent)
