"""What the tests of repair share: an account with all services on the simulator, and the window's door to repair."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsProject

from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.load_holdings import load_holdings
from gpkeys_plugin.jobs.load_overviews import load_overviews
from gpkeys_plugin.jobs.repair.repair_values import LayerPlan, Repaired, Undone, WhereKept
from gpkeys_plugin.jobs.running.task import Progress, RunningJob
from gpkeys_plugin.jobs.values import Failed
from gpkeys_plugin.jobs.window.new_key_jobs import QgisSide
from gpkeys_plugin.jobs.window.repair_jobs import RepairJobs
from gpkeys_plugin.keys.upkeep.holdings import Holdings
from gpkeys_plugin.keys.upkeep.overview import KeyOverview
from gpkeys_plugin.network.http import user_agent
from tests.qgis.jobs.conftest import Bench, benches
from tests.qgis.store.conftest import manager, own_settings
from tests.simulator.remote.steering import Simulator

__all__ = ["manager", "own_settings"]

_PATIENCE_MS = 60_000


class _Collected(Progress):
    """Keeps the rows that a job hands over."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, KeyOverview] = {}

    def hand_over(self, part: Any) -> None:
        self.rows.update({row.key.id: row for row in part})


@dataclass
class RepairBench:
    """An account on the simulator, and the window's door to repair."""

    bench: Bench
    jobs: RepairJobs
    told: list[tuple[float, Text]] = field(default_factory=list)

    def account(self) -> tuple[tuple[KeyOverview, ...], Holdings]:
        """Return the account's keys and holdings, as the platform has them."""
        collected, signed_in = _Collected(), self.bench.signed_in
        holdings: Holdings = self.bench.run(lambda progress: load_holdings(signed_in, progress))
        self.bench.run(lambda _: load_overviews(holdings.keys, signed_in, collected))
        return tuple(collected.rows.values()), holdings

    def plans(self) -> tuple[LayerPlan, ...]:
        """Return what mends the open project, signed in."""
        account = self.account()
        return self.jobs.plans(self.jobs.look(*account), *account)

    def repair(self, plans: Sequence[LayerPlan] | None = None, where: WhereKept = WhereKept.AS_THE_KEY) -> Repaired:
        """Mend layers, all that can be without any named."""
        wanted = [plan for plan in self.plans() if plan.can_be_mended] if plans is None else plans
        repaired: Repaired = self.heard(
            lambda done, failed: self.jobs.repair(wanted, where, self._on_progress, done, failed)
        )
        return repaired

    def undo(self) -> Undone:
        """Undo what was mended."""
        undone: Undone = self.heard(self.jobs.undo)
        return undone

    def heard(self, start: Callable[[Callable[[Any], None], Callable[[Failed], None]], RunningJob]) -> Any:
        """Start a job; return what it says at its end, or raise its error."""
        results: list[Any] = []
        failures: list[Failed] = []
        start(results.append, failures.append)
        self.bench.qtbot.waitUntil(lambda: bool(results or failures), timeout=_PATIENCE_MS)
        if failures:
            raise failures[0]
        return results[0]

    def _on_progress(self, percent: float, text: Text) -> None:
        self.told.append((percent, text))


def repair_bench(bench: Bench) -> RepairBench:
    """Return the door to repair for a bench."""
    side = QgisSide(user_agent.current, lambda: None, lambda _: None, lambda _: None)
    return RepairBench(bench, RepairJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, side))


@pytest.fixture
def atelier(
    simulator: Simulator, manager: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RepairBench]:
    """Return a door for basile, who may open every form of service."""
    QgsProject.instance().clear()
    for bench in benches(simulator, qtbot, tmp_path, monkeypatch, "basile"):
        yield repair_bench(bench)
    QgsProject.instance().clear()
