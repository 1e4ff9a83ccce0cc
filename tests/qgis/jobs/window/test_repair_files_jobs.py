"""Files through the window's door: scanned without holding up the window, mended, put back byte for byte."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QTimer

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.file_repair.file_values import FilesFound, FilesMended, FilesOrder, FilesUndone
from gpkeys_plugin.jobs.file_repair.scan_files import FilesWanted
from gpkeys_plugin.jobs.running.task import RunningJob
from gpkeys_plugin.jobs.values import CreatedKey, Failed
from gpkeys_plugin.jobs.window.repair_files_jobs import RepairFilesJobs
from tests.benchmarks.project_files import heavy_project
from tests.qgis.jobs.conftest import Bench, benches
from tests.qgis.jobs.dark_files import DEAD, DarkFolder, created_key, dark_folder, sources_with
from tests.simulator.memory import seeds
from tests.simulator.remote.steering import Simulator

_PATIENCE_MS = 60_000
_TURN_MS = 5
# No wait of the window is as long as such a part of a scan: held up by it, it would wait for all of it.
_LEAST_TURNS = 4


class Door:
    """The door, and what came of each call."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.changes: list[int] = []
        self.jobs = RepairFilesJobs(
            lambda: bench.signed_in, bench.runner, bench.main_thread, lambda: self.changes.append(1)
        )

    def wait(self, start: Callable[..., RunningJob]) -> Any:
        """Start a job; return what it told in the end, an error too."""
        ended: list[Any] = []
        start(ended.append)
        self.bench.qtbot.waitUntil(lambda: bool(ended), timeout=_PATIENCE_MS)
        return ended[0]

    def scan(self, path: Path, *, with_profile: bool = False) -> FilesFound:
        """Scan."""
        wanted = FilesWanted(path, with_profile)
        found = self.wait(lambda end: self.jobs.scan(wanted, lambda *_: None, end, end))
        assert isinstance(found, FilesFound), found
        return found

    def repair(self, found: FilesFound, order: FilesOrder) -> FilesMended:
        """Mend."""
        mended = self.wait(lambda end: self.jobs.repair(found, order, lambda *_: None, end, end))
        assert isinstance(mended, FilesMended), mended
        return mended

    def undo(self, mended: FilesMended) -> FilesUndone:
        """Put back."""
        undone = self.wait(lambda end: self.jobs.undo(mended, lambda *_: None, end, end))
        assert isinstance(undone, FilesUndone), undone
        return undone

    def save(self, path: Path, found: FilesFound, mended: FilesMended | None) -> GpkeysError | None:
        """Write a report; return why it could not be written."""
        error: GpkeysError | None = self.wait(
            lambda end: self.jobs.save_report(path, found, mended, lambda: end(None), end)
        )
        return error


@pytest.fixture
def door(
    simulator: Simulator, manager: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Door]:
    """Return the door of camille, on the whole simulator."""
    for bench in benches(simulator, qtbot, tmp_path, monkeypatch):
        yield Door(bench)


@pytest.fixture
def key(door: Door) -> CreatedKey:
    """Return a HASH key that opens a layer of each kind of service."""
    return created_key(door.bench, KeyType.HASH, "Poste")


@pytest.fixture
def dark(door: Door, key: CreatedKey, tmp_path: Path) -> DarkFolder:
    """Return a folder of dark files."""
    url = f"{door.bench.simulator.gateway_url}/wms-r?SERVICE=WMS&LAYERS={seeds.ORTHO}&apikey={DEAD}"
    return dark_folder(tmp_path / "projets", sources_with(door.bench, key), url)


