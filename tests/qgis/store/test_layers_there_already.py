"""Layers that a project has already, whatever their sources have become: no layer is added twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsMapLayer, QgsProject

from gpkeys_plugin.keys.layer_needs.credential_replacement import Configuration, Credential, HashInUrl, with_credential
from gpkeys_plugin.keys.layer_needs.platform_hosts import Platform
from gpkeys_plugin.keys.layer_needs.sources import read_address
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe
from gpkeys_plugin.store import layers, qgis_capabilities_cache
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.layer_placement import place_in_project
from gpkeys_plugin.store.records import installed_keys, known_hashes
from gpkeys_plugin.store.records.installed_keys import InstalledKey
from tests.simulator.remote.steering import Simulator

from .prepared_key import PreparedKey


def place(project: QgsProject, recipes: list[LayerRecipe]) -> tuple[int, int]:
    """Add the layers; return how many were added, and how many were there."""
    placed = place_in_project(project, [layers.make_layer(recipe) for recipe in recipes], "Essai")
    return placed.added, placed.there


@pytest.mark.parametrize("ending", ["qgs", "qgz"])
def test_a_project_that_is_opened_again_has_its_layers(
    hash_key: PreparedKey, project: Any, tmp_path: Path, ending: str
) -> None:
    """QGIS writes what is asked for in its own words, which are others than ours."""
    recipes = hash_key.install()
    assert place(project, recipes) == (len(recipes), 0)
    path = str(tmp_path / f"projet.{ending}")
    assert project.write(path)
    project.clear()
    assert project.read(path)
    assert all(layer.isValid() for layer in project.mapLayers().values())

    assert place(project, recipes) == (0, len(recipes))
    assert len(project.mapLayers()) == len(recipes)


def give(simulator: Simulator, layer: QgsMapLayer, credential: Credential) -> None:
    """Give a layer another credential, as a repair does: one that there is, or QGIS may never come back (3.40)."""
    if isinstance(credential, Configuration) and not auth_configs.exists(credential.authcfg):
        auth_configs.store_basic("Essai", "personne", "essai-1234", wanted_ids=(credential.authcfg,))
    provider, before = layer.providerType(), layer.source()
    after = with_credential(provider, before, credential, Platform.of(simulator.api_url))
    assert after != before
    layer.setDataSource(after, layer.name(), provider)


def test_a_layer_that_was_mended_is_known(
    hash_key: PreparedKey, project: Any, simulator: Simulator, manager: Any
) -> None:
    """Its credential stands elsewhere among its fields."""
    recipes = hash_key.install()
    place(project, recipes)
    for layer in project.mapLayers().values():
        give(simulator, layer, Configuration("gone123"))
        give(simulator, layer, HashInUrl(hash_key.hash))
    assert place(project, recipes) == (0, len(recipes))


def test_the_same_key_in_a_configuration_is_the_same_layer(
    hash_key: PreparedKey, project: Any, simulator: Simulator, manager: Any
) -> None:
    recipes = hash_key.install()
    place(project, recipes)
    for layer in project.mapLayers().values():
        give(simulator, layer, Configuration("abc1234"))
    key_id = hash_key.key_id
    installed_keys.remember(InstalledKey(key_id, "Essai", "HASH", simulator.api_url, borrowed_authcfgs=("abc1234",)))
    known_hashes.remember(simulator.api_url, key_id, hash_key.hash)
    assert place(project, recipes) == (0, len(recipes))


def test_the_same_layer_with_another_key_is_another(
    hash_key: PreparedKey, project: Any, simulator: Simulator, manager: Any
) -> None:
    recipes = hash_key.install()
    place(project, recipes)
    for layer in project.mapLayers().values():
        give(simulator, layer, Configuration("abc1234"))
    assert place(project, recipes) == (len(recipes), 0)


def test_a_layer_that_was_dark_is_read_anew(hash_key: PreparedKey, project: Any, simulator: Simulator) -> None:
    """Its key opens again, or its service was away when the project was opened."""
    recipe = next(one for one in hash_key.install() if one.connection.kind is ConnectionKind.WMS)
    place(project, [recipe])
    (layer,) = project.mapLayers().values()
    address = read_address("wms", layer.source())
    assert address is not None
    with qgis_capabilities_cache.nothing_served(ConnectionKind.WMS, address):
        layer.setDataSource(layer.source(), layer.name(), "wms", False)
    assert not layer.isValid()
    project.setDirty(False)

    assert place(project, [recipe]) == (0, 1)

    assert layer.isValid()
    assert not project.isDirty()


def test_a_dark_layer_whose_configuration_is_gone_is_not_read(
    hash_key: PreparedKey, project: Any, simulator: Simulator, manager: Any, tmp_path: Path
) -> None:
    """QGIS may never come back from that."""
    recipe = next(one for one in hash_key.install() if one.connection.kind is ConnectionKind.WFS)
    place(project, [recipe])
    (layer,) = project.mapLayers().values()
    give(simulator, layer, Configuration("abc1234"))
    path = str(tmp_path / "projet.qgs")
    assert project.write(path)
    assert manager.removeAuthenticationConfig("abc1234")
    assert project.read(path, QgsProject.ReadFlags(QgsProject.FlagDontResolveLayers))
    added = layers.make_layer(recipe)
    installed_keys.remember(
        InstalledKey(hash_key.key_id, "Essai", "HASH", simulator.api_url, borrowed_authcfgs=("abc1234",))
    )
    known_hashes.remember(simulator.api_url, hash_key.key_id, hash_key.hash)
    (dark,) = project.mapLayers().values()
    read: list[bool] = []
    dark.dataSourceChanged.connect(lambda: read.append(True))

    placed = place_in_project(project, [added], "Essai")

    assert (placed.added, placed.there) == (0, 1)
    assert read == []
