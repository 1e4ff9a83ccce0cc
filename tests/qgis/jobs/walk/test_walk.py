"""A walk over all jobs, with faults, cancels, kills and other people's hands in between: no law is ever broken.

`make test` takes the same short walk each time; `make walk` another one for MINUTES, and prints the shortest way to
what it finds; build/walk.txt says how far it is, and how the jobs ended. GPKEYS_WALK_SEED takes the same ways again.
"""

from __future__ import annotations

import math
import os
import time
from pathlib import Path
from secrets import randbits
from typing import cast

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from gpkeys_plugin.entrepot.request_turns import RequestTurns
from gpkeys_plugin.entrepot.retries import Patience
from gpkeys_plugin.jobs.steps import account_sessions, service_probe
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.walk.machine import Walk
from tests.qgis.jobs.walk.platform_side import PlatformSide
from tests.qgis.jobs.walk.seats import Seats
from tests.qgis.jobs.walk.walker import Walker
from tests.tooling.tree import BUILD

_MINUTES = float(os.environ.get("GPKEYS_WALK_MINUTES", "0"))
_SEED = int(os.environ.get("GPKEYS_WALK_SEED", "0"))
_WALKED = BUILD / "walk.txt"
_STEPS = 40
_EXAMPLES = 10
_A_MOMENT_S = 0.01
_SETTINGS = settings(
    stateful_step_count=_STEPS,
    deadline=None,
    database=None,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)


@pytest.fixture
def walker(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Walker:
    # Waits are not what is walked here.
    monkeypatch.setattr(service_probe, "_WAITS_S", (_A_MOMENT_S, _A_MOMENT_S))
    monkeypatch.setattr(service_probe, "_REPEAT_AFTER_S", _A_MOMENT_S)
    monkeypatch.setattr(service_probe, "_LONGEST_WAIT_S", _A_MOMENT_S)
    # A way that is taken again must not depend on the time.
    monkeypatch.setattr(account_sessions, "FRESH_S", math.inf)
    monkeypatch.setattr(Patience, "pause", lambda self, _seconds: self.check())
    monkeypatch.setattr(RequestTurns, "rest", lambda _self, _seconds: None)
    return Walker(bench, Seats(bench, tmp_path, monkeypatch), PlatformSide(bench.simulator))


@pytest.mark.skipif(_MINUTES > 0, reason="make walk takes other ways")
def test_a_short_walk_breaks_no_law(walker: Walker) -> None:
    walk = cast("type[Walk]", lambda: Walk(walker))
    # As it was found: to shorten a way takes longer than a test may.
    short = settings(_SETTINGS, max_examples=9, derandomize=True, phases=[Phase.generate])
    run_state_machine_as_test(walk, settings=short)


@pytest.mark.skipif(_MINUTES == 0, reason="make walk takes it")
def test_a_long_walk_breaks_no_law(walker: Walker) -> None:
    end, number = time.monotonic() + 60 * _MINUTES, _SEED
    BUILD.mkdir(exist_ok=True)
    while time.monotonic() < end:
        number = number or randbits(32)
        _WALKED.write_text(f"{walker.steps} steps, GPKEYS_WALK_SEED={number}\n{walker.told()}\n", encoding="utf-8")
        walk = cast("type[Walk]", seed(number)(lambda: Walk(walker)))
        run_state_machine_as_test(walk, settings=settings(_SETTINGS, max_examples=_EXAMPLES))
        number = 0
