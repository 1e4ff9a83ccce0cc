"""The last day of a permission: the same wherever it is read, and the days to it by the reader's calendar."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from datetime import time as midnight

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.entrepot.models import Offering, OfferingType, Permission
from gpkeys_plugin.keys.last_day import days_left, last_day
from gpkeys_plugin.keys.services import catalogue

UTC = timezone.utc
ZONES = ("UTC", "Europe/Paris", "Pacific/Noumea", "America/Martinique", "Pacific/Tahiti", "Indian/Reunion")
END = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Return what puts this process into a time zone."""

    def put(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("name", ZONES)
def test_the_day_that_was_chosen_is_shown_everywhere(zone: Callable[[str], None], name: str) -> None:
    zone(name)
    assert last_day(END) == date(2026, 12, 31)
    old = Permission("p", "L", END, offerings=(Offering("o", OfferingType.WFS, "n"),))
    (group,) = catalogue.build([old], END).expired
    assert "2026-12-31" in str(group.choices[0].reason)


@pytest.mark.parametrize(
    ("end", "day"),
    [
        # The web form: the end of the day in UTC.
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        # The end of the day in Paris, in winter and in summer.
        (datetime(2026, 12, 31, 22, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 7, 31, 21, 59, 59, tzinfo=UTC), date(2026, 7, 31)),
        # The midnight after it: in Paris, in summer, and in UTC.
        (datetime(2026, 12, 31, 23, 0, 0, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 7, 31, 22, 0, 0, tzinfo=UTC), date(2026, 7, 31)),
        (datetime(2027, 1, 1, 0, 0, 0, tzinfo=UTC), date(2026, 12, 31)),
        # A moment within a day, also when told in another zone.
        (datetime(2026, 12, 31, 12, 0, 0, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2027, 1, 1, 10, 59, 59, tzinfo=timezone(timedelta(hours=11))), date(2026, 12, 31)),
        (datetime(1, 1, 1, tzinfo=UTC), date(1, 1, 1)),
    ],
)
def test_the_day_is_the_last_one_in_utc_that_the_end_lets_begin(end: datetime, day: date) -> None:
    assert last_day(end) == day


@pytest.mark.parametrize(
    ("name", "now", "left"),
    [
        ("Europe/Paris", datetime(2026, 12, 1, 9, tzinfo=UTC), 30),
        ("Europe/Paris", datetime(2026, 12, 30, 22, 30, tzinfo=UTC), 1),
        ("Europe/Paris", datetime(2026, 12, 30, 23, 30, tzinfo=UTC), 0),
        # New Year's Day has begun there, and the permission still holds.
        ("Europe/Paris", datetime(2026, 12, 31, 23, 30, tzinfo=UTC), 0),
        ("Pacific/Noumea", datetime(2026, 12, 30, 12, 30, tzinfo=UTC), 1),
        ("Pacific/Noumea", datetime(2026, 12, 30, 13, 30, tzinfo=UTC), 0),
        ("Pacific/Noumea", datetime(2026, 12, 31, 20, tzinfo=UTC), 0),
        ("America/Martinique", datetime(2026, 12, 31, 3, 30, tzinfo=UTC), 1),
        ("America/Martinique", datetime(2026, 12, 31, 4, 30, tzinfo=UTC), 0),
        ("Pacific/Tahiti", datetime(2026, 12, 31, 9, 30, tzinfo=UTC), 1),
        ("Pacific/Noumea", datetime(2027, 1, 2, 0, tzinfo=UTC), -2),
    ],
)
def test_days_are_counted_from_the_readers_calendar_to_that_day(
    zone: Callable[[str], None], name: str, now: datetime, left: int
) -> None:
    zone(name)
    assert days_left(END, now) == left


_SECONDS = st.integers(-(10**9), 10**9)


@given(_SECONDS, _SECONDS)
def test_what_holds_has_no_day_less_than_none(to_end_s: int, to_now_s: int) -> None:
    end, now = END + timedelta(seconds=to_end_s), END + timedelta(seconds=to_now_s)
    assert days_left(end, now) >= 0 or now >= end
    assert timedelta(0) < end - datetime.combine(last_day(end), midnight(), UTC) <= timedelta(days=1)


@pytest.mark.parametrize("name", ZONES)
def test_the_instant_alone_ends_a_permission(zone: Callable[[str], None], name: str) -> None:
    zone(name)
    permission = Permission("p", "L", END)
    assert not catalogue.is_expired(permission, END - timedelta(seconds=1))
    assert catalogue.is_expired(permission, END)
