"""Finishing a change of secret: nothing is deleted before the new key was read back; and a way back until then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.entrepot.models import KeyType, KeyUpdate
from gpkeys_plugin.jobs.finish_rotation import view_of
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import ConfigurationRequest, ConnectRequest, Failed, KeyPage
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.records import installed_keys
from gpkeys_plugin.store.records.rotations import UnfinishedRotation
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import layer_names, page_of
from tests.qgis.jobs.test_connect_existing import connect
from tests.qgis.jobs.test_create_key import create, draft_of, held
from tests.qgis.jobs.test_delete_key import delete
from tests.qgis.jobs.test_edit_key import edit
from tests.qgis.jobs.test_make_missing_configuration import make
from tests.qgis.jobs.test_rotate_key import finish, made, rotate, state, undo

_BORROWED = "abc1234"
_PASSWORD = "Mot-de-passe-26"  # pragma: allowlist secret - made up


def connect_again(bench: Bench, page: KeyPage) -> None:
    """Write the key into QGIS once more."""
    connect(bench, page, ConnectRequest(password=_PASSWORD))


def rename(bench: Bench, page: KeyPage) -> None:
    """Give the key another name."""
    edit(bench, page, KeyEdit("Autre nom"))


def make_configuration(bench: Bench, page: KeyPage) -> None:
    """Hold the key under another id."""
    make(bench, page, ConfigurationRequest("abc1234", _PASSWORD))


def test_a_rotation_that_stopped_before_its_spare_configuration_was_there_leaves_the_key_s_own(bench: Bench) -> None:
    page = made(bench, KeyType.BASIC)
    before = state(bench, page)
    key, known = page.details.key, tuple(key.id for key in bench.platform_keys())
    names = (key.id, key.name, key.type.value, f"{key.name} (bis)")
    account = (bench.signed_in.api_url, bench.signed_in.account_id)
    begun = UnfinishedRotation("a1b2", *account, *names, known, authcfg=page.held.authcfg)
    bench.rotations.write(begun)
    undo(bench, "a1b2")
    assert state(bench, page) == before


def test_a_rotation_that_stopped_before_its_key_was_made_leaves_a_login_of_the_user_s(bench: Bench) -> None:
    page = made(bench, KeyType.BASIC)
    auth_configs.update_basic(page.held.authcfg, login="à moi")
    before = state(bench, page)
    spare = auth_configs.store_basic("à côté", "autre", "autre")
    key, known = page.details.key, tuple(key.id for key in bench.platform_keys())
    names = (key.id, key.name, key.type.value, f"{key.name} (bis)")
    account = (bench.signed_in.api_url, bench.signed_in.account_id)
    begun = UnfinishedRotation("a1b2", *account, *names, known, authcfg=page.held.authcfg, spare_authcfg=spare)
    bench.rotations.write(begun)
    undo(bench, "a1b2")
    assert state(bench, page) == before


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH])
def test_an_old_key_is_not_deleted_for_a_new_one_that_opens_less(bench: Bench, type_: KeyType) -> None:
    page = made(bench, type_)
    rotation = rotate(bench, page)
    access = bench.accesses(rotation.new_key.id)[0]
    bench.run(lambda _: bench.signed_in.client().delete_access(rotation.new_key.id, access.id))
    with pytest.raises(Failed) as caught:
        finish(bench, rotation.id)
    assert "does not open all" in str(caught.value.error.user)
    assert rotation.old_key_id in {key.id for key in bench.platform_keys()}


def test_an_old_key_is_not_deleted_for_a_new_one_with_other_filters(bench: Bench) -> None:
    rotation = rotate(bench, made(bench, KeyType.HASH))
    update = KeyUpdate(whitelist=("192.0.2.7/32",))
    bench.run(lambda _: bench.signed_in.client().update_key(rotation.new_key.id, update))
    with pytest.raises(Failed) as caught:
        finish(bench, rotation.id)
    assert "filters" in str(caught.value.error.user)
    assert rotation.old_key_id in {key.id for key in bench.platform_keys()}


def test_an_old_key_is_not_deleted_for_a_new_one_that_the_services_refuse(bench: Bench) -> None:
    rotation = rotate(bench, made(bench, KeyType.BASIC))
    auth_configs.update_basic(rotation.authcfg, password="un-autre")  # pragma: allowlist secret - made up
    with pytest.raises(Failed) as caught:
        finish(bench, rotation.id)
    assert "do not accept the new key" in str(caught.value.error.user)
    assert rotation.old_key_id in {key.id for key in bench.platform_keys()}


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH])
def test_a_new_key_deleted_elsewhere_gives_qgis_the_old_secret_back(bench: Bench, type_: KeyType) -> None:
    page = made(bench, type_)
    before = state(bench, page)
    rotation = rotate(bench, page)
    bench.run(lambda _: bench.signed_in.client().delete_key(rotation.new_key.id))
    with pytest.raises(Failed):
        finish(bench, rotation.id)
    undo(bench, rotation.id)
    assert state(bench, page) == before


def test_a_rotation_whose_configuration_was_removed_by_hand_gives_the_old_password_back(bench: Bench) -> None:
    page = made(bench, KeyType.BASIC)
    before = state(bench, page)
    rotation = rotate(bench, page)
    auth_configs.remove(rotation.authcfg)
    undo(bench, rotation.id)
    assert state(bench, page) == before
    assert auth_config_snapshots.take(rotation.authcfg).name == auth_configs.name_for_key(page.details.key.name)


def test_a_rotation_whose_configuration_was_removed_before_the_swap_can_be_undone(bench: Bench) -> None:
    page = made(bench, KeyType.BASIC)
    rotation = rotate(bench, page)
    entry = bench.rotations.find(rotation.id)
    assert entry is not None
    auth_config_snapshots.put_back(auth_config_snapshots.take(entry.authcfg), under=entry.spare_authcfg)
    auth_configs.remove(entry.authcfg)
    bench.rotations.write(replace(entry, is_swapped=False))
    undo(bench, rotation.id)
    assert bench.rotations.entries() == ()
    assert [key.id for key in bench.platform_keys()] == [page.details.key.id]
    assert not auth_configs.exists(entry.spare_authcfg)


@pytest.mark.parametrize("former", ["", "zzz9999"])
def test_the_new_password_is_noted_where_the_notes_name_what_is_gone(bench: Bench, former: str) -> None:
    page = made(bench, KeyType.BASIC)
    known = installed_keys.find(bench.signed_in.api_url, page.details.key.id)
    assert known is not None
    installed_keys.remember(replace(known, authcfg=former, borrowed_authcfgs=(_BORROWED,)))
    auth_configs.remove(page.held.authcfg)
    rotation = rotate(bench, page_of(bench, page.details.key))
    finish(bench, rotation.id)
    known = installed_keys.find(bench.signed_in.api_url, rotation.new_key.id)
    assert known is not None
    assert (known.authcfg, known.connections) == (rotation.authcfg, page.held.connections)
    assert auth_configs.exists(known.authcfg)


def swapped_without_spare(bench: Bench, *, is_noted: bool = False) -> UnfinishedRotation:
    """Rotate up to the swap, or its record, and remove the spare configuration by hand, as in QGIS's options."""
    page = made(bench, KeyType.BASIC)
    make(bench, page, ConfigurationRequest(_BORROWED))
    kept = auth_config_snapshots.take(_BORROWED)
    rotation = rotate(bench, page)
    entry = bench.rotations.find(rotation.id)
    assert entry is not None
    if not is_noted:
        # Stopped between two of them.
        auth_config_snapshots.put_back(kept)
    entry = replace(entry, is_swapped=is_noted)
    bench.rotations.write(entry)
    auth_configs.remove(entry.spare_authcfg)
    return entry


