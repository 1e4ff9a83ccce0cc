"""An edit that stopped half-way is finished or undone, and neither is believed before the key was read back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from gpkeys_plugin.entrepot import request_turns
from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.models import Key, KeyType
from gpkeys_plugin.jobs.edit_key import KeyEditor
from gpkeys_plugin.jobs.finish_edit import finish_edit, undo_edit
from gpkeys_plugin.jobs.values import ChangeRemainder, Edited, Failed, KeyPage
from gpkeys_plugin.jobs.window.unfinished_changes import UnfinishedChanges
from gpkeys_plugin.keys.upkeep.key_edits import KeyDifference, KeyEdit, difference, grants_of
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.configurations import auth_config_snapshots
from gpkeys_plugin.store.records import installed_keys
from gpkeys_plugin.store.records.edits import EDITS
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import cancelled, page_of
from tests.qgis.jobs.kills.killed_jobs import Work
from tests.qgis.jobs.kills.world import clear, world
from tests.qgis.jobs.test_add_services import extend, only_oauth_grants
from tests.qgis.jobs.test_create_key import create, draft_of
from tests.qgis.jobs.test_edit_key import edit, made, other
from tests.qgis.jobs.test_rotate_key import rotate

_CLOSING = ("DELETE", r"/accesses/")


def stopped(bench: Bench, page: KeyPage, wanted: KeyEdit) -> ChangeRemainder:
    """Edit a key whose old services cannot be closed; return what is left to be finished or undone."""
    bench.simulator.fail(*_CLOSING, "status", status=403, times=50)
    with pytest.raises(Failed) as caught:
        edit(bench, page, wanted)
    bench.simulator.reset_faults()
    assert isinstance(caught.value.remainder, ChangeRemainder)
    return caught.value.remainder


def editing(bench: Bench, page: KeyPage, wanted: KeyDifference) -> Work:
    """Return an edit, to be run."""
    return lambda progress: KeyEditor(bench.signed_in, bench.main_thread, progress).edit(page, wanted)


def end(bench: Bench, way_out: Callable[..., Edited], edit_id: str) -> Edited:
    """Finish or undo an edit, as the window does."""
    edited: Edited = bench.run(partial(way_out, edit_id, bench.signed_in, bench.main_thread))
    return edited


def ways_out(bench: Bench) -> UnfinishedChanges:
    """Return what the window works on."""
    return UnfinishedChanges(lambda: bench.signed_in, bench.runner, bench.main_thread, lambda: None)


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2])
def test_what_stopped_is_undone_to_what_the_key_was_here_and_there(bench: Bench, type_: KeyType) -> None:
    page = made(bench, type_)
    before = world(bench)
    left = stopped(bench, page, other(bench, page))
    assert world(bench) != before
    assert ways_out(bench).all() == (left,)
    assert end(bench, undo_edit, left.id).details.key.name == page.details.key.name
    assert world(bench) == before


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2])
def test_what_stopped_is_finished_as_if_it_had_not(bench: Bench, type_: KeyType) -> None:
    page = made(bench, type_)
    edit(bench, page, other(bench, page))
    after = world(bench)
    clear(bench)
    page = made(bench, type_)
    end(bench, finish_edit, stopped(bench, page, other(bench, page)).id)
    assert world(bench) == after
    assert ways_out(bench).all() == ()


def test_an_edit_that_ends_well_or_is_taken_back_leaves_no_record(bench: Bench) -> None:
    page = made(bench)
    bench.simulator.fail("PATCH", r"/users/me/keys/", "status", status=403)
    with pytest.raises(Failed) as caught:
        edit(bench, page, other(bench, page))
    assert caught.value.remainder is None
    edit(bench, page, other(bench, page))
    assert EDITS.entries() == ()


def test_no_secret_is_written_down(bench: Bench) -> None:
    page = made(bench)
    stopped(bench, page, other(bench, page))
    (entry,) = EDITS.entries()
    assert page.details.hash is not None
    assert page.details.hash not in str(entry)
    assert (entry.before.name, set(entry.before.grants)) == (page.details.key.name, set(grants_of(page.accesses)))


def test_an_edit_cancelled_while_the_key_is_changed_is_told_of_with_both_ways_out(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Else both services would be under way of being closed by then.
    monkeypatch.setattr(request_turns, "MOST_AT_ONCE", 1)
    page = made(bench, of=3)
    wanted = difference(page.details, page.accesses, KeyEdit("Autre nom", grants_of(page.accesses)[2:]))
    before = world(bench)
    (found,) = cancelled(bench, editing(bench, page, wanted))
    assert isinstance(found, Failed)
    assert found.error.code is ErrorCode.CANCELLED
    assert found.remainder is not None
    assert ways_out(bench).all() == (found.remainder,)
    end(bench, undo_edit, found.remainder.id)
    assert world(bench) == before


def test_what_qgis_could_not_follow_is_finished(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    page = made(bench, KeyType.BASIC)
    edit(bench, page, other(bench, page))
    after = world(bench)
    clear(bench)
    page = made(bench, KeyType.BASIC)

    def refuse(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(installed_keys, "remember", refuse)
        assert edit(bench, page, other(bench, page)).warnings
    (left,) = ways_out(bench).all()
    end(bench, finish_edit, left.id)
    assert world(bench) == after


@pytest.mark.parametrize("way_out", [finish_edit, undo_edit])
def test_of_a_key_that_is_gone_nothing_is_left_to_do(bench: Bench, way_out: Callable[..., Edited]) -> None:
    page = made(bench)
    left = stopped(bench, page, other(bench, page))
    bench.run(lambda _: bench.signed_in.client().delete_key(page.details.key.id))
    with pytest.raises(Failed) as caught:
        end(bench, way_out, left.id)
    assert "was deleted elsewhere" in str(caught.value.error.user)
    assert caught.value.remainder is None
    assert EDITS.entries() == ()


@pytest.mark.parametrize("way_out", [finish_edit, undo_edit])
def test_a_change_that_is_not_there_when_read_back_is_not_believed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, way_out: Callable[..., Edited]
) -> None:
    page = made(bench)
    left = stopped(bench, page, other(bench, page))
    with monkeypatch.context() as patched:
        patched.setattr(EntrepotClient, "update_key", lambda *_: None)
        patched.setattr(EntrepotClient, "try_to_close", lambda *_: None)
        patched.setattr(EntrepotClient, "delete_access", lambda *_: ())
        with pytest.raises(Failed) as caught:
            end(bench, way_out, left.id)
    assert "but not made it" in str(caught.value.error.user)
    assert caught.value.remainder == left
    end(bench, way_out, left.id)
    assert EDITS.entries() == ()


@pytest.mark.parametrize("way_out", [finish_edit, undo_edit])
def test_a_way_out_that_is_refused_stays_open(bench: Bench, way_out: Callable[..., Edited]) -> None:
    page = made(bench)
    left = stopped(bench, page, other(bench, page))
    bench.simulator.fail(*_CLOSING, "status", status=403, times=50)
    with pytest.raises(Failed) as caught:
        end(bench, way_out, left.id)
    bench.simulator.reset_faults()
    assert caught.value.remainder == left
    end(bench, way_out, left.id)
    with pytest.raises(Failed) as caught:
        end(bench, way_out, left.id)
    assert "finished or undone already" in str(caught.value.error.user)


def test_what_is_under_way_is_not_offered_and_not_begun_twice(bench: Bench) -> None:
    page = made(bench)
    left = stopped(bench, page, other(bench, page))
    with EDITS.at_work(left.id):
        assert ways_out(bench).all() == ()
        with pytest.raises(Failed) as caught:
            end(bench, undo_edit, left.id)
        assert caught.value.error.code is ErrorCode.CONFLICT
    assert ways_out(bench).all() == (left,)


def test_a_service_whose_permission_has_ended_meanwhile_is_not_opened_again_and_that_is_said(bench: Bench) -> None:
    page = made(bench)
    first = page.accesses[0]
    assert first.permission is not None
    wanted = difference(page.details, page.accesses, KeyEdit("Autre nom", grants_of(page.accesses)[1:]))
    bench.signed_in.known.forget()
    bench.simulator.fail("GET", r"/users/me/permissions/", "status", status=500, times=50)
    assert bench.run(editing(bench, page, wanted)).warnings
    bench.simulator.reset_faults()
    bench.simulator.change_permission("camille", first.permission.licence, ends_in_s=-60)
    (left,) = ways_out(bench).all()
    undone = end(bench, undo_edit, left.id)
    assert undone.details.key.name == page.details.key.name
    assert [str(warning) for warning in undone.warnings][:1] == [
        "Services that are not opened again, since their permission has ended: 1."
    ]
    assert first.offering.id not in {access.offering.id for access in bench.accesses(page.details.key.id)}
    assert EDITS.entries() == ()


def test_a_configuration_gets_the_name_back_that_it_had(bench: Bench) -> None:
    page = made(bench, KeyType.BASIC)
    auth_config_snapshots.rename(page.held.authcfg, "À moi")
    left = stopped(bench, page, other(bench, page))
    assert auth_config_snapshots.take(page.held.authcfg).name == "GPKeys – Autre nom"
    end(bench, undo_edit, left.id)
    assert auth_config_snapshots.take(page.held.authcfg).name == "À moi"


def test_an_edit_takes_the_place_of_one_that_stopped_and_undoing_leads_to_what_was_before_both(bench: Bench) -> None:
    page = made(bench)
    before = world(bench)
    wanted = other(bench, page)
    first = stopped(bench, page, wanted)
    page = page_of(bench, bench.platform_keys()[0])
    again = stopped(bench, page, replace(wanted, name="Encore un nom"))
    assert again.id == first.id
    assert [key.name for key in bench.platform_keys()] == ["Encore un nom"]
    end(bench, undo_edit, again.id)
    assert world(bench) == before


def test_asked_for_again_an_edit_that_stopped_is_done(bench: Bench) -> None:
    page = made(bench)
    wanted = other(bench, page)
    stopped(bench, page, wanted)
    edit(bench, page, wanted)
    assert EDITS.entries() == ()
    assert set(grants_of(bench.accesses(page.details.key.id))) == set(wanted.grants or ())


def test_a_second_edit_that_is_taken_back_leaves_what_the_first_has_left(bench: Bench) -> None:
    page = made(bench)
    left = stopped(bench, page, other(bench, page))
    before, page = EDITS.find(left.id), page_of(bench, bench.platform_keys()[0])
    bench.simulator.fail("PATCH", r"/users/me/keys/", "status", status=403)
    with pytest.raises(Failed) as caught:
        edit(bench, page, KeyEdit("Encore un nom"))
    assert caught.value.remainder is None
    assert EDITS.find(left.id) == before


def test_the_secret_of_a_key_whose_change_stopped_is_not_changed(bench: Bench) -> None:
    page = made(bench)
    left = stopped(bench, page, other(bench, page))
    page = page_of(bench, bench.platform_keys()[0])
    with pytest.raises(Failed) as caught:
        rotate(bench, page)
    assert "stopped half-way" in str(caught.value.error.user)
    assert [key.name for key in bench.platform_keys()] == ["Autre nom"]
    end(bench, undo_edit, left.id)


# Extensions


def half_extended(bench: Bench, key: Key, monkeypatch: pytest.MonkeyPatch) -> ChangeRemainder:
    """Add services that cannot be written into QGIS, and that cannot be closed again either."""
    bench.simulator.fail(*_CLOSING, "status", status=403, times=50)

    def refuse(*_: object, **__: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(connections, "write_all", refuse)
        failure = not_extended(bench, key)
    bench.simulator.reset_faults()
    assert isinstance(failure.remainder, ChangeRemainder)
    return failure.remainder


def not_extended(bench: Bench, key: Key) -> Failed:
    """Add services to a key that does not get them; return how it failed."""
    with pytest.raises(Failed) as caught:
        extend(bench, key, only_oauth_grants(bench))
    return caught.value


@pytest.mark.parametrize("is_connected", [True, False])
def test_an_extension_that_stopped_is_undone(bench: Bench, monkeypatch: pytest.MonkeyPatch, is_connected: bool) -> None:
    key = create(bench, draft_of(bench, KeyType.OAUTH2), is_connected=is_connected).key
    before = world(bench)
    left = half_extended(bench, key, monkeypatch)
    assert world(bench) != before
    end(bench, undo_edit, left.id)
    assert world(bench) == before


@pytest.mark.parametrize("is_connected", [True, False])
def test_an_extension_that_stopped_is_finished(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, is_connected: bool
) -> None:
    draft = draft_of(bench, KeyType.OAUTH2)
    extend(bench, create(bench, draft).key, only_oauth_grants(bench))
    after = world(bench)
    clear(bench)
    key = create(bench, draft, is_connected=is_connected).key
    end(bench, finish_edit, half_extended(bench, key, monkeypatch).id)
    assert world(bench) == after


def test_an_extension_takes_the_place_of_an_extension_but_of_no_other_edit(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = create(bench, draft_of(bench, KeyType.OAUTH2)).key
    first = half_extended(bench, key, monkeypatch)
    extend(bench, key, only_oauth_grants(bench))
    assert ways_out(bench).all() == ()
    page = page_of(bench, key)
    left = stopped(bench, page, KeyEdit("Autre nom", grants_of(page.accesses)[1:]))
    assert left.id != first.id
    assert "stopped half-way" in str(not_extended(bench, key).error.user)
    assert ways_out(bench).all() == (left,)
