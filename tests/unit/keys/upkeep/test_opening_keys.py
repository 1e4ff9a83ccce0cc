"""Which key opens already what is ticked for a new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from gpkeys_plugin.entrepot.models import Access, Key, KeyType, Offering, OfferingType, Permission
from gpkeys_plugin.keys.draft import Grants
from gpkeys_plugin.keys.upkeep.opening_keys import OpeningKey, find_in_steps
from gpkeys_plugin.keys.upkeep.overview import KeyOverview

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)


def through(days: float | None, name: str) -> Permission:
    """Return a permission that ends in so many days, None for one that never does."""
    return Permission(name, name, None if days is None else NOW + timedelta(days=days))


LONG, SOON, ENDED, ENDLESS = through(200, "long"), through(5, "soon"), through(-1, "ended"), through(None, "endless")
PERMISSIONS = (LONG, SOON, ENDED, ENDLESS)


def access(name: str, permission: Permission | None = LONG, kind: OfferingType = OfferingType.WFS) -> Access:
    """Return an access to an offering."""
    return Access(f"a-{name}", Offering(name, kind, name), permission)


def row(*accesses: Access, name: str = "Portail", kind: KeyType = KeyType.HASH, days: int | None = 100) -> KeyOverview:
    """Return a key made so many days ago."""
    made = None if days is None else NOW - timedelta(days=days)
    return KeyOverview(Key(f"k-{name}", name, kind, made), accesses)


def found(rows: tuple[KeyOverview, ...], **ticked: Permission | None) -> OpeningKey | None:
    """Return the key for what is ticked, each offering through a permission."""
    grants = Grants({name: one.id if one is not None else None for name, one in ticked.items()})
    *steps, last = (*find_in_steps(rows, grants, PERMISSIONS, NOW),) or (None,)
    assert steps == [None] * len(steps)
    return last


def is_found(one: KeyOverview, **ticked: Permission | None) -> bool:
    """Say whether a key counts."""
    return found((one,), **ticked) is not None


def test_a_key_that_opens_all_of_it_is_found_with_all_that_it_opens() -> None:
    one = row(access("scan"), access("plu"), access("eau"))
    assert found((one,), scan=LONG, plu=LONG) == OpeningKey(one.key, {"scan", "plu", "eau"}, True)


def test_one_that_lacks_a_service_is_not() -> None:
    assert not is_found(row(access("scan"), access("eau")), scan=LONG, plu=LONG)


def test_nothing_is_found_for_nothing() -> None:
    assert not is_found(row(access("scan")))
    assert found((), scan=LONG) is None


def test_a_key_counts_by_what_was_read_of_it() -> None:
    one = row(access("scan"))
    assert not is_found(replace(one, accesses=None), scan=LONG)
    assert not is_found(replace(one, accesses=()), scan=LONG)


@pytest.mark.parametrize("kind", list(KeyType))
def test_it_is_one_that_qgis_can_use(kind: KeyType) -> None:
    is_usable = kind in (KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2)
    assert is_found(row(access("scan"), kind=kind), scan=LONG) is is_usable


@pytest.mark.parametrize(
    ("own", "ticked", "expected"),
    [
        (ENDED, LONG, False),
        (ENDED, ENDED, False),
        # A new key would go on where this one ends: the yearly renewal.
        (SOON, LONG, False),
        (SOON, ENDLESS, False),
        (SOON, None, False),
        # It would end just as soon.
        (SOON, SOON, True),
        # There is time enough until then.
        (LONG, ENDLESS, True),
        (ENDLESS, LONG, True),
        (None, LONG, True),
    ],
)
def test_its_permission_still_holds_as_long_as_is_worth_it(
    own: Permission | None, ticked: Permission | None, expected: bool
) -> None:
    assert is_found(row(access("scan", own)), scan=ticked) is expected


def test_each_service_counts_for_itself() -> None:
    one = row(access("scan", SOON), access("plu", LONG))
    assert is_found(one, scan=SOON, plu=LONG)
    assert not is_found(one, scan=LONG, plu=LONG)


def test_one_good_access_of_two_to_a_service_is_enough() -> None:
    assert is_found(row(access("scan", ENDED), access("scan", LONG)), scan=LONG)


def test_the_key_that_qgis_holds_comes_first_then_the_newest() -> None:
    old, new = row(access("scan"), name="old", days=300), row(access("scan"), name="new", days=3)
    undated = row(access("scan"), name="undated", days=None)
    held = replace(old, is_connected=True)
    for rows, expected in (((old, new, undated), new), ((undated, old), old), ((new, held), held)):
        one = found(rows, scan=LONG)
        assert one is not None
        assert one.key == expected.key


def test_one_that_does_not_open_it_is_in_nobody_s_way() -> None:
    held = replace(row(access("eau"), name="held"), is_connected=True)
    one = found((held, row(access("scan"), name="other")), scan=LONG)
    assert one is not None
    assert one.key.name == "other"


def test_whether_anything_of_it_is_drawn_is_told() -> None:
    one = row(access("archive", kind=OfferingType.DOWNLOAD), access("scan"))
    archive = found((one,), archive=LONG)
    both = found((one,), archive=LONG, scan=LONG)
    assert archive is not None
    assert both is not None
    assert (archive.has_layers, both.has_layers) == (False, True)


def test_a_key_that_opens_very_much_is_gone_through_in_steps() -> None:
    one = row(*(access(f"o{number}") for number in range(10_000)))
    steps = list(find_in_steps((one,), Grants({"o9999": LONG.id}), PERMISSIONS, NOW))
    assert len(steps) == 11
    assert steps[:-1] == [None] * 10
