"""What the tests of existing keys share: their pages, as the window reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gpkeys_plugin.entrepot.models import Access, Key
from gpkeys_plugin.jobs.load_key_page import load_key_page
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import KeyPage
from tests.qgis.jobs.conftest import Bench

_LATENCY_MS = 1500
_PATIENCE_MS = 30_000


def page_of(bench: Bench, key: Key) -> KeyPage:
    """Return a key's page."""
    page: KeyPage = bench.run(lambda progress: load_key_page(key, bench.signed_in, bench.main_thread, progress))
    return page


def page_named(bench: Bench, name: str) -> KeyPage:
    """Return the page of the key of that name."""
    return page_of(bench, next(key for key in bench.platform_keys() if key.name == name))


def layer_names(accesses: tuple[Access, ...]) -> set[str]:
    """Return the layers that accesses open."""
    return {access.offering.layer_name for access in accesses}


def cancelled(bench: Bench, work: Callable[[Progress], Any]) -> list[Any]:
    """Run a job and cancel it while the platform carries out a deletion; return what came of it, one thing."""
    outcome: list[Any] = []
    bench.simulator.clear_requests()
    bench.simulator.latency(_LATENCY_MS, since="DELETE")
    running = bench.runner.start("essai", work, outcome.append, outcome.append)
    bench.qtbot.waitUntil(lambda: bool(bench.simulator.requests(method="DELETE")), timeout=_PATIENCE_MS)
    running.cancel()
    bench.qtbot.waitUntil(lambda: bool(outcome), timeout=_PATIENCE_MS)
    bench.simulator.reset_faults()
    return outcome
