"""What brings a key to what it was, or to what is wanted of it, from wherever an edit has stopped."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.entrepot.models import Access, KeyUpdate
from gpkeys_plugin.keys.draft import Grant
from gpkeys_plugin.keys.upkeep.draft_requests import AddAccesses
from gpkeys_plugin.keys.upkeep.key_edits import KeyDifference, KeyEdit, difference, grant_of
from gpkeys_plugin.keys.upkeep.key_states import KeyState, changed, filters_after, state_of, towards

from .test_key_edits import ACCESSES, DETAILS, FIRST, OFFERINGS

BEFORE = state_of(DETAILS, ACCESSES)
EDIT = KeyEdit("Autre", (Grant("o1", "p1"), Grant("o2", "p1"), Grant("o4", None)), (), ("198.51.100.7",), "", "fr")
FOUND = difference(DETAILS, ACCESSES, EDIT)
WANTED = changed(BEFORE, FOUND)


def test_what_is_wanted_is_what_the_key_is_with_the_difference_made() -> None:
    assert WANTED.name == "Autre"
    assert set(WANTED.grants) == set(EDIT.grants or ())
    assert (WANTED.filters.whitelist, WANTED.filters.blacklist) == ((), ("198.51.100.7/32",))
    assert WANTED.filters.user_agent is None
    assert WANTED.filters.referer not in (None, BEFORE.filters.referer)


@given(st.sets(st.sampled_from(["name", "filters"])), st.integers(0, 1), st.integers(0, 2))
def test_both_ends_are_reached_from_wherever_an_edit_stops(updated: set[str], added: int, removed: int) -> None:
    gone = FOUND.removals[:removed]
    accesses = [access for access in ACCESSES if access not in gone]
    accesses += [Access("new", OFFERINGS[2], FIRST)][:added]
    key = replace(DETAILS.key, name=WANTED.name) if "name" in updated else DETAILS.key
    filters = WANTED.filters if "filters" in updated else BEFORE.filters
    stopped = replace(DETAILS, key=key, filters=filters)
    now = state_of(stopped, accesses)
    for end, other in ((BEFORE, WANTED), (WANTED, BEFORE)):
        reached = changed(now, towards(end, other, stopped, accesses))
        assert (reached.name, reached.filters, set(reached.grants)) == (end.name, end.filters, set(end.grants))


def test_nothing_is_asked_of_a_key_that_is_as_wanted() -> None:
    details = replace(DETAILS, key=replace(DETAILS.key, name="Autre"), filters=WANTED.filters)
    accesses = [
        Access(f"n{number}", OFFERINGS[int(grant.offering_id[1:])]) for number, grant in enumerate(WANTED.grants)
    ]
    opened = [
        replace(access, permission=None if grant.permission_id is None else replace(FIRST, id=grant.permission_id))
        for access, grant in zip(accesses, WANTED.grants)
    ]
    assert towards(WANTED, BEFORE, details, opened).is_empty


def test_what_the_edit_was_not_about_is_left_as_somebody_else_has_changed_it() -> None:
    renamed = replace(BEFORE, name="Autre")
    theirs = replace(DETAILS, filters=replace(DETAILS.filters, referer="autre"))
    opened = (*ACCESSES[1:], Access("theirs", OFFERINGS[3], FIRST))
    assert towards(renamed, BEFORE, theirs, opened) == KeyDifference(update=KeyUpdate(name="Autre"))
    assert towards(BEFORE, renamed, theirs, opened).is_empty


def test_what_was_closed_is_opened_again_and_only_what_was_added_is_closed() -> None:
    opened = (Access("x", OFFERINGS[2], FIRST), Access("theirs", OFFERINGS[3], FIRST))
    wanted = KeyState("Clé", BEFORE.filters, (Grant("o2", "p1"),))
    found = towards(BEFORE, wanted, DETAILS, opened)
    assert set(found.additions) == {
        AddAccesses("p1", ("o0", "o1")),
        AddAccesses(None, ("o4",)),
        AddAccesses("p3", ("o5",)),
    }
    assert list(map(grant_of, found.removals)) == [Grant("o2", "p1")]


def test_an_empty_text_clears_a_filter() -> None:
    assert filters_after(BEFORE.filters, KeyUpdate(user_agent="", referer="")).user_agent is None
    assert filters_after(BEFORE.filters, KeyUpdate()) == BEFORE.filters
