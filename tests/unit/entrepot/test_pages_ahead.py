"""A listing that had several pages the last time: all of them are asked for at once."""

from __future__ import annotations

from threading import Barrier
from typing import Any

import pytest
import requests
from requests_mock import Mocker

from gpkeys_plugin.entrepot import api_requests
from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.pages_ahead import PageCounts, asked_ahead
from gpkeys_plugin.entrepot.paging import LIMIT, ContentRange, ListingPage, fetch_all
from gpkeys_plugin.entrepot.retries import Patience

from .conftest import API_URL

KEYS = f"{API_URL}/users/me/keys"
_PATIENCE_S = 10


class Listing:
    """Keys as a platform lists them, `cap` a page at most; pages past the end are refused where it is so minded."""

    def __init__(self, count: int, *, cap: int = LIMIT, refuses_past_the_end: bool = False) -> None:
        self.count, self.cap, self.refuses_past_the_end = count, cap, refuses_past_the_end
        self.asked: list[tuple[int, int]] = []

    def answer(self, request: Any, context: Any) -> list[dict[str, str]]:
        number, limit = (int(request.qs[name][0]) for name in ("page", "limit"))
        self.asked.append((number, limit))
        size = min(limit, self.cap)
        rows = [{"_id": f"k{row}"} for row in range((number - 1) * size, min(number * size, self.count))]
        if not rows and self.refuses_past_the_end:
            context.status_code = 404
        context.headers["Content-Range"] = f"{(number - 1) * size + 1}-{number * size}/{self.count}"
        return rows


def read(listing: Listing, requests_mock: Mocker, counts: PageCounts) -> int:
    """Return how many keys a client has read."""
    requests_mock.get(KEYS, json=listing.answer)
    listing.asked.clear()
    client = EntrepotClient(requests.Session(), API_URL, patience=Patience(sleep=lambda _s: None), counts=counts)
    return len(client.keys())


def test_all_pages_there_were_are_asked_for_at_once() -> None:
    gate = Barrier(4)

    def fetch(number: int, limit: int) -> ListingPage[int]:
        # Asked one after the other, none of them would be answered.
        gate.wait(_PATIENCE_S)
        return ListingPage(range((number - 1) * limit, min(number * limit, 320)), ContentRange(1, 1, 320))

    with asked_ahead(fetch, 4) as fetch_page:
        assert fetch_all(fetch_page, lambda item: item) == tuple(range(320))


def test_what_a_listing_had_is_what_is_expected_of_it(requests_mock: Mocker) -> None:
    counts, listing = PageCounts(), Listing(320)
    assert read(listing, requests_mock, counts) == 320
    assert counts.of(api_requests.keys()) == 4
    assert read(listing, requests_mock, counts) == 320
    assert sorted(listing.asked) == [(1, LIMIT), (2, LIMIT), (3, LIMIT), (4, LIMIT)]


@pytest.mark.parametrize("refuses_past_the_end", [False, True])
def test_a_listing_that_is_shorter_now_is_read_all_the_same(requests_mock: Mocker, refuses_past_the_end: bool) -> None:
    counts = PageCounts()
    counts.expect(api_requests.keys(), 3)
    listing = Listing(150, refuses_past_the_end=refuses_past_the_end)
    assert read(listing, requests_mock, counts) == 150
    assert counts.of(api_requests.keys()) == 2


def test_one_that_is_longer_now_is_read_to_its_end(requests_mock: Mocker) -> None:
    counts = PageCounts()
    counts.expect(api_requests.keys(), 2)
    listing = Listing(320)
    assert read(listing, requests_mock, counts) == 320
    assert sorted(number for number, _ in listing.asked) == [1, 2, 3, 4]


def test_where_the_platform_gives_less_a_page_these_are_asked_for(requests_mock: Mocker) -> None:
    counts = PageCounts()
    counts.expect(api_requests.keys(), 2)
    listing = Listing(120, cap=50)
    assert read(listing, requests_mock, counts) == 120
    assert {(2, 50), (3, 50)} < set(listing.asked)


def test_a_page_that_is_missing_is_a_failure_not_a_shorter_list(requests_mock: Mocker) -> None:
    counts, listing = PageCounts(), Listing(120)
    counts.expect(api_requests.keys(), 2)
    requests_mock.get(KEYS, json=listing.answer)
    requests_mock.get(f"{KEYS}?page=2", status_code=403)
    client = EntrepotClient(requests.Session(), API_URL, counts=counts)
    with pytest.raises(GpkeysError) as caught:
        client.keys()
    assert caught.value.code is ErrorCode.FORBIDDEN


@pytest.mark.parametrize("pages", [-3, 0, 10**7])
def test_what_was_written_down_may_be_anything(pages: int) -> None:
    counts = PageCounts()
    counts.expect(api_requests.keys(), pages)
    assert 1 <= counts.of(api_requests.keys()) <= 20
