"""Reading listings and statistics to their end."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Hashable, Sequence, TypeVar

from . import errors_from_answers, json_reading
from .api_requests import Operation
from .errors import GpkeysError
from .json_reading import LeftOut, Read, Unread
from .models import Access, Hits, HitStatistics, Key, Permission
from .pages_ahead import PageCounts, asked_ahead
from .paging import LIMIT, ListingPage, fetch_all, read_content_range
from .sending import ApiAnswer, Exchange, described, read_answer

T = TypeVar("T", bound="Access | Key | Permission")
R = TypeVar("R")

# The page size of last resort, should the server refuse the usual one.
_SMALL_LIMIT = 50


def read_all(
    exchange: Exchange, operation: Operation, read: Callable[[object, LeftOut], T], counts: PageCounts
) -> tuple[T, ...]:
    """Return the items of a listing, each read with `read`; those that cannot be are left out, and the log says so.

    As many pages as the `counts` tell are asked for at once.
    """
    left_out: list[str] = []

    def fetch(number: int, limit: int) -> ListingPage[Read[T]]:
        answer = exchange.send(operation.page(number, limit))
        items = read_answer(
            operation, answer, lambda body: json_reading.read_items(lambda item: read(item, left_out.append), body)
        )
        return _page(items, number, answer)

    with asked_ahead(fetch, counts.of(operation)) as fetch_page:
        items = _with_limits(lambda limit: fetch_all(fetch_page, _identity, limit))
    counts.note(operation, len(items))
    return _readable(exchange, operation, items, left_out)


def read_statistics(exchange: Exchange, operation: Operation, *, details: bool) -> HitStatistics:
    """Return statistics; with `details`, the rows of all pages."""
    if not details:
        return exchange.read(operation, json_reading.read_statistics)
    totals: dict[int, Hits] = {}

    def fetch(number: int, limit: int) -> ListingPage[Read[Hits]]:
        answer = exchange.send(operation.page(number, limit))
        totals[number], rows = read_answer(operation, answer, json_reading.read_statistics_page)
        return _page(rows, number, answer)

    rows = _with_limits(lambda limit: fetch_all(fetch, lambda row: row, limit))
    return HitStatistics(totals[1], _readable(exchange, operation, rows, []))


def origin_told(personal: Sequence[Permission], community: Sequence[Permission]) -> tuple[Permission, ...]:
    """Return both listings as one; a permission in both means that the server does not tell them apart."""
    in_both = {permission.id for permission in personal} & {permission.id for permission in community}
    told = {
        permission.id: replace(permission, is_community=None if permission.id in in_both else is_community)
        for listing, is_community in ((personal, False), (community, True))
        for permission in listing
    }
    return tuple(told.values())


def _page(items: Sequence[Read[R]], number: int, answer: ApiAnswer) -> ListingPage[Read[R]]:
    """Return a page that counts also what cannot be read: the server does, and pages by it."""
    told_apart = [replace(item, page=number) if isinstance(item, Unread) else item for item in items]
    return ListingPage(told_apart, read_content_range(answer.headers.get("Content-Range")))


def _identity(item: Read[T]) -> Hashable:
    return item if isinstance(item, Unread) else item.id


def _readable(
    exchange: Exchange, operation: Operation, items: Sequence[Read[R]], left_out: Sequence[str]
) -> tuple[R, ...]:
    """Return what could be read. Where nothing could be, there is no list: an empty one would be an untruth."""
    readable = json_reading.known(items)
    reasons = [item.reason for item in items if isinstance(item, Unread)]
    if reasons and not readable:
        raise errors_from_answers.bad_answer(described(operation), reasons[0])
    exchange.say_left_out(operation, [*reasons, *left_out])
    return readable


def _with_limits(read: Callable[[int], R]) -> R:
    try:
        return read(LIMIT)
    except GpkeysError as error:
        if error.status != 400:
            raise
    return read(_SMALL_LIMIT)
