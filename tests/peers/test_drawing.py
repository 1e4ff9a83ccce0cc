"""Connections and layers that the plugin writes, drawn by QGIS from MapServer and MapProxy behind the gateway."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

import pytest
from qgis.core import QgsMapLayer, QgsNetworkAccessManager, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage

from gpkeys_plugin.entrepot.models import KeyType, Permission
from gpkeys_plugin.jobs.key_values import Verdict
from gpkeys_plugin.jobs.values import CreatedKey
from gpkeys_plugin.keys.draft import Grant, HashStorage, KeyDraft
from gpkeys_plugin.keys.endpoints import ConnectionKind
from gpkeys_plugin.keys.recipes import LayerRecipe
from gpkeys_plugin.store import auth_configs, layers
from tests.peers.data import data_folder
from tests.peers.mapserver import CRS_LIST
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.pages import page_of
from tests.qgis.jobs.test_check_key import verdicts
from tests.qgis.jobs.test_create_key import create
from tests.qgis.store.maps import colours, draw, in_the_same_colours, is_alike
from tests.simulator.ogc.cache import default_root
from tests.simulator.ogc.rasters import RASTER_FILES
from tests.simulator.ogc.vectors import VECTOR_FILE

_ORTHO = "rochebrune.ortho_vallee_2023"
_BOUNDARIES = "rochebrune.limites_communales"
_SCAN = "rochebrune.scan25.touristique"
_PLU = "rochebrune.plu_2026"
# Seen: 0.1 to 3.1 between a layer and its file, 9 to 26 where one of them stands on its head.
_MOST_DIFFERENCE = 5.0
_OFFERINGS = (_ORTHO, _BOUNDARIES, _SCAN, _PLU)


@dataclass(frozen=True)
class Way:
    """How a key shows itself: its type, and where its hash is kept."""

    type: KeyType
    storage: HashStorage = HashStorage.URL


WAYS = {
    "hash in the URL": Way(KeyType.HASH),
    "hash in a header": Way(KeyType.HASH, HashStorage.HEADER),
    "login and password": Way(KeyType.BASIC),
}
every_way = pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))


@dataclass(frozen=True)
class Peer:
    """A layer of a peer: its kind and name, its source without a key, and the file it comes from."""

    kind: ConnectionKind
    name: str
    open_source: str
    file: str = ""


PEERS = (
    Peer(
        ConnectionKind.WMS,
        _ORTHO,
        "url={url}/wms&layers={name}&styles=&crs={crs}&format=image/png",
        RASTER_FILES[_ORTHO],
    ),
    Peer(ConnectionKind.WMS, _BOUNDARIES, "url={url}/wms&layers={name}&styles=&crs={crs}&format=image/png"),
    Peer(
        ConnectionKind.WMTS,
        _SCAN,
        "url={url}/wmts?SERVICE%3DWMTS%26VERSION%3D1.0.0%26REQUEST%3DGetCapabilities&layers={name}&styles=default"
        "&crs={crs}&format=image/png&tileMatrixSet={tiling}",
        RASTER_FILES[_SCAN],
    ),
    Peer(
        ConnectionKind.XYZ,
        _SCAN,
        "type=xyz&url={url}/tms/1.0.0/{name}/{{z}}/{{x}}/{{y}}.png&zmin=0&zmax=18",
        RASTER_FILES[_SCAN],
    ),
    Peer(
        ConnectionKind.WFS,
        f"{_PLU}:zonage",
        "url='{url}/wfs' typename='{name}' version='2.0.0' srsname='{crs}' restrictToRequestBBOX='1'",
        f"{VECTOR_FILE}|layername=zonage",
    ),
)
_SYSTEMS = {
    ConnectionKind.WMS: dict.fromkeys(CRS_LIST, ""),
    ConnectionKind.WMTS: {"EPSG:2154": "lambert", "EPSG:3857": "carte"},
    ConnectionKind.WFS: {"EPSG:2154": "", "EPSG:4326": ""},
}
"""Reference system → matrix set, where there are such."""


@pytest.fixture(autouse=True)
def empty_cache(qgis_app: Any) -> None:
    QgsNetworkAccessManager.instance().cache().clear()


def made(bench: Bench, way: Way) -> CreatedKey:
    """Create a key that opens what the peers serve, as the window does; skip where this QGIS cannot hold it."""
    if way.storage is HashStorage.HEADER and not auth_configs.has_header_method():
        pytest.skip("this QGIS has no APIHeader method (3.24 and later have)")
    draft = KeyDraft(
        name="Pairs",
        grants=grants(bench),
        type=way.type,
        login="essai-pairs",
        password="Mot-de-passe-26",  # pragma: allowlist secret - made up
        hash_storage=way.storage,
    )
    return create(bench, draft)


def grants(bench: Bench) -> tuple[Grant, ...]:
    """Return one grant for each offering that the peers serve."""
    now = datetime.now(timezone.utc)
    permissions: tuple[Permission, ...] = bench.run(lambda _: bench.signed_in.client().permissions())
    found = {
        offering.layer_name: Grant(offering.id, permission.id)
        for permission in permissions
        if permission.end_date is None or permission.end_date > now
        for offering in permission.offerings
        if offering.layer_name in _OFFERINGS
    }
    assert set(found) == set(_OFFERINGS)
    return tuple(found.values())


def open_layer(peer: Peer, recipe: LayerRecipe, url: str) -> QgsMapLayer:
    """Return the layer straight from the peer, in the recipe's reference system."""
    source = peer.open_source.format(url=url, name=peer.name, crs=recipe.crs, tiling=recipe.tile_matrix_set)
    if peer.kind is ConnectionKind.WFS:
        return QgsVectorLayer(source, "libre", "WFS")
    return QgsRasterLayer(source, "libre", "wms")


