"""Taking all pages of a listing, whatever the server says of their number and size."""

from __future__ import annotations

import math
import re
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Callable, Generic, Hashable, Iterable, Iterator, Sequence, TypeVar

from .request_turns import MOST_AT_ONCE
from .whole_numbers import whole_number

T = TypeVar("T")
P = TypeVar("P")

LIMIT = 100
# Page sizes a server may impose without saying so: a first page of just that many items may not be the whole.
_LIKELY_CAPS = frozenset({10, 20, 25, 30, 50})
# A server that never ends, or announces more than anybody has, must not hold us for ever.
_MOST_PAGES = 1000
_RANGE = re.compile(r"(?:[A-Za-z]+[ =])?\s*(?:(?P<first>\d+)-(?P<last>\d+)|\*)\s*/\s*(?P<total>\d+|\*)", re.ASCII)


@dataclass(frozen=True)
class ContentRange:
    """A `Content-Range` header: the range this page holds, counted from 1, and the total; None where it says `*`."""

    first: int | None
    last: int | None
    total: int | None


@dataclass(frozen=True)
class ListingPage(Generic[T]):
    """One page: its items and its range, None when the answer did not tell."""

    items: Sequence[T]
    range: ContentRange | None = None

    @property
    def total(self) -> int | None:
        """How many items there are on all pages, if this one tells."""
        return self.range.total if self.range else None


def read_content_range(header: str | None) -> ContentRange | None:
    """Read a `Content-Range` header; None when it is missing or says nothing."""
    found = _RANGE.fullmatch((header or "").strip())
    if found is None:
        return None
    return ContentRange(whole_number(found["first"]), whole_number(found["last"]), whole_number(found["total"]))


def fetch_all(
    fetch: Callable[[int, int], ListingPage[T]], identity: Callable[[T], Hashable], limit: int = LIMIT
) -> tuple[T, ...]:
    """Return the items of all pages, in order, each `identity` once.

    `fetch(page, limit)` gets one page. The first one tells the total and how many items the server really gives; the
    others are fetched side by side. Where the total is not told, pages are asked for until one adds nothing;
    where it is, a page that adds nothing says that the total is not true. A listing that changed while it was read
    (fewer items than announced) is read once more.
    """
    items, announced = _read_once(fetch, identity, limit)
    if len(items) < announced:
        again, announced = _read_once(fetch, identity, limit)
        return again if len(again) >= announced else _unique([*again, *items], identity)
    return items


def page_count(total: int, size: int) -> int:
    """Return how many pages of `size` items hold `total` items; one for an empty listing."""
    return max(math.ceil(total / size), 1) if size else 1


def _read_once(
    fetch: Callable[[int, int], ListingPage[T]], identity: Callable[[T], Hashable], limit: int
) -> tuple[tuple[T, ...], int]:
    """Return the items, and how many the server announced."""
    first = fetch(1, limit)
    if first.total is None:
        pages = [first, *_until_short(fetch, first, identity, limit)]
    else:
        size = len(first.items)
        last = min(page_count(first.total, size), _MOST_PAGES)
        pages = [first, *_at_once(fetch, first, range(2, last + 1), identity)]
    items = _unique((item for page in pages for item in page.items), identity)
    return items, max(page.total or 0 for page in pages)


def _at_once(
    fetch: Callable[[int, int], ListingPage[T]],
    first: ListingPage[T],
    numbers: range,
    identity: Callable[[T], Hashable],
) -> list[ListingPage[T]]:
    if not numbers:
        return []
    size, seen = len(first.items), {identity(item) for item in first.items}
    pages: list[ListingPage[T]] = []
    with ThreadPoolExecutor(max_workers=min(MOST_AT_ONCE, len(numbers))) as pool:
        for page in _in_order(pool, lambda number: fetch(number, size), numbers):
            new = {identity(item) for item in page.items} - seen
            if not new:
                break
            pages.append(page)
            seen |= new
    return pages


def _in_order(pool: ThreadPoolExecutor, fetch: Callable[[int], P], numbers: Iterable[int]) -> Iterator[P]:
    """Yield what `fetch` returns, in order; no more is asked for ahead than the pool does at once.

    Whoever stops early, or an error, leaves nothing in the queue that would still be asked for.
    """
    waiting: deque[Future[P]] = deque()
    for number in numbers:
        waiting.append(pool.submit(fetch, number))
        if len(waiting) >= MOST_AT_ONCE:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _until_short(
    fetch: Callable[[int, int], ListingPage[T]], first: ListingPage[T], identity: Callable[[T], Hashable], limit: int
) -> list[ListingPage[T]]:
    size = len(first.items)
    pages: list[ListingPage[T]] = []
    seen = {identity(item) for item in first.items}
    number, last = 1, first
    while number < _MOST_PAGES and _may_be_full(last, size, limit):
        number += 1
        last = fetch(number, size)
        new = {identity(item) for item in last.items} - seen
        if not new:
            break
        pages.append(last)
        seen |= new
    return pages


def _may_be_full(page: ListingPage[T], size: int, limit: int) -> bool:
    return size > 0 and len(page.items) >= size and (size >= limit or size in _LIKELY_CAPS)


def _unique(items: Iterable[T], identity: Callable[[T], Hashable]) -> tuple[T, ...]:
    found: dict[Hashable, T] = {}
    for item in items:
        found.setdefault(identity(item), item)
    return tuple(found.values())
