"""All suites on each QGIS we say we run in, and one table of what came of it.

python -m tests.tooling.matrix [--after-native] [--minutes N] [VERSION…]     VERSION: 3.40, 3.44; all without any

The machine's own QGIS comes first; with `--after-native` its suites were just run, and only their reports are read.
The others lie in folders (`qgis_folders.py`), made where they are missing. What cannot be made or does not fit into the
time is said, and fails nothing; a suite that fails does. The table is also in build/matrix/table.md.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.tooling import suites
from tests.tooling.qgis_folders import SUITES, CannotMakeError, QgisFolder
from tests.tooling.suites import Outcome
from tests.tooling.tree import BUILD, TOP

_TABLE = BUILD / "matrix" / "table.md"
_MAKING_S = 1200.0
# A suite is begun when what it took on the machine's own QGIS fits: that was beside another one, about twice what it
# takes alone; a newer QGIS is slower, and starts cold.
_MARGIN = 1.0
_NOT_RUN = "not run"


@dataclass
class Column:
    """A QGIS: its version, what its suites came to, or why they were not run."""

    title: str
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def cell(self, suite: str) -> str:
        """Return what became of a suite."""
        outcome = self.outcomes.get(suite)
        if outcome is None:
            return f"{_NOT_RUN}: {self.reasons.get(suite, 'unknown')}"
        counts = f"{outcome.passed} passed, {outcome.skipped} skipped, {outcome.duration_s:.0f} s"
        return counts if outcome.is_good else f"FAILED: {outcome.failed} failed, {counts}"

    @property
    def is_good(self) -> bool:
        """Whether no suite failed."""
        return all(outcome.is_good for outcome in self.outcomes.values())


class Clock:
    """The time that is left."""

    def __init__(self, minutes: float | None) -> None:
        self._end = None if minutes is None else time.monotonic() + 60 * minutes

    def left_s(self) -> float:
        """Return the seconds that are left, infinite without a limit."""
        return float("inf") if self._end is None else self._end - time.monotonic()


def all_suites() -> list[str]:
    """Return the suites, those with servers of other people too."""
    return [*suites.known_suites(), *suites.APART]


def native_column(*, is_run: bool) -> Column:
    """Return what came of the suites on the machine's own QGIS: run them, or read the reports of a run before."""
    if is_run:
        outcomes = {outcome.suite: outcome for outcome in suites.run_all(all_suites())}
    else:
        outcomes = {suite: found for suite in all_suites() if (found := reported(suite)) is not None}
    column = Column(f"{_native_version()} (this machine's)", outcomes)
    column.reasons = dict.fromkeys(all_suites(), "no report of it")
    return column


def reported(suite: str) -> Outcome | None:
    """Return what the report of a suite tells, None without one."""
    report = suites.report_of(suite)
    if not report.exists():
        return None
    passed, failed, skipped = suites.counts(report)
    duration_s = sum(float(found.get("time", 0)) for found in ET.parse(report).getroot().iter("testsuite"))
    return Outcome(suite, 1 if failed else 0, duration_s, passed, failed, skipped)


def folder_column(line: str, clock: Clock, native: Column) -> Column:
    """Return what came of the suites on the QGIS of a line, as far as the time goes."""
    folder, column = QgisFolder(line), Column(line)
    try:
        folder.prepare(min(_MAKING_S, clock.left_s()))
        column.title = folder.version()
    except (CannotMakeError, subprocess.SubprocessError, OSError) as error:
        column.reasons = dict.fromkeys(all_suites(), str(error))
        return column
    for suite in all_suites():
        known = native.outcomes.get(suite)
        if known is not None and _MARGIN * known.duration_s > clock.left_s():
            column.reasons[suite] = "no time left"
        else:
            column.outcomes[suite] = _run_in(folder, suite, clock)
    return column


def _run_in(folder: QgisFolder, suite: str, clock: Clock) -> Outcome:
    print(f"\n=== QGIS {folder.line}, {suite} ===", flush=True)
    report = suites.report_of(suite)
    report.unlink(missing_ok=True)
    start = time.monotonic()
    limit_s = min(float(suites.LIMIT_S), clock.left_s())
    code = folder.python("-m", "tests.tooling.suites", suite, limit_s=limit_s)
    kept = report.with_name(f"{suite}-{folder.line}.xml")
    if report.exists():
        report.replace(kept)
    return Outcome(suite, code, time.monotonic() - start, *suites.counts(kept))


def table(columns: Iterable[Column]) -> str:
    """Return all of it as a table of Markdown."""
    shown = list(columns)
    rows = [("suite", *(f"QGIS {column.title}" for column in shown))]
    rows.append(tuple("---" for _ in rows[0]))
    rows += [(suite, *(column.cell(suite) for column in shown)) for suite in all_suites()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main(lines: list[str], *, is_native_run: bool, minutes: float | None) -> None:
    """Run, show the table, end with 1 where a suite failed."""
    clock = Clock(minutes)
    native = native_column(is_run=is_native_run)
    columns = [native, *(folder_column(line, clock, native) for line in lines)]
    shown = table(columns)
    _TABLE.parent.mkdir(parents=True, exist_ok=True)
    _TABLE.write_text(f"{shown}\n", "utf-8")
    print(f"\n{shown}\n({_TABLE.relative_to(TOP)})", flush=True)
    if not all(column.is_good for column in columns):
        sys.exit(1)


def _native_version() -> str:
    code = "from qgis.core import Qgis; print(Qgis.QGIS_VERSION)"
    done = subprocess.run((sys.executable, "-c", code), check=True, capture_output=True, text=True)
    return done.stdout.split("-")[0].strip()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", nargs="*", metavar="VERSION", choices=[[], *SUITES], default=[])
    parser.add_argument("--after-native", action="store_true", help="read the reports of the machine's own QGIS")
    parser.add_argument("--minutes", type=float, help="begin nothing that does not fit")
    given = parser.parse_args()
    main(given.lines or list(SUITES), is_native_run=not given.after_native, minutes=given.minutes)
