"""The steps that make a draft a key."""

from __future__ import annotations

from gpkeys_plugin.entrepot.models import Filters, KeyCreation, KeyType
from gpkeys_plugin.keys import changes
from gpkeys_plugin.keys.draft import Grant, KeyDraft, PlainFilters

GRANTS = (Grant("o1", "p1"), Grant("o2", "p2"), Grant("o3", "p1"), Grant("o4", None), Grant("o1", "p1"))


def test_the_key_comes_first_then_one_step_a_permission() -> None:
    draft = KeyDraft(" Ma clé ", GRANTS, KeyType.BASIC, "camille", "x-y-z", filters=PlainFilters(user_agent="QGIS/"))
    assert changes.creation_steps(draft) == (
        changes.CreateKey(KeyCreation("Ma clé", KeyType.BASIC, Filters(user_agent=".*QGIS/.*"), "camille", "x-y-z")),
        changes.AddAccesses("p1", ("o1", "o3")),
        changes.AddAccesses("p2", ("o2",)),
        changes.AddAccesses(None, ("o4",)),
    )


def test_login_and_password_go_with_basic_only() -> None:
    for kind in (KeyType.HASH, KeyType.OAUTH2):
        creation = changes.key_creation(KeyDraft("K", GRANTS, kind, "camille", "x-y-z"))
        assert (creation.login, creation.password) == (None, None)


def test_each_step_has_its_undo() -> None:
    steps = changes.creation_steps(KeyDraft("K", GRANTS[:1], KeyType.HASH))
    assert [changes.undo(step) for step in steps] == [changes.DeleteKey(), changes.RemoveAccesses("p1", ("o1",))]


def test_a_step_never_shows_the_password() -> None:
    steps = changes.creation_steps(KeyDraft("K", GRANTS, KeyType.BASIC, "camille", "x-y-z"))
    assert "x-y-z" not in repr(steps)
