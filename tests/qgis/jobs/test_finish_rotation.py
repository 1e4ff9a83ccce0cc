"""Finishing a change of secret: nothing is deleted before the new key was read back; and a way back until then."""

from __future__ import annotations

import pytest

from gpkeys_plugin.entrepot.models import KeyType, KeyUpdate
from gpkeys_plugin.jobs.values import Failed
from gpkeys_plugin.store import auth_configs
from gpkeys_plugin.store.records.rotations import UnfinishedRotation
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.test_rotate_key import finish, made, rotate, state, undo


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


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH])
def test_an_old_key_is_not_deleted_for_a_new_one_that_opens_less(bench: Bench, type_: KeyType) -> None:
    page = made(bench, type_)
    rotation = rotate(bench, page)
    access = bench.accesses(rotation.new_key_id)[0]
    bench.run(lambda _: bench.signed_in.client().delete_access(rotation.new_key_id, access.id))
    with pytest.raises(Failed) as caught:
        finish(bench, rotation.id)
    assert "does not open all" in str(caught.value.error.user)
    assert rotation.old_key_id in {key.id for key in bench.platform_keys()}


def test_an_old_key_is_not_deleted_for_a_new_one_with_other_filters(bench: Bench) -> None:
    rotation = rotate(bench, made(bench, KeyType.HASH))
    update = KeyUpdate(whitelist=("192.0.2.7/32",))
    bench.run(lambda _: bench.signed_in.client().update_key(rotation.new_key_id, update))
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
    bench.run(lambda _: bench.signed_in.client().delete_key(rotation.new_key_id))
    with pytest.raises(Failed):
        finish(bench, rotation.id)
    undo(bench, rotation.id)
    assert state(bench, page) == before


@pytest.mark.parametrize("method", ["DELETE", "PATCH"])
def test_a_finish_that_gets_a_404_from_elsewhere_can_be_asked_for_again(bench: Bench, method: str) -> None:
    page = made(bench, KeyType.HASH)
    rotation = rotate(bench, page)
    bench.simulator.fail(method, r"/users/me/keys/", "status", status=404, times=50)
    with pytest.raises(Failed):
        finish(bench, rotation.id)
    bench.simulator.reset_faults()
    assert finish(bench, rotation.id).id == rotation.new_key_id
    assert [key.name for key in bench.platform_keys()] == [page.details.key.name]
