"""What is asked of the platform for a draft."""

from __future__ import annotations

from gpkeys_plugin.entrepot.models import Filters, KeyCreation, KeyType
from gpkeys_plugin.keys.draft import Grant, KeyDraft, PlainFilters
from gpkeys_plugin.keys.upkeep import draft_requests

GRANTS = (Grant("o1", "p1"), Grant("o2", "p2"), Grant("o3", "p1"), Grant("o4", None), Grant("o1", "p1"))


def test_one_step_a_permission() -> None:
    assert draft_requests.access_steps(GRANTS) == (
        draft_requests.AddAccesses("p1", ("o1", "o3")),
        draft_requests.AddAccesses("p2", ("o2",)),
        draft_requests.AddAccesses(None, ("o4",)),
    )


def test_a_basic_key_is_created_with_its_filters() -> None:
    draft = KeyDraft(" Ma clé ", GRANTS, KeyType.BASIC, "camille", "x-y-z", filters=PlainFilters(user_agent="QGIS/"))
    creation = draft_requests.key_creation(draft)
    assert creation == KeyCreation("Ma clé", KeyType.BASIC, Filters(user_agent=".*QGIS/.*"), "camille", "x-y-z")
    assert "x-y-z" not in repr(creation)


def test_login_and_password_go_with_basic_only() -> None:
    for kind in (KeyType.HASH, KeyType.OAUTH2):
        creation = draft_requests.key_creation(KeyDraft("K", GRANTS, kind, "camille", "x-y-z"))
        assert (creation.login, creation.password) == (None, None)
