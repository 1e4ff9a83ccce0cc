"""Consumption as it is drawn."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from gpkeys_plugin.entrepot.models import Hits
from gpkeys_plugin.keys.upkeep import usage

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)


def hits(days_ago: float, count: int = 1) -> Hits:
    """Return a row of the platform."""
    moment = NOW - timedelta(days=days_ago)
    return Hits(count, 10 * count, moment, moment)


def test_there_is_a_row_a_day_and_a_row_a_month_also_without_hits() -> None:
    found = usage.usage((hits(0, 2), hits(29, 3), hits(60, 4), Hits(9, 9)), NOW)
    assert len(found.days) == 30
    assert len(found.months) == 12
    assert (found.days[-1].hits, found.days[0].hits) == (2, 3)
    assert usage.total(found.days).hits == 5
    assert usage.total(found.months) == Hits(9, 90)
    assert found.last_use == NOW
    assert found.months[-1].begin_date is not None
    assert (found.months[-1].begin_date.month, found.months[0].begin_date and found.months[0].begin_date.month) == (
        11,
        12,
    )


def test_no_use_has_no_last_one() -> None:
    assert usage.usage((), NOW).last_use is None
    assert usage.period_start(NOW) <= NOW - timedelta(days=330)
