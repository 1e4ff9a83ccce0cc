"""Configurations under derived and under borrowed ids: whose they are, what becomes of them, what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from qgis.core import QgsRasterLayer, QgsVectorLayer

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs import make_missing_configuration
from gpkeys_plugin.jobs.finish_creation import undo_creation
from gpkeys_plugin.jobs.finish_edit import undo_edit
from gpkeys_plugin.jobs.make_missing_configuration import ConfigurationMaker
from gpkeys_plugin.jobs.values import BorrowedConfiguration, ConfigurationRequest, ConnectRequest, KeyPage
from gpkeys_plugin.keys import configuration_ids
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.keys.upkeep import key_states
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.records import installed_keys
from gpkeys_plugin.store.records.edits import EDITS, UnfinishedEdit
from tests.qgis.jobs.computers import empty_project
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_named, page_of
from tests.qgis.jobs.test_connect_existing import connect, from_elsewhere
from tests.qgis.jobs.test_create_key import create, draft_of, failure, held
from tests.qgis.jobs.test_delete_key import delete
from tests.qgis.jobs.test_edit_key import edit
from tests.qgis.jobs.test_rotate_key import finish, rotate, undo

_BORROWED = "abc1234"
_PASSWORD = "Mot-de-passe-26"  # pragma: allowlist secret - made up
_NEW_PASSWORD = "Autre-mot-de-passe-27"  # pragma: allowlist secret - made up


def make(bench: Bench, page: KeyPage, request: ConfigurationRequest) -> BorrowedConfiguration:
    """Make the configuration, as the window does."""
    made: BorrowedConfiguration = bench.run(
        lambda progress: ConfigurationMaker(bench.signed_in, bench.main_thread, progress).make(page, request)
    )
    return made


def refused(bench: Bench, page: KeyPage, request: ConfigurationRequest) -> GpkeysError:
    """Ask for a configuration that cannot be; return why, once nothing of it is left."""
    before, secrets = held(bench), entries()
    with pytest.raises(GpkeysError) as caught:
        make(bench, page, request)
    assert (held(bench), entries()) == (before, secrets)
    return caught.value


def entries() -> dict[str, dict[str, str]]:
    """Return what every configuration holds."""
    return {id_: dict(auth_config_snapshots.take(id_).entries) for id_ in auth_configs.ids()}


def ids_of(bench: Bench, name: str) -> tuple[str, ...]:
    """Return the choices for a key of the account."""
    return configuration_ids.ids_for_key(bench.signed_in.api_url, bench.signed_in.account_id, name)


def key_page(bench: Bench, type_: KeyType = KeyType.BASIC, name: str = "Essai été") -> KeyPage:
    """Return the page of a new key."""
    return page_of(bench, create(bench, draft_of(bench, type_, name)).key)


# Derived ids


def test_a_new_key_takes_the_first_choice(bench: Bench) -> None:
    assert key_page(bench).held.authcfg == ids_of(bench, "Essai été")[0]


def test_where_something_else_has_it_the_next_one_is_taken_and_nothing_is_overwritten(bench: Bench) -> None:
    first, second = ids_of(bench, "Essai été")
    auth_configs.store_basic("à moi", "moi", "mien", wanted_ids=[first])
    assert key_page(bench).held.authcfg == second
    assert entries()[first]["username"] == "moi"


def test_where_both_are_taken_qgis_draws_one(bench: Bench) -> None:
    both = ids_of(bench, "Essai été")
    for id_ in both:
        auth_configs.store_basic("à moi", "moi", "mien", wanted_ids=[id_])
    assert key_page(bench).held.authcfg not in ("", *both)


def test_renamed_a_key_keeps_its_id_and_another_of_the_old_name_gets_the_next_one(bench: Bench) -> None:
    page = key_page(bench)
    first, second = ids_of(bench, "Essai été")
    edit(bench, page, KeyEdit(name="Autre nom"))
    other = create(bench, replace(draft_of(bench, KeyType.BASIC), login="essai-urbanisme-9"))
    assert page_named(bench, "Autre nom").held.authcfg == first
    assert other.authcfg == second
    assert entries()[first]["username"] == "essai-urbanisme"


def test_a_configuration_that_came_with_an_export_is_the_keys_own(bench: Bench) -> None:
    page = key_page(bench)
    authcfg = page.held.authcfg
    installed_keys.forget(bench.signed_in.api_url, page.details.key.id)
    again = page_of(bench, page.details.key)
    assert again.held.authcfg == authcfg
    # Its password is there: none need be typed.
    assert connect(bench, again, ConnectRequest()).authcfg == authcfg


def test_an_id_that_qgis_lost_is_taken_again(bench: Bench) -> None:
    page = key_page(bench)
    edit(bench, page, KeyEdit(name="Autre nom"))
    auth_configs.remove(page.held.authcfg)
    again = connect(bench, page_named(bench, "Autre nom"), ConnectRequest(password=_PASSWORD))
    assert again.authcfg == page.held.authcfg


def test_a_key_made_anew_after_it_was_deleted_elsewhere_takes_over_what_was_left(bench: Bench) -> None:
    page = key_page(bench)
    bench.run(lambda _: bench.signed_in.client().delete_key(page.details.key.id))
    again = create(bench, replace(draft_of(bench, KeyType.BASIC), login="essai-urbanisme-9"))
    assert again.authcfg == page.held.authcfg
    assert entries()[again.authcfg]["username"] == "essai-urbanisme-9"
    assert again.connections == page.held.connections
    assert [known.key_id for known in installed_keys.installed()] == [again.key.id]


def test_a_creation_that_fails_puts_back_what_was_left(bench: Bench) -> None:
    page = key_page(bench)
    bench.run(lambda _: bench.signed_in.client().delete_key(page.details.key.id))
    before, secrets = held(bench), entries()
    bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    draft = replace(draft_of(bench, KeyType.BASIC), login="essai-urbanisme-9")
    assert failure(bench, draft).remainder is None
    bench.simulator.reset_faults()
    assert (held(bench), entries()) == (before, secrets)
    assert [known.key_id for known in installed_keys.installed()] == [page.details.key.id]


def test_a_creation_undone_later_leaves_no_configuration(bench: Bench) -> None:
    draft = draft_of(bench, KeyType.BASIC)
    before = held(bench)
    bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=500, times=50)
    assert failure(bench, draft).remainder is not None
    bench.simulator.reset_faults()
    (entry,) = bench.creations.entries()
    bench.run(lambda progress: undo_creation(entry, bench.signed_in, bench.creations, bench.main_thread, progress))
    assert held(bench) == before


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.OAUTH2])
def test_a_creation_undone_later_takes_along_what_held_its_key_meanwhile(bench: Bench, type_: KeyType) -> None:
    before = held(bench)
    bench.simulator.fail("POST", r"/accesses$", "status", status=403, times=50)
    bench.simulator.fail("DELETE", r"/users/me/keys/", "status", status=500, times=50)
    failure(bench, draft_of(bench, type_))
    bench.simulator.reset_faults()
    make(bench, page_named(bench, "Essai été"), ConfigurationRequest(_BORROWED, _PASSWORD))
    (entry,) = bench.creations.entries()
    bench.run(lambda progress: undo_creation(entry, bench.signed_in, bench.creations, bench.main_thread, progress))
    assert held(bench) == before


def test_the_spare_configuration_of_a_rotation_has_no_derived_id(bench: Bench) -> None:
    page = key_page(bench)
    rotation = rotate(bench, page)
    (entry,) = bench.rotations.entries()
    assert entry.spare_authcfg not in (*ids_of(bench, page.details.key.name), *ids_of(bench, entry.new_key_name))
    finish(bench, rotation.id)
    assert page_named(bench, page.details.key.name).held.authcfg == page.held.authcfg


def test_a_hash_in_a_header_takes_the_first_choice(bench: Bench) -> None:
    if not auth_configs.has_header_method():
        pytest.skip("this QGIS cannot send a hash as a header")
    created = create(bench, replace(draft_of(bench, KeyType.HASH), hash_storage=HashStorage.HEADER))
    assert created.authcfg == ids_of(bench, "Essai été")[0]


# Borrowed ids


def test_a_key_is_held_under_the_id_that_a_project_names(bench: Bench) -> None:
    page = key_page(bench)
    made = make(bench, page, ConfigurationRequest(_BORROWED))
    assert (made.authcfg, made.layer_names) == (_BORROWED, ())
    assert entries()[_BORROWED] == entries()[page.held.authcfg]
    assert page_of(bench, page.details.key).held.borrowed_authcfgs == (_BORROWED,)
    (name,) = (config.name for config in auth_configs.all_configs() if config.id == _BORROWED)
    assert name == "GPKeys – Essai été (abc1234)"
    # Asked again, there is one still.
    make(bench, page, ConfigurationRequest(_BORROWED))
    assert page_of(bench, page.details.key).held.borrowed_authcfgs == (_BORROWED,)


def test_a_password_that_qgis_does_not_know_must_be_given_and_is_checked(bench: Bench) -> None:
    page = key_page(bench)
    installed_keys.forget(bench.signed_in.api_url, page.details.key.id)
    auth_configs.remove(page.held.authcfg)
    assert refused(bench, page, ConfigurationRequest(_BORROWED)).code is ErrorCode.INVALID
    wrong = ConfigurationRequest(_BORROWED, "autre-chose")  # pragma: allowlist secret - made up
    assert refused(bench, page, wrong).code is ErrorCode.INVALID
    make(bench, page, ConfigurationRequest(_BORROWED, _PASSWORD))
    assert page_of(bench, page.details.key).held.borrowed_authcfgs == (_BORROWED,)
    # Now the key has one place that knows its password: its own one can be made of that.
    make(bench, page, ConfigurationRequest("zzz9999"))


@pytest.mark.parametrize("id_", ["", "abc", "abcdefgh", "abc_123", "abcdéf1", "a b c d"])
def test_what_cannot_be_an_id_is_refused(bench: Bench, id_: str) -> None:
    assert refused(bench, key_page(bench), ConfigurationRequest(id_)).code is ErrorCode.INVALID


def test_an_id_of_another_configuration_is_refused_with_its_name(bench: Bench) -> None:
    page = key_page(bench)
    auth_configs.store_basic("à moi", "moi", "mien", wanted_ids=[_BORROWED])
    error = refused(bench, page, ConfigurationRequest(_BORROWED))
    assert error.code is ErrorCode.CONFLICT
    assert "à moi" in str(error.user)


def test_a_qgis_that_cannot_send_headers_says_so(bench: Bench) -> None:
    page = key_page(bench, KeyType.HASH)
    if auth_configs.has_header_method():
        make(bench, page, ConfigurationRequest(_BORROWED))
        assert entries()[_BORROWED] == {"apikey": page.details.hash}
    else:
        error = refused(bench, page, ConfigurationRequest(_BORROWED))
        assert "APIHeader" in str(error.user)


_ELSEWHERE = [
    "http://ailleurs.example/wms",
    "http://{host}@ailleurs.example/wms",
    "http://{host}&@ailleurs.example/wms",
    "http://{host}'@ailleurs.example/wms",
    "http://{host}.ailleurs.example/wms",
]


@pytest.mark.parametrize("url", _ELSEWHERE)
@pytest.mark.parametrize("times", [0, 1, 2])
def test_a_project_that_would_send_the_key_elsewhere_is_refused(bench: Bench, url: str, times: int) -> None:
    page = key_page(bench)
    found = url.format(host=page.served[0].root.split("/")[2])
    for _ in range(times):
        found = quote(found, safe="")
    with empty_project() as project:
        source = f"crs=EPSG:3857&format=image/png&layers=a&styles=&authcfg={_BORROWED}&url={found}"
        project.addMapLayer(QgsRasterLayer(source, "piège", "wms"))
        error = refused(bench, page, ConfigurationRequest(_BORROWED))
    assert error.code is ErrorCode.INVALID
    assert "piège" in str(error.user)


def test_a_server_that_the_platform_only_names_is_elsewhere_too(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    page = key_page(bench)
    (strange, *_) = page.served
    strange = replace(strange, root="https://ailleurs.example/private/wms")
    monkeypatch.setattr(make_missing_configuration, "services_of", lambda *_: [*page.served, strange])
    with empty_project() as project:
        source = (
            f"crs=EPSG:3857&format=image/png&layers=a&styles=&authcfg={_BORROWED}&url={quote(strange.root, safe='')}"
        )
        project.addMapLayer(QgsRasterLayer(source, "piège", "wms"))
        error = refused(bench, page, ConfigurationRequest(_BORROWED))
    assert error.code is ErrorCode.INVALID
    assert "piège" in str(error.user)


def test_a_database_in_the_project_is_elsewhere_too(bench: Bench) -> None:
    page = key_page(bench)
    with empty_project() as project:
        source = f'dbname=\'d\' host=127.0.0.1 port=1 authcfg={_BORROWED} table="a"."b" (geom)'
        layer = QgsVectorLayer(source, "base", "postgres", QgsVectorLayer.LayerOptions(False))
        project.addMapLayer(layer)
        assert "base" in str(refused(bench, page, ConfigurationRequest(_BORROWED)).user)


def test_layers_of_the_keys_own_services_are_told(bench: Bench) -> None:
    page = key_page(bench)
    with empty_project() as project:
        url = quote(f"{page.served[0].root}?SERVICE=WMS", safe="")
        source = f"crs=EPSG:3857&format=image/png&layers=a&styles=&authcfg={_BORROWED}&url={url}"
        project.addMapLayer(QgsRasterLayer(source, "carte", "wms"))
        assert make(bench, page, ConfigurationRequest(_BORROWED)).layer_names == ("carte",)
        assert page_of(bench, page.details.key).held.layer_names == ("carte",)


def secrets(ids: tuple[str, ...]) -> set[tuple[Any, ...]]:
    """Return the different secrets under some ids."""
    return {tuple(sorted(entries()[id_].items())) for id_ in ids}


@pytest.mark.parametrize("has_own", [True, False])
def test_a_rotation_swaps_the_secret_in_all_of_them_and_back(bench: Bench, *, has_own: bool) -> None:
    page = key_page(bench)
    others = (_BORROWED, "zzz9999")
    for id_ in others:
        make(bench, page, ConfigurationRequest(id_))
    if not has_own:
        auth_configs.remove(page.held.authcfg)
    all_ids = (page.held.authcfg, *others) if has_own else others
    before = entries()
    rotation = rotate(bench, page)
    assert {entries()[id_]["password"] for id_ in all_ids} == {_NEW_PASSWORD}
    undo(bench, rotation.id)
    assert entries() == before
    finish(bench, rotate(bench, page_of(bench, page.details.key)).id)
    assert {entries()[id_]["password"] for id_ in all_ids} == {_NEW_PASSWORD}
    assert page_named(bench, page.details.key.name).held.borrowed_authcfgs == others


def test_connected_again_with_another_password_all_of_them_hold_it(bench: Bench) -> None:
    page = key_page(bench)
    make(bench, page, ConfigurationRequest(_BORROWED))
    for id_ in (page.held.authcfg, _BORROWED):
        auth_configs.update_basic(id_, password="perdu")  # pragma: allowlist secret - made up
    connect(bench, page, ConnectRequest(password=_PASSWORD))
    assert {entries()[id_]["password"] for id_ in (page.held.authcfg, _BORROWED)} == {_PASSWORD}
    assert page_of(bench, page.details.key).held.borrowed_authcfgs == (_BORROWED,)


def test_a_borrowed_id_that_is_another_keys_by_now_stays_that(bench: Bench) -> None:
    page = key_page(bench)
    make(bench, page, ConfigurationRequest(_BORROWED))
    # As in QGIS's options.
    auth_configs.remove(_BORROWED)
    draft = replace(draft_of(bench, KeyType.BASIC, "Une autre"), login="essai-urbanisme-9")
    other = page_of(bench, create(bench, draft).key)
    noted = installed_keys.installed()
    refused(bench, other, ConfigurationRequest(_BORROWED, "autre-chose"))  # pragma: allowlist secret - made up
    assert sorted(installed_keys.installed(), key=str) == sorted(noted, key=str)
    make(bench, other, ConfigurationRequest(_BORROWED))
    connect(bench, page_of(bench, page.details.key), ConnectRequest(password=_PASSWORD))
    assert entries()[_BORROWED]["username"] == "essai-urbanisme-9"
    assert page_of(bench, page.details.key).held.borrowed_authcfgs == ()
    assert page_of(bench, other.details.key).held.borrowed_authcfgs == (_BORROWED,)


def test_renamed_its_name_is_in_all_of_theirs(bench: Bench) -> None:
    page = key_page(bench)
    make(bench, page, ConfigurationRequest(_BORROWED))
    edit(bench, page, KeyEdit(name="Autre nom"))
    names = {config.name for config in auth_configs.all_configs() if config.id in (page.held.authcfg, _BORROWED)}
    assert names == {"GPKeys – Autre nom", "GPKeys – Autre nom (abc1234)"}


def test_a_deleted_key_takes_all_of_them_along(bench: Bench) -> None:
    before = held(bench)
    page = key_page(bench)
    make(bench, page, ConfigurationRequest(_BORROWED))
    outlook, deleted = delete(bench, page_of(bench, page.details.key))
    assert outlook.removable_authcfgs == deleted.authcfgs == (page.held.authcfg, _BORROWED)
    assert held(bench) == before


def test_an_extension_undone_leaves_what_holds_the_key_for_projects(bench: Bench) -> None:
    page = from_elsewhere(bench, KeyType.OAUTH2)
    now = key_states.state_of(page.details, page.accesses)
    at = bench.signed_in.api_url, bench.signed_in.account_id
    EDITS.write(UnfinishedEdit("a1b2", *at, page.details.key.id, now, now, is_extension=True))
    make(bench, page, ConfigurationRequest(_BORROWED))
    bench.run(lambda progress: undo_edit("a1b2", bench.signed_in, bench.main_thread, progress))
    assert page_of(bench, page.details.key).held.borrowed_authcfgs == (_BORROWED,)
    delete(bench, page_of(bench, page.details.key))
    assert not auth_configs.exists(_BORROWED)


def test_refused_nothing_is_noted_where_a_creation_had_left_its_connections_unsaid(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = key_page(bench, KeyType.HASH)
    known = installed_keys.find(bench.signed_in.api_url, page.details.key.id)
    assert known is not None
    assert known.connections
    # As where QGIS was killed between writing them and saying so.
    installed_keys.remember(replace(known, connections=()))

    def refuse(*_args: Any, **_more: Any) -> str:
        raise GpkeysError(ErrorCode.QGIS, Text("It cannot be kept."), "refused")

    monkeypatch.setattr(auth_configs, "store", refuse)
    refused(bench, page, ConfigurationRequest("abc1234"))
    assert installed_keys.find(bench.signed_in.api_url, page.details.key.id) == replace(known, connections=())
