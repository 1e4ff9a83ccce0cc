"""Changes sources in the projects of a GeoPackage, in one transaction, and takes it back."""

from __future__ import annotations

import io
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ...entrepot.translatable_text import Text
from .edited_bytes import NewSource, write_archive
from .file_replacement import NEW, copy_of
from .geopackage_projects import opened, stamp_of_projects, stored_projects
from .problems import FileLeft, changed_since
from .stamps import Stamp
from .telltale_words import Marks

_TABLE = "CREATE TABLE qgis_projects(name TEXT PRIMARY KEY, metadata BLOB, content BLOB)"
_ROWS = "SELECT rowid, name, metadata, content FROM qgis_projects ORDER BY rowid"
# A content that was a BLOB stays one: text in QGIS 3.22 to 3.44.
_UPDATE = """UPDATE qgis_projects SET content =
    CASE typeof(content) WHEN 'blob' THEN CAST(:digits AS BLOB) ELSE :digits END WHERE rowid = :row"""


def rewrite_geopackage(file: Path, stamp: Stamp, marks: Marks, new_source: NewSource) -> tuple[int, Stamp, bool]:
    """Change the projects that are still as they were scanned.

    Return how many values changed, the stamp of the projects now, and whether a copy was made: a small database with
    the rows as they were, since the layers beside them may be of any size and are not touched. SQLite sees to it that
    the rows are all old or all new. Raises `FileLeft`.
    """
    with _changing(file, stamp) as connection:
        changed = {}
        count = 0
        for project in stored_projects(connection):
            new = io.BytesIO()
            places = write_archive(io.BytesIO(project.archive), marks, new_source, new, project.name)
            if places:
                changed[project.row] = project.digits_of(new.getvalue())
                count += places
        is_copied = bool(changed) and _keep_rows(connection, file)
        for row, digits in changed.items():
            connection.execute(_UPDATE, {"row": row, "digits": digits})
        return count, stamp_of_projects(connection), is_copied


def restore_geopackage(file: Path, before: Stamp, written: Stamp) -> None:
    """Put the rows of the copy back where they are still as they were written; raises `FileLeft`."""
    copy = copy_of(file)
    with _changing(file, written) as connection:
        with opened(copy, "ro") as old:
            rows = {project.row: project.digits for project in stored_projects(old)}
        for row, digits in rows.items():
            connection.execute(_UPDATE, {"row": row, "digits": digits})
        if stamp_of_projects(connection) != before:
            raise FileLeft(other_copy())
    copy.unlink()


def other_copy() -> Text:
    """Return what is said where the copy is not of the change that is to be undone."""
    return Text("The copy beside it is of another day, and is not put back. Compare the two yourself.")


@contextmanager
def _changing(file: Path, stamp: Stamp) -> Iterator[sqlite3.Connection]:
    """Hold a GeoPackage whose projects have this stamp for writing; written when the block ends well."""
    with opened(file, "rw") as connection:
        # Refused while anybody has it open, in whichever mode; what an ended program left is settled first.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        if stamp_of_projects(connection) != stamp:
            raise FileLeft(changed_since())
        yield connection
        connection.execute("COMMIT")


def _keep_rows(connection: sqlite3.Connection, file: Path) -> bool:
    """Write the rows into a database of their own unless there is one; whether it was done."""
    copy = copy_of(file)
    if copy.exists():
        return False
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=NEW)
    os.close(handle)
    try:
        with closing(sqlite3.connect(name, isolation_level=None)) as kept:
            kept.execute("BEGIN")
            kept.execute(_TABLE)
            kept.executemany(
                "INSERT INTO qgis_projects(rowid, name, metadata, content) VALUES (?, ?, ?, ?)",
                connection.execute(_ROWS),
            )
            kept.execute("COMMIT")
        Path(name).replace(copy)
    finally:
        Path(name).unlink(missing_ok=True)
    return True
