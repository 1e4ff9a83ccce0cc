"""Consumption as it is drawn: one row a day, one a month, also where there was none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Callable, Iterable, Sequence

from ...entrepot.models import Hits

DAYS = 30
MONTHS = 12


@dataclass(frozen=True)
class Usage:
    """Consumption of a key: one row a day over 30 days, one a month over 12 months, the latest last.

    `begin_date` of a row is its day or the first day of its month, here. `last_use` is None when there was none.
    """

    days: tuple[Hits, ...] = ()
    months: tuple[Hits, ...] = ()
    last_use: datetime | None = None


def period_start(now: datetime) -> datetime:
    """Return from when on the platform is asked: the first day of the earliest month drawn, here."""
    return _midnight(_months(now)[0])


def usage(rows: Iterable[Hits], now: datetime) -> Usage:
    """Return what is drawn of the platform's rows, each of which is counted on the day of its first hit."""
    known = [row for row in rows if row.begin_date is not None]
    today = now.astimezone().date()
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    last = max((row.end_date or row.begin_date for row in known if row.hits and row.begin_date), default=None)
    return Usage(
        days=_counted(known, days, lambda day: day),
        months=_counted(known, _months(now), lambda day: day.replace(day=1)),
        last_use=last,
    )


def total(rows: Iterable[Hits]) -> Hits:
    """Return the sum of rows, without dates."""
    listed = tuple(rows)
    return Hits(sum(row.hits for row in listed), sum(row.data_transfer for row in listed))


def _counted(rows: Sequence[Hits], slots: Sequence[date], slot_of: Callable[[date], date]) -> tuple[Hits, ...]:
    counted: dict[date, list[Hits]] = defaultdict(list)
    for row in rows:
        if row.begin_date is not None:
            counted[slot_of(row.begin_date.astimezone().date())].append(row)
    sums = ((slot, total(counted[slot])) for slot in slots)
    return tuple(Hits(found.hits, found.data_transfer, _midnight(slot)) for slot, found in sums)


def _months(now: datetime) -> list[date]:
    first = now.astimezone().date().replace(day=1)
    numbers = (first.year * 12 + first.month - 1 - back for back in range(MONTHS - 1, -1, -1))
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
