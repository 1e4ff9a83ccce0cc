"""A copy that was written before QGIS ended: both it and its key are kept, or neither is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.jobs.finish_creation import finish_creation, remainder_of, undo_creation
from gpkeys_plugin.jobs.values import Failed
from gpkeys_plugin.store.records.creations import UnfinishedCreation
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.kills.killed_jobs import JOBS, run
from tests.qgis.jobs.kills.points import Points
from tests.qgis.jobs.kills.test_kills import kill
from tests.qgis.jobs.kills.world import clear, projects_folder, world

_JOB = next(job for job in JOBS if job.name == "dedicated-key")


@pytest.fixture
def states(bench: Bench) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Return what was there before the key and its copy, and with both; QGIS ended when only its record had to go."""
    clear(bench)
    work = _JOB.prepare(bench)
    before, recorder = world(bench), Points()
    run(bench, work, recorder)
    after = world(bench)
    clear(bench)
    last = [name for name in recorder.names if name.startswith("before JsonFile.replace")][-1]
    kill(bench, last, _JOB.prepare(bench))
    yield before, after
    clear(bench)


def begun(bench: Bench) -> UnfinishedCreation:
    """Return what was begun."""
    (entry,) = bench.creations.entries()
    return entry


def end(bench: Bench, job: Any) -> None:
    """Finish or undo it."""
    bench.run(partial(job, begun(bench), bench.signed_in, bench.creations, bench.main_thread))


def test_undone_the_copy_goes_with_its_key(bench: Bench, states: tuple[Any, Any]) -> None:
    end(bench, undo_creation)
    assert world(bench) == states[0]


def test_finished_both_stay(bench: Bench, states: tuple[Any, Any]) -> None:
    assert remainder_of(begun(bench)).can_finish
    assert "copie.qgs" in str(remainder_of(begun(bench)).text)
    end(bench, finish_creation)
    assert world(bench) == states[1]


def test_a_copy_that_somebody_has_worked_on_keeps_its_key(bench: Bench, states: tuple[Any, Any]) -> None:
    copy = projects_folder() / "copie.qgs"
    copy.write_text(copy.read_text("utf-8").replace("</qgis>", "<title>Plan</title></qgis>"), encoding="utf-8")
    keys = bench.platform_keys()
    with pytest.raises(Exception, match="changed") as caught:
        end(bench, undo_creation)
    assert Failed.of(caught.value).error.code is ErrorCode.CONFLICT
    assert bench.platform_keys() == keys
    end(bench, finish_creation)
    assert world(bench) == states[1]
    assert "Plan" in copy.read_text("utf-8")


def test_another_file_in_its_place_stays(bench: Bench, states: tuple[Any, Any]) -> None:
    copy = projects_folder() / "copie.qgs"
    copy.write_text("<qgis><title>Autre</title></qgis>", encoding="utf-8")
    with pytest.raises(Failed, match="no copy") as caught:
        end(bench, finish_creation)
    assert caught.value.remainder is not None
    end(bench, undo_creation)
    assert [key.name for key in bench.platform_keys()] == [name for name, *_ in states[0]["keys"]]
    assert "Autre" in copy.read_text("utf-8")


def test_what_was_begun_of_it_beside_its_place_goes(bench: Bench, states: tuple[Any, Any]) -> None:
    left = projects_folder() / ".copie.qgs.a1b2.gpkeys-new"
    left.mkdir()
    (left / "copie.qgs").write_text("<qgis/>", encoding="utf-8")
    end(bench, undo_creation)
    assert world(bench) == states[0]
    assert not left.exists()
