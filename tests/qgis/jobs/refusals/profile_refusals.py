"""What a profile can refuse, for real: a disk full or read-only, a database locked, shut or read-only."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsSettings

from tests.qgis.store.conftest import MASTER

Refusal = Callable[[Path], AbstractContextManager[None]]

_HOLDER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def mounted(*options: str) -> bool:
    """Mount something; return whether this process may."""
    return subprocess.run(["mount", *options], capture_output=True, check=False).returncode == 0


def unmount(place: Path) -> None:
    """Unmount what was mounted at a place, as soon as nobody uses it any more."""
    subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def small_disk(folder: Path, size_mb: int) -> Iterator[Path]:
    """Make a disk in a folder; a test of somebody who may not is skipped."""
    disk = folder / "disk"
    disk.mkdir()
    if not mounted("-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(disk)):
        pytest.skip("only who may mount a file system can have one refuse: run it as root")
    yield disk
    unmount(disk)


@contextmanager
def disk_full(disk: Path) -> Iterator[None]:
    """Fill the disk to its last byte."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(4096)):
            pass
    yield
    filler.unlink()


@contextmanager
def disk_read_only(disk: Path) -> Iterator[None]:
    """Make the disk read-only, settings, records and all."""
    with _read_only(disk):
        yield


@contextmanager
def settings_read_only(_: Path) -> Iterator[None]:
    """Make QGIS3.ini, and nothing else, read-only."""
    QgsSettings().sync()
    with _read_only(Path(QgsSettings().fileName())):
        yield


@contextmanager
def database_read_only(_: Path) -> Iterator[None]:
    """Make the authentication database read-only, also to QGIS, which has it open."""
    with _read_only(_database()), _told_to_qgis("query_only = 1", "query_only = 0"):
        yield


@contextmanager
def database_locked(_: Path) -> Iterator[None]:
    """Have another process write to the authentication database, for as long as this lasts."""
    command = [sys.executable, "-c", _HOLDER, str(_database())]
    # QGIS waits 5 s each time it wants to write.
    is_impatient = _told_to_qgis("busy_timeout = 50", "busy_timeout = 5000")
    with is_impatient, subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.stdin.close()


@contextmanager
def password_missing(_: Path) -> Iterator[None]:
    """Have QGIS forget the master password, as after a wrong one."""
    manager = QgsApplication.authManager()
    manager.clearMasterPassword()
    yield
    assert manager.setMasterPassword(MASTER, True)


REFUSALS: dict[str, Refusal] = {
    "disk-full": disk_full,
    "disk-read-only": disk_read_only,
    "settings-read-only": settings_read_only,
    "database-read-only": database_read_only,
    "database-locked": database_locked,
    "password-missing": password_missing,
}


def _database() -> Path:
    return Path(QgsApplication.authManager().authenticationDatabasePath())


@contextmanager
def _read_only(place: Path) -> Iterator[None]:
    # A file or a folder again in its own place: what is open stays so, as a remount of the disk would not allow.
    assert mounted("--bind", str(place), str(place))
    # Refused while another thread has just opened something there to write.
    assert any(mounted("-o", "remount,ro,bind", str(place)) for _ in range(50))
    assert not os.access(place, os.W_OK)
    yield
    unmount(place)


@contextmanager
def _told_to_qgis(begin: str, end: str) -> Iterator[None]:
    connection = QgsApplication.authManager().authDatabaseConnection()
    assert connection.exec(f"PRAGMA {begin}").isActive()
    yield
    connection.exec(f"PRAGMA {end}")