@pytest.mark.parametrize("is_noted", [True, False])
def test_without_the_spare_configuration_it_can_be_finished(bench: Bench, is_noted: bool) -> None:
    entry = swapped_without_spare(bench, is_noted=is_noted)
    new = finish(bench, entry.id)
    assert [(key.id, key.name) for key in bench.platform_keys()] == [(entry.new_key_id, entry.old_key_name)]
    page = page_of(bench, new)
    for authcfg in (entry.authcfg, _BORROWED):
        assert auth_config_snapshots.take(authcfg).entries["username"] == page.details.login
    assert bench.rotations.entries() == ()


def test_without_the_spare_configuration_a_new_key_that_opens_less_is_completed(bench: Bench) -> None:
    entry = swapped_without_spare(bench, is_noted=True)
    before = layer_names(bench.accesses(entry.old_key_id))
    lost = bench.accesses(entry.new_key_id)[0]
    bench.run(lambda _: bench.signed_in.client().delete_access(entry.new_key_id, lost.id))
    finish(bench, entry.id)
    assert sorted(layer_names(bench.accesses(entry.new_key_id))) == sorted(before)
    assert entry.old_key_id not in {key.id for key in bench.platform_keys()}


@pytest.mark.parametrize("is_noted", [True, False])
def test_without_the_spare_configuration_an_undo_says_that_it_can_only_be_finished(
    bench: Bench, is_noted: bool
) -> None:
    entry = swapped_without_spare(bench, is_noted=is_noted)
    before = held(bench)
    with pytest.raises(Failed) as caught:
        undo(bench, entry.id)
    assert "no way back" in str(caught.value.error.user)
    assert caught.value.stayed == ()
    assert held(bench) == before
    # Now the window offers it.
    assert [view_of(left).is_swapped for left in bench.rotations.entries()] == [True]
    finish(bench, entry.id)


