"""A project made with a key on one computer draws on another one, its file untouched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsProject

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.add_layers import add_layers
from gpkeys_plugin.jobs.values import ConfigurationRequest, ConnectRequest, CreatedKey, Failed, Rotation
from gpkeys_plugin.keys import configuration_ids
from gpkeys_plugin.keys.draft import HashStorage
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.records import installed_keys
from tests.qgis.jobs.computers import Computers, empty_project, is_drawn, opened
from tests.qgis.jobs.conftest import Bench, benches
from tests.qgis.jobs.key_pages import page_named, page_of
from tests.qgis.jobs.test_connect_existing import connect
from tests.qgis.jobs.test_create_key import create, draft_of
from tests.qgis.jobs.test_delete_key import delete
from tests.qgis.jobs.test_make_missing_configuration import make
from tests.qgis.jobs.test_rotate_key import finish, rotate
from tests.simulator.remote.steering import Simulator

_NAME = "Essai été"
_PASSWORD = "Mot-de-passe-26"  # pragma: allowlist secret - made up
_NEW_PASSWORD = "Autre-mot-de-passe-27"  # pragma: allowlist secret - made up
_OTHER_PASSWORD = "Encore-un-mot-28"  # pragma: allowlist secret - made up


@pytest.fixture
def computers(
    simulator: Simulator, manager: Any, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Computers]:
    """Return computers on the whole simulator."""
    with empty_project():
        for bench in benches(simulator, qtbot, tmp_path, monkeypatch):
            yield Computers(bench, tmp_path, monkeypatch)


@pytest.fixture(params=[KeyType.BASIC, KeyType.HASH])
def kind(request: pytest.FixtureRequest) -> KeyType:
    """Return the types of keys whose secret a configuration of their own holds."""
    if request.param is KeyType.HASH and not auth_configs.has_header_method():
        pytest.skip("this QGIS cannot send a hash as a header")
    return KeyType(request.param)


def made(bench: Bench, type_: KeyType, login: str = "essai-urbanisme") -> CreatedKey:
    """Make a key whose secret is in a configuration."""
    return create(bench, replace(draft_of(bench, type_, _NAME), hash_storage=HashStorage.HEADER, login=login))


def saved(bench: Bench, created: CreatedKey, file: Path) -> Path:
    """Save a project with the key's layers; return its file."""
    QgsProject.instance().clear()
    bench.run(lambda progress: add_layers(created.layers, "Essai", bench.main_thread, progress))
    layers = QgsProject.instance().mapLayers().values()
    assert {layer.isValid() for layer in layers} == {True}
    assert {created.authcfg in layer.source() for layer in layers} == {True}
    assert QgsProject.instance().write(str(file))
    QgsProject.instance().clear()
    return file


def connected(bench: Bench, password: str = _PASSWORD) -> CreatedKey:
    """Connect the key of the tests to this computer."""
    return connect(bench, page_named(bench, _NAME), ConnectRequest(HashStorage.HEADER, password))


def own(bench: Bench) -> str:
    """Return the first choice for the key of the tests."""
    return configuration_ids.ids_for_key(bench.signed_in.api_url, bench.signed_in.account_id, _NAME)[0]


def test_once_the_key_is_connected_there_too(computers: Computers, kind: KeyType, tmp_path: Path) -> None:
    first = computers.sit_at("A", "camille")
    project = saved(first, made(first, kind), tmp_path / "p.qgs")
    second = computers.sit_at("B", "camille")
    assert not is_drawn(project)
    created = connected(second)
    assert created.authcfg == own(second)
    assert is_drawn(project)
    # Connected again, it is updated, and no second one is made.
    ids = set(auth_configs.ids())
    assert connected(second).authcfg == created.authcfg
    assert set(auth_configs.ids()) == ids


