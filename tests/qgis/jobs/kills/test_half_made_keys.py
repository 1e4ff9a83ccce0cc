"""A key whose creation stopped half-way gets no new secret beside that; and one that gets one keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import Key, KeyType, KeyUpdate
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.finish_creation import finish_creation, undo_creation
from gpkeys_plugin.jobs.values import Failed, KeyPage
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.records import installed_keys
from gpkeys_plugin.store.records.creations import UnfinishedCreation
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.kills.connecting_jobs import connecting, made_on_the_web
from tests.qgis.jobs.kills.killed_jobs import JOBS, KilledJob
from tests.qgis.jobs.kills.test_kills import kill
from tests.qgis.jobs.kills.ways_out import finish_all, undo_all
from tests.qgis.jobs.test_create_key import create, draft_of
from tests.qgis.jobs.test_rotate_key import finish, made, rotate, state

_JUST_MADE = "after POST users/me/keys"


def stopped(bench: Bench, page: KeyPage) -> UnfinishedCreation:
    """Write down that the creation of a key has stopped half-way."""
    account, key = (bench.signed_in.api_url, bench.signed_in.account_id), page.details.key
    names = (key.name, key.type.value, "URL")
    creation = UnfinishedCreation("a1b2", *account, *names, key_id=key.id, authcfg=page.held.authcfg)
    bench.creations.write(creation)
    return creation


def end(bench: Bench, job: Callable[..., Any], creation: UnfinishedCreation) -> None:
    """Finish or undo a creation, as the window does."""
    bench.run(lambda progress: job(creation, bench.signed_in, bench.creations, bench.main_thread, progress))


@pytest.mark.parametrize("type_", [KeyType.HASH, KeyType.BASIC])
def test_a_half_made_key_gets_no_new_secret_before_its_creation_is_finished_or_undone(
    bench: Bench, type_: KeyType
) -> None:
    page = made(bench, type_)
    stopped(bench, page)
    before = state(bench, page)
    with pytest.raises(Failed) as caught:
        rotate(bench, page)
    assert "stopped half-way" in str(caught.value.error.user)
    assert state(bench, page) == before


def test_a_creation_waits_while_a_new_secret_takes_the_place_of_the_lost_password(bench: Bench) -> None:
    draft = draft_of(bench, KeyType.BASIC)
    # The other services do not answer here, and no old secret is left to compare that with.
    page = page_of(bench, create(bench, replace(draft, grants=draft.grants[:1])).key)
    creation = stopped(bench, page)
    auth_configs.remove(creation.authcfg)
    rotation = rotate(bench, page)
    before = state(bench, page)
    for job in (finish_creation, undo_creation):
        with pytest.raises(Exception, match="rotation of the key was begun") as caught:
            end(bench, job, creation)
        assert Failed.of(caught.value).error.code is ErrorCode.CONFLICT
        assert state(bench, page) == before
    key = finish(bench, rotation.id)
    end(bench, undo_creation, creation)
    assert [made.id for made in bench.platform_keys()] == [key.id]
    assert auth_configs.exists(rotation.authcfg)


def test_a_key_whose_id_was_not_noted_can_be_undone_once_finishing_has_failed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = made_on_the_web(bench, KeyType.HASH)
    account = bench.signed_in.api_url, bench.signed_in.account_id
    grants = tuple((grant.offering_id, grant.permission_id) for grant in draft_of(bench, key.type).grants)
    bench.creations.write(UnfinishedCreation("a1b2", *account, key.name, key.type.value, "URL", grants=grants))

    def refuse(*_: object, **__: object) -> None:
        raise GpkeysError(ErrorCode.QGIS, Text("Read-only."), "read-only")

    with monkeypatch.context() as patched:
        patched.setattr(connections, "write_all", refuse)
        with pytest.raises(Failed):
            end(bench, finish_creation, bench.creations.entries()[0])
    end(bench, undo_creation, bench.creations.entries()[0])
    assert bench.platform_keys() == ()
    assert installed_keys.installed() == ()


@pytest.mark.parametrize("is_finished", [True, False])
def test_a_key_renamed_before_its_id_was_noted_is_known_by_its_login(bench: Bench, is_finished: bool) -> None:
    kill(bench, _JUST_MADE, _job("create-basic").prepare(bench))
    (key,) = bench.platform_keys()
    _rename(bench, key)
    assert finish_all(bench) if is_finished else undo_all(bench)
    assert [key.name for key in bench.platform_keys()] == ["Renommée"] * is_finished
    # Nobody can read its password back.
    passwords = [auth_config_snapshots.take(id_).entries.get("password") for id_ in auth_configs.ids()]
    assert (draft_of(bench, KeyType.BASIC).password in passwords) is is_finished


def test_a_half_made_key_that_was_connected_under_another_name_goes_with_all_it_has_here(bench: Bench) -> None:
    kill(bench, "after POST users/me/keys/…/accesses", _job("create-basic").prepare(bench))
    (key,) = bench.platform_keys()
    _rename(bench, key)
    bench.run(connecting(bench, key))
    assert undo_all(bench)
    assert bench.platform_keys() == ()
    assert auth_configs.ids() == (bench.signed_in.authcfg,)


def test_a_new_key_renamed_before_its_id_was_noted_goes_with_the_undo_of_its_rotation(bench: Bench) -> None:
    work = _job("rotate-basic").prepare(bench)
    (old,) = bench.platform_keys()
    kill(bench, _JUST_MADE, work)
    _rename(bench, next(key for key in bench.platform_keys() if key != old))
    assert undo_all(bench)
    assert [key.id for key in bench.platform_keys()] == [old.id]


def _job(name: str) -> KilledJob:
    return next(job for job in JOBS if job.name == name)


def _rename(bench: Bench, key: Key) -> None:
    bench.run(lambda _: bench.signed_in.client().update_key(key.id, KeyUpdate(name="Renommée")))
