"""The table says what ran on which QGIS and what came of it; what cannot be made is said, and fails nothing."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest

from tests.tooling import matrix, qgis_folders, suites
from tests.tooling.matrix import Clock, Column, folder_column, table
from tests.tooling.qgis_folders import CannotMakeError, QgisFolder
from tests.tooling.suites import Outcome

_GOOD = Outcome("unit", 0, 54.4, passed=7, skipped=1)
_BAD = Outcome("gui", 1, 60.0, passed=5, failed=2)


@pytest.fixture(autouse=True)
def _two_suites(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(matrix, "all_suites", lambda: ["unit", "gui"])
    monkeypatch.setattr(suites, "report_of", lambda suite: tmp_path / f"{suite}.xml")
    monkeypatch.setattr(QgisFolder, "prepare", lambda *_: None)
    monkeypatch.setattr(QgisFolder, "version", lambda _: "3.44.15")


def test_the_table_has_a_column_for_each_qgis() -> None:
    newer = Column("3.44.15", reasons={"unit": "it takes root", "gui": "it takes root"})
    assert table([Column("3.22.16", {"unit": _GOOD, "gui": _BAD}), newer]).splitlines() == [
        "| suite | QGIS 3.22.16 | QGIS 3.44.15 |",
        "| --- | --- | --- |",
        "| unit | 7 passed, 1 skipped, 54 s | not run: it takes root |",
        "| gui | FAILED: 2 failed, 5 passed, 0 skipped, 60 s | not run: it takes root |",
    ]


def test_what_cannot_be_made_is_said_and_fails_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise CannotMakeError("it takes root")

    monkeypatch.setattr(QgisFolder, "prepare", refuse)
    column = folder_column("3.44", Clock(None), Column("native"))
    assert column.is_good
    assert column.cell("unit") == column.cell("gui") == "not run: it takes root"


def test_what_does_not_fit_into_the_time_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def run(_: QgisFolder, suite: str, __: Clock) -> Outcome:
        ran.append(suite)
        return Outcome(suite, 0, 1.0, passed=1)

    monkeypatch.setattr(matrix, "_run_in", run)
    native = Column("native", {"unit": Outcome("unit", 0, 10.0, passed=1), "gui": Outcome("gui", 0, 600.0, passed=1)})
    column = folder_column("3.44", Clock(5), native)
    assert ran == ["unit"]
    assert column.cell("gui") == "not run: no time left"
    assert column.title == "3.44.15"


def test_a_suite_that_fails_in_a_folder_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def python(_: QgisFolder, *arguments: str, limit_s: float) -> int:
        assert limit_s == suites.LIMIT_S
        report = '<testsuites><testsuite tests="3" failures="1" errors="0" skipped="0"/></testsuites>'
        (tmp_path / f"{arguments[-1]}.xml").write_text(report, "utf-8")
        return 1

    monkeypatch.setattr(QgisFolder, "python", python)
    column = folder_column("3.44", Clock(None), Column("native"))
    assert not column.is_good
    assert column.cell("gui").startswith("FAILED: 1 failed, 2 passed")
    assert sorted(path.name for path in tmp_path.glob("*.xml")) == ["gui-3.44.xml", "unit-3.44.xml"]


def test_the_reports_of_the_run_before_are_read(tmp_path: Path) -> None:
    report = '<testsuites><testsuite tests="3" failures="0" errors="0" skipped="1" time="12.5"/></testsuites>'
    (tmp_path / "unit.xml").write_text(report, "utf-8")
    assert matrix.reported("unit") == Outcome("unit", 0, 12.5, passed=2, skipped=1)
    assert matrix.reported("gui") is None


@pytest.mark.parametrize(
    ("is_root", "programs", "reason"),
    [(False, {"unshare", "chroot", "debootstrap"}, "it takes root"), (True, {"unshare", "chroot"}, "no debootstrap")],
)
def test_what_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, is_root: bool, programs: set[str], reason: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0 if is_root else 1000)
    monkeypatch.setattr(shutil, "which", lambda name: name if name in programs else None)
    with pytest.raises(CannotMakeError, match=reason):
        qgis_folders._require_means()


def test_what_takes_too_long_is_ended() -> None:
    assert qgis_folders._run(["sleep", "600"], 0.1) == -signal.SIGKILL


def test_folders_lie_in_the_cache_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert QgisFolder("3.40").path == tmp_path / "gpkeys" / "qgis-3.40"
