"""Reading the API's JSON: every body of the contract, and bodies that lack or add something."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.entrepot import json_reading
from gpkeys_plugin.entrepot.json_reading import Unread, UnreadableError
from gpkeys_plugin.entrepot.models import Account, Community, Filters, Hits, KeyType, OfferingType

_CONTRACT = Path(__file__).parents[2] / "simulator" / "contract" / "fixtures"
_READERS: dict[str, Callable[[object], Any]] = {
    "PermissionWithOfferings[]": lambda body: read_list(json_reading.read_permission, body),
    "PermissionWithOfferingsDetails": json_reading.read_permission_detail,
    "Key[]": lambda body: read_list(json_reading.read_key, body),
    "KeyDetails": json_reading.read_key_details,
    "Access[]": lambda body: read_list(json_reading.read_access, body),
    "HitStatistics": json_reading.read_statistics,
}
UTC = timezone.utc


def read_list(read: Callable[[object], Any], body: object) -> tuple[Any, ...]:
    """Read a list and leave out what cannot be read."""
    return json_reading.known(json_reading.read_items(read, body))


def fixture(name: str) -> Any:
    return json.loads((_CONTRACT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "entry",
    [known for known in fixture("index.json")["fixtures"] if known["schema"] != "Error"],
    ids=lambda e: e["file"],
)
def test_every_body_of_the_contract_is_read(entry: dict[str, Any]) -> None:
    assert _READERS[entry["schema"]](fixture(entry["file"]))


def test_permissions() -> None:
    current, oauth, expired, endless = read_list(json_reading.read_permission, fixture("permissions_list.json"))
    assert current.end_date == datetime(2027, 12, 31, 22, 59, 59, tzinfo=UTC)
    assert [permission.only_oauth for permission in (current, oauth, expired, endless)] == [False, True, False, False]
    assert endless.end_date is None
    assert [offering.type for offering in current.offerings] == [OfferingType.WMTS_TMS, OfferingType.WMS_RASTER]
    assert oauth.offerings[1].status == "MODIFYING"
    assert current.is_community is None


def test_permission_detail_as_object_and_as_array() -> None:
    body = fixture("permission_detail_wmts_tms.json")
    permission = json_reading.read_permission_detail(body)
    assert json_reading.read_permission_detail([body]) == permission
    assert [url.type for url in permission.offerings[0].urls] == ["WMTS", "TMS"]
    with pytest.raises(UnreadableError):
        json_reading.read_permission_detail([])


def test_key_details() -> None:
    basic = json_reading.read_key_details(fixture("key_detail_basic.json"))
    assert (basic.login, basic.hash) == ("urbanisme-rochebrune", None)
    assert basic.filters == Filters(("192.0.2.0/24", "203.0.113.18/32"), (), ".*SIG%-Rochebrune.*", None)
    hashed = json_reading.read_key_details(fixture("key_detail_hash.json"))
    assert hashed.hash == "FauxHashPourSimulateur0123456789"  # pragma: allowlist secret - made up
    assert hashed.hash not in repr(hashed)
    assert json_reading.read_key_details(fixture("key_detail_header.json")).key.type is KeyType.HEADER
    assert "0a1b2c3d" not in repr(basic)


def test_accesses_with_and_without_permission() -> None:
    accesses = read_list(json_reading.read_access, fixture("key_accesses_list.json"))
    assert [access.permission is None for access in accesses] == [False, False, True]
    assert accesses[2].offering.is_open


def test_statistics() -> None:
    statistics = json_reading.read_statistics(fixture("stats_key.json"))
    assert statistics.total.hits == sum(row.hits for row in statistics.details) == 2316
    assert json_reading.read_statistics({"total": {"hits": 0}}).total == Hits()
    assert json_reading.read_statistics({}).details == ()


def test_account() -> None:
    member = {"rights": [], "community": {"_id": "c", "name": "SIG", "technical_name": "sig", "new": 1}}
    body = {"_id": "a", "email": "e@x.example", "communities_member": [member, {"rights": []}, None, {"community": {}}]}
    assert json_reading.read_account(body) == Account("a", "e@x.example", communities=(Community("c", "SIG", "sig"),))
    full = json_reading.read_account(
        {**body, "first_name": "Camille", "last_name": None, "keys_quota": 10, "keys_use": True}
    )
    assert (full.display_name, full.keys_quota, full.keys_use) == ("Camille", 10, None)


def test_unknown_and_missing_things_are_survived() -> None:
    key = json_reading.read_key_details({"_id": "k", "type": "NOVELTY", "type_infos": None, "whitelist": None, "x": {}})
    assert (key.key.type, key.key.name, key.filters) == (KeyType.UNKNOWN, "", Filters())
    offering = json_reading.read_offering(
        {"_id": "o", "type": ["?"], "urls": [None, {"type": "WMS"}], "available": None}
    )
    assert (offering.type, len(offering.urls), offering.is_available) == (OfferingType.UNKNOWN, 1, True)
    permission = json_reading.read_permission({"_id": "p", "end_date": None, "offerings": None, "only_oauth": None})
    assert (permission.end_date, permission.only_oauth, permission.offerings) == (None, False, ())


@pytest.mark.parametrize(
    "read",
    [
        json_reading.read_account,
        json_reading.read_permission,
        json_reading.read_offering,
        json_reading.read_key,
        json_reading.read_key_details,
        json_reading.read_access,
    ],
)
@pytest.mark.parametrize("body", [None, [], "x", 3, {}, {"_id": None}, {"_id": ""}])
def test_what_has_no_identifier_is_refused(read: Any, body: object) -> None:
    with pytest.raises(UnreadableError):
        read(body)


def test_a_list_must_be_an_array() -> None:
    with pytest.raises(UnreadableError):
        read_list(json_reading.read_key, {"_id": "k"})


@pytest.mark.parametrize("broken", [None, 3, "x", [], {}, {"_id": None}, {"_id": 7}])
@pytest.mark.parametrize(
    ("read", "good"),
    [
        (json_reading.read_permission, {"_id": "p"}),
        (json_reading.read_key, {"_id": "k"}),
        (json_reading.read_access, {"_id": "a", "offering": {"_id": "o"}}),
        (json_reading.read_offering, {"_id": "o"}),
    ],
)
def test_a_broken_item_does_not_hide_the_others(read: Any, good: dict[str, Any], broken: object) -> None:
    items = json_reading.read_items(read, [good, broken, {**good, "_id": "z"}])
    assert [one.id for one in json_reading.known(items)] == [good["_id"], "z"]
    second = items[1]
    assert isinstance(second, Unread)
    assert second.place == 1
    assert "7" not in second.reason, "a reason quotes no value"


@pytest.mark.parametrize("change", [{"offering": None}, {"offering": {}}, {"permission": 3}, {"permission": [1]}])
def test_an_access_to_nothing_is_a_broken_item(change: dict[str, Any]) -> None:
    (item,) = json_reading.read_items(json_reading.read_access, [{"_id": "a", "offering": {"_id": "o"}, **change}])
    assert isinstance(item, Unread)


def test_a_permission_keeps_the_offerings_that_can_be_read_and_says_what_it_left_out() -> None:
    said: list[str] = []
    body = {"_id": "p", "offerings": [None, {"_id": "o"}, {"layer_name": "secret"}]}
    assert [one.id for one in json_reading.read_permission(body, said.append).offerings] == ["o"]
    assert [one.id for one in json_reading.read_permission_detail([body], said.append).offerings] == ["o"]
    assert said == ["no object where the offering was expected", "offering without identifier"] * 2


def test_a_broken_line_of_statistics_is_left_out() -> None:
    body = {"total": None, "details": [None, {"hits": 3}, "x"]}
    assert json_reading.read_statistics(body).details == (Hits(3),)
    assert json_reading.read_statistics(body).total == Hits()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-12-31T22:59:59Z", datetime(2027, 12, 31, 22, 59, 59, tzinfo=UTC)),
        ("2026-03-04T09:20:42.104557Z", datetime(2026, 3, 4, 9, 20, 42, 104557, UTC)),
        ("2026-03-04T09:20:42.118Z", datetime(2026, 3, 4, 9, 20, 42, 118000, UTC)),
        ("2026-03-04T09:20:42.1045571239Z", datetime(2026, 3, 4, 9, 20, 42, 104557, UTC)),
        ("2026-03-04T09:20:42", datetime(2026, 3, 4, 9, 20, 42, tzinfo=UTC)),
        ("2026-03-04 09:20", datetime(2026, 3, 4, 9, 20, tzinfo=UTC)),
        ("2026-03-04T09:20:42+02:00", datetime(2026, 3, 4, 7, 20, 42, tzinfo=UTC)),
        ("2026-03-04T09:20:42-0130", datetime(2026, 3, 4, 10, 50, 42, tzinfo=UTC)),
        ("2026-03-04", datetime(2026, 3, 4, tzinfo=UTC)),
        ("2026-02-30T00:00:00Z", None),
        ("0001-01-01T00:00:00+02:00", None),
        ("tomorrow", None),
        ("", None),
        (None, None),
        (1767225600, None),
    ],
)
def test_times(text: object, expected: datetime | None) -> None:
    assert json_reading.read_time(text) == expected


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-9))])))
def test_times_come_back(moment: datetime) -> None:
    read = json_reading.read_time(moment.isoformat())
    assert read is None or (read == moment and read.utcoffset() == timedelta())


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["_id", "name", "type", "type_infos", "offerings", "offering", "permission", "urls", "hash"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(_JSON, st.sampled_from(list(_READERS.values())))
def test_any_json_is_read_or_refused(body: object, read: Any) -> None:
    with contextlib.suppress(UnreadableError):
        read(body)


def test_half_a_character_becomes_one_that_can_be_written() -> None:
    key = json_reading.read_key({"_id": "k", "name": "Cl\ud800é", "type": "HASH"})
    assert key.name.encode("utf-8").decode() == "Cl\ufffdé"
