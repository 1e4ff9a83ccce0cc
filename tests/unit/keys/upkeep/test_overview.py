"""What calls for attention in the list of keys."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import Access, Hits, Key, KeyType, Offering, OfferingType, Permission
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.keys.services.titles import ServiceTitle, TitleBook
from gpkeys_plugin.keys.upkeep.overview import Attention, KeyOverview, attentions, expired_accesses, first_end, matches
from gpkeys_plugin.keys.upkeep.permission_drift import synchronisation

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
OLD = NOW - timedelta(days=300)
USED = Hits(3, 1, NOW - timedelta(days=9), NOW - timedelta(days=2))


def access(days: float | None, name: str = "couche", *, only_oauth: bool = False) -> Access:
    """Return an access through a permission that ends in so many days, None for one that never does."""
    end = None if days is None else NOW + timedelta(days=days)
    offering = Offering(f"o-{name}", OfferingType.WFS, name)
    return Access(f"a-{name}", offering, Permission(f"p-{name}", "Licence", end, only_oauth, (offering,)))


def row(*accesses: Access, usage: Hits | None = USED, created: datetime | None = OLD) -> KeyOverview:
    """Return an old key in use."""
    return KeyOverview(Key("k", "Clé d’été", KeyType.HASH, created), accesses, usage)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (None, ()),
        (31, ()),
        (30, (Attention.ENDS_WITHIN_30_DAYS,)),
        (7, (Attention.ENDS_WITHIN_7_DAYS,)),
        (0.5, (Attention.ENDS_WITHIN_1_DAY,)),
        (-1, (Attention.EXPIRED_ACCESSES,)),
    ],
)
def test_the_end_of_a_permission_is_told_in_steps(days: float | None, expected: tuple[Attention, ...]) -> None:
    assert attentions(row(access(days)), NOW) == expected


def test_the_earliest_end_that_is_still_to_come_counts() -> None:
    found = row(access(-3, "a"), access(40, "b"), access(12, "c"), access(None, "d"))
    assert first_end(found, NOW) == NOW + timedelta(days=12)
    assert attentions(found, NOW) == (Attention.EXPIRED_ACCESSES, Attention.ENDS_WITHIN_30_DAYS)
    assert [one.id for one in expired_accesses(found.accesses or (), NOW)] == ["a-a"]


def test_an_access_without_permission_never_ends() -> None:
    found = row(Access("a", Offering("o", OfferingType.UNKNOWN, "")))
    assert first_end(found, NOW) is None
    assert attentions(found, NOW) == ()


def test_disuse_is_told_of_old_keys_only_and_only_where_it_is_known() -> None:
    assert attentions(row(access(None), usage=Hits()), NOW) == (Attention.UNUSED,)
    assert attentions(row(access(None), usage=Hits(), created=NOW), NOW) == ()
    assert attentions(row(access(None), usage=Hits(), created=None), NOW) == ()
    assert attentions(row(access(None), usage=None), NOW) == ()
    long_ago = Hits(3, 1, OLD, NOW - timedelta(days=90))
    assert attentions(row(access(None), usage=long_ago), NOW) == (Attention.UNUSED,)


def test_what_was_not_read_says_nothing_and_what_cannot_be_read_says_so() -> None:
    assert attentions(KeyOverview(Key("k", "", KeyType.UNKNOWN)), NOW) == ()
    problem = GpkeysError(ErrorCode.SERVER, Text("Out of order."), "test")
    assert attentions(KeyOverview(Key("k", "", KeyType.UNKNOWN), problem=problem), NOW) == (Attention.UNREADABLE,)
    assert attentions(row(), NOW) == (Attention.NO_ACCESS,)


def test_a_key_is_found_by_name_layer_type_and_service() -> None:
    found = row(access(None, "rochebrune.plu"))
    assert matches(found, "CLE ete")
    assert matches(found, "plu hash")
    assert not matches(found, "plu absent")
    assert matches(found, "", KeyType.HASH, OfferingType.WFS)
    assert not matches(found, "", KeyType.BASIC)
    assert not matches(found, "", None, OfferingType.SEARCH)
    titles = TitleBook.of({"rochebrune.plu": ServiceTitle("Plan local d’urbanisme")})
    assert matches(found, "urbanisme", titles=titles)
    assert not matches(found, "urbanisme")


def test_what_the_used_permissions_also_open_is_proposed() -> None:
    opened = access(10, "a")
    other = Offering("o-more", OfferingType.WFS, "more")
    grown = Permission("p-a", "Licence", opened.permission.end_date if opened.permission else None, False, (other,))
    unused = Permission("p-z", "Autre", None, False, (Offering("o-z", OfferingType.WFS, "z"),))
    found = synchronisation(KeyType.HASH, (opened, access(-1, "b")), (grown, unused), NOW)
    assert [grant.offering_id for grant in found.new] == ["o-more"]
    assert [one.id for one in found.expired] == ["a-b"]
    assert (found.removals.new, found.removals.expired) == ((), found.expired)
    assert (found.additions.new, found.additions.expired) == (found.new, ())


def test_what_a_permission_opens_in_the_place_of_one_that_ended_is_proposed() -> None:
    ended = access(-1, "b")
    given_again = Permission("p-a", "Licence", None, False, (ended.offering,))
    found = synchronisation(KeyType.HASH, (access(10, "a"), ended), (given_again,), NOW)
    assert [grant.permission_id for grant in found.new] == ["p-a"]
    assert found.additions == found


@pytest.mark.parametrize(("kind", "count"), [(KeyType.HASH, 0), (KeyType.OAUTH2, 1)])
def test_what_only_an_oauth2_key_may_open_is_proposed_to_that_one_only(kind: KeyType, count: int) -> None:
    opened = access(10, "a", only_oauth=True)
    grown = Permission("p-a", "Licence", None, True, (Offering("o-more", OfferingType.WFS, "more"),))
    assert len(synchronisation(kind, (opened,), (grown,), NOW).new) == count
