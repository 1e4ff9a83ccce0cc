"""The last day of a permission, as its producer chose it and everybody is to read it.

The web form stores the day that was chosen as its last second in UTC; other clients have stored that of Paris, or the
midnight after it. The last moment before the end lies, in UTC, on the day that was meant in all of them, wherever the
reader is.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

_A_MOMENT = timedelta(microseconds=1)
_FIRST = datetime.min.replace(tzinfo=timezone.utc)


def last_day(end: datetime) -> date:
    """Return the day that is shown for an end: the last one that it lets begin, in UTC."""
    utc = end.astimezone(timezone.utc)
    return (utc - _A_MOMENT if utc > _FIRST else utc).date()


def days_left(end: datetime, now: datetime) -> int:
    """Return the days from today, as the reader's calendar has it, to the last day; 0 at least while it holds."""
    left = (last_day(end) - now.astimezone().date()).days
    return max(left, 0) if now < end else left
