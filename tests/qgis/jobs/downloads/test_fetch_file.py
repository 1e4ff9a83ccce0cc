"""Servers that do with a file what they should not."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import requests_mock

from gpkeys_plugin.entrepot.downloads.download_client import DownloadClient
from gpkeys_plugin.entrepot.downloads.models import RemoteFile
from gpkeys_plugin.entrepot.downloads.request_pace import RequestPace
from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.retries import Patience
from gpkeys_plugin.jobs.downloads import fetch_file as module
from gpkeys_plugin.jobs.downloads.disk_problems import DiskError
from gpkeys_plugin.jobs.downloads.fetch_file import FileFetch, FileWay
from gpkeys_plugin.jobs.downloads.part_file import PartFile
from gpkeys_plugin.keys.downloads.fetch_plan import OnDisk, planned
from gpkeys_plugin.store.services.download_feed import read_feed

ROOT = "https://data.example/private/telechargement"
URL = f"{ROOT}/download/R/S/a.tif"
BODY = bytes(range(256)) * 40
SUM = hashlib.md5(BODY, usedforsecurity=False).hexdigest()
TAG = '"état"'.encode().decode("latin-1")


class Fetcher:
    """Fetches one file without waiting; counts what it is told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counted = 0
        self.waited_s = 0.0
        patience = Patience(sleep=self._sleep)
        pace = RequestPace(1e9)
        session = requests.Session()
        client = DownloadClient(session, ROOT, read_feed, patience=patience, pace=pace)
        self._way = FileWay(session, client, ROOT, pace, patience, self._count)

    def _sleep(self, seconds: float) -> None:
        self.waited_s += seconds

    def _count(self, size: int) -> None:
        self.counted += size

    def run(self, length: int | None = len(BODY), md5: str | None = SUM) -> str | None:
        """Fetch the file, or go on with it."""
        file = RemoteFile("R", "S", "a.tif", length, md5)
        place = PartFile(self.folder, "a.tif")
        return FileFetch(self._way, planned(file, "a.tif", place.found(file, lambda: None)), place).run()

    def leave(self, size: int, tag: str = TAG) -> None:
        """Have so much of the file be there from another time."""
        place = PartFile(self.folder, "a.tif")
        place.open_at(0, RemoteFile("R", "S", "a.tif", len(BODY), SUM), tag, lambda: None)
        place.write(BODY[:size])
        place.close()

    def found(self) -> OnDisk:
        """Return what is there."""
        return PartFile(self.folder, "a.tif").found(RemoteFile("R", "S", "a.tif", len(BODY), SUM), lambda: None)


@pytest.fixture
def fetcher(tmp_path: Path) -> Fetcher:
    return Fetcher(tmp_path)


@pytest.fixture
def mock() -> Iterator[requests_mock.Mocker]:
    with requests_mock.Mocker() as found:
        yield found


def _failed(fetcher: Fetcher, **told: Any) -> GpkeysError:
    with pytest.raises(GpkeysError) as caught:
        fetcher.run(**told)
    assert not (fetcher.folder / "a.tif").exists()
    return caught.value


def _in_pieces(size: int) -> Callable[[Any, Any], bytes]:
    """Answer with so many bytes of what was asked for, and break off."""

    def answer(request: Any, context: Any) -> bytes:
        begin = int(request.headers.get("Range", "bytes=0-")[6:-1])
        context.status_code = 206 if begin else 200
        context.headers["Content-Range"] = f"bytes {begin}-{len(BODY) - 1}/{len(BODY)}"
        return BODY[begin : begin + size]

    return answer


def test_a_file_is_named_once_it_is_whole(fetcher: Fetcher, mock: requests_mock.Mocker) -> None:
    mock.get(URL, content=BODY, headers={"Content-Length": str(len(BODY))})
    assert fetcher.run() == SUM
    assert {path.name for path in fetcher.folder.iterdir()} == {"a.tif"}
    assert fetcher.counted == len(BODY)


@pytest.mark.parametrize("told", [{"length": 100, "md5": None}, {"length": None, "md5": None}])
def test_an_answer_without_end_is_let_go_of(
    fetcher: Fetcher, mock: requests_mock.Mocker, told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST_BYTES", 1000)
    mock.get(URL, content=BODY)
    assert "goes on beyond the length" in str(_failed(fetcher, **told).user)
    assert list(fetcher.folder.iterdir()) == []
    assert fetcher.counted == 0


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "0"}])
@pytest.mark.parametrize("length", [0, None])
def test_an_empty_file_is_none(
    fetcher: Fetcher, mock: requests_mock.Mocker, headers: dict[str, str], length: int | None
) -> None:
    mock.get(URL, content=b"", headers=headers)
    assert "is empty" in str(_failed(fetcher, length=length, md5=None).user)
    assert list(fetcher.folder.iterdir()) == []


