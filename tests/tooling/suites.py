"""Runs the test suites, each in a process of its own since QGIS's state is per process, and sums up.

python -m tests.tooling.suites [SUITE…]     those named, or all folders of tests/ that hold tests but `peers`
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from tests.tooling.tree import BUILD, TESTS, TOP

_ORDER = ("unit", "simulator", "qgis", "gui", "qt6", "end_to_end")
# `make test-peers` runs it: it needs servers of other people besides QGIS.
APART = ("peers",)
LIMIT_S = 1800
# What needs a window of QGIS, its themes, words, network or map runs in the real one only; ours are the same in any Qt.
_REAL_ONLY = (
    "browser",
    "help",
    "lifetime",
    "looks",
    "my_keys/test_requests_of_operations.py",
    "sign_in/test_sign_in_task.py",
    "start",
    "parts/test_mnemonics.py",
    "parts/test_waits_shown.py",
    "test_qgis_map.py",
    "test_wording.py",
)
_WIDGETS = (str(TESTS / "gui"), *(f"--ignore={TESTS / 'gui' / name}" for name in _REAL_ONLY))
# Side by side on two cores: each process has a QGIS, a profile and a simulator of its own. Where tests of a file share
# the run of a QGIS, the file stays in one process; elsewhere who is done takes over from who is not.
_TWO = ("-n", "2", "--dist")
_OPTIONS = {
    "unit": ("-p", "no:pytest_qgis", "-n", "2"),
    "qgis": (*_TWO, "loadfile"),
    "gui": (*_TWO, "worksteal"),
    "qt6": ("-p", "tests.qt6.stage", "-p", "no:pytest_qgis", *_TWO, "worksteal", *_WIDGETS),
    "end_to_end": (*_TWO, "loadfile"),
}


@dataclass(frozen=True)
class Outcome:
    """How a suite went."""

    suite: str
    code: int
    duration_s: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def is_good(self) -> bool:
        """Whether tests ran and all of them passed."""
        return self.code == 0 and self.passed > 0


def known_suites() -> list[str]:
    """Return the folders that hold tests, those everything rests on first, without those that run apart."""
    found = {path.relative_to(TESTS).parts[0] for path in TESTS.rglob("test_*.py")}.difference(APART)
    return sorted(found, key=lambda suite: (_ORDER.index(suite) if suite in _ORDER else len(_ORDER), suite))


def run(suite: str) -> Outcome:
    """Run one suite to its end, or to the limit of its time."""
    report = report_of(suite)
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    print(f"\n=== {suite} ===", flush=True)
    start = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "--durations=5", f"--junit-xml={report}"]
    process = subprocess.Popen(
        [*command, *_OPTIONS.get(suite, ()), str(TESTS / suite)],
        cwd=TOP,
        start_new_session=True,
    )
    code = _wait(process)
    return Outcome(suite, code, time.monotonic() - start, *counts(report))


def _wait(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait(timeout=LIMIT_S)
    except subprocess.TimeoutExpired:
        print(f"stopped after {LIMIT_S} s", flush=True)
        return 1
    finally:
        _end_group(process)


def _end_group(process: subprocess.Popen[bytes]) -> None:
    # Also the servers and windows that a crashed run left behind.
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def report_of(suite: str) -> Path:
    """Return where pytest writes what came of a suite."""
    return BUILD / "reports" / f"{suite}.xml"


def counts(report: Path) -> tuple[int, int, int]:
    """Return how many tests of a report passed, failed and were skipped."""
    if not report.exists():
        return 0, 0, 0
    # Written by the pytest that was just run.
    suites = list(ET.parse(report).getroot().iter("testsuite"))
    total, failed, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites for name in names)
        for names in (("tests",), ("failures", "errors"), ("skipped",))
    )
    return total - failed - skipped, failed, skipped


def main(names: list[str]) -> None:
    """Run the suites and end with their sum."""
    outcomes = [run(suite) for suite in names or known_suites()]
    print("\n=== sum ===")
    for outcome in outcomes:
        verdict = "ok" if outcome.is_good else f"FAILED (pytest ended with {outcome.code})"
        print(
            f"{outcome.suite:12} {outcome.passed:5} passed {outcome.failed:4} failed {outcome.skipped:4} skipped"
            f" {outcome.duration_s:6.0f} s  {verdict}"
        )
    passed, failed, skipped = (sum(getattr(o, name) for o in outcomes) for name in ("passed", "failed", "skipped"))
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    if not outcomes or not all(outcome.is_good for outcome in outcomes):
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
