"""What is known of a rotation before it begins."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from gpkeys_plugin.entrepot.models import (
    Access,
    Key,
    KeyDetails,
    KeyType,
    Offering,
    OfferingType,
    Permission,
)
from gpkeys_plugin.keys.upkeep import rotation

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
SECRET = "FauxHash0000"  # pragma: allowlist secret - made up
ENDED = Permission("p", "Licence", NOW - timedelta(days=1))


def details(kind: KeyType, login: str | None = None) -> KeyDetails:
    """Return a key."""
    return KeyDetails(Key("k", "Clé", kind), login=login, hash=SECRET if kind is KeyType.HASH else None)


@pytest.mark.parametrize(("login", "following"), [("voirie", "voirie-2"), ("voirie-2", "voirie-3"), ("a-09", "a-10")])
def test_the_next_login_counts_up(login: str, following: str) -> None:
    assert rotation.next_login(login) == following


def test_a_temporary_name_is_free_and_no_longer_than_allowed() -> None:
    first = rotation.temporary_name("é" * 255, KeyType.HASH, ())
    second = rotation.temporary_name("é" * 255, KeyType.HASH, (first,))
    assert len(first) == len(second) == 255
    assert first != second


def test_a_rotation_says_beforehand_what_stands_in_its_way() -> None:
    ended = Access("a", Offering("o", OfferingType.WFS, "couche"), ENDED)
    basic = rotation.outlook(details(KeyType.BASIC, "voirie"), (ended,), used=3, quota=10, now=NOW)
    assert (basic.needs_login, basic.proposed_login, basic.obstacle) == (True, "voirie-2", None)
    assert basic.dropped == (ended,)
    full = rotation.outlook(details(KeyType.HASH), (), used=10, quota=10, now=NOW)
    assert full.obstacle is not None
    assert full.offers
    assert rotation.outlook(details(KeyType.OAUTH2), (), used=1, quota=10, now=NOW).obstacle is not None
    assert rotation.outlook(details(KeyType.HASH), (), used=10, quota=None, now=NOW).obstacle is None
