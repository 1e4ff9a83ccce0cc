"""SIGKILL in the middle of a download: the next start goes on with it or gives it up, and no wrong file is ever there.

QGIS in a process of its own, as in `tests/qgis/jobs/kills/test_real_kills.py`: what a job does at its end, a killed one
does not. `make test` takes a few of the points that a download comes by, `make kill` all, with a table in build/kill.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import pytest

from tests.qgis.jobs.downloads.one_download import NOTHING_NOTED, OBEYED
from tests.qgis.jobs.downloads.order_verdict import wrong_at_end, wrong_in_folder
from tests.qgis.jobs.downloads.orders import files_in
from tests.qgis.jobs.kills.points import write_table
from tests.qgis.jobs.kills.test_kills import TABLES
from tests.qgis.jobs.kills.test_real_kills import Start
from tests.qgis.jobs.kills.ways_out import FINISH, UNDO
from tests.qgis.leaks.secret_search import found_in_files
from tests.simulator.memory.seeds import example_hash
from tests.simulator.remote.steering import Simulator

_POINTS = 2
_WAYS = (FINISH, UNDO)


@pytest.fixture
def start(light_simulator: Simulator, tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[], Start]:
    """Return what starts QGIS on the profile of this test."""
    profile = tmp_path / "profile"
    profile.mkdir()

    def started() -> Start:
        one = Start(light_simulator, profile, OBEYED, "denise")
        request.addfinalizer(one._process.kill)
        return one

    return started


def test_the_next_start_goes_on_or_gives_up(start: Callable[[], Start], tmp_path: Path) -> None:
    folder = tmp_path / "données"
    folder.mkdir()
    now = start()
    names = now.ask("record", str(folder))
    whole, found = files_in(folder), dict[str, str]()
    for point, way in _cells(names):
        stands_at = now.ask("run", str(folder), point)
        now.kill()
        wrong = wrong_in_folder(folder, whole, was_killed=True) or _secret_in(tmp_path)
        now = start()
        said = now.ask("take", str(folder), way)
        if said == NOTHING_NOTED:
            # Killed before anything was begun, where what was there before stays, or once all of it was there.
            wrong = wrong or ("" if point == names[0] else wrong_at_end(folder, whole))
        else:
            wrong = wrong or said or (wrong_at_end(folder, whole) if way == FINISH else _left_in(folder, whole))
        found[f"{point} {way}"] = wrong if stands_at == [point] else "it did not come by"
    now.kill()
    write_table(TABLES, "real-download", found)
    assert {cell: problem for cell, problem in found.items() if problem} == {}


def _left_in(folder: Path, whole: dict[str, bytes]) -> str:
    """Return what is wrong with what a download that was given up has left: whole files only."""
    left = [name for name in files_in(folder) if name not in whole]
    return f"given up, but there is {left}" if left else wrong_in_folder(folder, whole)


def _secret_in(folder: Path) -> str:
    found = found_in_files({example_hash("fichiers")}, [folder])
    return f"a secret in {found}" if found else ""


def _cells(names: list[str]) -> list[tuple[str, str]]:
    if TABLES:
        return [(name, way) for name in names for way in _WAYS]
    few = set(sorted(names)[len(names) // (2 * _POINTS) :: len(names) // _POINTS])
    return list(zip([name for name in names if name in few], cycle(_WAYS)))
