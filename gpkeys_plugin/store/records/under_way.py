"""Which entries of a record somebody works on right now, in this QGIS or in another one on the same profile."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Iterator

from qgis.PyQt.QtCore import QLockFile, QSysInfo

from ...entrepot.errors import ErrorCode, GpkeysError
from ...entrepot.translatable_text import Text

# Longer than anybody takes to look whether a lock is free.
_PATIENCE_MS = 1000

# The lock files of this process, as many times as somebody holds or wants them.
_OWN: Counter[Path] = Counter()
_LOOKING = Lock()


class UnderWay:
    """A lock file an entry: the system knows whether the process that made it lives, so none counts after a crash.

    Any thread may use it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def at_work(self, entry_id: str) -> Iterator[None]:
        """Count an entry as under way until the block ends; raises GpkeysError where it is so already."""
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
        lock = self._lock(entry_id)
        with self._own(self._file(entry_id)):
            if not lock.tryLock(_PATIENCE_MS) and _is_taken(lock):
                raise _busy()
            try:
                yield
            finally:
                lock.unlock()

    def is_under_way(self, entry_id: str) -> bool:
        """Return whether somebody works on an entry."""
        if not self._file(entry_id).exists():
            return False
        with _LOOKING:
            self._drop_left_behind(self._file(entry_id))
            lock = self._lock(entry_id)
            if not lock.tryLock(0):
                return _is_taken(lock)
            lock.unlock()
            return False

    @contextmanager
    def _own(self, file: Path) -> Iterator[None]:
        with _LOOKING:
            self._drop_left_behind(file)
            _OWN[file] += 1
        try:
            yield
        finally:
            with _LOOKING:
                _OWN[file] -= 1

    def _drop_left_behind(self, file: Path) -> None:
        """Remove a file that nobody in this process holds any more: on a disk turned read-only it outlives its lock."""
        if not file.exists() or _OWN[file]:
            return
        is_told, pid, host, _ = QLockFile(str(file)).getLockInfo()
        if is_told and (pid, host) == (os.getpid(), QSysInfo.machineHostName()):
            with suppress(OSError):
                file.unlink()

    def _lock(self, entry_id: str) -> QLockFile:
        lock = QLockFile(str(self._file(entry_id)))
        # Where files cannot be locked, as on some network drives, Qt takes one for stale after 30 s, whoever holds it.
        lock.setStaleLockTime(0)
        return lock

    def _file(self, entry_id: str) -> Path:
        return self._folder / f"{entry_id}.lock"


@cache
def in_folder(folder: Path) -> UnderWay:
    """Return the one of a folder: who looks with it does not take another one's look for work."""
    return UnderWay(folder)


def _is_taken(lock: QLockFile) -> bool:
    """Tell a lock that somebody holds from a folder that cannot be written to, which writing the record will tell."""
    return bool(lock.error() == QLockFile.LockError.LockFailedError)


def _busy() -> GpkeysError:
    return GpkeysError(
        ErrorCode.CONFLICT,
        Text("This is being done right now, in this QGIS or in another one."),
        "somebody works on this entry of the record",
        advice=Text("Wait until it has ended, then refresh."),
    )
