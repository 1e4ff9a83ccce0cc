"""The projects that a GeoPackage holds: archives like `.qgz`, as hexadecimal digits in a table."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from ...entrepot.translatable_text import Text
from .problems import FileLeft, too_long
from .stamps import Stamp, Stamper

# Digits of an archive of 16 MB, which unpacks to some 300 MB.
_MOST_DIGITS = 32 << 20
_LIMIT_LENGTH = 0  # SQLITE_LIMIT_LENGTH


@dataclass(frozen=True)
class StoredProject:
    """A row of the table: its number, its name, its digits."""

    row: int
    name: str
    digits: str = field(repr=False)

    @property
    def archive(self) -> bytes:
        """The archive; raises `FileLeft` where there is none in the row."""
        try:
            return bytes.fromhex(self.digits)
        except ValueError as error:
            reason = Text("Its project “{project}” is damaged. Save it again with QGIS.", {"project": self.name})
            raise FileLeft(reason) from error

    def digits_of(self, archive: bytes) -> str:
        """Return the digits of another archive, in capitals where these are."""
        digits = archive.hex()
        return digits if self.digits == self.digits.lower() else digits.upper()


@contextmanager
def opened(path: Path, mode: str) -> Iterator[sqlite3.Connection]:
    """Open a GeoPackage, `ro` or `rw`; what SQLite says against it becomes a `FileLeft`.

    To look, the file is taken as one that nobody changes: SQLite would otherwise leave `-wal` and `-shm` beside one
    that QGIS once had open, and could not open it at all in a folder without right to write.
    """
    immutable = "&immutable=1" if mode == "ro" and not _journals(path) else ""
    uri = f"{sqlite_uri(path.absolute().as_posix())}?mode={mode}{immutable}"
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)
        try:
            _limit(connection)
            yield connection
        finally:
            connection.close()
    except sqlite3.DataError as error:
        raise FileLeft(too_long()) from error
    except sqlite3.Error as error:
        raise FileLeft(_reason(error)) from error


def sqlite_uri(path: str) -> str:
    """Return a whole path as SQLite takes it. Of a network drive of Windows it wants four slashes, and no host."""
    start = "file://" if path.startswith("/") else "file:///"
    return start + quote(os.fsencode(path), safe="/:")


def stored_projects(connection: sqlite3.Connection) -> Iterator[StoredProject]:
    """Return the projects one after the other; none where there is no such table."""
    table = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'qgis_projects'"
    if not connection.execute(table).fetchone()[0]:
        return
    rows = [row for (row,) in connection.execute("SELECT rowid FROM qgis_projects ORDER BY rowid")]
    for row in rows:
        name, digits = connection.execute(
            "SELECT CAST(name AS TEXT), CAST(content AS TEXT) FROM qgis_projects WHERE rowid = ?", (row,)
        ).fetchone()
        if len(digits or "") > _MOST_DIGITS:
            raise FileLeft(too_long())
        yield StoredProject(row, name or "", digits or "")


def stamp_of_projects(connection: sqlite3.Connection) -> Stamp:
    """Return the stamp of the projects; the layers beside them may change."""
    stamper = Stamper()
    for project in stored_projects(connection):
        stamper.add(f"{project.row}\0{project.name}\0{project.digits}\0".encode("utf-8", "surrogatepass"))
    return stamper.stamp()


def _journals(path: Path) -> list[Path]:
    beside = (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    return [journal for journal in beside if journal.exists() and journal.stat().st_size]


def _limit(connection: sqlite3.Connection) -> None:
    """Keep SQLite from loading a value that is longer than any project; Python 3.11 and later can."""
    set_limit = getattr(connection, "setlimit", None)
    if set_limit is not None:
        set_limit(_LIMIT_LENGTH, _MOST_DIGITS + 4096)


def _reason(error: sqlite3.Error) -> Text:
    if "locked" in str(error) or "busy" in str(error):
        return Text("It is open elsewhere. Close it there and try again.")
    if "readonly" in str(error) or "unable to open" in str(error):
        return Text(
            "It was not closed, or you have no right to write in its folder. Open it in QGIS and close it again."
        )
    return Text("It is no GeoPackage, or it is damaged.")
