"""How time grows with keys, offerings, connections and project files: what grows straight stays straight.

python -m tests.benchmarks.growth build/bench     draws plots, and writes the numbers beside them
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks import operations, project_files
from tests.benchmarks.account_window import USER, end_at_once, kept_session, own_profile
from tests.benchmarks.operations import Operation
from tests.benchmarks.round_trips import Measurer, Reading, medians
from tests.benchmarks.svg_plot import plot
from tests.simulator.remote.launch import running_simulator

LATENCY_MS = 20
RUNS = 5
KEYS, OFFERINGS = (50, 100, 200, 300), (2_000, 5_000, 10_000, 20_000)
SERVICES, FILES = (25, 50, 100, 200), (100, 200, 400, 800)
_OF_EACH, _PERMISSIONS = 20, 40

Found = Iterator[tuple[float, Reading]]


@contextmanager
def account(**size: int) -> Iterator[Measurer]:
    """Yield what measures an account of a size."""
    with running_simulator("--no-ogc") as simulator:
        simulator.sow(USER, **size)
        yield Measurer(simulator, kept_session(simulator))


def measured(measurer: Measurer, wanted: Sequence[Operation], what: str) -> Reading:
    """Return the medians of one of some operations."""
    return medians([measurer.run(wanted, LATENCY_MS)[what] for _ in range(RUNS)])


def of_keys() -> Found:
    """Measure the list of keys."""
    for count in KEYS:
        with account(permissions=120, offerings=10, keys=count, accesses=5) as measurer:
            wanted = operations.RESUME, operations.MY_KEYS
            yield count, measured(measurer, wanted, operations.MY_KEYS.name)


def of_offerings() -> Found:
    """Measure the wizard."""
    for count in OFFERINGS:
        with account(permissions=count // _OF_EACH, offerings=_OF_EACH, keys=5, accesses=5) as measurer:
            wanted = operations.RESUME, operations.WIZARD
            yield count, measured(measurer, wanted, operations.WIZARD.name)


def of_services() -> Found:
    """Measure the making of keys for more and more services."""
    with account(permissions=_PERMISSIONS, offerings=10, keys=5, accesses=5) as measurer:
        for count in SERVICES:
            making = operations.creation(count // 5, 5)
            wanted = operations.RESUME, making, operations.LOOK_OUT, operations.DELETE
            yield count, measured(measurer, wanted, making.name)


def of_files() -> Iterator[tuple[float, float]]:
    """Measure the scan of folders with more and more projects of 1 MB; the best of some runs, in seconds."""
    project = project_files.heavy_project(1)
    with TemporaryDirectory() as name:
        folder, there = Path(name), 0
        for count in FILES:
            for number in range(there, count):
                (folder / f"{number}.qgs").write_bytes(project)
            there = count
            yield count, min(_seconds(lambda: project_files.scanned(folder)) for _ in range(RUNS))


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def drawn(folder: Path, name: str, title: str, found: Found) -> str:
    """Draw time and work of the main thread; return the numbers."""
    rows = list(found)
    curves = {
        "settled, ms": [(count, one.settled_s * 1000) for count, one in rows],
        "plain client, ms": [(count, one.plain_s * 1000) for count, one in rows],
        "main thread, ms": [(count, one.cpu_ms) for count, one in rows],
        "longest gap, ms": [(count, one.gap_ms) for count, one in rows],
    }
    (folder / f"growth_{name}.svg").write_text(plot(title, name, "ms", curves), encoding="utf-8")
    lines = [
        f"{count:>8.0f} {name:<12}{one.requests:>5.0f} requests{one.settled_s * 1000:>8.0f} ms"
        f"{one.plain_s * 1000:>8.0f} ms plain{one.cpu_ms:>7.0f} ms main thread{one.gap_ms:>7.0f} ms gap"
        for count, one in rows
    ]
    return "\n".join((title, *lines, ""))


def drawn_of_files(folder: Path) -> str:
    """Draw the time of a scan; return the numbers."""
    rows, title = list(of_files()), "Scan of project files of 1 MB"
    text = plot(title, "files", "s", {"scan, s": rows})
    (folder / "growth_files.svg").write_text(text, encoding="utf-8")
    return "\n".join((title, *(f"{count:>8.0f} files{seconds:>8.2f} s" for count, seconds in rows), ""))


def main(folder: Path) -> None:
    """Measure everything, draw and write it."""
    folder.mkdir(parents=True, exist_ok=True)
    at = f"at {LATENCY_MS} ms a request"
    with own_profile():
        parts = [
            drawn(folder, "keys", f"My keys complete, {at}", of_keys()),
            drawn(folder, "offerings", f"Wizard ready, {at}", of_offerings()),
            drawn(folder, "services", f"Key made for services, {at}", of_services()),
            drawn_of_files(folder),
        ]
        text = "\n".join(parts)
        (folder / "growth.txt").write_text(text, encoding="utf-8")
        sys.stdout.write(text)
        end_at_once()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
