"""The copy of a project that a key was made for, as the end of its creation finds it."""

from __future__ import annotations

from pathlib import Path

from ...entrepot.client import EntrepotClient
from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.models import KeyDetails
from ...entrepot.translatable_text import Text
from ...store.project_files import copies_for_keys
from ...store.records.creations import UnfinishedCreation


class CopyForKey:
    """Nothing to do for a key that is for no copy, or without one. Off the main thread: files are read."""

    def __init__(self, creation: UnfinishedCreation) -> None:
        self._creation = creation
        self._path = Path(creation.copy_path) if creation.copy_path else None

    def require_written(self, details: KeyDetails) -> None:
        """Raise GpkeysError (NOT_FOUND) unless the copy is in its place and has the key's hash."""
        if not self._creation.is_for_copy:
            return
        if self._path is None or not details.hash or not copies_for_keys.holds(self._path, details.hash):
            raise GpkeysError(
                ErrorCode.NOT_FOUND,
                Text("The copy of the project for the key “{name}” is not there.", {"name": details.key.name}),
                "no copy with the hash of the unfinished key",
                advice=Text("Undo what is left of the key, then make the key and the copy again."),
            )

    def require_untouched(self, client: EntrepotClient, key_id: str) -> None:
        """Raise GpkeysError (CONFLICT) where somebody has worked on the copy since: it needs the key."""
        if self._path is None or not self._creation.copy_digest or not self._path.exists():
            return
        try:
            is_as_written = copies_for_keys.digest_of(self._path) == self._creation.copy_digest
        except OSError as error:
            raise self._failed(error) from error
        hash_value = None if is_as_written else client.key(key_id).hash
        if hash_value and copies_for_keys.holds(self._path, hash_value):
            raise GpkeysError(
                ErrorCode.CONFLICT,
                Text("The copy “{file}” has been changed since it was made with this key.", {"file": self._path.name}),
                "the copy made with the unfinished key was changed",
                advice=Text("Finish it to keep both; or delete the copy, then undo."),
            )

    def remove(self) -> None:
        """Remove the copy as it was written, and what was begun of it; raises GpkeysError."""
        if self._path is None:
            return
        try:
            copies_for_keys.remove_as_written(self._path, self._creation.copy_digest)
            copies_for_keys.remove_unfinished(self._path)
        except OSError as error:
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> GpkeysError:
        name = self._path.name if self._path is not None else ""
        return GpkeysError(
            ErrorCode.QGIS,
            Text("The copy “{file}” cannot be removed: {reason}.", {"file": name, "reason": error.strerror or "?"}),
            "the copy made with the unfinished key cannot be removed",
            advice=Text("Close the project where it is open, or delete the copy yourself, then undo again."),
        )
