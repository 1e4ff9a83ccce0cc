"""What is left to fetch."""

from __future__ import annotations

import pytest

from gpkeys_plugin.entrepot.downloads.models import RemoteFile
from gpkeys_plugin.keys.downloads.fetch_plan import (
    Act,
    OnDisk,
    needed_bytes,
    planned,
    seconds_left,
    shown_size,
    space_problem,
)

FILE = RemoteFile("R", "S", "a.tif", 1000, "ab" * 16)
UNTOLD = RemoteFile("R", "S", "a.tif")


@pytest.mark.parametrize(
    ("file", "found", "act"),
    [
        (FILE, OnDisk(), Act.FETCH),
        (FILE, OnDisk(1000, is_sum_right=True), Act.KEEP),
        (FILE, OnDisk(1000, is_sum_right=False), Act.FETCH),
        (FILE, OnDisk(1000), Act.KEEP),
        (FILE, OnDisk(999), Act.FETCH),
        (UNTOLD, OnDisk(5), Act.KEEP),
        (FILE, OnDisk(part_size=400, part_tag='"t"'), Act.RESUME),
        (FILE, OnDisk(part_size=1000, part_tag='"t"'), Act.RESUME),
        (FILE, OnDisk(part_size=400), Act.FETCH),
        (FILE, OnDisk(part_size=1001, part_tag='"t"'), Act.FETCH),
        (UNTOLD, OnDisk(part_size=400, part_tag='"t"'), Act.RESUME),
    ],
)
def test_plans(file: RemoteFile, found: OnDisk, act: Act) -> None:
    assert planned(file, "a.tif", found).act is act


def test_overwriting_fetches_what_is_there() -> None:
    assert planned(FILE, "a.tif", OnDisk(1000, is_sum_right=True), overwrite=True).act is Act.FETCH


def test_the_room_that_is_needed_is_what_is_left() -> None:
    plan = [
        planned(FILE, "a", OnDisk()),
        planned(FILE, "b", OnDisk(part_size=400, part_tag='"t"')),
        planned(FILE, "c", OnDisk(1000)),
        planned(UNTOLD, "d", OnDisk()),
    ]
    assert needed_bytes(plan) == 1600


def test_a_disk_without_room_is_said_with_both_numbers() -> None:
    assert space_problem(1000, 10**9) is None
    problem = space_problem(200 * 10**9, 3 * 10**9)
    assert str(problem) == "The files take 200 GB, and the disk of this folder has 3.0 GB left."


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0 B"), (999, "999 B"), (12_345, "12 kB"), (2_500_000, "2.5 MB"), (10**16, "10000 TB")]
)
def test_sizes(count: int, shown: str) -> None:
    assert str(shown_size(count)) == shown


def test_the_time_left() -> None:
    assert seconds_left(1000, 0, 5.0) is None
    assert seconds_left(1000, 100, 0.2) is None
    assert seconds_left(1000, 100, 5.0) == 50
