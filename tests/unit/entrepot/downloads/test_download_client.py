"""Asking the download service: pages, pace, retries, refusals, and addresses of our own making."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests
import requests_mock

from gpkeys_plugin.entrepot.downloads.download_client import DownloadClient, download_path, resource_path
from gpkeys_plugin.entrepot.downloads.models import Feed, FeedEntry, RemoteFile
from gpkeys_plugin.entrepot.downloads.request_pace import RequestPace
from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.json_reading import UnreadableError
from gpkeys_plugin.entrepot.retries import Patience
from tests.unit.entrepot.conftest import Clock

ROOT = "https://data.example/private/telechargement"


def read_feed(data: bytes) -> Feed:
    """Read a made-up list: the client does not know how lists are written."""
    try:
        body = json.loads(data)
    except ValueError:
        raise UnreadableError("no feed") from None
    return Feed(tuple(FeedEntry(name, f"https://elsewhere.example/{name}") for name in body["names"]), body["total"])


@pytest.fixture
def client(clock: Clock) -> DownloadClient:
    patience = Patience(clock.is_cancelled, sleep=clock.sleep)
    return DownloadClient(requests.Session(), ROOT, read_feed, patience=patience, pace=RequestPace(8, clock.now))


def _pages(total: int | None) -> Any:
    def answer(request: Any, context: Any) -> dict[str, Any]:
        page, limit = int(request.qs["page"][0]), int(request.qs["limit"][0])
        names = [f"e{number}" for number in range(120)][(page - 1) * limit : page * limit]
        return {"names": names, "total": total}

    return answer


@pytest.mark.parametrize("total", [120, None, 7, 130])
def test_all_pages_are_read_fifty_at_a_time(client: DownloadClient, total: int | None) -> None:
    with requests_mock.Mocker() as mock:
        mock.get(f"{ROOT}/resource/SCAN", json=_pages(total))
        found = client.editions("SCAN", {"zone": "D063"})
        # Whatever is said of their number, none is hidden.
        assert len(found) == 120
        assert {request.qs["limit"][0] for request in mock.request_history} == {"50"}
        assert all(request.qs["zone"] == ["d063"] for request in mock.request_history)


def test_one_page_of_editions_is_asked_for_at_a_time(client: DownloadClient) -> None:
    with requests_mock.Mocker() as mock:
        mock.get(f"{ROOT}/resource/SCAN", json=_pages(120))
        third = client.edition_page("SCAN", 3)
        assert ([edition.name for edition in third.editions], third.total) == ([f"e{n}" for n in range(100, 120)], 120)
        assert len(mock.request_history) == 1


def test_no_more_than_eight_are_asked_a_second(client: DownloadClient, clock: Clock) -> None:
    with requests_mock.Mocker() as mock:
        mock.get(f"{ROOT}/capabilities", json={"names": [], "total": 0})
        for _ in range(9):
            client.resources()
    assert clock.waited_s == pytest.approx(1.0)


def test_a_server_that_asks_to_wait_is_left_alone(client: DownloadClient, clock: Clock) -> None:
    with requests_mock.Mocker() as mock:
        answers = [{"status_code": 429, "headers": {"Retry-After": "5"}}, {"json": {"names": ["a"], "total": 1}}]
        mock.get(f"{ROOT}/capabilities", answers)
        assert len(client.resources()) == 1
    assert clock.waited_s >= 5


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (401, ErrorCode.FORBIDDEN, "does not accept this key"),
        (403, ErrorCode.FORBIDDEN, "does not open “SCAN”"),
        (404, ErrorCode.NOT_FOUND, "no longer has “SCAN”"),
        (410, ErrorCode.NOT_FOUND, "no longer has “SCAN”"),
        (429, ErrorCode.RATE_LIMITED, "too many requests"),
        (500, ErrorCode.SERVER, "having a problem"),
    ],
)
def test_refusals_are_said(client: DownloadClient, status: int, code: ErrorCode, words: str) -> None:
    with requests_mock.Mocker() as mock:
        mock.get(f"{ROOT}/resource/SCAN", status_code=status)
        with pytest.raises(GpkeysError) as caught:
            client.editions("SCAN")
    assert caught.value.code is code
    assert words in str(caught.value.user)
    assert caught.value.advice is not None


def test_a_page_of_a_portal_is_no_list(client: DownloadClient) -> None:
    with requests_mock.Mocker() as mock:
        mock.get(f"{ROOT}/capabilities", text="<html>Bienvenue</html>")
        with pytest.raises(GpkeysError) as caught:
            client.resources()
    assert caught.value.code is ErrorCode.BAD_ANSWER


def test_the_sum_beside_a_file_is_read(client: DownloadClient) -> None:
    with requests_mock.Mocker() as mock:
        mock.get(f"{ROOT}/download/R/S/a.7z.md5", text=f"{'ab' * 16}  a.7z\n")
        assert client.md5_beside(RemoteFile("R", "S", "a.7z", md5_name="a.7z.md5")) == "ab" * 16
        mock.get(f"{ROOT}/download/R/S/a.7z.md5", text="rien")
        assert client.md5_beside(RemoteFile("R", "S", "a.7z", md5_name="a.7z.md5")) is None


def test_names_cannot_lead_out_of_the_service() -> None:
    assert resource_path("a/../../b") == "resource/a%2F..%2F..%2Fb"
    assert download_path("R", "..", "c?d#é") == "download/R/%2E%2E/c%3Fd%23%C3%A9"
    assert resource_path("R", "S") == "resource/R/S"


def test_a_cancel_ends_the_wait(client: DownloadClient, clock: Clock) -> None:
    clock.cancelled = True
    with pytest.raises(GpkeysError) as caught:
        client.resources()
    assert caught.value.code is ErrorCode.CANCELLED
