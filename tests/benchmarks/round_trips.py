"""What each thing that a person does costs, beside a plain asynchronous client in the same run.

python -m tests.benchmarks.round_trips build/bench [quick]     prints a table, and writes it there
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from statistics import median

from qgis.PyQt.QtCore import QEventLoop, QTimer

from tests.benchmarks import operations
from tests.benchmarks.account_window import USER, AccountWindow, end_at_once, kept_session, own_profile
from tests.benchmarks.large_accounts import Watch
from tests.benchmarks.operations import Bench, Operation
from tests.benchmarks.plain_client import PlainClient
from tests.simulator.remote.launch import running_simulator
from tests.simulator.remote.steering import LoggedRequest, Simulator

SMALL = {"permissions": 120, "offerings": 10, "keys": 60, "accesses": 5}
BIG = {"permissions": 1000, "offerings": 20, "keys": 300, "accesses": 5}
LATENCIES_MS, QUICK_MS = (20, 100, 300), (100,)
RUNS = 5
_AFTER_MS = 100
_PATIENCE_MS = 120_000
_MEGABYTE = 1e6


REACHED_AT_MS = 100
# Seconds at that latency, on an idle machine; shown / settled where they differ.
TO_REACH = {
    ("small", "kept session → wizard"): "0.2",
    ("small", "wizard ready"): "0.17",
    ("big", "wizard ready"): "0.40",
    ("small", "My keys: rows, complete"): "0.12 / 1.3",
    ("big", "My keys: rows, complete"): "0.25 / 6",
    ("small", "show one key"): "0 / 0.25",
    ("small", "all keys in turn"): "5",
    ("small", "create, 10 services of 5"): "0.6",
    ("small", "create, 200 services of 40"): "3.2",
    ("small", "change 1 access"): "0.4",
    ("small", "rename"): "0.2",
    ("small", "rotate"): "0.7",
    ("small", "finish"): "0.3",
    ("small", "delete"): "0.3",
    ("small", "gpkeys:listkeys"): "0.6",
}


@dataclass(frozen=True)
class Reading:
    """One run of an operation; of the plain client, and of the simulator alone, the seconds."""

    requests: float
    rounds: float
    shown_s: float
    settled_s: float
    gap_ms: float
    cpu_ms: float
    memory_mb: float
    plain_requests: float
    plain_s: float
    ratio: float


@dataclass(frozen=True)
class Row:
    """The medians of an operation at a latency; `alone_s` is what the plain client takes without any latency."""

    account: str
    what: str
    latency_ms: int
    found: Reading
    alone_s: float

    def __str__(self) -> str:
        one = self.found
        return (
            f"{self.account:<6}{self.what:<28}{self.latency_ms:>4} ms{one.requests:>6.0f}{one.rounds:>7.0f}"
            f"{one.shown_s:>8.2f}{one.settled_s:>9.2f}{one.plain_s:>8.2f}{one.plain_requests:>6.0f}{one.ratio:>7.2f}"
            f"{self.alone_s:>8.2f}{one.gap_ms:>7.0f}{one.cpu_ms:>7.0f}{one.memory_mb:>7.1f}"
            f"{self._to_reach():>12}"
        )

    def _to_reach(self) -> str:
        return TO_REACH.get((self.account, self.what), "") if self.latency_ms == REACHED_AT_MS else ""


HEADING = (
    f"{'':<6}{'':<28}{'each':>7}{'asked':>6}{'rounds':>7}{'shown':>8}{'settled':>9}{'plain':>8}{'asked':>6}"
    f"{'ratio':>7}{'alone':>8}{'gap':>7}{'cpu':>7}{'MB':>7}{'to reach':>12}"
)
NOTES = (
    "medians; times in seconds, gap and cpu of the main thread in milliseconds; ratio: settled, to the plain client;\n"
    "rounds: the longest chain of requests of which each began after the one before was answered (six go at once);\n"
    "alone: the plain client without latency, which is what the simulator itself takes;\n"
    "to reach: shown / settled, on a machine that does nothing else"
)


class Measurer:
    """Runs operations on one account, those of the plugin and of the plain client by turns."""

    def __init__(self, simulator: Simulator, authcfg: str) -> None:
        self._simulator, self._authcfg = simulator, authcfg
        self._watch = Watch()
        self._plain = PlainClient(simulator.session_for(USER), simulator.api_url)

    def run(self, wanted: Iterable[Operation], latency_ms: int) -> dict[str, Reading]:
        """Do all of it once."""
        self._simulator.latency(latency_ms)
        bench = Bench(AccountWindow(self._authcfg), self._plain)
        found = {operation.name: self._both(operation, bench) for operation in wanted}
        bench.window.close()
        return found

    def alone(self, wanted: Iterable[Operation]) -> dict[str, float]:
        """Do the plain client's part without latency; what it needs of the window is read first."""
        self._simulator.latency(0)
        bench = Bench(AccountWindow(self._authcfg), self._plain)
        self._settled(operations.RESUME, bench)
        found = {operation.name: self._plainly(operation, bench)[1] for operation in wanted}
        bench.window.close()
        return found

    def _both(self, operation: Operation, bench: Bench) -> Reading:
        if operation.prepare is not None:
            prepare = operation.prepare
            self._settled(Operation("", prepare, prepare, lambda _: True), bench)
        before_mb = _memory_mb()
        self._simulator.clear_requests()
        shown_s, settled_s, gap_ms, cpu_ms = self._settled(operation, bench)
        asked = self._simulator.requests()
        memory_mb = _memory_mb() - before_mb
        plain_requests, plain_s = self._plainly(operation, bench)
        ratio = settled_s / plain_s if plain_requests else 0.0
        return Reading(
            len(asked), rounds(asked), shown_s, settled_s, gap_ms, cpu_ms, memory_mb, plain_requests, plain_s, ratio
        )

    def _plainly(self, operation: Operation, bench: Bench) -> tuple[int, float]:
        self._simulator.clear_requests()
        start = time.perf_counter()
        operation.plain(bench)
        seconds = time.perf_counter() - start
        return len(self._simulator.requests()), seconds

    def _settled(self, operation: Operation, bench: Bench) -> tuple[float, float, float, float]:
        """Do it in the window; return when it was shown, and settled, and what the main thread had to do."""
        until = _Until(partial(operation.is_shown, bench), bench.window.is_idle)
        found = self._watch.run(operation.name, lambda loop: until.start(lambda: operation.act(bench), loop))
        return until.shown_s, until.settled_s, found.gap_ms, found.cpu_ms


