"""Reading listings and statistics to their end."""

from __future__ import annotations

from typing import Callable, TypeVar

from . import reading
from .errors import GpkeysError
from .exchange import Exchange, read_answer
from .models import Access, Hits, HitStatistics, Key, Permission
from .operations import Operation
from .pages import LIMIT, Page, fetch_all, read_content_range

T = TypeVar("T", bound="Access | Key | Permission")

# The page size of last resort, should the server refuse the usual one.
_SMALL_LIMIT = 50


def read_all(exchange: Exchange, operation: Operation, read: Callable[[object], T]) -> tuple[T, ...]:
    """Return all items of a listing, each read with `read`."""

    def fetch(number: int, limit: int) -> Page[T]:
        answer = exchange.send(operation.page(number, limit))
        items = read_answer(operation, answer, lambda body: reading.read_list(read, body))
        return Page(items, read_content_range(answer.headers.get("Content-Range")))

    return _with_limits(lambda limit: fetch_all(fetch, lambda item: item.id, limit))


def read_statistics(exchange: Exchange, operation: Operation, *, details: bool) -> HitStatistics:
    """Return statistics; with `details`, the rows of all pages."""
    if not details:
        return exchange.read(operation, reading.read_statistics)
    totals: dict[int, Hits] = {}

    def fetch(number: int, limit: int) -> Page[Hits]:
        answer = exchange.send(operation.page(number, limit))
        page = read_answer(operation, answer, reading.read_statistics)
        totals[number] = page.total
        return Page(page.details, read_content_range(answer.headers.get("Content-Range")))

    rows = _with_limits(lambda limit: fetch_all(fetch, lambda row: row, limit))
    return HitStatistics(totals[1], rows)


R = TypeVar("R")


def _with_limits(read: Callable[[int], R]) -> R:
    try:
        return read(LIMIT)
    except GpkeysError as error:
        if error.status != 400:
            raise
    return read(_SMALL_LIMIT)
