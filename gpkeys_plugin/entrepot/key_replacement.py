"""Deleting a key and giving its name to the one that takes its place: both are sent, then both are looked at."""

from __future__ import annotations

from typing import Callable, Collection

from . import api_requests
from .client import EntrepotClient
from .errors import ErrorCode, GpkeysError
from .models import Key, KeyUpdate


class KeyReplacement:
    """Has the key of one id go, and that of another id take over a name.

    `on_deleted` is called once the old key is seen to be gone, also where the name could not be given.
    """

    def __init__(
        self, client: EntrepotClient, old_id: str, new_id: str, name: str, on_deleted: Callable[[], object]
    ) -> None:
        self._client = client
        self._old_id = old_id
        self._new_id = new_id
        self._update = KeyUpdate(name=name)
        self._on_deleted = on_deleted

    def make(self, before_rename: Callable[[], object]) -> None:
        """Do both; raises GpkeysError. What was not made, or not answered, is asked for once more, each by itself."""
        failed = self._client.try_change(api_requests.delete_key(self._old_id))
        # What is not found may be another thing than the key: the look tells.
        if failed is not None and failed.code is not ErrorCode.NOT_FOUND:
            self._look_and_delete([failed])
            before_rename()
            self.rename()
            return
        try:
            before_rename()
            failed = self._client.try_change(api_requests.update_key(self._new_id, self._update))
        except GpkeysError:
            self._look_and_delete([])
            raise
        names = self._look_and_delete([])
        if failed is not None or names.get(self._new_id) != self._update.name:
            self.rename()

    def rename(self) -> None:
        """Give the name, where the old key is gone."""
        self._client.update_key(self._new_id, self._update)

    def _look_and_delete(self, failed: Collection[GpkeysError]) -> dict[str, str]:
        """Return the names of the keys by their ids, once the old one is not among them."""
        names = _names(self._client.keys_after(list(failed)))
        if self._old_id in names:
            self._client.delete_key(self._old_id)
        self._on_deleted()
        return names


def _names(keys: Collection[Key]) -> dict[str, str]:
    return {key.id: key.name for key in keys}
