"""Consumption as it is drawn, commands to paste, the letter to a producer, the outlook of a renewal."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from gpkeys_plugin.entrepot.models import (
    Access,
    Account,
    Hits,
    Key,
    KeyDetails,
    KeyType,
    Offering,
    OfferingType,
    Permission,
)
from gpkeys_plugin.keys import commands, renewal, rotation, usage

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
URL = "https://data.geopf.fr/private/wms-r?SERVICE=WMS&REQUEST=GetCapabilities"
SECRET = "FauxHash0000"  # pragma: allowlist secret - made up
ENDED = Permission("p", "Licence", NOW - timedelta(days=1))


def hits(days_ago: float, count: int = 1) -> Hits:
    """Return a row of the platform."""
    moment = NOW - timedelta(days=days_ago)
    return Hits(count, 10 * count, moment, moment)


def details(kind: KeyType, login: str | None = None) -> KeyDetails:
    """Return a key."""
    return KeyDetails(Key("k", "Clé", kind), login=login, hash=SECRET if kind is KeyType.HASH else None)


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


def test_a_command_holds_the_hash_only_on_request() -> None:
    assert SECRET not in commands.curl_line(URL, details(KeyType.HASH), with_hash=False)
    line = commands.curl_line(URL, details(KeyType.HASH), with_hash=True)
    assert line == f'curl "{URL}&apikey={SECRET}"'


def test_a_command_never_holds_a_password_or_a_token() -> None:
    basic = commands.curl_line(URL, details(KeyType.BASIC, 'voi"rie'), with_hash=True)
    assert basic == f'curl -u "voi\\"rie" "{URL}"'
    assert "Bearer ACCESS_TOKEN" in commands.curl_line(URL, details(KeyType.OAUTH2), with_hash=True)
    assert commands.curl_line(URL, details(KeyType.HEADER), with_hash=True) == f'curl "{URL}"'


@pytest.mark.parametrize(("login", "following"), [("voirie", "voirie-2"), ("voirie-2", "voirie-3"), ("a-09", "a-10")])
def test_the_next_login_counts_up(login: str, following: str) -> None:
    assert rotation.next_login(login) == following


def test_a_temporary_name_is_free_and_no_longer_than_allowed() -> None:
    first = rotation.temporary_name("é" * 255, ())
    second = rotation.temporary_name("é" * 255, (first,))
    assert len(first) == len(second) == 255
    assert first != second


def test_a_renewal_says_beforehand_what_stands_in_its_way() -> None:
    ended = Access("a", Offering("o", OfferingType.WFS, "couche"), ENDED)
    basic = rotation.outlook(details(KeyType.BASIC, "voirie"), (ended,), used=3, quota=10, now=NOW)
    assert (basic.needs_login, basic.proposed_login, basic.obstacle) == (True, "voirie-2", None)
    assert basic.dropped == (ended,)
    full = rotation.outlook(details(KeyType.HASH), (), used=10, quota=10, now=NOW)
    assert full.obstacle is not None
    assert full.offers
    assert rotation.outlook(details(KeyType.OAUTH2), (), used=1, quota=10, now=NOW).obstacle is not None
    assert rotation.outlook(details(KeyType.HASH), (), used=10, quota=None, now=NOW).obstacle is None


def test_the_letter_names_permission_layers_and_account() -> None:
    permission = Permission("p-7", "SCAN 25", NOW, False, (Offering("o", OfferingType.WFS, "ma.couche"),))
    account = Account("id-1", "camille@exemple.fr", "Camille", "Durand")
    letter = renewal.letter(permission, account, "24/11/2026")
    assert "SCAN 25" in str(letter.subject)
    assert all(part in str(letter.body) for part in ("p-7", "ma.couche", "24/11/2026", "camille@exemple.fr", "id-1"))
    assert "24/11" not in str(renewal.letter(permission, account, "").body)
    assert "ended on" in str(renewal.letter(permission, account, "24/11/2026", has_ended=True).body)