@pytest.mark.parametrize("is_noted", [True, False])
def test_with_neither_the_spare_configuration_nor_the_new_key_the_password_is_asked_for(
    bench: Bench, is_noted: bool
) -> None:
    entry = swapped_without_spare(bench, is_noted=is_noted)
    bench.run(lambda _: bench.signed_in.client().delete_key(entry.new_key_id))
    with pytest.raises(Failed):
        finish(bench, entry.id)
    with pytest.raises(Failed) as caught:
        undo(bench, entry.id)
    assert "password" in str(caught.value.error.user)
    assert bench.rotations.entries() == ()
    (old,) = bench.platform_keys()
    connect_again(bench, page_of(bench, old))
    for authcfg in (entry.authcfg, _BORROWED):
        assert auth_config_snapshots.take(authcfg).entries["password"] == _PASSWORD


def _delete(client: EntrepotClient, key_id: str, _: Progress) -> None:
    client.delete_key(key_id)


@pytest.mark.parametrize("is_noted", [True, False])
def test_a_new_key_deleted_elsewhere_costs_no_password_wherever_it_had_stopped(bench: Bench, is_noted: bool) -> None:
    page = made(bench, KeyType.BASIC)
    before = state(bench, page)
    entry = bench.rotations.find(rotate(bench, page).id)
    assert entry is not None
    bench.rotations.write(replace(entry, is_swapped=is_noted))
    bench.run(lambda _: bench.signed_in.client().delete_key(entry.new_key_id))
    undo(bench, entry.id)
    assert state(bench, page) == before


def test_with_both_keys_deleted_elsewhere_nothing_of_the_rotation_stays(bench: Bench) -> None:
    page = made(bench, KeyType.BASIC)
    entry = bench.rotations.find(rotate(bench, page).id)
    assert entry is not None
    client = bench.signed_in.client()
    for key_id in (entry.old_key_id, entry.new_key_id):
        bench.run(partial(_delete, client, key_id))
    with pytest.raises(Failed, match="not on the platform"):
        finish(bench, entry.id)
    assert bench.rotations.entries() == ()
    assert not auth_configs.exists(entry.spare_authcfg)


def test_a_new_key_deleted_elsewhere_gives_a_header_the_old_hash_back(bench: Bench) -> None:
    if not auth_configs.has_header_method():
        pytest.skip("this QGIS cannot send a hash as a header")
    page = page_of(bench, create(bench, replace(draft_of(bench, KeyType.HASH), hash_storage=HashStorage.HEADER)).key)
    before = state(bench, page)
    rotation = rotate(bench, page)
    bench.run(lambda _: bench.signed_in.client().delete_key(rotation.new_key.id))
    undo(bench, rotation.id)
    assert state(bench, page) == before


