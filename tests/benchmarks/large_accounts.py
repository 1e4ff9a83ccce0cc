"""How long the window stands still for an account with many services or many keys, and whether that grows as they do.

python -m tests.benchmarks.large_accounts build/bench     prints a table, and writes it there
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

from qgis.PyQt.QtCore import QEventLoop, QModelIndex, Qt, QTimer
from qgis.PyQt.QtWidgets import QApplication
from qgis.testing import start_app

from gpkeys_plugin.entrepot.models import Access, Hits, Key, KeyType, Permission
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.jobs.running.task import TaskRunner
from gpkeys_plugin.keys.services import catalogue
from gpkeys_plugin.keys.services.titles import ServiceTitle, TitleBook
from gpkeys_plugin.keys.upkeep.holdings import Holdings
from gpkeys_plugin.keys.upkeep.overview import KeyOverview
from tests.gui import fakes, my_keys_scenes, scenes
from tests.gui.scenes import Stage
from tests.tooling.tree import TOP

SHAPES = ((1000, 20), (1000, 100), (5000, 20))
"""Permissions, and offerings of each."""
KEYS = (300, 2000)
ACCESSES, PARTS_AT_ONCE = 10, 3
"""Services of a key, and how many answers come within the 50 ms that they are gathered."""
RUNS = 3
_SETTLED_MS = 400
_CHECK = Qt.ItemDataRole.CheckStateRole


@dataclass(frozen=True)
class Measure:
    """What was done, and the longest time for which the event loop did not turn.

    The longest work of the main thread between two turns is less than that where others want the processor.
    """

    what: str
    gap_ms: float
    stretch_ms: float
    cpu_ms: float

    def __str__(self) -> str:
        times = (
            f"{self.gap_ms:>7.0f} ms gap{self.stretch_ms:>7.0f} ms of work in it{self.cpu_ms:>7.0f} ms of work in all"
        )
        return f"{self.what:<30}{times}"


class Watch:
    """A timer of a millisecond on the event loop."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._on_turn)
        self._gap_s = self._stretch_s = self._last = self._last_cpu = 0.0

    def run(self, what: str, start: Callable[[QEventLoop], object]) -> Measure:
        """Let the event loop turn until what is started ends it."""
        gc.collect()
        loop = QEventLoop()
        QTimer.singleShot(20, lambda: start(loop))
        self._gap_s = self._stretch_s = 0.0
        self._last, self._last_cpu = time.perf_counter(), time.thread_time()
        cpu_s = self._last_cpu
        self._timer.start()
        loop.exec()
        self._on_turn()
        self._timer.stop()
        return Measure(what, self._gap_s * 1000, self._stretch_s * 1000, (time.thread_time() - cpu_s) * 1000)

    def settle(self, what: str, act: Callable[[], object], ms: int = _SETTLED_MS) -> Measure:
        """Do something, and let the event loop turn for a while after it."""

        def start(loop: QEventLoop) -> None:
            QTimer.singleShot(ms, loop.quit)
            act()

        return self.run(what, start)

    def _on_turn(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self._gap_s, self._last = max(self._gap_s, now - self._last), now
        self._stretch_s, self._last_cpu = max(self._stretch_s, cpu - self._last_cpu), cpu


def best(measures: Sequence[Measure]) -> Measure:
    """Return the least of some runs: what is beside it on the machine only slows."""
    columns = ((one.gap_ms, one.stretch_ms, one.cpu_ms) for one in measures)
    return Measure(measures[0].what, *map(min, zip(*columns)))


def signed_in(account: Holdings) -> Stage:
    """Return a window that waits for what the account has."""
    one = scenes.stage()
    one.dock.resize(380, 900)
    one.dock.show()
    one.sign_in.become(SignInState.SIGNED_IN, account.account)
    QApplication.processEvents()
    return one


def closed(one: Stage) -> None:
    """Leave nothing of a window."""
    one.dock.shut_down()
    one.dock.deleteLater()
    QApplication.processEvents()


def load(watch: Watch, one: Stage, account: Holdings) -> Measure:
    """Have the catalogue made on a worker, as the window's job does, and shown."""
    listener, runner = one.new_key_jobs.last("load").on_done, TaskRunner()

    def work(_progress: object) -> Holdings:
        return replace(account, catalogue=catalogue.build(account.permissions, fakes.NOW).prepared())

    def start(loop: QEventLoop) -> None:
        def hear(holdings: Holdings) -> None:
            listener(holdings)
            QTimer.singleShot(_SETTLED_MS, loop.quit)

        runner.start("", work, hear, lambda _error: loop.quit())

    return watch.run("load", start)


def of_services(watch: Watch, groups: int, each: int) -> Iterator[Measure]:
    """Measure the first page of the wizard."""
    account = replace(fakes.holdings(permissions=()), permissions=scenes.many(groups, each))
    loads, one = [], signed_in(account)
    for run in range(RUNS):
        if run:
            closed(one)
            one = signed_in(account)
        loads.append(load(watch, one, account))
    yield best(loads)
    yield from of_searches(watch, one, ("c", "couche_007", "licence 0", "zzz"))
    titles = _titles(account.permissions)
    yield watch.settle("titles come", lambda: one.new_key_jobs.last("look_up_titles").on_done(titles))
    yield from of_searches(watch, one, ("réseau", "couche_007"))
    one.type("servicesSearch", "")
    watch.settle("", lambda: None)
    yield from of_ticks(watch, one, groups)
    closed(one)


def of_searches(watch: Watch, one: Stage, texts: Sequence[str]) -> Iterator[Measure]:
    """Measure key strokes; before each run but the first, the search is emptied."""
    for text in texts:
        runs = []
        for _ in range(RUNS):
            runs.append(watch.settle(f"type “{text}”", partial(one.type, "servicesSearch", text)))
            emptied = watch.settle("empty the search", partial(one.type, "servicesSearch", ""))
        yield best(runs)
    yield emptied


def of_ticks(watch: Watch, one: Stage, groups: int) -> Iterator[Measure]:
    """Measure ticks: one, all, one of all; then all groups in turn."""
    model = one.find("servicesTree").model()

    def tick(row: int, parent: QModelIndex, state: Qt.CheckState) -> None:
        model.setData(model.index(row, 0, parent), state, _CHECK)

    def tick_in_turn(loop: QEventLoop) -> None:
        rows = iter(range(min(groups, model.rowCount())))

        def step() -> None:
            row = next(rows, None)
            if row is None:
                timer.stop()
                loop.quit()
            else:
                tick(row, QModelIndex(), Qt.CheckState.Checked)

        timer = QTimer(loop)
        timer.timeout.connect(step)
        timer.start(0)

    first = model.index(0, 0)
    on, off = Qt.CheckState.Checked, Qt.CheckState.Unchecked
    ones, alls, outs = [], [], []
    for _ in range(RUNS):
        ones.append(watch.settle("tick one", lambda: tick(0, first, on)))
        alls.append(watch.settle("tick all", lambda: one.click("tickShownButton")))
        outs.append(watch.settle("untick one of all", lambda: tick(0, first, off)))
        watch.settle("", lambda: one.click("untickShownButton"))
    yield from map(best, (ones, alls, outs))
    yield watch.run(f"tick {min(groups, model.rowCount())} groups in turn", tick_in_turn)


def of_keys(watch: Watch, count: int) -> Iterator[Measure]:
    """Measure the list of keys while it is read, and the permissions that they use."""
    account, parts = _keys(count)
    one = signed_in(account)
    one.new_key_jobs.last("load").on_done(account)
    my_keys_scenes.tab(one, my_keys_scenes.MY_KEYS)
    watch.settle("", lambda: None)
    call, left = one.my_keys_jobs.last("overviews"), iter(parts)

    def start(loop: QEventLoop) -> None:
        def step() -> None:
            if part := tuple(islice(left, PARTS_AT_ONCE)):
                call.on_part(part)
                return
            timer.stop()
            call.on_done()
            QTimer.singleShot(_SETTLED_MS, loop.quit)

        timer = QTimer(loop)
        timer.timeout.connect(step)
        timer.start(0)

    yield watch.run(f"{len(parts)} parts, {PARTS_AT_ONCE} at once", start)
    yield watch.settle("page of permissions", lambda: my_keys_scenes.tab(one, my_keys_scenes.MY_PERMISSIONS))
    closed(one)


def _titles(permissions: Sequence[Permission]) -> TitleBook:
    offerings = [offering for permission in permissions for offering in permission.offerings]
    return TitleBook.of({one.layer_name: ServiceTitle(f"Réseau d’eau {one.id}") for one in offerings})


def _keys(count: int) -> tuple[Holdings, list[KeyOverview]]:
    permissions = scenes.many(200, 10)
    kinds = (KeyType.HASH, KeyType.BASIC)
    keys = [Key(f"k{number}", f"Clé numéro {number}", kinds[number % 2], fakes.NOW) for number in range(count)]
    read = [KeyOverview(key, tuple(_accesses(permissions, place))) for place, key in enumerate(keys)]
    account = fakes.holdings(permissions=permissions)
    used = [replace(row, usage=Hits(1, 1, fakes.NOW, fakes.NOW)) for row in read]
    return replace(account, keys=tuple(keys)), [*read, *used]


def _accesses(permissions: Sequence[Permission], place: int) -> Iterator[Access]:
    for number in range(ACCESSES):
        permission = permissions[(place + number) % len(permissions)]
        offering = permission.offerings[number % len(permission.offerings)]
        yield Access(f"a{place}-{number}", offering, replace(permission, offerings=()))


_MEMORY = "from tests.benchmarks import large_accounts; large_accounts.print_memory({groups}, {each})"


def print_memory(groups: int, each: int) -> None:
    """Print how many bytes an offering takes, as the API's model and all that the window makes of it."""
    import tracemalloc

    start_app(cleanup=False)
    one = signed_in(fakes.holdings(permissions=()))
    tracemalloc.start()
    permissions = scenes.many(groups, each)
    book = _titles(permissions)
    gc.collect()
    read = tracemalloc.get_traced_memory()[0]
    choices = catalogue.build(permissions, fakes.NOW).prepared()
    one.new_key_jobs.last("load").on_done(replace(fakes.holdings(), permissions=permissions, catalogue=choices))
    one.new_key_jobs.last("look_up_titles").on_done(book)
    one.click("tickShownButton")
    QApplication.processEvents()
    gc.collect()
    shown = tracemalloc.get_traced_memory()[0] - read
    count = groups * each
    sys.stdout.write(f"memory an offering: {read / count:.0f} B as read, with its title; {shown / count:.0f} B shown\n")
    sys.stdout.flush()
    os._exit(0)


def memory(groups: int, each: int) -> str:
    """Return the line of memory, measured in a process of its own."""
    command = [sys.executable, "-c", _MEMORY.format(groups=groups, each=each)]
    printed = subprocess.run(command, cwd=TOP, check=True, capture_output=True, text=True).stdout
    return next(line for line in printed.splitlines() if line.startswith("memory"))


def main(folder: Path) -> None:
    """Measure everything, print and write it."""
    start_app(cleanup=False)
    folder.mkdir(parents=True, exist_ok=True)
    watch, lines = Watch(), []
    for groups, each in SHAPES:
        lines.append(f"{groups * each} offerings, {groups} permissions of {each}; {memory(groups, each)}")
        lines += map(str, of_services(watch, groups, each))
    for count in KEYS:
        lines.append(f"{count} keys of {ACCESSES} services")
        lines += map(str, of_keys(watch, count))
    text = "\n".join(lines) + "\n"
    (folder / "large_accounts.txt").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    sys.stdout.flush()
    # As QGIS's own tests end: taking the application down in order crashes in some versions.
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
