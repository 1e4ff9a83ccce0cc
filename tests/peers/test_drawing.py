"""Connections and layers that the plugin writes, drawn by QGIS from MapServer and MapProxy behind the gateway."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest
import requests
from qgis.core import QgsMapLayer, QgsNetworkAccessManager, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage

from gpkeys_plugin.jobs.values import CreatedKey, Verdict
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe
from gpkeys_plugin.store import layers
from tests.peers.keys import BOUNDARIES, ORTHO, PLU, SCAN, WAYS, Way, made
from tests.peers.made_up_files import data_folder
from tests.peers.mapserver import CRS_LIST
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.test_check_key import verdicts
from tests.qgis.store.layer_pictures import colours, draw, in_the_same_colours, is_alike
from tests.simulator.ogc.cache import default_root
from tests.simulator.ogc.rasters import RASTER_FILES
from tests.simulator.ogc.vectors import VECTOR_FILE

# Seen: 0.1 to 3.1 between a layer and its file, 9 to 26 where one of them stands on its head.
_MOST_DIFFERENCE = 5.0


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
        ORTHO,
        "url={url}/wms&layers={name}&styles=&crs={crs}&format=image/png",
        RASTER_FILES[ORTHO],
    ),
    Peer(ConnectionKind.WMS, BOUNDARIES, "url={url}/wms&layers={name}&styles=&crs={crs}&format=image/png"),
    Peer(
        ConnectionKind.WMTS,
        SCAN,
        "url={url}/wmts?SERVICE%3DWMTS%26VERSION%3D1.0.0%26REQUEST%3DGetCapabilities&layers={name}&styles=default"
        "&crs={crs}&format=image/png&tileMatrixSet={tiling}",
        RASTER_FILES[SCAN],
    ),
    Peer(
        ConnectionKind.XYZ,
        SCAN,
        "type=xyz&url={url}/tms/1.0.0/{name}/{{z}}/{{x}}/{{y}}.png&zmin=0&zmax=18",
        RASTER_FILES[SCAN],
    ),
    Peer(
        ConnectionKind.WFS,
        f"{PLU}:zonage",
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


_DOCUMENTS = (
    ("wms-r", "/wms", "?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetCapabilities"),
    ("wfs", "/wfs", "?SERVICE=WFS&VERSION=2.0.0&REQUEST=GetCapabilities"),
    ("wmts", "/wmts", "?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities"),
    ("tms", "/tms", f"/1.0.0/{SCAN}"),
)


@pytest.fixture(autouse=True)
def empty_cache(qgis_app: Any) -> None:
    QgsNetworkAccessManager.instance().cache().clear()


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


@pytest.mark.parametrize(("endpoint", "root", "rest"), _DOCUMENTS)
def test_what_the_peers_write_reaches_a_key_unchanged_but_for_their_address(
    bench: Bench, peers_url: str, endpoint: str, root: str, rest: str
) -> None:
    url = f"{bench.simulator.gateway_url}/{endpoint}"
    hash_value = made(bench, WAYS["hash in the URL"]).hash or ""

    shown = requests.get(url + rest, headers={"apikey": hash_value}, timeout=30)
    written = requests.get(peers_url + root + rest, timeout=30)
    assert shown.status_code == 200
    assert shown.text == written.text.replace(peers_url + root, url)
    assert peers_url not in shown.text
    assert requests.get(url + rest, timeout=30).status_code == 401


@every_way
def test_the_test_of_a_key_says_that_the_peers_work(bench: Bench, way: Way) -> None:
    page = page_of(bench, made(bench, way).key)

    found = verdicts(bench, page)
    assert {verdict.verdict for verdict in found.values()} == {Verdict.WORKS}, found
    assert len(found) == 5
