"""The tests' files lie in memory only where that bears them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.tooling.private_profile import clear_away, has_room

_ENOUGH, _TOO_LITTLE = 3 * 1024**3, 64 * 1024**2


@pytest.mark.parametrize(("free", "flags", "is_used"), [(_ENOUGH, 0, True), (_TOO_LITTLE, 0, False)])
def test_memory_is_used_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, flags: int, is_used: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=flags))
    assert has_room(tmp_path) is is_used


def test_memory_that_runs_no_programs_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=_ENOUGH))
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=os.ST_NOEXEC))
    assert not has_room(tmp_path)


def test_where_there_is_no_such_memory_the_disk_does(tmp_path: Path) -> None:
    assert not has_room(tmp_path / "none")


def test_what_killed_runs_left_is_cleared_away(tmp_path: Path) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    living, dead, another = (tmp_path / name for name in (f"gpk-{os.getpid()}-a", f"gpk-{ended.pid}-b", "else"))
    for folder in (living, dead, another):
        (folder / "t").mkdir(parents=True)
    clear_away(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([living, another])
