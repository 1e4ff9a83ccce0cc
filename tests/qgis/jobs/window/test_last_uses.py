"""When keys were last used is read behind what somebody has asked for."""

from __future__ import annotations

from gpkeys_plugin.jobs.load_overviews import BEHIND_AT_ONCE
from gpkeys_plugin.jobs.steps.key_services import key_and_accesses
from gpkeys_plugin.jobs.window.key_reading_jobs import KeyReadingJobs
from tests.qgis.jobs.conftest import Bench, ended

_KEYS = 8


def test_a_key_that_is_asked_for_waits_for_none_of_them(bench: Bench) -> None:
    bench.simulator.sow("camille", permissions=1, offerings=1, keys=_KEYS, accesses=1)
    keys = bench.platform_keys()[-_KEYS:]
    bench.simulator.fail("GET", "/stats$", "timeout", times=100)
    bench.simulator.clear_requests()
    jobs = KeyReadingJobs(lambda: bench.signed_in, bench.runner, bench.main_thread)
    with ended() as hear:
        reading = jobs.last_uses(keys, lambda _: None, lambda: None, hear([]))
        bench.qtbot.waitUntil(lambda: len(bench.simulator.requests(path="/stats")) >= BEHIND_AT_ONCE, timeout=30_000)
        details, accesses = bench.run(lambda _: key_and_accesses(bench.signed_in.client(), keys[0].id))
        assert (details.key.id, len(accesses)) == (keys[0].id, 1)
        assert len(bench.simulator.requests(path="/stats")) == BEHIND_AT_ONCE
        reading.cancel()
        bench.simulator.reset_faults()
