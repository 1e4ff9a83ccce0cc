"""Suites run side by side, each is told in one piece, and none outlives the one who waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tooling import suites
from tests.tooling.tree import TOP

_REPORT = '<testsuites><testsuite tests="3" failures="{failed}" errors="0" skipped="1"/></testsuites>'
_MEET = """
import sys, time
from pathlib import Path
folder, own, other = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
(folder / own).write_text("here")
end = time.monotonic() + 30
while not (folder / other).exists() and time.monotonic() < end:
    time.sleep(0.01)
print(f"{own} met {other}" if (folder / other).exists() else "alone", flush=True)
print(f"{own} ends")
"""


@pytest.fixture(autouse=True)
def _reports(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(suites, "report_of", lambda suite: tmp_path / "reports" / f"{suite}.xml")
    monkeypatch.setattr(suites, "_POLL_S", 0.01)


def _have_run(monkeypatch: pytest.MonkeyPatch, code: str, *arguments: str, failed: int = 0) -> None:
    """Have each suite run this code, its name among the arguments, and leave a report."""

    def command_of(suite: str, report: Path) -> list[str]:
        report.write_text(_REPORT.format(failed=failed), encoding="utf-8")
        return [sys.executable, "-c", code, *(argument.format(suite=suite) for argument in arguments)]

    monkeypatch.setattr(suites, "command_of", command_of)


def test_two_run_at_a_time_and_each_is_told_in_one_piece(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    others = {"qgis": "gui", "gui": "qgis"}

    def command_of(suite: str, report: Path) -> list[str]:
        report.write_text(_REPORT.format(failed=0), encoding="utf-8")
        return [sys.executable, "-c", _MEET, str(tmp_path), suite, others[suite]]

    monkeypatch.setattr(suites, "command_of", command_of)
    found = suites.run_all(["gui", "qgis"])
    assert [(one.suite, one.passed, one.skipped, one.is_good) for one in found] == [
        ("gui", 2, 1, True),
        ("qgis", 2, 1, True),
    ]
    said = capfd.readouterr().out
    for own, other in others.items():
        assert f"=== {own} ===\n{own} met {other}\n{own} ends\n" in said


def test_the_longest_begin_first_and_no_more_than_two_at_a_time(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _have_run(monkeypatch, "pass")
    running: list[str] = []
    most: list[int] = []
    started, outcome_of = suites._started, suites._outcome_of

    def start(suite: str, *, is_alone: bool) -> suites._Running:
        running.append(suite)
        most.append(len(running))
        return started(suite, is_alone=is_alone)

    def end(ended: suites._Running) -> suites.Outcome:
        running.remove(ended.suite)
        return outcome_of(ended)

    monkeypatch.setattr(suites, "_started", start)
    monkeypatch.setattr(suites, "_outcome_of", end)
    names = ["unit", "qgis", "gui", "qt6", "end_to_end"]
    assert [one.suite for one in suites.run_all(names)] == names
    begun = [line.removesuffix(" begins") for line in capfd.readouterr().out.splitlines() if line.endswith(" begins")]
    assert begun == ["qgis", "end_to_end", "gui", "qt6", "unit"]
    assert max(most) == 2


def test_one_alone_is_seen_at_once(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    _have_run(monkeypatch, "print('said', flush=True)")
    assert suites.run("unit").is_good
    assert capfd.readouterr().out == "\n=== unit ===\nsaid\n"


def test_what_fails_or_takes_too_long_is_not_good(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _have_run(monkeypatch, "raise SystemExit(1)", failed=2)
    (failed,) = suites.run_all(["unit"])
    assert (failed.is_good, failed.failed, failed.code) == (False, 2, 1)
    monkeypatch.setattr(suites, "LIMIT_S", 0.5)
    _have_run(monkeypatch, "import time; time.sleep(60)")
    (stopped, _) = suites.run_all(["unit", "gui"])
    assert not stopped.is_good
    assert "unit: stopped after 0.5 s" in capfd.readouterr().out


def test_none_outlives_a_run_that_is_broken_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _have_run(
        monkeypatch,
        "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(60)",
        str(tmp_path / "{suite}"),
    )
    waited = time.sleep

    def break_off(seconds: float) -> None:
        waited(seconds)
        if all((tmp_path / suite).exists() and (tmp_path / suite).read_text() for suite in ("unit", "gui")):
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", break_off)
    with pytest.raises(KeyboardInterrupt):
        suites.run_all(["unit", "gui"])
    for suite in ("unit", "gui"):
        with pytest.raises(ProcessLookupError):
            os.kill(int((tmp_path / suite).read_text()), 0)


def test_none_outlives_a_run_that_is_told_to_end(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
from tests.tooling import suites
folder = Path(sys.argv[1])
write = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(60)"
suites.report_of = lambda suite: folder / f"{suite}.xml"
suites.command_of = lambda suite, report: [sys.executable, "-c", write, str(folder / suite)]
suites.main(["unit", "gui"])
"""
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=TOP, stdout=subprocess.DEVNULL) as run:
        begun = [tmp_path / suite for suite in ("unit", "gui")]
        end_s = time.monotonic() + 30
        while not all(file.exists() and file.read_text() for file in begun) and time.monotonic() < end_s:
            time.sleep(0.01)
        run.terminate()
    for file in begun:
        with pytest.raises(ProcessLookupError):
            os.kill(int(file.read_text()), 0)


def test_a_test_that_ends_its_process_ends_the_suite_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "test_first.py").write_text("import os\ndef test_ends(): os._exit(1)\n", encoding="utf-8")
    for name in ("second", "third", "fourth"):
        (tmp_path / f"test_{name}.py").write_text("def test_passes(): pass\n", encoding="utf-8")
    report = tmp_path / "report.xml"
    options = ("-q", "-p", "no:pytest_qgis", "-p", "no:cacheprovider", f"--junit-xml={report}")
    command = [sys.executable, "-m", "pytest", *options, *suites._TWO, "loadfile", str(tmp_path)]
    ended = subprocess.run(command, cwd=tmp_path, stdout=subprocess.DEVNULL, timeout=60, check=False)
    assert ended.returncode == 1
    assert suites.failures(report) == ["test_first.test_ends"]