def projects_of(path: Path) -> list[tuple[Any, ...]]:
    """Return the rows of the projects of a GeoPackage."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM qgis_projects").fetchall()


def test_what_was_mended_is_put_back_byte_for_byte(door: Door, dark: DarkFolder) -> None:
    before, rows = dark.contents(), projects_of(dark.folder / "données.gpkg")
    mended = door.repair(door.scan(dark.folder), FilesOrder())
    assert (mended.left_count, len(mended.written), door.changes) == (0, len(before), [1])
    undone = door.undo(mended)
    assert (len(undone.files), undone.left) == (len(before), ())
    after = dark.contents()
    # SQLite writes a database anew in pages; what is in it is the same.
    assert projects_of(dark.folder / "données.gpkg") == rows
    for name in before:
        assert name.endswith(".gpkg") or after[name] == before[name]
    assert set(after) == set(before)


def test_a_file_changed_after_it_was_mended_is_not_put_back(door: Door, dark: DarkFolder) -> None:
    mended = door.repair(door.scan(dark.folder / "c.qlr"), FilesOrder())
    (dark.folder / "c.qlr").write_bytes((dark.folder / "c.qlr").read_bytes() + b"\n")
    undone = door.undo(mended)
    assert undone.files == ()
    assert "changed since it was mended" in str(undone.left[0][1])


def test_a_file_changed_since_it_was_scanned_is_scanned_again(door: Door, dark: DarkFolder) -> None:
    path = dark.folder / "été.qgs"
    found = door.scan(path)
    path.write_text(path.read_text("utf-8").replace("<title>", "<title>Autre "), encoding="utf-8")
    mended = door.repair(found, FilesOrder())
    assert (mended.left_count, len(mended.written)) == (0, 1)
    assert "Autre" in path.read_text("utf-8")
    assert DEAD not in path.read_text("utf-8")


def test_only_ticked_files_are_mended(door: Door, dark: DarkFolder) -> None:
    path = dark.folder / "c.qlr"
    mended = door.repair(door.scan(dark.folder), FilesOrder(paths=frozenset({path})))
    assert [result.path for result in mended.written] == [path]


def test_templates_of_the_profile_are_looked_at_where_that_is_wanted(
    door: Door, dark: DarkFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = tmp_path / "profil"
    (profile / "composer_templates").mkdir(parents=True)
    (dark.folder / "d.qpt").rename(profile / "composer_templates" / "d.qpt")
    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", lambda: str(profile))
    assert "d.qpt" not in {file.path.name for file in door.scan(dark.folder).files}
    assert "d.qpt" in {file.path.name for file in door.scan(dark.folder, with_profile=True).files}


def test_signed_out_a_scan_asks_nothing(door: Door, dark: DarkFolder) -> None:
    door.bench.signed_in = replace(door.bench.signed_in, account_id="")
    door.bench.simulator.clear_requests()
    found = door.scan(dark.folder)
    assert found.place_count
    assert not found.is_signed_in
    assert {one.remedy for file in found.files for one in file.places} == {None}
    assert door.bench.simulator.requests() == []


def test_the_window_is_drawn_while_files_are_read(door: Door, tmp_path: Path) -> None:
    content = heavy_project(2)
    for number in range(40):
        (tmp_path / f"{number}.qgs").write_bytes(content)
    turns = [time.monotonic()]
    timer = QTimer()
    timer.timeout.connect(lambda: turns.append(time.monotonic()))
    timer.start(_TURN_MS)
    found = door.scan(tmp_path)
    timer.stop()
    assert found.file_count == 40
    gaps = [after - before for before, after in zip(turns, turns[1:])]
    assert max(gaps) < sum(gaps) / _LEAST_TURNS


def test_a_scan_is_cancelled_at_once(door: Door, tmp_path: Path) -> None:
    content = heavy_project(5)
    for number in range(60):
        (tmp_path / f"{number}.qgs").write_bytes(content)
    ended: list[Any] = []
    running: list[RunningJob] = []
    moments: list[float] = []

    def stop(percent: float, _text: object) -> None:
        if percent > 0 and not moments:
            moments.append(time.monotonic())
            running[0].cancel()

    running.append(door.jobs.scan(FilesWanted(tmp_path), stop, ended.append, ended.append))
    door.bench.qtbot.waitUntil(lambda: bool(ended), timeout=_PATIENCE_MS)
    assert isinstance(ended[0], Failed)
    assert ended[0].error.code is ErrorCode.CANCELLED
    assert time.monotonic() - moments[0] < 1


def test_reports_are_written_in_three_forms_without_a_secret(
    door: Door, dark: DarkFolder, key: CreatedKey, tmp_path: Path
) -> None:
    foreign = door.bench.simulator.gateway_url.encode() + b"/wms-r?LAYERS=rochebrune.scan.oaci&amp;apikey=FauxHash0009"
    (dark.folder / "e.qgs").write_bytes(b"<qgis><mapTip>" + foreign + b"</mapTip></qgis>")
    found = door.scan(dark.folder)
    mended = door.repair(found, FilesOrder())
    for outcome in (None, mended):
        for name in ("rapport.csv", "rapport.json", "rapport.pdf"):
            path = tmp_path / name
            assert door.save(path, found, outcome) is None
            content = path.read_bytes()
            assert DEAD.encode() not in content
            assert str(key.hash).encode() not in content
        assert (tmp_path / "rapport.pdf").read_bytes().startswith(b"%PDF")
        rows = json.loads((tmp_path / "rapport.json").read_text("utf-8"))
        table = list(csv.DictReader(io.StringIO((tmp_path / "rapport.csv").read_text("utf-8-sig"))))
        assert len(rows) == len(table) == found.place_count


def test_where_it_cannot_be_written_that_is_said(door: Door, dark: DarkFolder, tmp_path: Path) -> None:
    found = door.scan(dark.folder)
    path = tmp_path / "rien" / "rapport.csv"
    error = door.save(path, found, None)
    assert error is not None
    assert "cannot be written" in str(error.user)


def test_it_begins_in_the_folder_of_the_open_project(door: Door, dark: DarkFolder) -> None:
    assert door.jobs.first_folder() == Path.home()
    assert QgsProject.instance().read(str(dark.folder / "été.qgs"))
    assert door.jobs.first_folder() == dark.folder
    QgsProject.instance().clear()
