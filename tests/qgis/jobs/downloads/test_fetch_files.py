"""Fetching what a key opens: whole, in parts, once; and what is said where that cannot be."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.jobs.downloads.disk_problems import DiskError
from gpkeys_plugin.jobs.downloads.fetch_files import fetch_files
from gpkeys_plugin.jobs.downloads.part_file import PartFile
from tests.qgis.jobs.downloads.conftest import LARGE, NORTH, SOUTH, Downloads
from tests.simulator.downloads.product import SCAN_FILES, editions
from tests.simulator.memory.seeds import ARCHIVE, example_hash

# The service takes ten requests a second, and is not asked more often.
pytestmark = pytest.mark.real_pauses

_CANTAL, _PUY_DE_DOME = editions(SCAN_FILES)[1:]
_LARGE_BYTES = 40_000_000


def test_a_department_arrives_whole(downloads: Downloads) -> None:
    downloads.bench.simulator.clear_requests()
    fetched = downloads.fetch(NORTH)
    assert [one.error for one in fetched] == [None] * len(_PUY_DE_DOME.files)
    for one, file in zip(fetched, _PUY_DE_DOME.files):
        assert one.path == downloads.folder / _PUY_DE_DOME.name / file.name
        content = one.path.read_bytes()
        assert one.md5 == hashlib.md5(content, usedforsecurity=False).hexdigest()
        # An archive tells when it was made, and is another one in each simulator.
        assert content == file.content or not file.name.endswith(".tif")
    assert downloads.names() == {file.name for file in _PUY_DE_DOME.files}
    assert 429 not in [entry.status for entry in downloads.bench.simulator.requests()]


@pytest.mark.parametrize(("key_name", "shown"), [("Téléchargements", "apikey-header"), ("Compte personnel", "bearer")])
def test_the_key_goes_as_a_header_only(downloads: Downloads, key_name: str, shown: str) -> None:
    downloads.key_name = key_name
    downloads.fetch(SOUTH)
    asked = downloads.bench.simulator.requests(service="gateway")
    assert {entry.authentication for entry in asked} == {shown}
    assert not [entry for entry in asked if "apikey" in entry.query]
    assert not [path for path in downloads.folder.rglob("*") if example_hash("fichiers") in path.name]


def test_what_is_there_is_not_fetched_again(downloads: Downloads) -> None:
    downloads.fetch(NORTH)
    downloads.bench.simulator.clear_requests()
    again = downloads.fetch(NORTH)
    assert all(one.was_kept for one in again)
    assert downloads.statuses() == []
    spoilt = again[0].path
    spoilt.write_bytes(b"x" * spoilt.stat().st_size)
    mended = downloads.fetch(NORTH)
    assert [one.was_kept for one in mended].count(False) == 1
    assert spoilt.read_bytes() == _PUY_DE_DOME.files[0].content
    downloads.bench.simulator.clear_requests()
    downloads.fetch(NORTH, overwrite=True)
    assert len(downloads.statuses()) == len(_PUY_DE_DOME.files)


def test_a_connection_that_is_lost_twice_is_gone_on_with(downloads: Downloads) -> None:
    name = _PUY_DE_DOME.files[0].name
    downloads.bench.simulator.fail("GET", rf"/download/.*/{name}$", "cut-transfer", times=2)
    downloads.bench.simulator.clear_requests()
    fetched = downloads.fetch(NORTH)
    assert all(one.error is None for one in fetched)
    asked = [entry.status for entry in downloads.bench.simulator.requests(path=name)]
    assert asked == [200, 206, 206]
    assert fetched[0].path.read_bytes() == _PUY_DE_DOME.files[0].content


def test_what_was_cancelled_is_gone_on_with_another_time(downloads: Downloads, monkeypatch: pytest.MonkeyPatch) -> None:
    downloads.bench.simulator.switch(download_large_bytes=_LARGE_BYTES)
    (outcome,) = downloads.cancelled_in_the_middle(LARGE, monkeypatch)
    assert isinstance(outcome, GpkeysError)
    assert outcome.code is ErrorCode.CANCELLED
    begun = downloads.part_bytes()
    assert 0 < begun < _LARGE_BYTES
    assert not any(name.endswith(".dat") for name in downloads.names())
    downloads.bench.simulator.clear_requests()
    (fetched,) = downloads.fetch(LARGE)
    assert downloads.statuses() == [206]
    assert hashlib.md5(fetched.path.read_bytes(), usedforsecurity=False).hexdigest() == fetched.md5
    assert downloads.names() == {fetched.path.name}


@pytest.mark.parametrize("has_ranges", [True, False])
def test_a_part_of_another_state_is_begun_anew(downloads: Downloads, *, has_ranges: bool) -> None:
    downloads.bench.simulator.switch(download_ranges=has_ranges)
    file = _CANTAL.files[0]
    (plan,) = downloads.plans(SOUTH)
    place = PartFile(plan.folder, file.name)
    place.open_at(0, plan.files[0].file, '"autre"' if has_ranges else f'"{file.md5}"', lambda: None)
    place.write(b"x" * 100)
    place.close()
    fetched = downloads.fetch(SOUTH)
    assert fetched[0].path.read_bytes() == file.content


def test_a_wrong_sum_is_fetched_once_more_then_said(downloads: Downloads) -> None:
    name = _CANTAL.files[3].name
    downloads.bench.simulator.clear_requests()
    fetched = downloads.fetch(SOUTH)
    assert [one.error is None for one in fetched] == [True, True, True, False]
    error = fetched[3].error
    assert error is not None
    assert str(error.user) == f"“{name}” arrived twice with another checksum than the one the platform tells."
    assert len(downloads.bench.simulator.requests(path=name)) == 2
    assert downloads.names() == {file.name for file in _CANTAL.files[:3]}


@pytest.mark.parametrize("form", ["beside", "missing"])
def test_sums_beside_are_read_and_without_one_the_length_counts(downloads: Downloads, form: str) -> None:
    downloads.bench.simulator.switch(download_md5=form)
    fetched = downloads.fetch(SOUTH)
    assert len(fetched) == 4
    is_wrong = form == "beside"
    assert (fetched[3].error is not None) == is_wrong
    assert (fetched[0].md5 is not None) == is_wrong
    assert all(one.path.read_bytes() == file.content for one, file in zip(fetched[:3], _CANTAL.files))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"action": "status", "status": 401, "times": 9}, "does not accept this key"),
        ({"action": "status", "status": 403, "times": 9}, "does not open"),
        ({"action": "status", "status": 404, "times": 9}, "no longer has"),
        ({"action": "html", "status": 200, "times": 9}, "does not come from the Géoplateforme"),
    ],
)
def test_what_is_refused_is_said_and_the_others_arrive(downloads: Downloads, fault: dict[str, Any], words: str) -> None:
    name = _CANTAL.files[1].name
    downloads.bench.simulator.fail("GET", rf"/download/.*/{name}$", **fault)
    fetched = downloads.fetch(SOUTH)
    assert [one.error is None for one in fetched] == [True, False, True, False]
    assert fetched[1].error is not None
    assert words in str(fetched[1].error.user)
    assert name not in downloads.names()


def test_the_limit_is_kept_after_a_refusal(downloads: Downloads) -> None:
    name = _CANTAL.files[1].name
    downloads.bench.simulator.fail("GET", rf"{name}$", status=429, headers={"Retry-After": "1"})
    downloads.bench.simulator.fail("GET", rf"{name}$", status=503)
    fetched = downloads.fetch(SOUTH)
    assert fetched[1].error is None


def test_lengths_that_are_not_true_keep_everything_away(downloads: Downloads) -> None:
    downloads.bench.simulator.switch(download_length="lying")
    fetched = downloads.fetch(SOUTH)
    size = len(_CANTAL.files[0].content)
    error = fetched[0].error
    assert error is not None
    told = f"has {size} bytes, where the platform's list says {size + 1000}."
    assert str(error.user) == f"“{_CANTAL.files[0].name}” {told}"
    assert downloads.names() == set()


def test_lengths_that_are_not_told_are_not_missed(downloads: Downloads) -> None:
    downloads.bench.simulator.switch(download_length="missing")
    assert [one.error is None for one in downloads.fetch(SOUTH)] == [True, True, True, False]


def test_a_list_of_nothing_is_said(downloads: Downloads) -> None:
    with pytest.raises(GpkeysError) as caught:
        downloads.listed(type(SOUTH)(format="JP2"))
    assert str(caught.value.user) == f"The download service lists nothing for “{SCAN_FILES}”."


def test_a_name_that_the_key_does_not_open_is_said(downloads: Downloads) -> None:
    with pytest.raises(GpkeysError) as caught:
        downloads.listed(SOUTH, "SCAN1000")
    assert f"It opens: {SCAN_FILES}, {ARCHIVE}." in str(caught.value.user)


def test_a_disk_without_room_is_said_before_anything_is_fetched(
    downloads: Downloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(downloads.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(DiskError) as caught:
        downloads.plans(SOUTH)
    assert "the disk of this folder has 1.0 kB left" in str(caught.value.user)


@pytest.mark.parametrize(
    ("number", "words"),
    [(28, "is full"), (13, "Nothing may be written"), (30, "Nothing may be written"), (5, "cannot be written to")],
)
def test_a_disk_that_takes_nothing_ends_all_and_loses_nothing(
    downloads: Downloads, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    plans, access = downloads.plans(SOUTH), downloads.access()
    whole = plans[0].folder / "entier.tif"
    whole.write_bytes(b"entier")

    def refuse(place: PartFile, piece: bytes) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(PartFile, "write", refuse)
    with pytest.raises(DiskError) as caught:
        downloads.bench.run(lambda told: fetch_files(plans, access, told))
    assert words in str(caught.value.user)
    assert whole.read_bytes() == b"entier"
    assert not list(downloads.folder.rglob("SC25*.tif"))


def test_a_folder_that_vanishes_is_said(downloads: Downloads) -> None:
    plans, access = downloads.plans(SOUTH), downloads.access()
    shutil.rmtree(downloads.folder)
    with pytest.raises(DiskError) as caught:
        downloads.bench.run(lambda told: fetch_files(plans, access, told))
    assert "is not there, or no longer" in str(caught.value.user)


def test_a_folder_that_is_none_is_said(downloads: Downloads, tmp_path: Path) -> None:
    downloads.folder = tmp_path / "absent" / "données"
    with pytest.raises(DiskError) as caught:
        downloads.plans(SOUTH)
    assert "is not there" in str(caught.value.user)
