"""Pages of a listing that are asked for beside the first one, since there were as many the last time."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Callable, Iterator, TypeVar

from .api_requests import Operation
from .paging import LIMIT, ListingPage, page_count
from .request_turns import MOST_AT_ONCE

T = TypeVar("T")
Fetch = Callable[[int, int], ListingPage[T]]
# What was written down may be anything.
_MOST_AHEAD = 20


class PageCounts:
    """How many pages listings had when they were read last. Any thread may use it; a wrong count does no harm."""

    def __init__(self) -> None:
        self._counts: dict[Operation, int] = {}

    def of(self, listing: Operation) -> int:
        """Return how many pages a listing had, 1 where that is not known."""
        return self._counts.get(listing, 1)

    def knows(self, listing: Operation) -> bool:
        """Whether a listing was read, or expected."""
        return listing in self._counts

    def expect(self, listing: Operation, pages: int) -> None:
        """Expect a listing to have so many pages."""
        self._counts[listing] = min(max(pages, 1), _MOST_AHEAD)

    def note(self, listing: Operation, items: int) -> None:
        """Take notice of how many items a listing had."""
        self.expect(listing, page_count(items, LIMIT))


@contextmanager
def asked_ahead(fetch: Fetch[T], pages: int) -> Iterator[Fetch[T]]:
    """Ask for all but the first of so many pages at once; yield what fetches those, and any other.

    Whoever finds in the first page that there are fewer of them, or that they are smaller, asks for others: what came
    of these is of no interest then.
    """
    if pages < 2:
        yield fetch
        return
    with ThreadPoolExecutor(max_workers=MOST_AT_ONCE) as pool:
        asked = {number: pool.submit(fetch, number, LIMIT) for number in range(2, pages + 1)}
        try:
            yield lambda number, limit: _taken(asked, number, limit) or fetch(number, limit)
        finally:
            for page in asked.values():
                page.cancel()


def _taken(asked: dict[int, Future[ListingPage[T]]], number: int, limit: int) -> ListingPage[T] | None:
    page = asked.pop(number, None) if limit == LIMIT else None
    return page.result() if page is not None else None
