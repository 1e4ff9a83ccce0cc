"""What a draft must satisfy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from gpkeys_plugin.entrepot.models import Filters, KeyType, Permission
from gpkeys_plugin.keys.draft import Grant, HashStorage, KeyDraft, PlainFilters
from gpkeys_plugin.keys.rules import draft_rules
from gpkeys_plugin.keys.rules.draft_rules import DraftContext, Field, Problem
from gpkeys_plugin.keys.rules.passwords import generate

NOW = datetime(2026, 9, 1, tzinfo=timezone.utc)
OPEN = Permission("p", "Licence ouverte")
OAUTH = Permission("q", "Réservée", only_oauth=True)
OLD = Permission("r", "Passée", NOW - timedelta(days=1))
USER_AGENT = "Mozilla/5.0 QGIS/32216/Debian GNU/Linux 12"
CONTEXT = DraftContext(
    NOW,
    frozenset({"Prise"}),
    permissions=(OPEN, OAUTH, OLD),
    quota=10,
    used=3,
    user_agent=USER_AGENT,
    addresses=("203.0.113.9",),
)
DRAFT = KeyDraft("Ma clé", (Grant("o", "p"),), KeyType.BASIC, "camille-sig", generate())


def found(draft: KeyDraft, context: DraftContext = CONTEXT) -> list[tuple[Field, bool]]:
    return [(problem.field, problem.is_blocking) for problem in draft_rules.problems(draft, context)]


def filtered(**filters: object) -> KeyDraft:
    return replace(DRAFT, filters=PlainFilters(**filters))  # type: ignore[arg-type]


def test_a_good_draft_has_no_problem() -> None:
    assert found(DRAFT) == []
    assert not draft_rules.is_blocked(draft_rules.problems(DRAFT, CONTEXT))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", [(Field.NAME, True)]),
        ("   ", [(Field.NAME, True)]),
        ("Prise", [(Field.NAME, True)]),
        ("  Prise ", [(Field.NAME, True)]),
        ("prise", [(Field.NAME, False)]),
        ("x" * 255, []),
        ("x" * 256, [(Field.NAME, True)]),
        ("a\nb", [(Field.NAME, True)]),
        ("été/hiver \\ 100 %", []),
    ],
)
def test_names(name: str, expected: list[tuple[Field, bool]]) -> None:
    assert found(replace(DRAFT, name=name)) == expected


@pytest.mark.parametrize(
    ("grants", "expected"),
    [
        ((), [(Field.SERVICES, True)]),
        ((Grant("o", "r"),), [(Field.SERVICES, True)]),
        ((Grant("o", "p"), Grant("o", "z")), [(Field.SERVICES, True)]),
        ((Grant("o", None),), []),
        ((Grant("o", "unknown"),), []),
    ],
)
def test_services(grants: tuple[Grant, ...], expected: list[tuple[Field, bool]]) -> None:
    assert found(replace(DRAFT, grants=grants)) == expected


@pytest.mark.parametrize(
    ("quota", "used", "blocks"), [(10, 10, True), (10, 11, True), (10, 9, False), (None, 9, False), (3, None, False)]
)
def test_quota(quota: int | None, used: int | None, blocks: bool) -> None:
    assert found(DRAFT, replace(CONTEXT, quota=quota, used=used)) == ([(Field.QUOTA, True)] if blocks else [])


@pytest.mark.parametrize(
    ("login", "expected"),
    [
        ("", [(Field.LOGIN, True)]),
        ("a:b", [(Field.LOGIN, True)]),
        (" a", [(Field.LOGIN, True)]),
        ("a\tb", [(Field.LOGIN, True)]),
        ("camille@mairie", [(Field.LOGIN, False)]),
        ("célia", [(Field.LOGIN, False)]),
    ],
)
def test_logins(login: str, expected: list[tuple[Field, bool]]) -> None:
    assert found(replace(DRAFT, login=login)) == expected


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("", [(Field.PASSWORD, True)]),
        ("a\nb", [(Field.PASSWORD, True)]),
        ("motdepasse", [(Field.PASSWORD, False)]),
        ("tR8zmzQw4hvK2pX&", [(Field.PASSWORD, False)]),
        ("tR8zmzQw4hvK2pX:", [(Field.PASSWORD, False)]),
    ],
)
def test_passwords(password: str, expected: list[tuple[Field, bool]]) -> None:
    assert found(replace(DRAFT, password=password)) == expected


def test_login_and_password_do_not_count_for_other_types() -> None:
    for kind in (KeyType.HASH, KeyType.OAUTH2):
        assert found(replace(DRAFT, type=kind, login="", password="")) == []


def test_a_header_needs_the_method() -> None:
    draft = replace(DRAFT, type=KeyType.HASH, hash_storage=HashStorage.HEADER)
    assert found(draft) == [(Field.HASH_STORAGE, True)]
    assert found(draft, replace(CONTEXT, has_header_method=True)) == []


@pytest.mark.parametrize("fixed", list(HashStorage))
@pytest.mark.parametrize("wanted", list(HashStorage))
def test_a_hash_goes_where_an_administrator_has_fixed_it(fixed: HashStorage, wanted: HashStorage) -> None:
    draft = replace(DRAFT, type=KeyType.HASH, hash_storage=wanted)
    context = replace(CONTEXT, has_header_method=True, fixed_storage=fixed)
    assert (found(draft, context) == []) is (wanted is fixed)
    assert found(replace(draft, type=KeyType.OAUTH2), context) == []


def test_where_the_fixed_place_is_none_another_type_is_advised() -> None:
    draft = replace(DRAFT, type=KeyType.HASH, hash_storage=HashStorage.HEADER)
    (problem,) = draft_rules.problems(draft, replace(CONTEXT, fixed_storage=HashStorage.HEADER))
    assert "another type" in str(problem.text)


def test_only_oauth_forces_oauth2() -> None:
    draft = replace(DRAFT, grants=(Grant("o", "p"), Grant("n", "q")))
    allowed = draft_rules.allowed_types(draft, CONTEXT)
    assert draft_rules.must_be_oauth2(draft, CONTEXT)
    assert "Réservée" in str(allowed[KeyType.BASIC])
    assert allowed[KeyType.OAUTH2] is None
    assert found(draft) == [(Field.TYPE, True)]
    assert found(replace(draft, type=KeyType.OAUTH2)) == []


def test_a_second_oauth2_key_is_impossible_and_the_first_can_be_extended() -> None:
    context = replace(CONTEXT, oauth2_key_name="Perso")
    draft = replace(DRAFT, type=KeyType.OAUTH2)
    assert found(draft, context) == [(Field.TYPE, True)]
    assert draft_rules.can_extend_oauth2_key(draft, context)
    assert not draft_rules.can_extend_oauth2_key(draft, CONTEXT)
    assert not draft_rules.can_extend_oauth2_key(replace(draft, grants=()), context)
    forced = replace(DRAFT, grants=(Grant("n", "q"),))
    assert all(reason is not None for reason in draft_rules.allowed_types(forced, context).values())


def test_types_the_wizard_does_not_offer_are_refused() -> None:
    assert found(replace(DRAFT, type=KeyType.HEADER)) == [(Field.TYPE, True)]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"whitelist": ("203.0.113.0/24",)}, []),
        ({"whitelist": ("203.0.113.9", " ")}, []),
        ({"whitelist": ("198.51.100.0/24",)}, [(Field.WHITELIST, False)]),
        ({"whitelist": ("10.0.0.0/8", "192.168.1.4")}, [(Field.WHITELIST, False)]),
        ({"whitelist": ("10.0.0.0/8", "203.0.113.9")}, []),
        ({"whitelist": ("203.0.113.9/24",)}, [(Field.WHITELIST, True)]),
        ({"whitelist": ("203.0.113.0/24", "x", "y")}, [(Field.WHITELIST, True), (Field.WHITELIST, True)]),
        ({"blacklist": ("198.51.100.0/24",)}, []),
        ({"blacklist": ("203.0.113.0/24",)}, [(Field.BLACKLIST, False)]),
        ({"blacklist": ("::/0",)}, [(Field.BLACKLIST, False)]),
        ({"blacklist": ("x",)}, [(Field.BLACKLIST, True)]),
        ({"whitelist": ("203.0.113.9",), "blacklist": ("198.51.100.1",)}, [(Field.BLACKLIST, True)]),
        ({"user_agent": "QGIS/"}, []),
        ({"user_agent": " QGIS/ "}, []),
        ({"user_agent": "qgis"}, [(Field.USER_AGENT, False)]),
        ({"user_agent": "ArcGIS"}, [(Field.USER_AGENT, False)]),
        ({"user_agent": "a\nb"}, [(Field.USER_AGENT, True)]),
        ({"referer": "mairie.example"}, [(Field.REFERER, False)]),
        ({"referer": "a\nb"}, [(Field.REFERER, True)]),
    ],
)
def test_filters(filters: dict[str, object], expected: list[tuple[Field, bool]]) -> None:
    assert found(filtered(**filters)) == expected


def test_without_known_addresses_or_user_agent_nothing_is_foretold() -> None:
    context = replace(CONTEXT, addresses=(), user_agent="")
    assert found(filtered(whitelist=("198.51.100.0/24",), user_agent="ArcGIS"), context) == []


def test_a_mere_difference_of_case_is_named() -> None:
    (problem,) = draft_rules.problems(filtered(user_agent="qgis/"), CONTEXT)
    assert "capital" in str(problem.text)


def test_filters_become_what_the_api_stores() -> None:
    plain = PlainFilters(("192.0.2.1", "192.0.2.1/32", "bad"), (), " SIG-A ", "")
    assert draft_rules.api_filters(plain) == Filters(("192.0.2.1/32", "bad"), (), ".*SIG%-A.*", None)


def test_no_problem_shows_the_password() -> None:
    said: tuple[Problem, ...] = draft_rules.problems(replace(DRAFT, password="azerty:&é "), CONTEXT)
    assert said
    assert not any("azerty" in str(problem) or "azerty" in str(problem.text) for problem in said)