class _Until:
    """Notes when something is shown, and when nothing is under way any more; then ends the loop."""

    def __init__(self, is_shown: Callable[[], bool], is_idle: Callable[[], bool]) -> None:
        self._is_shown, self._is_idle = is_shown, is_idle
        self.shown_s = self.settled_s = self._start = 0.0
        self._timer = QTimer()
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._look)
        self._loop = QEventLoop()

    def start(self, act: Callable[[], object], loop: QEventLoop) -> None:
        """Begin."""
        self._loop, self._start = loop, time.perf_counter()
        self._timer.start()
        act()

    def _look(self) -> None:
        now = time.perf_counter() - self._start
        if not self.shown_s and self._is_shown():
            self.shown_s = now
        if self.shown_s and self._is_idle():
            self._timer.stop()
            self.settled_s = now
            # What is painted of it is work, too.
            QTimer.singleShot(_AFTER_MS, self._loop.quit)
        elif now * 1000 > _PATIENCE_MS:
            raise AssertionError("it does not come to its end")


def rounds(asked: Sequence[LoggedRequest]) -> int:
    """Return how many requests the longest chain has of which each began after the one before was answered."""
    spans = sorted((one.moment, one.moment + (one.duration_ms or 0) / 1000) for one in asked)
    longest: list[tuple[float, int]] = []
    for start, end in spans:
        before = max((count for ended, count in longest if ended <= start), default=0)
        longest.append((end, before + 1))
    return max((count for _, count in longest), default=0)


def medians(readings: Sequence[Reading]) -> Reading:
    """Return the medians of some runs."""
    return Reading(*(median(getattr(one, name.name) for one in readings) for name in fields(Reading)))


def of_account(
    measurer: Measurer, account: str, wanted: Sequence[Operation], latencies_ms: Sequence[int], runs: int = RUNS
) -> list[Row]:
    """Measure all operations at all latencies."""
    alone, rows = measurer.alone(wanted), []
    # What is imported, compiled and opened for the first time is no part of it.
    measurer.run(wanted, 0)
    for latency_ms in latencies_ms:
        found = [measurer.run(wanted, latency_ms) for _ in range(runs)]
        for operation in wanted:
            readings = medians([one[operation.name] for one in found])
            rows.append(Row(account, operation.name, latency_ms, readings, alone[operation.name]))
            sys.stdout.write(f"{rows[-1]}\n")
            sys.stdout.flush()
    return rows


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / _MEGABYTE


def main(folder: Path, *, is_quick: bool) -> None:
    """Measure everything, print and write it."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    sys.stdout.write(f"{NOTES}\n{HEADING}\n")
    with own_profile():
        for account, size in (("small", SMALL), ("big", BIG))[: 1 if is_quick else 2]:
            with running_simulator("--no-ogc") as simulator:
                simulator.sow(USER, **size)
                wanted = list(operations.small_account(is_quick=is_quick))
                if account == "big":
                    wanted = list(operations.big_account())
                measurer = Measurer(simulator, kept_session(simulator))
                rows += of_account(measurer, account, wanted, QUICK_MS if is_quick else LATENCIES_MS)
        text = "\n".join((NOTES, HEADING, *map(str, rows), ""))
        (folder / "round_trips.txt").write_text(text, encoding="utf-8")
        end_at_once()


if __name__ == "__main__":
    main(Path(sys.argv[1]), is_quick="quick" in sys.argv[2:])
