"""Killed at any line of its work, it leaves each file as it was or as it was to be; and the next run ends the work."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from gpkeys_plugin.store.project_files.file_replacement import copy_of
from gpkeys_plugin.store.project_files.rewrite import FileChange, rewrite_file
from gpkeys_plugin.store.project_files.scan import scan_file
from tests.tooling.tree import TOP

from .documents import HASH, LAYERS, MARKS, NEW, project, swapped, write_archive

# Forks a process for each line: the child runs up to it, then kills itself.
KILLED = """
import os, signal, sys
from pathlib import Path
from gpkeys_plugin.store.project_files.rewrite import FileChange, restore_file, rewrite_file
from gpkeys_plugin.store.project_files.scan import scan_file
from tests.unit.store.project_files.documents import MARKS, swapped
from tests.unit.store.project_files.test_killed import is_old_or_new, prepare

ACTS = ("rewrite.py", "replacing.py", "rewrite_geopackage.py", "edits.py")

def run(path, lines, is_undone):
    def trace(frame, event, _):
        nonlocal lines
        if not frame.f_code.co_filename.endswith(ACTS):
            return None
        if event == "line":
            lines -= 1
            if lines < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace
    stamp = scan_file(path, MARKS).stamp
    change = FileChange(path, stamp, MARKS, swapped)
    if is_undone:
        result = rewrite_file(change)
        sys.settrace(trace)
        restore_file(path, result.before, result.written)
    else:
        sys.settrace(trace)
        rewrite_file(change)
    os._exit(0)

folder, name, is_undone = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "undo"
lines = 0
while True:
    path = prepare(folder / str(lines), name)
    child = os.fork()
    if not child:
        run(path, lines, is_undone)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ended == 0:
        break
    assert ended == -signal.SIGKILL, (lines, ended)
    assert is_old_or_new(path), lines
    lines += 1
print(lines)
"""
CONTENT = project(layers=LAYERS[:1])


def prepare(folder: Path, name: str) -> Path:
    """Make a folder with one file to change."""
    folder.mkdir()
    path = folder / name
    if path.suffix == ".qgs":
        path.write_bytes(CONTENT)
    elif path.suffix == ".qgz":
        write_archive(path, {"a.qgs": CONTENT})
    else:
        digits = write_archive(folder / "x.zip", {"a.qgs": CONTENT}).read_bytes().hex()
        (folder / "x.zip").unlink()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE qgis_projects(name TEXT PRIMARY KEY, metadata BLOB, content BLOB)")
            connection.executemany("INSERT INTO qgis_projects VALUES (?, '{}', ?)", [("a", digits), ("b", digits)])
            connection.commit()
    return path


def is_old_or_new(path: Path) -> bool:
    """Whether all that is in a file is old, or all is new."""
    if path.suffix == ".gpkg":
        # As any program does that opens it next.
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    findings = scan_file(path, MARKS)
    old = [HASH in found.source for found in findings.sources]
    return findings.problem is None and (all(old) or not any(old))


@pytest.mark.parametrize("act", ["change", "undo"])
@pytest.mark.parametrize("name", ["a.qgs", "a.qgz", "a.gpkg"])
def test_killed_at_any_line_it_leaves_the_file_old_or_new(tmp_path: Path, name: str, act: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), name, act], cwd=TOP, check=True, capture_output=True, text=True
    )
    lines = int(answer.stdout)
    assert lines > 15
    states = {number: finished(tmp_path / str(number) / name) for number in range(lines)}
    if act == "change":
        assert set(states.values()) == {"as it was", "changed"}
        for number in range(lines):
            assert ends_the_work(tmp_path / str(number) / name), number


def finished(path: Path) -> str:
    sources = [found.source for found in scan_file(path, MARKS).sources]
    return "as it was" if any(HASH in source for source in sources) else "changed"


def ends_the_work(path: Path) -> bool:
    """Run again after the kill; whether the file is changed now, and the copy is what it was."""
    findings = scan_file(path, MARKS)
    assert findings.stamp is not None
    assert rewrite_file(FileChange(path, findings.stamp, MARKS, swapped)).left is None
    if path.suffix == ".qgs":
        assert NEW.encode() in path.read_bytes()
        assert copy_of(path).read_bytes() == CONTENT
    return finished(path) == "changed"
