"""The difference between a key and what the user wants it to be."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.entrepot.models import (
    Access,
    Filters,
    Key,
    KeyDetails,
    KeyType,
    KeyUpdate,
    Offering,
    OfferingType,
    Permission,
)
from gpkeys_plugin.keys.draft import Grant, PlainFilters
from gpkeys_plugin.keys.problem import DraftContext, Field
from gpkeys_plugin.keys.services import edit_catalogue
from gpkeys_plugin.keys.upkeep.edit_rules import edit_problems
from gpkeys_plugin.keys.upkeep.key_edits import (
    KeyDifference,
    KeyEdit,
    difference,
    grant_of,
    grants_of,
    plain_filters,
    rebased,
    strange_patterns,
    with_twins,
)

NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
OFFERINGS = tuple(Offering(f"o{number}", OfferingType.WFS, f"couche{number}") for number in range(6))
FIRST = Permission("p1", "Une", None, False, OFFERINGS[:3])
SECOND = Permission("p2", "Autre", NOW + timedelta(days=9), True, OFFERINGS[3:5])
ENDED = Permission("p3", "Finie", NOW - timedelta(days=9), False, OFFERINGS[5:])
DETAILS = KeyDetails(
    Key("k", "Clé", KeyType.HASH), Filters(("192.0.2.0/24",), (), ".*QGIS/.*", "^https://[a-z]+%.fr"), hash="x"
)
ACCESSES = (
    Access("a0", OFFERINGS[0], FIRST),
    Access("a1", OFFERINGS[1], FIRST),
    Access("a4", replace(OFFERINGS[4], is_open=True)),
    Access("a5", OFFERINGS[5], ENDED),
)


def test_a_key_as_it_is_differs_in_nothing() -> None:
    assert difference(DETAILS, ACCESSES, KeyEdit()).is_empty
    whole = KeyEdit("Clé", grants_of(ACCESSES), ("192.0.2.0/24",), (), "QGIS/")
    assert difference(DETAILS, ACCESSES, whole).is_empty


def test_a_pattern_that_plain_text_cannot_say_is_told_apart() -> None:
    assert plain_filters(DETAILS.filters) == PlainFilters(("192.0.2.0/24",), (), "QGIS/", "")
    assert strange_patterns(DETAILS.filters) == {Field.REFERER: "^https://[a-z]+%.fr"}


def test_only_what_differs_is_in_it() -> None:
    found = difference(DETAILS, ACCESSES, KeyEdit(" Autre ", (Grant("o0", "p1"), Grant("o2", "p1"))))
    assert found.update == KeyUpdate(name="Autre")
    assert [step.offering_ids for step in found.additions] == [("o2",)]
    assert [access.id for access in found.removals] == ["a1", "a4", "a5"]


def test_services_are_added_and_removed_beside_those_that_stay() -> None:
    new, same = Grant("o2", "p1"), grant_of(ACCESSES[0])
    grants = grants_of(ACCESSES, added=(new, same), removed=ACCESSES[1:2])
    assert grants == (same, *map(grant_of, ACCESSES[2:]), new)


@pytest.mark.parametrize(
    ("edit", "update"),
    [
        (KeyEdit(whitelist=("192.0.2.0/24 ",)), KeyUpdate()),
        (KeyEdit(whitelist=()), KeyUpdate(whitelist=())),
        (KeyEdit(whitelist=(), blacklist=("192.0.2.9",)), KeyUpdate(whitelist=(), blacklist=("192.0.2.9/32",))),
        (KeyEdit(user_agent=" QGIS/ "), KeyUpdate()),
        (KeyEdit(user_agent=""), KeyUpdate(user_agent="")),
        (KeyEdit(user_agent="a.b"), KeyUpdate(user_agent=".*a%.b.*")),
        (KeyEdit(referer="a.b"), KeyUpdate(referer=".*a%.b.*")),
        (KeyEdit(referer=""), KeyUpdate(referer="")),
    ],
)
def test_filters_are_cleared_changed_or_left_alone(edit: KeyEdit, update: KeyUpdate) -> None:
    assert difference(DETAILS, ACCESSES, edit) == KeyDifference(update=update)


def test_what_somebody_else_did_meanwhile_is_neither_repeated_nor_undone() -> None:
    found = difference(DETAILS, ACCESSES, KeyEdit(grants=(Grant("o0", "p1"), Grant("o2", "p1"))))
    there = (ACCESSES[0], Access("n2", OFFERINGS[2], FIRST), Access("n3", OFFERINGS[3], SECOND), ACCESSES[3])
    assert rebased(found, there) == KeyDifference(removals=(ACCESSES[3],))


@given(st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5)))
def test_a_kept_access_is_never_removed_and_a_wanted_one_always_there(has: set[int], wants: set[int]) -> None:
    accesses = tuple(Access(f"a{number}", OFFERINGS[number], FIRST) for number in sorted(has))
    edit = KeyEdit(grants=tuple(Grant(f"o{number}", "p1") for number in sorted(wants)))
    found = difference(DETAILS, accesses, edit)
    added = {offering for step in found.additions for offering in step.offering_ids}
    removed = {access.offering.id for access in found.removals}
    assert {f"o{number}" for number in has} - removed | added == {f"o{number}" for number in wants}
    assert not removed & {f"o{number}" for number in wants}


def test_what_the_account_no_longer_lists_can_still_be_unticked() -> None:
    found = edit_catalogue.build((FIRST, SECOND, ENDED), ACCESSES, KeyType.HASH, NOW)
    grants = {grant_of(access) for access in ACCESSES}
    assert grants <= {choice.grant for choice in found.choices if choice.is_selectable}
    (ended,) = (choice for choice in found.choices if choice.permission.id == "p3")
    assert ended.warning is not None


@pytest.mark.parametrize(("kind", "can"), [(KeyType.HASH, False), (KeyType.OAUTH2, True)])
def test_only_an_oauth2_key_may_be_given_what_only_it_opens(kind: KeyType, can: bool) -> None:
    found = edit_catalogue.build((FIRST, SECOND), (), kind, NOW)
    choice = next(choice for choice in found.choices if choice.offering.id == "o3")
    assert choice.is_selectable is can
    details = replace(DETAILS, key=replace(DETAILS.key, type=kind))
    edit, context = KeyEdit(grants=(Grant("o3", "p2"),)), DraftContext(NOW, permissions=(FIRST, SECOND))
    problems = edit_problems(edit, details, (), context)
    assert any(problem.field is Field.SERVICES for problem in problems) is not can


def test_a_service_is_opened_through_the_permission_that_takes_every_key() -> None:
    both = Permission("p9", "Aussi", NOW + timedelta(days=1), False, OFFERINGS[3:4])
    found = edit_catalogue.build((SECOND, both), (), KeyType.BASIC, NOW)
    choice = next(choice for choice in found.choices if choice.offering.id == "o3")
    assert choice.permission.id == "p9"
    assert choice.alternatives == ()


def test_an_edit_needs_a_free_name_and_a_service_but_may_keep_what_has_ended() -> None:
    context = DraftContext(NOW, frozenset({"Prise"}), permissions=(FIRST, SECOND, ENDED))
    whole = KeyEdit(grants=grants_of(ACCESSES))

    def fields(edit: KeyEdit) -> set[Field]:
        return {found.field for found in edit_problems(edit, DETAILS, ACCESSES, context)}

    assert (fields(KeyEdit()), fields(whole)) == (set(), set())
    assert fields(KeyEdit("Prise")) == {Field.NAME}
    assert fields(KeyEdit(grants=())) == {Field.SERVICES}


GIVEN_AGAIN = Permission("p4", "Finie, accordée de nouveau", None, False, OFFERINGS[5:])
GONE = Permission("p5", "Retirée", None, False, (Offering("o9", OfferingType.WFS, "couche9", status="UNPUBLISHED"),))
HELD = {
    "through a permission that ended and was given anew": Access("a5", OFFERINGS[5], ENDED),
    "without a permission, though there is one": Access("a0", replace(OFFERINGS[0], is_open=True)),
    "taken offline": Access("a9", GONE.offerings[0], GONE),
    "opened once with OAuth2": Access("a3", OFFERINGS[3], replace(SECOND, only_oauth=True)),
}


@pytest.mark.parametrize("access", HELD.values(), ids=list(HELD))
def test_what_a_key_opens_can_be_kept_as_it_is(access: Access) -> None:
    found = edit_catalogue.build((FIRST, SECOND, ENDED, GIVEN_AGAIN, GONE), (access,), KeyType.HASH, NOW)
    choice = next(choice for choice in found.choices if choice.offering.id == access.offering.id)
    assert choice.is_selectable
    offered = {one.id or None for one in (choice.permission, *choice.alternatives)}
    assert grant_of(access).permission_id in offered


def test_an_offering_opened_twice_stays_so_unless_it_is_unticked() -> None:
    twice = (Grant("o0", "p1"), Grant("o0", "p4"), Grant("o1", "p1"))
    assert set(with_twins((Grant("o0", "p4"), Grant("o1", "p1")), twice)) == set(twice)
    assert with_twins((Grant("o1", "p1"),), twice) == (Grant("o1", "p1"),)
    assert with_twins((Grant("o0", "p7"),), twice) == (Grant("o0", "p7"),)


def test_a_key_that_opens_nothing_can_be_renamed() -> None:
    assert edit_problems(KeyEdit("Autre", ()), DETAILS, (), DraftContext(NOW)) == ()


def test_two_lists_that_the_platform_has_may_stay_but_not_be_made() -> None:
    whitelist, blacklist, context = ("192.0.2.0/24",), ("192.0.2.7/32",), DraftContext(NOW)
    held = replace(DETAILS, filters=Filters(whitelist, blacklist))
    assert edit_problems(KeyEdit("Autre"), held, ACCESSES, context) == ()
    assert edit_problems(KeyEdit(whitelist=whitelist, blacklist=blacklist), held, ACCESSES, context) == ()
    one = replace(DETAILS, filters=Filters(whitelist))
    assert {found.field for found in edit_problems(KeyEdit(blacklist=blacklist), one, ACCESSES, context)} == {
        Field.BLACKLIST
    }
