"""Pages, `Content-Range`, statistics."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.simulator.memory.seeds import PLU, SCAN, seed_id
from tests.simulator.remote.steering import Simulator
from tests.unit.simulator import contract
from tests.unit.simulator.people import KEYS, ME, PERMISSIONS, Person

_PORTAL = seed_id("key", "hector/Portail cartographique interne")
_DESK = seed_id("key", "hector/QGIS du service urbanisme")
_SCAN_PERMISSION = seed_id("permission", "hector/Convention SCAN 25 - archives départementales")


@pytest.mark.parametrize(
    ("parameters", "content_range", "count"),
    [
        ({}, "1-10/10", 10),
        ({"limit": 4}, "1-4/10", 4),
        ({"limit": 4, "page": 3}, "9-10/10", 2),
        ({"limit": 4, "page": 4}, "0-0/10", 0),
        ({"limit": 1000}, "1-10/10", 10),
        ({"page": "9" * 5000}, "0-0/10", 0),
    ],
)
def test_pages(person: Callable[[str], Person], parameters: dict[str, object], content_range: str, count: int) -> None:
    answer = person("quentin").ask("GET", KEYS, params=parameters)
    assert answer.headers["Content-Range"] == content_range
    assert len(answer.json()) == count


def test_empty_list(person: Callable[[str], Person]) -> None:
    assert person("nadia").ask("GET", PERMISSIONS).headers["Content-Range"] == "0-0/0"


def test_default_page_has_ten_rows(person: Callable[[str], Person], light_simulator: Simulator) -> None:
    quentin = person("quentin")
    light_simulator.switch(page_limit_max=3)
    assert quentin.ask("GET", KEYS, params={"limit": 50}).headers["Content-Range"] == "1-3/10"
    light_simulator.switch(page_limit_excess="400")
    assert quentin.ask("GET", KEYS, params={"limit": 50}).status_code == 400


def _morning(days_ago: int) -> datetime:
    """When the seeds' consumption of a day starts."""
    return (datetime.now(timezone.utc) - timedelta(days=days_ago)).replace(hour=10, minute=0, second=0, microsecond=0)


def _stats(person: Person, path: str, **parameters: str) -> dict[str, Any]:
    body: dict[str, Any] = person.read(f"{path}/stats", **parameters)
    assert contract.problems("HitStatistics", body) == []
    return body


def test_stats_of_nothing_have_no_dates(camille: Person) -> None:
    assert _stats(camille, ME) == {"total": {"data_transfer": 0, "hits": 0}}


def test_stats_add_up(hector: Person) -> None:
    total = _stats(hector, ME)["total"]
    portal, desk = (_stats(hector, f"{KEYS}/{key}")["total"] for key in (_PORTAL, _DESK))
    assert total["hits"] == portal["hits"] + desk["hits"] > 0
    access = seed_id("access", f"{_PORTAL}/{SCAN}")
    assert _stats(hector, f"{KEYS}/{_PORTAL}/accesses/{access}")["total"] == portal
    assert _stats(hector, f"{PERMISSIONS}/{_SCAN_PERMISSION}")["total"] == portal
    other = seed_id("access", f"{_DESK}/{PLU}")
    assert _stats(hector, f"{KEYS}/{_DESK}/accesses/{other}")["total"] == desk


def test_stats_rows_are_paged_the_total_is_not(hector: Person) -> None:
    path = f"{KEYS}/{_PORTAL}/stats"
    first = hector.ask("GET", path, params={"details": "true", "limit": 5})
    second = hector.ask("GET", path, params={"details": "true", "limit": 5, "page": 2})
    assert [answer.headers["Content-Range"] for answer in (first, second)] == ["1-5/8", "6-8/8"]
    assert first.json()["total"] == second.json()["total"]
    rows = first.json()["details"] + second.json()["details"]
    assert sum(row["hits"] for row in rows) == first.json()["total"]["hits"]


def test_stats_of_a_period(hector: Person) -> None:
    start, end = _morning(9), _morning(8) + timedelta(hours=1)
    total = _stats(hector, f"{KEYS}/{_PORTAL}", start=start.isoformat(), end=end.isoformat())["total"]
    assert total["hits"] == (8 % 4 + 2) + (9 % 4 + 2)


def test_stats_of_a_day_have_rows_of_five_minutes(hector: Person) -> None:
    period = {"start": _morning(1).isoformat(), "end": (_morning(1) + timedelta(hours=1)).isoformat()}
    rows = _stats(hector, f"{KEYS}/{_PORTAL}", details="true", **period)["details"]
    assert [row["hits"] for row in rows] == [1, 1, 1]


def test_wrong_period(hector: Person) -> None:
    assert hector.ask("GET", f"{ME}/stats", params={"start": "hier"}).status_code == 400
