"""An edit killed half-way, and the way out of it killed in its turn, at any point: both ways out are there still."""

from __future__ import annotations

from functools import partial

import pytest

from gpkeys_plugin.jobs.finish_edit import finish_edit, undo_edit
from gpkeys_plugin.store.records.edits import EDITS
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.kills.killed_jobs import JOBS, KilledJob, Work, run
from tests.qgis.jobs.kills.points import Points
from tests.qgis.jobs.kills.test_kills import EVERY
from tests.qgis.jobs.kills.world import clear, world

_WAYS = {"finish": finish_edit, "undo": undo_edit}
_JOB = next(job for job in JOBS if job.name == "edit-hash")


@pytest.mark.parametrize("then", _WAYS)
@pytest.mark.parametrize("first", _WAYS)
def test_a_killed_way_out_leaves_both_ways_out(bench: Bench, first: str, then: str) -> None:
    work = _JOB.prepare(bench)
    before, recorder = world(bench), Points()
    run(bench, work, recorder)
    ends, half = {"undo": before, "finish": world(bench)}, recorder.names.index("after PATCH users/me/keys/…")
    passed = Points()
    run(bench, _half_way(bench, _JOB, half, first), passed)
    assert EDITS.entries() == ()
    bad = []
    for nth in range(len(passed.names))[::EVERY]:
        run(bench, _half_way(bench, _JOB, half, first), Points(nth))
        for entry in EDITS.entries():
            bench.run(_way_out(bench, then, entry.id))
        # Killed after its record was struck, there is nothing left to do.
        if world(bench) not in (ends[then], *((ends[first],) if nth >= len(passed.names) - 1 else ())):
            bad.append(f"{nth} {passed.names[nth]}")
    assert bad == []


def test_what_an_extension_has_written_for_a_key_that_had_nothing_here_is_removed(bench: Bench) -> None:
    job, recorder = next(job for job in JOBS if job.name == "extend-unconnected"), Points()
    work = job.prepare(bench)
    before = world(bench)
    run(bench, work, recorder)
    run(bench, _half_way(bench, job, recorder.names.index("after connections.write_all") + 1, "undo"), Points())
    assert world(bench) == before


def _half_way(bench: Bench, job: KilledJob, half: int, way: str) -> Work:
    """Return a way out of an edit that was killed half-way."""
    clear(bench)
    run(bench, job.prepare(bench), Points(half))
    (entry,) = EDITS.entries()
    return _way_out(bench, way, entry.id)


def _way_out(bench: Bench, way: str, edit_id: str) -> Work:
    return partial(_WAYS[way], edit_id, bench.signed_in, bench.main_thread)