def test_also_after_the_key_was_rotated_on_the_first_one(computers: Computers, kind: KeyType, tmp_path: Path) -> None:
    first = computers.sit_at("A", "camille")
    project = saved(first, made(first, kind), tmp_path / "p.qgs")
    second = computers.sit_at("B", "camille")
    before = connected(second)
    first = computers.sit_at("A", "camille")
    finish(first, rotate(first, page_named(first, _NAME)).id)
    assert is_drawn(project)
    second = computers.sit_at("B", "camille")
    assert not is_drawn(project)
    ids = set(auth_configs.ids())
    after = connected(second, _NEW_PASSWORD)
    assert after.key.id != before.key.id
    # The same configuration and connections, not others beside them; and nothing is left of the key that is gone.
    assert after.authcfg == before.authcfg
    assert after.connections == before.connections
    assert set(auth_configs.ids()) == ids
    assert [known.key_id for known in installed_keys.installed()] == [after.key.id]
    assert is_drawn(project)
    # And a computer that never had it.
    third = computers.sit_at("C", "camille")
    assert connected(third, _NEW_PASSWORD).authcfg == before.authcfg
    assert is_drawn(project)


def test_somebody_else_draws_it_with_a_key_of_theirs(computers: Computers, kind: KeyType, tmp_path: Path) -> None:
    camille = computers.sit_at("A", "camille")
    project = saved(camille, made(camille, kind), tmp_path / "p.qgs")
    hector = computers.sit_at("B", "hector")
    theirs = made(hector, kind, login="essai-archives")
    assert theirs.authcfg != own(camille)
    assert not is_drawn(project)
    opened(project, asks=False)
    made_ = make(hector, page_of(hector, theirs.key), ConfigurationRequest(own(camille)))
    assert len(made_.layer_names) == len(QgsProject.instance().mapLayers())
    hector.simulator.clear_requests()
    assert is_drawn(project)
    camille = computers.sit_at("A", "camille")
    assert is_drawn(project)


def test_rotated_it_draws_under_the_borrowed_id_too(computers: Computers, kind: KeyType, tmp_path: Path) -> None:
    camille = computers.sit_at("A", "camille")
    project = saved(camille, made(camille, kind), tmp_path / "p.qgs")
    hector = computers.sit_at("B", "hector")
    theirs = made(hector, kind, login="essai-archives")
    other = saved(hector, theirs, tmp_path / "q.qgs")
    make(hector, page_of(hector, theirs.key), ConfigurationRequest(own(camille)))
    rotation: Rotation = rotate(hector, page_of(hector, theirs.key))
    assert rotation.borrowed_authcfgs == (own(camille),)
    finish(hector, rotation.id)
    assert is_drawn(project)
    assert is_drawn(other)


def test_an_oauth2_key_under_a_borrowed_id(computers: Computers, tmp_path: Path) -> None:
    hector = computers.sit_at("A", "hector")
    project = saved(hector, made(hector, KeyType.BASIC), tmp_path / "p.qgs")
    camille = computers.sit_at("B", "camille")
    theirs = create(camille, draft_of(camille, KeyType.OAUTH2, "à moi"))
    assert not is_drawn(project)
    make(camille, page_of(camille, theirs.key), ConfigurationRequest(own(hector)))
    assert auth_configs.own_sign_in_id() == ""
    assert is_drawn(project)
    delete(camille, page_of(camille, theirs.key))
    assert own(hector) not in auth_configs.ids()
    assert camille.signed_in.authcfg in auth_configs.ids()


def test_with_another_password_typed_there(computers: Computers, tmp_path: Path) -> None:
    first = computers.sit_at("A", "camille")
    project = saved(first, made(first, KeyType.BASIC), tmp_path / "p.qgs")
    second = computers.sit_at("B", "camille")
    with pytest.raises(Failed) as caught:
        connected(second, _OTHER_PASSWORD)
    assert caught.value.error.code is ErrorCode.INVALID
    assert own(second) not in auth_configs.ids()
    assert not is_drawn(project)


def test_rotated_there_first_it_is_known_under_the_same_id(computers: Computers, tmp_path: Path) -> None:
    first = computers.sit_at("A", "camille")
    created = made(first, KeyType.BASIC)
    second = computers.sit_at("B", "camille")
    rotation = rotate(second, page_named(second, _NAME))
    assert rotation.authcfg == created.authcfg
    finish(second, rotation.id)
    assert auth_configs.ids().count(created.authcfg) == 1