def test_a_page_of_a_portal_is_no_file(fetcher: Fetcher, mock: requests_mock.Mocker) -> None:
    mock.get(URL, text="<html>", headers={"Content-Type": "text/html"})
    assert _failed(fetcher, length=None, md5=None).code is ErrorCode.BAD_ANSWER


def test_a_file_that_always_breaks_off_is_given_up_and_kept_to_go_on(
    fetcher: Fetcher, mock: requests_mock.Mocker
) -> None:
    headers = {"Content-Length": str(len(BODY)), "ETag": TAG}
    mock.get(URL, content=BODY[:100], headers=headers)
    assert _failed(fetcher).code is ErrorCode.CONNECTION
    assert (fetcher.found().part_size, fetcher.found().part_tag) == (100, TAG)
    assert 10 < fetcher.waited_s < 60
    assert len(mock.request_history) == 6


def test_a_server_that_tells_a_few_bytes_at_a_time_is_given_up(fetcher: Fetcher, mock: requests_mock.Mocker) -> None:
    mock.get(URL, content=_in_pieces(10), headers={"ETag": TAG})
    assert _failed(fetcher).code is ErrorCode.CONNECTION
    assert fetcher.found().part_size == 10 * len(mock.request_history) == 60


def test_a_connection_that_brings_enough_each_time_is_taken_up_again_for_ever(
    fetcher: Fetcher, mock: requests_mock.Mocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_FRUITFUL_BYTES", 1000)
    mock.get(URL, content=_in_pieces(1000), headers={"ETag": TAG})
    assert fetcher.run() == SUM
    assert len(mock.request_history) == 11


def test_the_rest_is_asked_for_as_the_rest_of_the_same(fetcher: Fetcher, mock: requests_mock.Mocker) -> None:
    fetcher.leave(100)
    rest = {"Content-Range": f"bytes 100-{len(BODY) - 1}/{len(BODY)}", "ETag": TAG}
    mock.get(URL, status_code=206, content=BODY[100:], headers=rest)
    assert fetcher.run() == SUM
    asked = mock.request_history[0].headers
    assert (asked["Range"], asked["If-Range"]) == ("bytes=100-", TAG)
    assert fetcher.counted == len(BODY) - 100


@pytest.mark.parametrize("said", ["bytes 0-9/10240", "bytes */10240", "", "items 100-200/10240"])
def test_another_part_than_was_asked_for_is_not_taken(fetcher: Fetcher, mock: requests_mock.Mocker, said: str) -> None:
    fetcher.leave(100)
    headers = {"Content-Range": said, "ETag": TAG}
    mock.get(URL, [{"status_code": 206, "content": b"x" * 10, "headers": headers}, {"content": BODY}])
    assert fetcher.run() == SUM
    assert "Range" not in mock.request_history[1].headers


def test_a_part_that_is_the_whole_needs_no_more(fetcher: Fetcher, mock: requests_mock.Mocker) -> None:
    fetcher.leave(len(BODY))
    mock.get(URL, status_code=416)
    assert fetcher.run() == SUM


def test_a_server_that_knows_no_parts_is_asked_anew(fetcher: Fetcher, mock: requests_mock.Mocker) -> None:
    fetcher.leave(100)
    mock.get(URL, content=BODY)
    assert fetcher.run() == SUM
    assert fetcher.counted == len(BODY) - 100


def test_without_a_name_of_its_state_a_part_is_begun_anew(fetcher: Fetcher, mock: requests_mock.Mocker) -> None:
    headers = {"ETag": 'W/"x"', "Content-Length": str(len(BODY))}
    mock.get(URL, [{"content": BODY[:9], "headers": headers}, {"content": BODY, "headers": headers}])
    assert fetcher.run() == SUM
    assert [request.headers.get("Range") for request in mock.request_history] == [None, None]


@pytest.mark.parametrize("written", ["", "[]", "{", '{"tag": 5}', '{"tag": "a", "length": 1}'])
def test_a_note_that_makes_no_sense_is_none(fetcher: Fetcher, written: str) -> None:
    fetcher.leave(100)
    (fetcher.folder / "a.tif.part-note").write_text(written)
    assert fetcher.found().part_size == 0


def test_two_hundred_gigabytes_are_not_begun_where_there_is_no_room(
    fetcher: Fetcher, mock: requests_mock.Mocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(fetcher.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10**9))
    mock.get(URL, content=BODY, headers={"Content-Length": str(200 * 10**9)})
    error = _failed(fetcher, length=None, md5=None)
    assert isinstance(error, DiskError)
    assert "The files take 200 GB" in str(error.user)
