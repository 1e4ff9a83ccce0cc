"""Whether the authentication database can be written to is asked of SQLite, before QGIS finds out the hard way."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.records import authentication_database, room_to_write

_HOLDER = """
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def database(manager: Any) -> Path:
    found = authentication_database.database_file()
    assert found is not None
    return found


@contextmanager
def held(database: Path, seconds: float) -> Iterator[None]:
    """Have another process write to the database for some time, at the latest until the end of the block."""
    command = [sys.executable, "-c", _HOLDER, str(database), str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield
        holder.kill()


@contextmanager
def impatient() -> Iterator[None]:
    """Have QGIS wait 50 ms for its database instead of 5 s."""
    connection = QgsApplication.authManager().authDatabaseConnection()
    assert connection.exec("PRAGMA busy_timeout = 50").isActive()
    yield
    connection.exec("PRAGMA busy_timeout = 5000")


def test_a_database_that_is_free_is_not_touched(database: Path) -> None:
    before = database.read_bytes()
    assert authentication_database.refusal(database) == ""
    assert (database.read_bytes(), {path.name for path in database.parent.glob("qgis-auth.db*")}) == (
        before,
        {"qgis-auth.db"},
    )


def test_one_that_another_process_writes_to_is_said(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authentication_database, "_PATIENCE_S", 0.1)
    with held(database, 60), pytest.raises(GpkeysError) as caught:
        room_to_write.require_room_to_write()
    assert "database is locked. Nothing was changed." in str(caught.value.user)
    assert "another QGIS" in str(caught.value.advice)


def test_a_moment_is_waited_for(database: Path) -> None:
    with held(database, 0.3):
        assert authentication_database.refusal(database) == ""


def test_it_is_looked_for_where_it_lies(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """QGIS_AUTH_DB_DIR_PATH moves it out of the profile."""
    elsewhere = tmp_path / "qgis-auth.db"
    elsewhere.write_bytes(b"no database" * 100)
    monkeypatch.setattr(type(QgsApplication.authManager()), "authenticationDatabasePath", lambda _: str(elsewhere))
    with pytest.raises(GpkeysError, match="not a database"):
        room_to_write.require_room_to_write()


def test_a_quota_that_the_figures_of_the_disk_do_not_tell_is_said(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, limits[1]))
    try:
        with pytest.raises(GpkeysError, match="writing to the profile failed"):
            room_to_write.require_room_to_write()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_change_that_was_refused_does_not_keep_the_next_from_being_made(database: Path) -> None:
    """QGIS 3.22 leaves the transaction open, and refuses everything from then on."""
    kept = auth_configs.store_basic("un", "l", "p")
    with impatient():
        for change in (
            lambda: auth_configs.store_basic("deux", "l", "p"),
            lambda: auth_configs.update_basic(kept, login="m"),
            lambda: auth_configs.remove(kept),
        ):
            with held(database, 60), pytest.raises(GpkeysError, match="refused by QGIS"):
                change()
            assert auth_configs.store_basic("trois", "l", "p") in auth_configs.ids()
            assert authentication_database.refusal(database) == ""
    auth_configs.update_basic(kept, login="m")
    auth_configs.remove(kept)
    assert kept not in auth_configs.ids()
