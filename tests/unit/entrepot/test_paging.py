"""Taking all pages of a listing."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.entrepot.paging import (
    ContentRange,
    ListingPage,
    fetch_all,
    page_count,
    read_content_range,
)
from gpkeys_plugin.entrepot.request_turns import MOST_AT_ONCE


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("1-10/42", ContentRange(1, 10, 42)),
        ("0-0/0", ContentRange(0, 0, 0)),
        ("0-0/42", ContentRange(0, 0, 42)),
        ("1-1/*", ContentRange(1, 1, None)),
        ("*/42", ContentRange(None, None, 42)),
        (" items 1-10/42 ", ContentRange(1, 10, 42)),
        ("1 - 10", None),
        ("", None),
        (None, None),
        ("١-٢/٣", None),
    ],
)
def test_content_range(header: str | None, expected: ContentRange | None) -> None:
    assert read_content_range(header) == expected


class Server:
    """A listing of `rows`, with the habits that servers have."""

    def __init__(
        self, rows: list[int], *, cap: int = 100, header: Callable[[int, int, int], str | None] | None = None
    ) -> None:
        self.rows = rows
        self.cap = cap
        self.header = header or (lambda first, last, total: f"{first}-{last}/{total}")
        self.asked: list[tuple[int, int]] = []

    def fetch(self, number: int, limit: int) -> ListingPage[int]:
        self.asked.append((number, limit))
        size = min(limit, self.cap)
        start = (number - 1) * size
        items = self.rows[start : start + size]
        first, last = (start + 1, start + len(items)) if items else (0, 0)
        return ListingPage(items, read_content_range(self.header(first, last, len(self.rows))))

    def all(self) -> list[int]:
        return list(fetch_all(self.fetch, lambda item: item))


@given(st.integers(0, 450), st.integers(1, 120))
def test_all_pages_whatever_the_cap(count: int, cap: int) -> None:
    server = Server(list(range(count)), cap=cap)
    assert server.all() == list(range(count))
    assert len(server.asked) == page_count(count, min(cap, 100))


@given(st.integers(0, 450), st.sampled_from([10, 50, 100]), st.sampled_from([None, "*"]))
def test_all_pages_without_a_total(count: int, cap: int, told: str | None) -> None:
    server = Server(list(range(count)), cap=cap, header=lambda a, b, _total: told and f"{a}-{b}/*")
    assert server.all() == list(range(count))


@given(st.integers(0, 99))
def test_a_short_page_without_header_is_the_only_one(count: int) -> None:
    server = Server(list(range(count)), header=lambda *_: None)
    assert server.all() == list(range(count))
    assert len(server.asked) == (2 if count in (10, 20, 25, 30, 50) else 1)


def test_a_server_that_ignores_the_page_ends() -> None:
    asked: list[int] = []

    def fetch(number: int, limit: int) -> ListingPage[int]:
        asked.append(number)
        return ListingPage(list(range(100)))

    assert fetch_all(fetch, lambda item: item) == tuple(range(100))
    assert asked == [1, 2]


def test_duplicates_are_removed_and_the_order_kept() -> None:
    rows = [3, 1, 3, 2, 1]
    assert fetch_all(lambda *_: ListingPage(rows, ContentRange(1, 5, 5)), lambda item: item) == (3, 1, 2)


def test_a_listing_that_shrinks_while_it_is_read_is_read_again() -> None:
    rows = list(range(150))

    def fetch(number: int, limit: int) -> ListingPage[int]:
        page = ListingPage(rows[(number - 1) * limit : number * limit], ContentRange(1, 1, len(rows)))
        if number == 1 and rows[0] == 0:
            del rows[0]
        return page

    assert fetch_all(fetch, lambda item: item) == tuple(range(1, 150))


def test_an_empty_first_page_asks_for_no_other() -> None:
    server = Server([], header=lambda *_: "0-0/0")
    assert server.all() == []
    assert server.asked == [(1, 100)]


def test_no_more_at_once_than_there_are_turns() -> None:
    lock, now, most = threading.Lock(), [0], [0]
    together = threading.Barrier(MOST_AT_ONCE)

    def fetch(number: int, limit: int) -> ListingPage[int]:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        if 1 < number <= 1 + MOST_AT_ONCE:
            together.wait(20)
        with lock:
            now[0] -= 1
        return ListingPage([number], ContentRange(number, number, 9))

    assert fetch_all(fetch, lambda item: item) == tuple(range(1, 10))
    assert most[0] == MOST_AT_ONCE


def test_a_failing_page_fails_the_listing() -> None:
    def fetch(number: int, limit: int) -> ListingPage[int]:
        if number == 3:
            raise KeyError(number)
        return ListingPage([number], ContentRange(number, number, 5))

    with pytest.raises(KeyError):
        fetch_all(fetch, lambda item: item)


def test_a_total_that_is_not_true_ends_the_listing() -> None:
    asked: list[int] = []

    def fetch(number: int, limit: int) -> ListingPage[int]:
        asked.append(number)
        return ListingPage(list(range(100)) if number == 1 else [], ContentRange(1, 100, 10_000_000))

    assert fetch_all(fetch, lambda item: item) == tuple(range(100))
    assert len(asked) <= 2 * (1 + MOST_AT_ONCE)


def test_a_listing_without_end_is_bounded() -> None:
    asked: list[int] = []

    def fetch(number: int, limit: int) -> ListingPage[int]:
        asked.append(number)
        return ListingPage([number], ContentRange(number, number, 10_000_000))

    fetch_all(fetch, lambda item: item)
    assert len(asked) <= 2 * 1000


def test_after_a_failure_no_further_page_is_asked_for() -> None:
    asked: list[int] = []

    def fetch(number: int, limit: int) -> ListingPage[int]:
        asked.append(number)
        if number > 1:
            raise KeyError(number)
        return ListingPage([number], ContentRange(1, 1, 900))

    with pytest.raises(KeyError):
        fetch_all(fetch, lambda item: item)
    assert len(asked) <= 1 + MOST_AT_ONCE
