"""Entries that somebody works on: told apart from what was left half-way, also across processes and crashes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.store.records.creations import CreationRecords
from gpkeys_plugin.store.records.under_way import UnderWay
from tests.qgis.store.records.begun import API, begun
from tests.tooling.tree import TOP

_HOLD = """
import sys
from pathlib import Path
from gpkeys_plugin.store.records.under_way import UnderWay
with UnderWay(Path(sys.argv[1])).at_work("une"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_what_somebody_works_on_is_not_unfinished(tmp_path: Path) -> None:
    creations, entry = CreationRecords(tmp_path / "journal.json"), begun()
    with creations.at_work(entry.id):
        creations.write(entry)
        # As another QGIS on the same profile sees it.
        for seen in (creations, CreationRecords(tmp_path / "journal.json")):
            assert seen.entries(API, "camille") == (entry,)
            assert seen.unfinished(API, "camille") == ()
            assert seen.is_under_way(entry.id)
    assert creations.unfinished(API, "camille") == (entry,)
    assert [found.name for found in tmp_path.iterdir()] == ["journal.json"]


def test_nobody_begins_what_is_under_way(tmp_path: Path) -> None:
    one, other = UnderWay(tmp_path / "profil"), UnderWay(tmp_path / "profil")
    with one.at_work("une"):
        with pytest.raises(GpkeysError) as caught, other.at_work("une"):
            pass
        with other.at_work("autre"):
            assert one.is_under_way("autre")
        assert one.is_under_way("une")
    assert caught.value.code is ErrorCode.CONFLICT
    with other.at_work("une"):
        assert one.is_under_way("une")


def test_what_takes_long_is_under_way_all_the_same(tmp_path: Path) -> None:
    under_way = UnderWay(tmp_path)
    with under_way.at_work("une"):
        os.utime(tmp_path / "une.lock", (0, 0))
        assert under_way.is_under_way("une")


def test_what_ends_in_an_error_is_not_under_way(tmp_path: Path) -> None:
    under_way = UnderWay(tmp_path)
    with pytest.raises(ZeroDivisionError), under_way.at_work("une"):
        raise ZeroDivisionError
    assert not under_way.is_under_way("une")


def test_several_threads_may_look(tmp_path: Path) -> None:
    under_way = UnderWay(tmp_path)
    with under_way.at_work("une"), ThreadPoolExecutor(max_workers=8) as pool:
        assert all(pool.map(under_way.is_under_way, ["une"] * 40))


@pytest.mark.parametrize("end", [subprocess.Popen.kill, subprocess.Popen.terminate])
def test_nothing_is_under_way_after_a_crash(tmp_path: Path, end: Callable[[subprocess.Popen[str]], None]) -> None:
    under_way = UnderWay(tmp_path)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)],
        cwd=TOP,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert under_way.is_under_way("une")
        end(other)
        other.wait()
    assert (tmp_path / "une.lock").exists()
    assert not under_way.is_under_way("une")
    with under_way.at_work("une"):
        assert under_way.is_under_way("une")


def test_a_folder_that_cannot_be_written_to_keeps_nobody_from_trying(tmp_path: Path) -> None:
    file = tmp_path / "profil"
    file.write_text("", encoding="utf-8")
    under_way = UnderWay(file)
    with under_way.at_work("une"):
        assert not under_way.is_under_way("une")


def test_a_lock_that_could_not_be_removed_counts_no_more(tmp_path: Path) -> None:
    """A disk that turns read-only meanwhile keeps the file, and this process lives."""
    under_way = UnderWay(tmp_path)
    with under_way.at_work("une"):
        left = (tmp_path / "une.lock").read_bytes()
    (tmp_path / "une.lock").write_bytes(left)
    assert not UnderWay(tmp_path).is_under_way("une")
    (tmp_path / "une.lock").write_bytes(left)
    with under_way.at_work("une"):
        assert under_way.is_under_way("une")
    assert not under_way.is_under_way("une")
