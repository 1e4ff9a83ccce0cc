"""A hash swapped in connections and layers, and configurations put back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsSettings, QgsVectorTileLayer

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ConnectionPlan, TileRange
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection
from gpkeys_plugin.store import connection_snapshots, connections, hash_swap, key_uses
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.connection_settings import Layout, group
from gpkeys_plugin.store.records import connection_origins, installed_keys
from gpkeys_plugin.store.records.installed_keys import InstalledKey

from .one_connection import is_ours, remove_one, write_one

OLD, NEW = "FauxHashAncien0001", "FauxHashNouveau002"  # pragma: allowlist secret - made up
LONGER = f"{OLD}bis"
API = "https://data.geopf.fr/api"
_TILES = "http://127.0.0.1:1/tms/1.0.0/couche/{z}/{x}/{y}"


@pytest.fixture(autouse=True)
def _clean_project(own_settings: Any) -> Iterator[None]:
    QgsProject.instance().clear()
    yield
    QgsProject.instance().clear()


def written(kind: ConnectionKind, name: str, hash_value: str, layout: Layout | None = None) -> WrittenConnection:
    """Write a connection that carries a hash."""
    tiles = TileRange(0, 5, "png") if kind in (ConnectionKind.XYZ, ConnectionKind.VECTOR_TILES) else None
    query = "?SERVICE=WMTS&REQUEST=GetCapabilities" if kind is ConnectionKind.WMTS else ""
    url = f"{_TILES}.png" if tiles else f"http://127.0.0.1:1/private/{kind.value.lower()}{query}"
    return write_one(ConnectionPlan(name, kind, url, (), tiles), hash_value=hash_value, owner="k1", layout=layout)


@pytest.mark.parametrize("kind", list(ConnectionKind))
def test_a_connection_gets_the_new_hash_and_keeps_all_else(kind: ConnectionKind) -> None:
    mine, other = written(kind, "mienne", OLD), written(kind, "autre", LONGER)
    before = connections.read(kind, mine.name)
    assert key_uses.connections_with(hash_value=OLD) == (mine,)
    assert hash_swap.swap_in_connections(OLD, NEW) == (mine,)
    after, untouched = connections.read(kind, mine.name), connections.read(kind, other.name)
    assert before is not None
    assert after is not None
    assert untouched is not None
    assert (after.hash, untouched.hash) == (NEW, LONGER)
    assert replace(after, url="") == replace(before, url="")
    assert after.plain_url == before.plain_url
    assert is_ours(mine)


def test_both_settings_trees_follow() -> None:
    for layout in Layout:
        written(ConnectionKind.WMS, f"dans {layout.name}", OLD, layout)
    assert len(hash_swap.swap_in_connections(OLD, NEW)) == 2


@pytest.mark.parametrize("key", ["http-header", "http-header/apikey"])
def test_a_hash_among_the_headers_follows(key: str) -> None:
    mine = written(ConnectionKind.WMS, "à en-têtes", LONGER, Layout.NEW)
    place, settings = f"{group(Layout.NEW, mine.kind, mine.name)}/{key}", QgsSettings()
    settings.setValue(place, OLD if key.endswith("apikey") else {"ApiKey": OLD, "referer": "https://exemple.fr"})
    assert hash_swap.swap_in_connections(OLD, NEW) == (mine,)
    expected = NEW if key.endswith("apikey") else {"ApiKey": NEW, "referer": "https://exemple.fr"}
    assert QgsSettings().value(place) == expected
    assert hash_swap.swap_in_connections(OLD, NEW) == ()


@pytest.mark.parametrize("is_vector", [False, True])
def test_a_layer_keeps_id_name_style_and_place(is_vector: bool) -> None:
    project = QgsProject.instance()
    if is_vector:
        layer: Any = QgsVectorTileLayer(
            connections.tile_uri(f"{_TILES}.pbf?apikey={OLD}", "", TileRange(0, 5, "pbf")), "t"
        )
    else:
        layer = QgsRasterLayer(
            connections.tile_uri(f"{_TILES}.png?apikey={OLD}", "", TileRange(0, 5, "png")), "t", "wms"
        )
    assert layer.isValid()
    layer.setOpacity(0.3)
    assert project.addMapLayer(layer) is not None
    project.setDirty(False)
    (use,) = key_uses.project_layers_with(project, hash_value=OLD)
    assert hash_swap.swap_in_layer(project, use.layer_id, OLD, NEW)
    assert key_uses.project_layers_with(project, hash_value=OLD) == ()
    assert key_uses.project_layers_with(project, hash_value=NEW) == (use,)
    assert layer.opacity() == pytest.approx(0.3)
    assert project.isDirty()
    assert project.layerTreeRoot().findLayer(use.layer_id) is not None


def test_a_layer_that_has_gone_is_told() -> None:
    assert not hash_swap.swap_in_layer(QgsProject.instance(), "partie", OLD, NEW)


def test_who_uses_a_configuration_is_found(manager: Any) -> None:
    plan = ConnectionPlan("avec", ConnectionKind.WMS, "http://127.0.0.1:1/wms", ())
    mine = write_one(plan, authcfg="abc1234", owner="k1")
    assert key_uses.connections_with(authcfgs=["abc1234"]) == (mine,)
    source = connections.tile_uri(f"{_TILES}.png", "abc1234", TileRange(0, 5, "png"))
    layer = QgsRasterLayer(source, "t", "wms")
    assert QgsProject.instance().addMapLayer(layer) is not None
    assert [use.name for use in key_uses.project_layers_with(QgsProject.instance(), authcfgs=["abc1234"])] == ["t"]
    assert key_uses.project_layers_with(QgsProject.instance(), authcfgs=["abc123"]) == ()


def test_a_configuration_is_put_back_under_its_id_or_moved_under_another(manager: Any) -> None:
    one = auth_configs.store_basic("une", "ancien", "mot-1")
    other = auth_configs.store_basic("autre", "nouveau", "mot-2")
    kept, fresh = auth_config_snapshots.take(one), auth_config_snapshots.take(other)
    assert "mot-1" not in repr(kept)
    auth_config_snapshots.put_back(fresh, under=one)
    moved = auth_config_snapshots.take(one)
    assert (moved.name, moved.entries["username"]) == ("une", "nouveau")
    auth_config_snapshots.rename(one, "renommée")
    auth_config_snapshots.put_back(kept)
    assert auth_config_snapshots.take(one) == kept
    assert auth_config_snapshots.method_of(one) == "Basic"


def test_a_configuration_that_has_gone_is_told_or_left_alone(manager: Any) -> None:
    assert auth_config_snapshots.method_of("parti00") == ""
    auth_config_snapshots.rename("parti00", "rien")
    with pytest.raises(GpkeysError):
        auth_config_snapshots.take("parti00")


def test_a_removed_connection_comes_back_as_it_was() -> None:
    mine = written(ConnectionKind.XYZ, "mienne", OLD)
    before, (kept,) = connections.read(mine.kind, mine.name), connection_snapshots.snapshots([mine])
    assert OLD not in repr(kept)
    remove_one(mine)
    connection_snapshots.put_back([kept])
    assert kept.origin is not None
    connection_origins.record_all([kept.origin])
    assert connections.read(mine.kind, mine.name) == before
    assert is_ours(mine)


def test_what_qgis_holds_goes_over_to_another_key() -> None:
    mine = written(ConnectionKind.WMS, "mienne", OLD)
    installed_keys.remember(InstalledKey("k1", "Clé", "HASH", API, "", (mine,)))
    installed_keys.move(API, "k1", key_id="k2", key_name="Clé")
    assert installed_keys.find(API, "k1") is None
    assert installed_keys.find(API, "k2") == InstalledKey("k2", "Clé", "HASH", API, "", (mine,))
    connection_origins.change_owner("k1", "k2")
    origin = connection_origins.find(mine)
    assert origin is not None
    assert origin.owner == "k2"
