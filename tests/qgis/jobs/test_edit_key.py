"""Editing a key: the difference only, additions first, and never a kept access lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import pytest

from gpkeys_plugin.entrepot import request_turns
from gpkeys_plugin.entrepot.errors import Conflict, ErrorCode
from gpkeys_plugin.entrepot.models import KeyType, KeyUpdate, Permission
from gpkeys_plugin.jobs.edit_key import KeyEditor
from gpkeys_plugin.jobs.finish_creation import undo_creation
from gpkeys_plugin.jobs.finish_edit import finish_edit
from gpkeys_plugin.jobs.values import ConnectRequest, Edited, Failed, KeyPage
from gpkeys_plugin.keys.services.catalogue import build
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit, difference, grant_of, grants_of
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.records import installed_keys
from gpkeys_plugin.store.records.creations import CreationRecords, UnfinishedCreation
from gpkeys_plugin.store.records.edits import EDITS
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import cancelled, layer_names, page_of
from tests.qgis.jobs.test_add_services import only_oauth_grants
from tests.qgis.jobs.test_connect_existing import connect
from tests.qgis.jobs.test_create_key import create, draft_of

_PLU = "rochebrune.plu_2026"
_REQUESTS = range(1, 12)
_SHADING = "rochebrune.scan25.estompage"


def edit(bench: Bench, page: KeyPage, wanted: KeyEdit) -> Edited:
    """Edit the key, as the window does."""
    found = difference(page.details, page.accesses, wanted)
    edited: Edited = bench.run(
        lambda progress: KeyEditor(bench.signed_in, bench.main_thread, progress).edit(page, found)
    )
    return edited


def made(bench: Bench, type_: KeyType = KeyType.HASH, *, of: int = 2) -> KeyPage:
    """Return the page of a new key that opens the first services of the draft."""
    draft = draft_of(bench, type_)
    return page_of(bench, create(bench, replace(draft, grants=draft.grants[:of])).key)


def other(bench: Bench, page: KeyPage) -> KeyEdit:
    """Return an edit that swaps a service for another, renames the key and filters it."""
    now = grants_of(page.accesses)
    missing = [grant for grant in draft_of(bench, KeyType.HASH).grants if grant not in now]
    return KeyEdit("Autre nom", (*now[1:], *missing), whitelist=("192.0.2.7",), user_agent="QGIS/")


def changes_asked(bench: Bench) -> list[str]:
    """Return the verbs of the changes the platform was asked for."""
    return [request.method for request in bench.simulator.requests(service="api") if request.method != "GET"]


def test_nothing_is_sent_when_nothing_changed(bench: Bench) -> None:
    page = made(bench)
    bench.simulator.clear_requests()
    edit(bench, page, KeyEdit(page.details.key.name, grants_of(page.accesses)))
    assert bench.simulator.requests(service="api") == []


def test_only_the_difference_is_sent_additions_first(bench: Bench) -> None:
    page = made(bench)
    wanted = other(bench, page)
    bench.simulator.clear_requests()
    edit(bench, page, wanted)
    assert changes_asked(bench) == ["POST", "PATCH", "DELETE"]
    # So that each of them is cut off once, below.
    assert len(bench.simulator.requests(service="api")) <= max(_REQUESTS)
    after = page_of(bench, bench.platform_keys()[0])
    assert after.details.filters.whitelist == ("192.0.2.7/32",)
    assert after.details.key.name == "Autre nom"
    assert set(grants_of(after.accesses)) == set(wanted.grants or ())


def test_an_unchanged_name_is_not_sent(bench: Bench) -> None:
    page = made(bench)
    edit(bench, page, KeyEdit(page.details.key.name, referer="exemple.fr"))
    (request,) = bench.simulator.requests(service="api", method="PATCH")
    assert set(request.body) == {"referer"}


def test_filters_can_be_cleared(bench: Bench) -> None:
    page = made(bench)
    edit(bench, page, other(bench, page))
    page = page_of(bench, bench.platform_keys()[0])
    edit(bench, page, KeyEdit(whitelist=(), user_agent=""))
    filters = page_of(bench, bench.platform_keys()[0]).details.filters
    assert (filters.whitelist, filters.user_agent) == ((), None)


def test_an_oauth2_key_takes_what_only_it_may_open(bench: Bench) -> None:
    page = made(bench, KeyType.OAUTH2)
    edit(bench, page, KeyEdit(grants=(*grants_of(page.accesses), *only_oauth_grants(bench))))
    assert "rochebrune.reseaux_eau_potable" in layer_names(bench.accesses(page.details.key.id))


def test_qgis_follows_name_and_services(bench: Bench) -> None:
    page = made(bench, KeyType.BASIC)
    edited = edit(bench, page, other(bench, page))
    held = installed_keys.find(bench.signed_in.api_url, page.details.key.id)
    assert held is not None
    assert edited.details.key.name == "Autre nom"
    assert {config.name for config in auth_configs.all_configs() if config.id == held.authcfg} == {"GPKeys – Autre nom"}
    assert all(made.name.startswith("Autre nom – ") for made in held.connections)
    gone = [old for old in page.held.connections if connections.exists(old.kind, old.name)]
    assert gone == []
    assert all(connections.exists(new.kind, new.name) for new in held.connections)


def test_what_somebody_else_changed_meanwhile_is_left_alone(bench: Bench) -> None:
    page = made(bench)
    wanted = other(bench, page)
    edit(bench, page, KeyEdit(grants=wanted.grants))
    edit(bench, page, KeyEdit("Encore un nom", grants_of(page.accesses)))
    after = page_of(bench, bench.platform_keys()[0])
    assert after.details.key.name == "Encore un nom"
    assert set(grants_of(after.accesses)) == set(wanted.grants or ())


# A refusal is for good; an answer that is lost is looked up.
@pytest.mark.parametrize(("action", "times"), [("status", 60), ("applied-lost", 1), ("reset", 1)])
@pytest.mark.parametrize("nth", _REQUESTS)
def test_an_edit_cut_off_at_any_request_keeps_what_was_to_be_kept(
    bench: Bench, nth: int, action: str, times: int
) -> None:
    page = made(bench)
    wanted = other(bench, page)
    kept = {access.id for access in page.accesses if grant_of(access) in (wanted.grants or ())}
    assert kept
    more: dict[str, Any] = {"status": 403} if action == "status" else {}
    bench.simulator.fail(None, r"/users/me/", action, nth=nth, times=times, **more)
    failed = True
    try:
        edit(bench, page, wanted)
        failed = False
    except Failed:
        pass
    bench.simulator.reset_faults()
    # The very accesses there were, not others of the same service.
    assert kept <= {access.id for access in bench.accesses(page.details.key.id)}
    if failed:
        edit(bench, page, wanted)
        assert kept <= {access.id for access in bench.accesses(page.details.key.id)}
    after = page_of(bench, bench.platform_keys()[0])
    assert set(grants_of(after.accesses)) == set(wanted.grants or ())
    assert after.details.key.name == "Autre nom"


def test_a_refused_addition_takes_the_other_additions_back(bench: Bench) -> None:
    page = made(bench, KeyType.OAUTH2, of=1)
    wanted = KeyEdit(grants=(*draft_of(bench, KeyType.OAUTH2).grants, *only_oauth_grants(bench)))
    bench.simulator.fail("POST", r"/accesses$", "status", status=403, nth=2, times=50)
    with pytest.raises(Failed) as caught:
        edit(bench, page, wanted)
    bench.simulator.reset_faults()
    assert caught.value.error.code is ErrorCode.FORBIDDEN
    assert caught.value.stayed == ()
    assert layer_names(bench.accesses(page.details.key.id)) == layer_names(page.accesses)


def test_an_addition_that_cannot_be_taken_back_is_said(bench: Bench) -> None:
    page = made(bench)
    bench.simulator.fail("PATCH", r"/users/me/keys/", "status", status=403, times=50)
    bench.simulator.fail("DELETE", r"/accesses/", "status", status=500, times=50)
    with pytest.raises(Failed) as caught:
        edit(bench, page, other(bench, page))
    bench.simulator.reset_faults()
    assert ["may still be open" in str(text) for text in caught.value.stayed] == [True]
    assert len(bench.accesses(page.details.key.id)) == len(page.accesses) + 1


def test_what_qgis_cannot_follow_nor_put_back_is_said_of_a_key_that_is_changed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = made(bench)

    def refuse(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(installed_keys, "remember", refuse)
        edited = edit(bench, page, other(bench, page))
    first, second, last = map(str, edited.warnings)
    assert first.startswith("QGIS could not be brought up to date: ")
    assert second == "Earlier connections of the key “Autre nom” are not as they were."
    assert last == "Open the key’s page and connect it to QGIS again."
    assert [key.name for key in bench.platform_keys()] == ["Autre nom"]


def test_connected_again_as_it_was_told_nothing_is_left_of_it(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    page = made(bench, KeyType.BASIC)

    def refuse(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(installed_keys, "remember", refuse)
        edit(bench, page, other(bench, page))
    assert [entry.key_id for entry in EDITS.entries()] == [page.details.key.id]
    connect(bench, page_of(bench, bench.platform_keys()[0]), ConnectRequest())
    assert EDITS.entries() == ()
    names = {config.id: config.name for config in auth_configs.all_configs()}
    assert names[page.held.authcfg] == auth_configs.name_for_key("Autre nom")


def test_connected_again_what_is_not_all_sent_can_still_be_finished(bench: Bench) -> None:
    page = made(bench)
    bench.simulator.fail("DELETE", r"/accesses/", "status", status=500, times=50)
    with pytest.raises(Failed):
        edit(bench, page, other(bench, page))
    bench.simulator.reset_faults()
    connect(bench, page_of(bench, bench.platform_keys()[0]), ConnectRequest())
    (entry,) = EDITS.entries()
    bench.run(lambda progress: finish_edit(entry.id, bench.signed_in, bench.main_thread, progress))
    assert EDITS.entries() == ()


def test_a_removal_that_fails_says_what_is_still_open(bench: Bench) -> None:
    page = made(bench)
    bench.simulator.fail("DELETE", r"/accesses/", "status", status=500, times=50)
    with pytest.raises(Failed) as caught:
        edit(bench, page, other(bench, page))
    bench.simulator.reset_faults()
    first = page.accesses[0].offering.layer_name
    assert [first in str(stayed) for stayed in caught.value.stayed] == [True]


def test_an_edit_cancelled_while_removing_says_exactly_what_is_still_open(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else both would be under way by then.
    monkeypatch.setattr(request_turns, "MOST_AT_ONCE", 1)
    page = made(bench, of=3)
    wanted = difference(page.details, page.accesses, KeyEdit(grants=(grant_of(page.accesses[2]),)))
    (found,) = cancelled(
        bench, lambda progress: KeyEditor(bench.signed_in, bench.main_thread, progress).edit(page, wanted)
    )
    (left,) = layer_names(bench.accesses(page.details.key.id)) - {page.accesses[2].offering.layer_name}
    assert isinstance(found, Failed)
    assert found.error.code is ErrorCode.CANCELLED
    (stayed,) = found.stayed
    assert str(stayed).endswith(f"still open to the key: {left}.")


def through_another(bench: Bench) -> tuple[KeyPage, KeyEdit]:
    """Return a key that opens an offering, and an edit that opens it through another permission and renames the key."""
    permissions: tuple[Permission, ...] = bench.run(lambda _: bench.signed_in.client().permissions())
    catalogue = build(permissions, datetime.now(timezone.utc))
    choice = next(one for one in catalogue.choices if one.alternatives)
    draft = replace(draft_of(bench, KeyType.HASH), grants=(choice.grant,))
    page = page_of(bench, create(bench, draft).key)
    moved = choice.through(choice.alternatives[0].id).grant
    return page, KeyEdit("Autre nom", (moved,))


def test_an_offering_is_opened_through_another_permission_before_the_old_access_goes(bench: Bench) -> None:
    page, wanted = through_another(bench)
    bench.simulator.clear_requests()
    edit(bench, page, wanted)
    assert changes_asked(bench) == ["POST", "PATCH", "DELETE"]
    assert [grant_of(access) for access in bench.accesses(page.details.key.id)] == list(wanted.grants or ())


def test_where_the_platform_refuses_a_second_access_nothing_is_changed_and_it_is_said(bench: Bench) -> None:
    bench.simulator.switch(second_access="409")
    page, wanted = through_another(bench)
    with pytest.raises(Failed) as caught:
        edit(bench, page, wanted)
    assert caught.value.error.conflict is Conflict.ACCESS
    assert "one permission only" in str(caught.value.error.user)
    assert caught.value.stayed == ()
    assert bench.accesses(page.details.key.id) == page.accesses
    assert [key.name for key in bench.platform_keys()] == [page.details.key.name]


def test_an_ended_access_makes_room_where_the_platform_refuses_a_second_one(bench: Bench) -> None:
    bench.simulator.switch(second_access="409")
    page, wanted = through_another(bench)
    permission = page.accesses[0].permission
    assert permission is not None
    bench.simulator.change_permission("camille", permission.licence, ends_in_s=-60)
    edit(bench, page_of(bench, page.details.key), wanted)
    assert [grant_of(access) for access in bench.accesses(page.details.key.id)] == list(wanted.grants or ())


def test_an_edit_cancelled_after_the_key_was_renamed_is_the_same_here_and_there_or_said(bench: Bench) -> None:
    page = made(bench, KeyType.BASIC, of=3)
    wanted = difference(page.details, page.accesses, KeyEdit("Autre nom", (grant_of(page.accesses[2]),)))
    bench.simulator.fail("DELETE", r"/accesses/", "status", status=403, times=50)
    with pytest.raises(Failed) as caught:
        bench.run(lambda progress: KeyEditor(bench.signed_in, bench.main_thread, progress).edit(page, wanted))
    bench.simulator.reset_faults()
    assert ["still open" in str(stayed) for stayed in caught.value.stayed] == [True]
    held = installed_keys.find(bench.signed_in.api_url, page.details.key.id)
    assert held is not None
    assert held.key_name == "Autre nom"
    assert all(made_.name.startswith("Autre nom – ") for made_ in held.connections)


def test_a_change_whose_answer_is_lost_for_good_is_taken_back(bench: Bench) -> None:
    page = made(bench)
    # The key was read; the first change is made, and then nobody can look whether it was.
    bench.simulator.fail("PATCH", r"/users/me/keys/", "applied-lost")
    bench.simulator.fail("GET", r"/users/me/keys/[^/]*$", "status", status=403, nth=2)
    with pytest.raises(Failed) as caught:
        edit(bench, page, KeyEdit("Autre nom", user_agent="QGIS/"))
    bench.simulator.reset_faults()
    assert caught.value.stayed == ()
    after = page_of(bench, bench.platform_keys()[0]).details
    assert (after.key.name, after.filters) == (page.details.key.name, page.details.filters)


def test_a_change_that_cannot_be_taken_back_is_said(bench: Bench) -> None:
    page = made(bench)
    bench.simulator.fail("PATCH", r"/users/me/keys/", "applied-lost")
    bench.simulator.fail("GET", r"/users/me/keys/[^/]*$", "status", status=403, nth=2, times=50)
    with pytest.raises(Failed) as caught:
        edit(bench, page, KeyEdit("Autre nom"))
    bench.simulator.reset_faults()
    assert ["may have its new name" in str(stayed) for stayed in caught.value.stayed] == [True]


def test_what_failed_takes_back_nothing_that_somebody_else_has_changed(bench: Bench) -> None:
    page = made(bench)
    other_name = create(bench, replace(draft_of(bench, KeyType.BASIC), name="Pris")).key.name
    bench.run(lambda _: bench.signed_in.client().update_key(page.details.key.id, KeyUpdate("Renommée ailleurs")))
    with pytest.raises(Failed) as caught:
        edit(bench, page, KeyEdit(other_name))
    assert caught.value.error.conflict is Conflict.NAME
    assert "Renommée ailleurs" in {key.name for key in bench.platform_keys()}


def test_a_half_made_key_is_not_edited_before_its_creation_is_finished_or_undone(bench: Bench) -> None:
    page = made(bench, KeyType.BASIC)
    key, account = page.details.key, (bench.signed_in.api_url, bench.signed_in.account_id)
    installed_keys.forget(account[0], key.id)
    begun = UnfinishedCreation("a1b2", *account, key.name, "BASIC", "URL", authcfg=page.held.authcfg)
    CreationRecords().write(begun)
    with pytest.raises(Failed) as caught:
        edit(bench, page, KeyEdit("Autre nom"))
    assert "stopped half-way" in str(caught.value.error.user)
    bench.run(lambda progress: undo_creation(begun, bench.signed_in, CreationRecords(), bench.main_thread, progress))
    assert bench.platform_keys() == ()
