"""The state that a job begins in: made once, and put back as it was for each further run, in a tenth of the time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsNetworkAccessManager, QgsProject, QgsSettings

from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.store.records import record_file
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.kills.nobodys import without_origin
from tests.qgis.jobs.kills.world import clear, world

Work = Callable[[Progress], Any]


class PreparedState:
    """What is on the platform, in QGIS and in the plugin's records when `prepare` has made it, from nothing.

    `world` is that, as `world` tells it, `theirs` are the connections that the plugin did not write. What the open
    project holds, or a job that `is_used_up` when it has run (what it takes back is in memory), cannot be put back: it
    is made anew.
    """

    def __init__(self, bench: Bench, prepare: Callable[[Bench], Work], *, is_used_up: bool = False) -> None:
        self._bench, self._prepare = bench, prepare
        self._work = self._made()
        self._is_made_anew = is_used_up or bool(QgsProject.instance().mapLayers())
        self.world = world(bench)
        self.theirs = without_origin()
        bench.simulator.remember()
        self._settings = _settings_file().read_bytes()
        self._configurations = _configurations()
        self._records = {path: path.read_bytes() for path in _records()}
        self._is_seen_to_come_back = False

    def again(self) -> Work:
        """Have all as it was; return the job that begins with it."""
        if self._is_made_anew:
            return self._made()
        self._bench.simulator.reset_faults()
        self._bench.simulator.recall()
        QgsProject.instance().clear()
        self._put_settings_back()
        _put_configurations_back(self._configurations)
        self._put_records_back()
        # As if under the addresses of another key: what was read of the platform and its services is asked for again.
        self._bench.signed_in.known.forget()
        QgsNetworkAccessManager.instance().cache().clear()
        if not self._is_seen_to_come_back:
            assert world(self._bench) == self.world
            self._is_seen_to_come_back = True
        return self._work

    def _made(self) -> Work:
        self._bench.simulator.reset_faults()
        clear(self._bench)
        return self._prepare(self._bench)

    def _put_settings_back(self) -> None:
        path = _settings_file()
        path.write_bytes(self._settings)
        QgsSettings().sync()

    def _put_records_back(self) -> None:
        for path in _records():
            if path not in self._records:
                path.unlink()
        for path, content in self._records.items():
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)


def _settings_file() -> Path:
    """Return QGIS's settings file, with all in it that QGIS has in memory."""
    settings = QgsSettings()
    settings.sync()
    return Path(settings.fileName())


def _records() -> list[Path]:
    """Return the files that the plugin, or a job of its, has written."""
    folder, settings = record_file.profile_folder(), Path(QgsSettings().fileName()).parent.parent
    return [
        path for path in folder.rglob("*") if path.is_file() and settings not in path.parents and path.suffix != ".lock"
    ]


def _database() -> sqlite3.Connection:
    return sqlite3.connect(QgsApplication.authManager().authenticationDatabasePath(), timeout=10)


def _configurations() -> list[tuple[Any, ...]]:
    """Return the rows of the authentication configurations, encrypted as they are."""
    with closing(_database()) as database:
        return database.execute("SELECT * FROM auth_configs").fetchall()


def _put_configurations_back(rows: list[tuple[Any, ...]]) -> None:
    if _configurations() == rows:
        return
    manager = QgsApplication.authManager()
    before = set(manager.configIds())
    with closing(_database()) as database, database:
        database.execute("DELETE FROM auth_configs")
        database.executemany("INSERT INTO auth_configs VALUES (?, ?, ?, ?, ?, ?)", rows)
    manager.updateConfigAuthMethods()
    for id_ in before | set(manager.configIds()):
        manager.clearCachedConfig(id_)