def test_an_undo_cut_off_before_the_last_configuration_gives_that_the_old_password_too(bench: Bench) -> None:
    page = made(bench, KeyType.BASIC)
    make(bench, page, ConfigurationRequest(_BORROWED))
    own, borrowed = (auth_config_snapshots.take(authcfg) for authcfg in (page.held.authcfg, _BORROWED))
    rotation = rotate(bench, page)
    auth_config_snapshots.put_back(own)
    undo(bench, rotation.id)
    assert auth_config_snapshots.take(_BORROWED) == borrowed


@pytest.mark.parametrize("method", ["DELETE", "PATCH"])
def test_a_finish_that_gets_a_404_from_elsewhere_can_be_asked_for_again(bench: Bench, method: str) -> None:
    page = made(bench, KeyType.HASH)
    rotation = rotate(bench, page)
    bench.simulator.fail(method, r"/users/me/keys/", "status", status=404, times=50)
    with pytest.raises(Failed):
        finish(bench, rotation.id)
    bench.simulator.reset_faults()
    assert finish(bench, rotation.id).id == rotation.new_key.id
    assert [key.name for key in bench.platform_keys()] == [page.details.key.name]


def test_where_the_old_key_was_deleted_elsewhere_before_the_swap_the_new_one_can_be_undone(bench: Bench) -> None:
    rotation = rotate(bench, made(bench, KeyType.BASIC))
    entry = bench.rotations.find(rotation.id)
    assert entry is not None
    swapped = auth_config_snapshots.take(entry.authcfg)
    auth_config_snapshots.put_back(auth_config_snapshots.take(entry.spare_authcfg), under=entry.authcfg)
    auth_config_snapshots.put_back(swapped, under=entry.spare_authcfg)
    bench.rotations.write(replace(entry, is_swapped=False))
    bench.run(lambda _: bench.signed_in.client().delete_key(rotation.old_key_id))
    with pytest.raises(Failed):
        finish(bench, rotation.id)
    undo(bench, rotation.id)
    assert bench.platform_keys() == ()
    assert bench.rotations.entries() == ()


def test_where_a_third_key_has_taken_the_name_the_new_one_keeps_its_own(bench: Bench) -> None:
    page = made(bench, KeyType.HASH)
    rotation = rotate(bench, page)
    bench.simulator.fail("PATCH", r"/users/me/keys/", "status", status=404, times=50)
    with pytest.raises(Failed):
        finish(bench, rotation.id)
    bench.simulator.reset_faults()
    third = create(bench, draft_of(bench, KeyType.BASIC, page.details.key.name)).key
    finished = finish(bench, rotation.id)
    assert finished.name != third.name
    assert {(key.id, key.name) for key in bench.platform_keys()} == {
        (third.id, third.name),
        (finished.id, finished.name),
    }
    assert bench.rotations.entries() == ()


@pytest.mark.parametrize("job", [connect_again, rename, make_configuration, delete, rotate])
def test_what_is_done_to_a_key_waits_for_the_end_of_its_rotation(bench: Bench, job: Callable[..., Any]) -> None:
    page = made(bench, KeyType.BASIC)
    rotation = rotate(bench, page)
    before = held(bench), installed_keys.installed()
    new = next(key for key in bench.platform_keys() if key.id == rotation.new_key.id)
    for either in (page, page_of(bench, new)):
        with pytest.raises((GpkeysError, Failed)) as caught:
            job(bench, either)
        assert "being changed" in str(Failed.of(caught.value).error.user)
    assert (held(bench), installed_keys.installed()) == before


@pytest.mark.parametrize("job", [connect_again, rename, make_configuration, delete, rotate])
def test_a_new_key_that_is_known_by_its_name_only_is_left_alone(bench: Bench, job: Callable[..., Any]) -> None:
    page = made(bench, KeyType.BASIC)
    entry = bench.rotations.find(rotate(bench, page).id)
    assert entry is not None
    bench.rotations.write(replace(entry, new_key_id="", is_swapped=False))
    new = page_of(bench, next(key for key in bench.platform_keys() if key.id == entry.new_key_id))
    with pytest.raises((GpkeysError, Failed)) as caught:
        job(bench, new)
    assert "being changed" in str(Failed.of(caught.value).error.user)
