"""The projects of a GeoPackage are changed in one transaction, and nothing else of it."""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from gpkeys_plugin.store.project_files.file_replacement import copy_of
from gpkeys_plugin.store.project_files.geopackage_projects import sqlite_uri
from gpkeys_plugin.store.project_files.rewrite import FileChange, RewriteResult, restore_file, rewrite_file
from gpkeys_plugin.store.project_files.scan import scan_file

from .documents import HASH, MARKS, NEW, project, swapped, write_archive


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A GeoPackage of three projects, digits small, capital and as a BLOB, beside a table of somebody else."""
    archive = write_archive(tmp_path / "x.zip", {"{a-b}.qgs": project()})
    digits = archive.read_bytes().hex()
    archive.unlink()
    path = tmp_path / "a.gpkg"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE qgis_projects(name TEXT PRIMARY KEY, metadata BLOB, content BLOB)")
        contents = {"un": digits, "d'eux & é": digits.upper(), "trois": digits.encode()}
        connection.executemany("INSERT INTO qgis_projects VALUES (?, '{}', ?)", contents.items())
        connection.execute("CREATE TABLE other(a)")
        connection.execute("INSERT INTO other VALUES (?)", (HASH,))
        connection.commit()
    return path


def rows(path: Path, table: str = "qgis_projects") -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT rowid, * FROM {table}").fetchall()  # noqa: S608 - one of ours


def rewritten(path: Path) -> RewriteResult:
    findings = scan_file(path, MARKS)
    assert findings.problem is None
    assert findings.stamp is not None
    return rewrite_file(FileChange(path, findings.stamp, MARKS, swapped))


def test_places_are_told_with_the_project(path: Path) -> None:
    sources = scan_file(path, MARKS).sources
    assert [found.place.member for found in sources[::6]] == ["un", "d'eux & é", "trois"]
    assert len(sources) == 18


def test_the_contents_change_and_nothing_else(path: Path) -> None:
    before = rows(path)
    result = rewritten(path)
    assert (result.left, result.changed, result.is_copied) == (None, 18, True)
    after = rows(path)
    assert [row[:3] for row in after] == [row[:3] for row in before]
    assert [type(row[3]) for row in after] == [str, str, bytes]
    assert [row[3] == row[3].upper() for row in after] == [False, True, False]
    for row in after:
        digits = row[3].decode() if isinstance(row[3], bytes) else row[3]
        with zipfile.ZipFile(io.BytesIO(bytes.fromhex(digits))) as archive:
            assert archive.read("{a-b}.qgs") == project().replace(HASH.encode(), NEW.encode())
    assert rows(path, "other") == [(1, HASH)]
    assert rows(copy_of(path)) == before


def test_a_change_is_taken_back(path: Path) -> None:
    before = rows(path)
    result = rewritten(path)
    assert result.before is not None
    assert result.written is not None
    assert restore_file(path, result.before, result.written) is None
    assert rows(path) == before
    assert list(path.parent.iterdir()) == [path]


def test_what_was_saved_after_it_is_not(path: Path) -> None:
    result = rewritten(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE qgis_projects SET content = '00' WHERE name = 'un'")
        connection.commit()
    now = rows(path)
    assert result.before is not None
    assert result.written is not None
    assert "changed" in str(restore_file(path, result.before, result.written))
    assert rows(path) == now


def test_a_copy_of_an_earlier_day_is_kept_and_not_put_back(path: Path) -> None:
    with closing(sqlite3.connect(copy_of(path))) as connection:
        connection.execute("CREATE TABLE qgis_projects(name TEXT PRIMARY KEY, metadata BLOB, content BLOB)")
    result = rewritten(path)
    now = rows(path)
    assert (result.changed, result.is_copied) == (18, False)
    assert result.before is not None
    assert result.written is not None
    assert "another day" in str(restore_file(path, result.before, result.written))
    assert rows(path) == now
    assert rows(copy_of(path)) == []


def test_a_project_saved_since_the_scan_is_not_overwritten(path: Path) -> None:
    findings = scan_file(path, MARKS)
    assert findings.stamp is not None
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM qgis_projects WHERE name = 'un'")
        connection.commit()
    assert "changed since" in str(rewrite_file(FileChange(path, findings.stamp, MARKS, swapped)).left)


def test_features_edited_since_the_scan_do_not_matter(path: Path) -> None:
    findings = scan_file(path, MARKS)
    assert findings.stamp is not None
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO other VALUES (1)")
        connection.commit()
    assert rewrite_file(FileChange(path, findings.stamp, MARKS, swapped)).changed == 18


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_one_that_is_open_elsewhere_is_left(path: Path, mode: str) -> None:
    findings = scan_file(path, MARKS)
    assert findings.stamp is not None
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute(f"PRAGMA journal_mode = {mode}")
        # In WAL it is enough to have it open.
        other.execute("BEGIN IMMEDIATE" if mode == "DELETE" else "INSERT INTO other VALUES (1)")
        result = rewrite_file(FileChange(path, findings.stamp, MARKS, swapped))
        assert "open elsewhere" in str(result.left)
        # What is there can be read meanwhile.
        assert len(scan_file(path, MARKS).sources) == 18
    assert not copy_of(path).exists()


def test_looking_leaves_nothing_beside_one_that_qgis_once_had_open(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    before = path.read_bytes()
    assert len(scan_file(path, MARKS).sources) == 18
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == before
    assert rewritten(path).changed == 18
    assert sorted(path.parent.iterdir()) == sorted([path, copy_of(path)])


def test_one_without_projects_is_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "b.gpkg"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other(a)")
    findings = scan_file(path, MARKS)
    assert (findings.problem, findings.sources) == (None, ())


def test_one_that_is_read_only_is_left(path: Path) -> None:
    path.chmod(0o444)
    assert "read-only" in str(rewritten(path).left)


def test_what_an_ended_program_left_does_not_keep_it_from_being_changed(path: Path, tmp_path: Path) -> None:
    """Killed with changes in the journal: they count, and ours comes on top."""
    script = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("INSERT INTO other VALUES (2)")
os._exit(1)
"""
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert path.with_name(path.name + "-wal").stat().st_size
    assert rewritten(path).changed == 18
    assert rows(path, "other") == [(1, HASH), (2, 2)]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("/é/a?b#c%.gpkg", "file:///%C3%A9/a%3Fb%23c%25.gpkg"),
        ("C:/a b.gpkg", "file:///C:/a%20b.gpkg"),
        ("//server/share/a.gpkg", "file:////server/share/a.gpkg"),
    ],
)
def test_paths_of_all_systems_are_what_sqlite_takes(path: str, uri: str) -> None:
    assert sqlite_uri(path) == uri


def test_names_that_mean_something_in_a_uri(path: Path) -> None:
    odd = path.rename(path.with_name("a?b#c%20&é.gpkg"))
    assert rewritten(odd).changed == 18
