"""QGIS's authentication database as a file: where it is, and whether it can be written to now."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import uuid4

from qgis.core import QgsApplication
from qgis.PyQt.QtSql import QSqlDatabase, QSqlQuery

# Another QGIS holds it for some milliseconds at a time.
_PATIENCE_S = 2.0
_PAUSE_S = 0.05


def database_file() -> Path | None:
    """Return the database's file, None where it is not in one (a server, from QGIS 3.36 on) or not made yet."""
    # Not always in the profile: QGIS_AUTH_DB_DIR_PATH moves it.
    path = QgsApplication.authManager().authenticationDatabasePath()
    return Path(path) if path and Path(path).is_file() else None


def refusal(file: Path) -> str:
    """Return why SQLite would not write to the database, empty where it would; on a worker: it waits up to 2 s.

    Nothing is written. QGIS must not find out by itself: it waits 5 s on the main thread, and forgets the master
    password when it cannot read the database either (3.22, 3.40).
    """
    # By Qt, as QGIS does: another SQLite in the process would take QGIS's locks away when it closes the file.
    name = f"gpkeys-{uuid4().hex}"
    try:
        return _refusal(name, file)
    finally:
        QSqlDatabase.removeDatabase(name)


def _refusal(name: str, file: Path) -> str:
    database = QSqlDatabase.addDatabase("QSQLITE", name)
    database.setDatabaseName(str(file))
    # Waited for here: Qt would keep Python from running meanwhile.
    database.setConnectOptions("QSQLITE_BUSY_TIMEOUT=0")
    if not database.open():
        return str(database.lastError().databaseText())
    end = time.monotonic() + _PATIENCE_S
    while reason := _refused_now(database):
        if time.monotonic() >= end:
            break
        time.sleep(_PAUSE_S)
    database.close()
    return reason


def _refused_now(database: QSqlDatabase) -> str:
    query = QSqlQuery(database)
    if query.exec("BEGIN IMMEDIATE"):
        query.exec("ROLLBACK")
        return ""
    return str(query.lastError().databaseText())
