"""Runs the test suites side by side, each in processes of its own since QGIS's state is per process, and sums up.

python -m tests.tooling.suites [SUITE…]     those named, or all folders of tests/ that hold tests but `peers`
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from tests.tooling.tree import BUILD, TESTS, TOP

_ORDER = ("unit", "simulator", "qgis", "gui", "qt6", "end_to_end")
# Those that wait most first: what is left at the end uses the whole processor by itself.
_LONGEST = ("qgis", "end_to_end", "gui", "qt6", "unit")
_SIDE_BY_SIDE = 2
_POLL_S = 0.2
# `make test-peers` runs it: it needs servers of other people besides QGIS.
APART = ("peers",)
LIMIT_S = 1800
# What needs a window of QGIS, its themes, words, network or map runs in the real one only; ours are the same in any Qt.
_REAL_ONLY = (
    "browser",
    "downloads/test_many_editions.py",
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
# A process that dies ends its suite, so that what hangs in one test does not hang in the next ones, too.
_TWO = ("--max-worker-restart=0", "-n", "2", "--dist")
# What it imports takes each process half a second; only the simulator's contract needs it.
_NO_CONTRACT = ("-p", "no:schemathesis")
_OPTIONS = {
    "unit": ("-p", "no:pytest_qgis", *_TWO, "load"),
    "qgis": (*_NO_CONTRACT, *_TWO, "loadfile"),
    "gui": (*_NO_CONTRACT, *_TWO, "worksteal"),
    "qt6": ("-p", "tests.qt6.stage", "-p", "no:pytest_qgis", *_NO_CONTRACT, *_TWO, "worksteal", *_WIDGETS),
    "end_to_end": (*_NO_CONTRACT, *_TWO, "loadfile"),
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
    """Run one suite to its end, or to the limit of its time; what it says is seen at once."""
    return run_all([suite])[0]


def run_all(suites: Sequence[str]) -> list[Outcome]:
    """Run suites, the longest first, two side by side; each is then told at its end, in one piece.

    A suite waits: for a QGIS to start, for a time-out, at its end for its longest test. Another one works meanwhile.
    """
    waiting = sorted(suites, key=lambda suite: (_LONGEST.index(suite) if suite in _LONGEST else len(_LONGEST), suite))
    running: list[_Running] = []
    outcomes: dict[str, Outcome] = {}
    try:
        while waiting or running:
            while waiting and len(running) < _SIDE_BY_SIDE:
                running.append(_started(waiting.pop(0), is_alone=len(suites) == 1))
            time.sleep(_POLL_S)
            for ended in [one for one in running if one.has_ended()]:
                running.remove(ended)
                outcomes[ended.suite] = _outcome_of(ended)
    finally:
        for one in running:
            _end_group(one.process)
    return [outcomes[suite] for suite in suites]


@dataclass
class _Running:
    suite: str
    process: subprocess.Popen[bytes]
    log: Path | None
    begun_s: float = field(default_factory=time.monotonic)

    @property
    def duration_s(self) -> float:
        return time.monotonic() - self.begun_s

    def has_ended(self) -> bool:
        return self.process.poll() is not None or self.duration_s > LIMIT_S


def _started(suite: str, *, is_alone: bool) -> _Running:
    report = report_of(suite)
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    print(f"\n=== {suite} ===" if is_alone else f"{suite} begins", flush=True)
    log = None if is_alone else report.with_suffix(".log")
    with log.open("wb") if log is not None else nullcontext() as said:
        process = subprocess.Popen(
            command_of(suite, report),
            cwd=TOP,
            stdout=said,
            stderr=None if said is None else subprocess.STDOUT,
            start_new_session=True,
        )
    return _Running(suite, process, log)


def command_of(suite: str, report: Path) -> list[str]:
    """Return the command that runs a suite and writes its report."""
    command = [sys.executable, "-m", "pytest", "-q", "--durations=5", f"--junit-xml={report}"]
    return [*command, *_OPTIONS.get(suite, ()), str(TESTS / suite)]


def _outcome_of(ended: _Running) -> Outcome:
    code, duration_s = ended.process.poll(), ended.duration_s
    # Also the servers and windows that a crashed run left behind.
    _end_group(ended.process)
    if ended.log is not None:
        print(f"\n=== {ended.suite} ===\n{ended.log.read_text(encoding='utf-8', errors='replace')}", flush=True)
    if code is None:
        print(f"{ended.suite}: stopped after {LIMIT_S} s", flush=True)
    return Outcome(ended.suite, 1 if code is None else code, duration_s, *counts(report_of(ended.suite)))


def _end_group(process: subprocess.Popen[bytes]) -> None:
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


def failures(report: Path) -> list[str]:
    """Return the names of the tests of a report that did not pass, the process that one ended in among them."""
    if not report.exists():
        return []
    cases = ET.parse(report).getroot().iter("testcase")
    return [
        f"{case.get('classname', '')}.{case.get('name', '')}"
        for case in cases
        if case.find("failure") is not None or case.find("error") is not None
    ]


def main(names: list[str]) -> None:
    """Run the suites and end with their sum."""
    # As Ctrl-C does: what was started is ended, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    outcomes = run_all(names or known_suites())
    print("\n=== sum ===")
    for outcome in outcomes:
        verdict = "ok" if outcome.is_good else f"FAILED (pytest ended with {outcome.code})"
        print(
            f"{outcome.suite:12} {outcome.passed:5} passed {outcome.failed:4} failed {outcome.skipped:4} skipped"
            f" {outcome.duration_s:6.0f} s  {verdict}"
        )
        print("".join(f"    {name}\n" for name in failures(report_of(outcome.suite))), end="")
    passed, failed, skipped = (sum(getattr(o, name) for o in outcomes) for name in ("passed", "failed", "skipped"))
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    if not outcomes or not all(outcome.is_good for outcome in outcomes):
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
