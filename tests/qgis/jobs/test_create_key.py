"""Creating a key: the finished thing, or the state before, or a plainly said remainder."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import KeyType, Permission
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.create_key import KeyCreator
from gpkeys_plugin.jobs.finish_creation import finish_creation, remainder_of, undo_creation
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.values import CreatedKey, CreationRemainder, Failed
from gpkeys_plugin.keys.draft import Grant, HashStorage, KeyDraft
from gpkeys_plugin.keys.rules.draft_rules import Field
from gpkeys_plugin.store import connections
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.records import connection_origins, installed_keys
from tests.qgis.jobs.conftest import Bench

_SERVICES = ("rochebrune.scan25.estompage", "rochebrune.plu_2026", "rochebrune_plu_2026_archive")
_CREATE = ("POST", r"/users/me/keys$")
_GRANT = ("POST", r"/accesses$")
_TAKE_BACK = ("DELETE", r"/users/me/keys/")


def draft_of(bench: Bench, type_: KeyType, name: str = "Essai été") -> KeyDraft:
    """Return a draft for services of two permissions."""
    permissions: tuple[Permission, ...] = bench.run(lambda _: bench.signed_in.client().permissions())
    grants = tuple(
        Grant(offering.id, permission.id)
        for permission in permissions
        for offering in permission.offerings
        if offering.layer_name in _SERVICES and not permission.only_oauth
    )
    return KeyDraft(
        name=name,
        grants=grants,
        type=type_,
        login="essai-urbanisme",
        password="Mot-de-passe-26",  # pragma: allowlist secret - made up
    )  # pragma: allowlist secret - made up


def create(bench: Bench, draft: KeyDraft, *, is_connected: bool = True) -> CreatedKey:
    """Create the key, as the window does, or as a script that does not connect it."""

    def work(progress: Progress) -> CreatedKey:
        creator = KeyCreator(bench.signed_in, bench.creations, bench.main_thread, progress)
        return creator.create(draft, is_connected=is_connected)

    created: CreatedKey = bench.run(work)
    return created


def failure(bench: Bench, draft: KeyDraft) -> Failed:
    """Create a key that cannot be; return how it failed."""
    with pytest.raises(Failed) as caught:
        create(bench, draft)
    return caught.value


def held(bench: Bench) -> dict[str, Any]:
    """Return all that a creation can leave: on the platform, in QGIS, in the journal."""
    return {
        "keys": {key.name for key in bench.platform_keys()},
        "configurations": set(auth_configs.ids()),
        "connections": {made for key in installed_keys.installed() for made in key.connections},
        "journal": bench.creations.entries(),
    }


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2])
def test_a_key_is_made_and_written(bench: Bench, type_: KeyType) -> None:
    draft = draft_of(bench, type_)
    created = create(bench, draft)
    assert [key.name for key in bench.platform_keys()] == [draft.name]
    assert {access.offering.layer_name for access in bench.accesses(created.key.id)} == set(_SERVICES)
    kinds = {made.kind.value for made in created.connections}
    assert kinds == {"WMS", "WFS"}
    for made in created.connections:
        stored = connections.read(made.kind, made.name)
        assert stored is not None
        assert (stored.authcfg, stored.hash) == (created.authcfg, created.hash)
    assert [layer.service for layer in created.other_layers] == ["DOWNLOAD"]
    assert bench.creations.entries() == ()
    assert installed_keys.find(bench.signed_in.api_url, created.key.id) is not None


def test_a_basic_key_gets_a_configuration_of_its_own_and_an_oauth2_one_that_of_the_sign_in(bench: Bench) -> None:
    basic = create(bench, draft_of(bench, KeyType.BASIC, "un"))
    oauth2 = create(bench, draft_of(bench, KeyType.OAUTH2, "deux"))
    assert basic.authcfg not in ("", bench.signed_in.authcfg)
    assert oauth2.authcfg == bench.signed_in.authcfg


def test_a_hash_key_keeps_its_hash_in_the_urls_and_needs_no_configuration(bench: Bench) -> None:
    before = auth_configs.ids()
    created = create(bench, draft_of(bench, KeyType.HASH))
    assert created.authcfg == ""
    assert created.hash
    assert auth_configs.ids() == before
    assert created.hash not in repr(created)


@pytest.mark.parametrize("action", ["status", "reset", "html"])
@pytest.mark.parametrize("where", [_CREATE, _GRANT, ("GET", r"/permissions/")])
def test_a_creation_that_fails_for_good_leaves_nothing(bench: Bench, action: str, where: tuple[str, str]) -> None:
    draft = draft_of(bench, KeyType.BASIC)
    before = held(bench)
    bench.simulator.fail(*where, action, status=500 if action == "status" else None, times=50)
    assert failure(bench, draft).remainder is None
    bench.simulator.reset_faults()
    assert held(bench) == before


@pytest.mark.parametrize("action", ["bad-json", "cut-json", "applied-lost"])
@pytest.mark.parametrize("where", [_CREATE, _GRANT])
def test_answers_that_are_lost_for_good_do_not_matter_where_the_change_was_made(
    bench: Bench, action: str, where: tuple[str, str]
) -> None:
    draft = draft_of(bench, KeyType.BASIC)
    bench.simulator.fail(*where, action, times=50)
    created = create(bench, draft)
    bench.simulator.reset_faults()
    assert [key.id for key in bench.platform_keys()] == [created.key.id]
    assert len(bench.accesses(created.key.id)) == len(draft.grants)


@pytest.mark.parametrize("action", ["reset", "applied-lost"])
@pytest.mark.parametrize("where", [_CREATE, _GRANT])
def test_an_answer_lost_once_is_looked_up_and_the_key_is_made_once(
    bench: Bench, action: str, where: tuple[str, str]
) -> None:
    draft = draft_of(bench, KeyType.HASH)
    bench.simulator.fail(*where, action)
    created = create(bench, draft)
    assert [key.id for key in bench.platform_keys()] == [created.key.id]
    assert len(bench.accesses(created.key.id)) == len(draft.grants)


def test_accesses_that_fail_take_the_key_back(bench: Bench) -> None:
    draft = draft_of(bench, KeyType.BASIC)
    before = held(bench)
    bench.simulator.fail(*_GRANT, "status", status=403, nth=2, times=50)
    found = failure(bench, draft)
    assert found.error.code is ErrorCode.FORBIDDEN
    assert found.remainder is None
    assert held(bench) == before


def test_what_cannot_be_taken_back_is_said_and_can_be_undone(bench: Bench) -> None:
    draft = draft_of(bench, KeyType.BASIC)
    before = held(bench)
    bench.simulator.fail(*_GRANT, "status", status=403, times=50)
    bench.simulator.fail(*_TAKE_BACK, "status", status=500, times=50)
    found = failure(bench, draft)
    assert found.remainder is not None
    bench.simulator.reset_faults()
    (entry,) = bench.creations.entries()
    bench.run(lambda progress: undo_creation(entry, bench.signed_in, bench.creations, bench.main_thread, progress))
    assert held(bench) == before


def test_what_cannot_be_taken_back_can_be_finished(bench: Bench) -> None:
    draft = draft_of(bench, KeyType.HASH)
    bench.simulator.fail(*_GRANT, "status", status=403, times=50)
    bench.simulator.fail(*_TAKE_BACK, "status", status=500, times=50)
    assert failure(bench, draft).remainder is not None
    bench.simulator.reset_faults()
    (entry,) = bench.creations.entries()
    created: CreatedKey = bench.run(
        lambda progress: finish_creation(entry, bench.signed_in, bench.creations, bench.main_thread, progress)
    )
    assert {access.offering.layer_name for access in bench.accesses(created.key.id)} == set(_SERVICES)
    assert bench.creations.entries() == ()


def test_a_key_that_cannot_be_taken_back_keeps_its_password_and_can_be_finished(bench: Bench) -> None:
    draft = draft_of(bench, KeyType.BASIC)
    bench.simulator.fail(*_GRANT, "status", status=403, times=50)
    bench.simulator.fail(*_TAKE_BACK, "status", status=401, times=50)
    remainder = failure(bench, draft).remainder
    assert isinstance(remainder, CreationRemainder)
    assert remainder.can_finish
    bench.simulator.reset_faults()
    (entry,) = bench.creations.entries()
    created: CreatedKey = bench.run(
        lambda progress: finish_creation(entry, bench.signed_in, bench.creations, bench.main_thread, progress)
    )
    kept = auth_config_snapshots.take(created.authcfg).entries
    assert (kept["username"], kept["password"]) == (draft.login, draft.password)
    stored = [connections.read(made.kind, made.name) for made in created.connections]
    assert {made.authcfg for made in stored if made is not None} == {created.authcfg}


def test_a_login_that_is_taken_comes_back_to_its_field(bench: Bench) -> None:
    draft = draft_of(bench, KeyType.BASIC, "un")
    create(bench, draft)
    found = failure(bench, replace(draft, name="deux"))
    assert found.field is Field.LOGIN
    assert [key.name for key in bench.platform_keys()] == ["un"]


def test_a_name_that_is_taken_comes_back_to_its_field_before_anything_is_made(bench: Bench) -> None:
    draft = draft_of(bench, KeyType.HASH)
    create(bench, draft)
    bench.simulator.clear_requests()
    assert failure(bench, draft).field is Field.NAME
    assert bench.simulator.requests(method="POST", service="api") == []


def test_a_cancelled_creation_leaves_nothing(bench: Bench) -> None:
    draft = draft_of(bench, KeyType.BASIC)
    before = held(bench)
    bench.simulator.fail(*_GRANT, "timeout")
    outcome: list[Exception] = []
    running = bench.runner.start(
        "essai",
        lambda progress: KeyCreator(bench.signed_in, bench.creations, bench.main_thread, progress).create(draft),
        lambda _: None,
        outcome.append,
    )
    bench.qtbot.waitUntil(lambda: bool(bench.simulator.requests(method="POST", path="/accesses")), timeout=20_000)
    running.cancel()
    bench.qtbot.waitUntil(lambda: bool(outcome), timeout=20_000)
    assert isinstance(outcome[0], Failed)
    assert outcome[0].error.code is ErrorCode.CANCELLED
    assert held(bench) == before


def test_a_key_whose_password_is_lost_is_not_finished_and_can_be_undone(bench: Bench) -> None:
    before = held(bench)
    bench.simulator.fail(*_GRANT, "status", status=403, times=50)
    bench.simulator.fail(*_TAKE_BACK, "status", status=401, times=50)
    assert failure(bench, draft_of(bench, KeyType.BASIC)).remainder is not None
    bench.simulator.reset_faults()
    (entry,) = bench.creations.entries()
    auth_configs.remove(entry.authcfg)
    assert not remainder_of(entry).can_finish
    assert "password" in str(remainder_of(entry).text)
    with pytest.raises(Failed) as caught:
        bench.run(
            lambda progress: finish_creation(entry, bench.signed_in, bench.creations, bench.main_thread, progress)
        )
    assert "change its password" in str(caught.value.error.advice)
    assert connection_origins.recorded() == ()
    bench.run(lambda progress: undo_creation(entry, bench.signed_in, bench.creations, bench.main_thread, progress))
    assert held(bench) == before


def test_a_hash_that_cannot_be_kept_is_not_said_to_be_while_the_creation_waits(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.simulator.fail(*_GRANT, "status", status=403, times=50)
    bench.simulator.fail(*_TAKE_BACK, "status", status=500, times=50)
    assert failure(bench, draft_of(bench, KeyType.HASH)).remainder is not None
    bench.simulator.reset_faults()
    (entry,) = bench.creations.entries()

    def refuse(*_args: Any, **_more: Any) -> str:
        raise GpkeysError(ErrorCode.QGIS, Text("It cannot be kept."), "refused")

    monkeypatch.setattr(auth_configs, "store_api_header", refuse)
    waiting = replace(entry, hash_storage=HashStorage.HEADER.value)
    with pytest.raises(Failed):
        bench.run(
            lambda progress: finish_creation(waiting, bench.signed_in, bench.creations, bench.main_thread, progress)
        )
    assert installed_keys.installed() == ()
