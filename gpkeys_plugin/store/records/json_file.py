"""A JSON file of the plugin's in the profile: replaced whole or not at all, changed by one process at a time."""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import get_ident, main_thread
from typing import Any, Iterator

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QFileDevice, QIODevice, QLockFile, QSaveFile

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text

# A file is held for the few milliseconds of a change, on a slow network drive for some tenths of a second.
_PATIENCE_S = 10.0
# What nobody sees of a window that stands still.
_PATIENCE_IN_WINDOW_S = 0.03
_PAUSE_S = 0.002

# Windows refuses to replace a file that somebody reads at that moment, if only a virus scanner.
_ATTEMPTS = 3
_PAUSE_BETWEEN_ATTEMPTS_S = 0.01

_OWNER_ONLY = QFileDevice.Permission.ReadOwner | QFileDevice.Permission.WriteOwner


class JsonFile:
    """A file that holds an object with entries under `entries`, as every version from 0.3.0 on reads it.

    Any thread may use it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, Any] | None:
        """Return the object, None when there is none to read. Nobody is waited for: it is replaced in one go."""
        try:
            return self._content()
        except (OSError, ValueError):
            return None

    @contextmanager
    def changing(self) -> Iterator[dict[str, Any] | None]:
        """Keep everybody else from changing the file; yields the object, None when there is no file.

        A file that makes no sense is set aside. Raises GpkeysError when the folder cannot be written to, or when
        another process does not let go of the file: after 10 s, on the window's thread after 0.03 s.
        """
        lock = self._locked()
        try:
            yield self._content_or_none()
        finally:
            lock.unlock()

    def replace(self, content: dict[str, Any]) -> None:
        """Write an object, readable by the file's owner only; within `changing`. Raises GpkeysError."""
        # Half of a pair of surrogates, which UTF-8 cannot hold, becomes JSON's own escape of it.
        data = json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
        reason, may_pass = self._save(data)
        attempts = 1
        while may_pass and attempts < _ATTEMPTS:
            time.sleep(_PAUSE_BETWEEN_ATTEMPTS_S)
            reason, may_pass = self._save(data)
            attempts += 1
        if reason:
            raise self._not_saved(reason)

    def _content(self) -> dict[str, Any]:
        content = json.loads(self.path.read_text(encoding="utf-8"))
        if not isinstance(content, dict) or not isinstance(content.get("entries"), dict):
            raise ValueError("no entries")
        return content

    def _content_or_none(self) -> dict[str, Any] | None:
        try:
            return self._content()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._not_saved(f"reading it first failed: {error.strerror}") from error
        except ValueError:
            self._set_aside()
            return None

    def _set_aside(self) -> None:
        """Keep a file that makes no sense under a name of its own, so that nothing is lost by writing the next one."""
        aside, number = self.path.with_suffix(".unreadable"), 1
        while aside.exists():
            number += 1
            aside = self.path.with_suffix(f".unreadable{number}")
        try:
            self.path.replace(aside)
        except OSError as error:
            raise self._not_saved(f"setting it aside failed: {error.strerror}") from error

    def _locked(self) -> QLockFile:
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        # Qt waits 100 ms and more between two looks (5.15), far longer than a file is held: so this looks by itself.
        # A lock counts as left behind once its process is gone or, where that cannot be told, after 30 s.
        lock, end = QLockFile(f"{self.path}.lock"), time.monotonic() + _patience_s()
        while not lock.tryLock(0):
            if lock.error() != QLockFile.LockError.LockFailedError:
                raise self._not_saved(f"no lock could be made: {lock.error()}")
            if time.monotonic() >= end:
                raise self._busy()
            time.sleep(_PAUSE_S)
        return lock

    def _save(self, data: bytes) -> tuple[str, bool]:
        """Return why the file was not written, empty when it was, and whether that may pass."""
        file = QSaveFile(str(self.path))
        if not file.open(QIODevice.OpenModeFlag.WriteOnly):
            return file.errorString(), False
        file.setPermissions(_OWNER_ONLY)
        if reason := _not_written(file, data):
            return reason, False
        if file.commit():
            return "", False
        return file.errorString(), file.error() == QFileDevice.FileError.RenameError

    def _not_saved(self, reason: str) -> GpkeysError:
        return GpkeysError(
            ErrorCode.QGIS,
            Text("QGIS could not save “{file}” in its profile.", {"file": self.path.name}),
            f"writing {self.path.name} failed: {reason}",
            advice=Text("Check that the disk is not full and that the profile folder can be written to."),
        )

    def _busy(self) -> GpkeysError:
        return GpkeysError(
            ErrorCode.QGIS,
            Text("QGIS could not save “{file}”: another QGIS is writing to it.", {"file": self.path.name}),
            f"the lock of {self.path.name} could not be had in time",
            advice=Text("Try again in a minute. If it happens again, close the other QGIS that uses this profile."),
        )


def _not_written(file: QSaveFile, data: bytes) -> str:
    """Write all of it to the disk; return why that failed, empty when it did not."""
    # On a full disk QSaveFile takes a part, sees no error and would put the cut file in the place of the whole (5.15).
    if file.write(data) != len(data) or not file.flush():
        return file.errorString() if file.error() else "only a part could be written"
    if os.name == "posix":
        # Qt does this too, but does not look whether it worked, and stops every other Python thread meanwhile.
        try:
            os.fsync(file.handle())
        except OSError as error:
            return str(error.strerror)
    return ""


def _patience_s() -> float:
    is_window = get_ident() == main_thread().ident and QgsApplication.platform() == "desktop"
    return _PATIENCE_IN_WINDOW_S if is_window else _PATIENCE_S