def file_layer(peer: Peer) -> QgsMapLayer:
    """Return the layer of the file that the peer serves."""
    path = str(data_folder(default_root()) / peer.file)
    return QgsVectorLayer(path, "fichier", "ogr") if peer.kind is ConnectionKind.WFS else QgsRasterLayer(path)


def difference(one: QImage, other: QImage) -> float:
    """Return how far two pictures are apart, seen from afar: the mean of their differences in grey, of 255."""
    small = [
        image.scaled(60, 60, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        for image in (one, other)
    ]
    greys = [[image.pixelColor(x, y).lightness() for x in range(60) for y in range(60)] for image in small]
    return sum(abs(mine - theirs) for mine, theirs in zip(*greys, strict=True)) / 3600


def recipe_of(created: CreatedKey, peer: Peer) -> LayerRecipe:
    """Return how the plugin makes the peer's layer."""
    return next(one for one in created.layers if (one.connection.kind, one.name) == (peer.kind, peer.name))


def drawn_alike(peer: Peer, recipe: LayerRecipe, url: str) -> None:
    """The layer shows what the peer shows without a key, and that lies where the data lie."""
    which = f"{peer.kind.value} {peer.name} in {recipe.crs}"
    layer = layers.make_layer(recipe)
    assert layers.problem_of(layer, recipe) is None, which
    picture = draw(layer)
    assert colours(picture) > 3, which
    free = in_the_same_colours(open_layer(peer, recipe, url), layer)
    assert is_alike(peer.kind.value.lower(), picture, draw(free)), which
    if peer.file:
        drawn_file = draw(in_the_same_colours(file_layer(peer), layer))
        assert difference(picture, drawn_file) < _MOST_DIFFERENCE, which


@every_way
def test_every_service_of_the_peers_draws(bench: Bench, peers_url: str, way: Way) -> None:
    created = made(bench, way)

    assert created.warnings == ()
    for peer in PEERS:
        drawn_alike(peer, recipe_of(created, peer), peers_url)


def test_layers_lie_right_in_each_reference_system_that_the_peers_offer(bench: Bench, peers_url: str) -> None:
    created = made(bench, WAYS["hash in the URL"])

    for kind, systems in _SYSTEMS.items():
        peer = next(peer for peer in PEERS if peer.kind is kind)
        for crs, tiling in systems.items():
            recipe = replace(recipe_of(created, peer), crs=crs, tile_matrix_set=tiling)
            drawn_alike(peer, recipe, peers_url)


def test_a_reference_system_that_qgis_draws_well_is_taken_though_another_comes_first(bench: Bench) -> None:
    recipes = made(bench, WAYS["hash in the URL"]).layers

    assert {recipe.crs for recipe in recipes if recipe.connection.kind is ConnectionKind.WMS} <= {
        "EPSG:2154",
        "EPSG:3857",
    }


@every_way
def test_the_test_of_a_key_says_that_the_peers_work(bench: Bench, way: Way) -> None:
    page = page_of(bench, made(bench, way).key)

    found = verdicts(bench, page)
    assert {verdict.verdict for verdict in found.values()} == {Verdict.WORKS}, found
    assert len(found) == 5
