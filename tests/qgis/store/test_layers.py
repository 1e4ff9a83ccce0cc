"""Layers made from the connections that were written, through the gateway, drawn by QGIS and compared."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMapLayer,
    QgsNetworkAccessManager,
    QgsProject,
    QgsRasterLayer,
    QgsSettings,
    QgsTask,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QTimer

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ConnectionPlan, ServedLayer
from gpkeys_plugin.keys.services.extents import WORLD
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe, WrittenConnection
from gpkeys_plugin.store import layers, qgis_capabilities_cache
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.layer_extents import extent_of
from gpkeys_plugin.store.layer_placement import place_in_project
from gpkeys_plugin.store.services import listed_layers
from tests.simulator.dataset import made_up_layers
from tests.simulator.ogc.open_urls import open_source, open_xyz_source
from tests.simulator.remote.steering import Simulator

from .layer_pictures import colours, draw, in_the_same_colours, is_alike
from .one_connection import write_one
from .prepared_key import LOGIN, WORD, PreparedKey, grant, prepare, withdraw

SERVICES = ["wms-r", "wms-v", "wmts", "wfs", "xyz", "pbf"]
LAYER_OF = {
    "wms-r": (ConnectionKind.WMS, "rochebrune.ortho_vallee_2023"),
    "wms-v": (ConnectionKind.WMS, "rochebrune.limites_communales"),
    "wmts": (ConnectionKind.WMTS, "rochebrune.scan25.touristique"),
    "wfs": (ConnectionKind.WFS, "rochebrune.plu_2026:zonage"),
    "xyz": (ConnectionKind.XYZ, "rochebrune.scan25.touristique"),
    "pbf": (ConnectionKind.VECTOR_TILES, "rochebrune.plan.vecteur"),
}


@pytest.fixture(autouse=True)
def empty_cache(qgis_app: Any) -> None:
    QgsNetworkAccessManager.instance().cache().clear()


@pytest.fixture
def basic_key(simulator: Simulator) -> PreparedKey:
    return prepare(simulator, KeyType.BASIC)


def recipe_of(recipes: Sequence[LayerRecipe], service: str) -> LayerRecipe:
    return next(known for known in recipes if (known.connection.kind, known.name) == LAYER_OF[service])


def open_layer(service: str, recipe: LayerRecipe, ogc_url: str) -> QgsMapLayer:
    """Return the same layer at the OGC server behind the gateway, in the recipe's reference system."""
    known = made_up_layers.layer(recipe.name.partition(":")[0])
    if service == "xyz":
        return QgsRasterLayer(open_xyz_source(known, ogc_url), "libre", "wms")
    source, provider, kind = open_source(known, ogc_url)
    if kind == "tiles":
        return QgsVectorTileLayer(source, "libre")
    source = source.replace("EPSG:2154", recipe.crs)
    if kind == "vector":
        source += " restrictToRequestBBOX='1'"
    return QgsVectorLayer(source, "libre", provider) if kind == "vector" else QgsRasterLayer(source, "libre", provider)


def drawn_alike(service: str, recipe: LayerRecipe, simulator: Simulator) -> None:
    layer = layers.make_layer(recipe)
    assert layers.problem_of(layer, recipe) is None
    picture = draw(layer)
    assert colours(picture) > 3
    free = in_the_same_colours(open_layer(service, recipe, simulator.ogc_url or ""), layer)
    assert is_alike(service, picture, draw(free))


def test_every_service_draws_with_a_hash_in_the_url(simulator: Simulator, hash_key: PreparedKey) -> None:
    recipes = hash_key.install()

    for service in SERVICES:
        drawn_alike(service, recipe_of(recipes, service), simulator)


def test_every_service_draws_with_a_basic_configuration(
    simulator: Simulator, basic_key: PreparedKey, manager: Any
) -> None:
    recipes = basic_key.install(auth_configs.store_basic("clé", LOGIN, WORD))

    for service in SERVICES:
        recipe = recipe_of(recipes, service)
        drawn_alike(service, recipe, simulator)
        assert WORD not in layers.make_layer(recipe).source()


def test_every_service_draws_with_the_hash_in_a_header(
    simulator: Simulator, hash_key: PreparedKey, manager: Any
) -> None:
    if not auth_configs.has_header_method():
        pytest.skip("this QGIS has no APIHeader method")
    recipes = hash_key.install(auth_configs.store_api_header("clé", hash_key.hash))

    for service in SERVICES:
        drawn_alike(service, recipe_of(recipes, service), simulator)


def test_the_recipes_say_what_the_service_offers(hash_key: PreparedKey) -> None:
    recipes = hash_key.install()

    wms, wmts, wfs, xyz = (recipe_of(recipes, service) for service in ("wms-r", "wmts", "wfs", "xyz"))
    assert (wms.title, wms.crs, wms.image_format) == ("Orthophotographie de vallée 2023", "EPSG:3857", "image/png")
    assert (wmts.crs, wmts.tile_matrix_set) == ("EPSG:3857", "PM_6_15")
    assert (wfs.title, wfs.crs) == ("Plan local d'urbanisme 2026 : zonage", "EPSG:2154")
    assert xyz.title == "SCAN 25 touristique de Rochebrune"
    assert xyz.tiles is not None
    assert (xyz.tiles.extension, xyz.tiles.zmin, xyz.tiles.zmax) == ("png", 6, 15)


def test_layers_made_by_a_task_belong_to_the_main_thread_and_never_freeze_it(
    simulator: Simulator, hash_key: PreparedKey, project: Any, qtbot: Any
) -> None:
    installed = hash_key.install()
    recipes = [recipe_of(installed, service) for service in SERVICES if service != "wms-v"]
    simulator.latency(800)
    ticks: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(10)
    task = _LayerTask(recipes)
    QgsApplication.taskManager().addTask(task)
    qtbot.waitUntil(lambda: task.is_over, timeout=60_000)
    timer.stop()
    simulator.latency(0)

    assert task.error is None
    assert task.seconds > 0.8
    assert max(after - before for before, after in zip(ticks, ticks[1:], strict=False)) < 0.6
    assert {layer.thread() for layer in task.made} == {QgsApplication.instance().thread()}
    place_in_project(project, task.made, "Essai")
    assert len(project.mapLayers()) == len(recipes)
    assert all(colours(draw(layer)) > 3 for layer in task.made)


class _LayerTask(QgsTask):
    """Makes layers off the GUI thread, as the job does."""

    def __init__(self, recipes: Sequence[LayerRecipe]) -> None:
        super().__init__("layers")
        self.recipes = recipes
        self.made: list[QgsMapLayer] = []
        self.error: Exception | None = None
        self.seconds = 0.0
        self.is_over = False

    def run(self) -> bool:
        start = time.monotonic()
        try:
            self.made = [layers.make_layer(recipe) for recipe in self.recipes]
        except Exception as error:  # noqa: BLE001 - a task must not raise
            self.error = error
        self.seconds = time.monotonic() - start
        return self.error is None

    def finished(self, _is_ok: bool) -> None:
        self.is_over = True


def test_tiles_know_where_their_data_are(hash_key: PreparedKey, project: Any) -> None:
    recipes = hash_key.install()
    for service in ("xyz", "pbf"):
        recipe = recipe_of(recipes, service)
        layer = layers.make_layer(recipe)
        assert in_degrees(layer) == pytest.approx(recipe.extent, abs=0.001)
        assert extent_of(layer, recipe) == recipe.extent
        whole = layers.make_layer(replace(recipe, extent=WORLD))
        assert in_degrees(whole) == pytest.approx((-180.0, -85.06, 180.0, 85.06), abs=0.01)


def test_where_no_document_tells_it_qgis_knows_the_extent(hash_key: PreparedKey) -> None:
    recipes = hash_key.install()
    for service in SERVICES:
        recipe = recipe_of(recipes, service)
        found = extent_of(layers.make_layer(recipe), replace(recipe, extent=None))
        assert recipe.extent is not None
        if service in ("xyz", "pbf"):
            assert found is None
        else:
            assert found == pytest.approx(recipe.extent, abs=0.01)


def in_degrees(layer: QgsMapLayer) -> tuple[float, ...]:
    crs = QgsCoordinateReferenceSystem("EPSG:4326")
    box = QgsCoordinateTransform(layer.crs(), crs, QgsProject.instance()).transformBoundingBox(layer.extent())
    return box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()


def test_a_wrong_hash_says_why_without_telling_it(hash_key: PreparedKey, project: Any) -> None:
    recipes = hash_key.install()
    wrong = "FausseCle" * 3
    rewritten = [write_one(plan, hash_value=wrong, owner=hash_key.key_id) for plan in hash_key.plans()]
    assert {known.name for known in rewritten} == {recipe.connection.name for recipe in recipes}

    for service in ("wms-r", "wmts", "wfs"):
        recipe = recipe_of(recipes, service)
        layer = layers.make_layer(recipe)
        problem = layers.problem_of(layer, recipe)
        assert problem is not None
        sentence = str(problem)
        assert recipe.title in sentence
        assert wrong not in sentence
        place_in_project(project, [layer], "Essai")
    assert project.mapLayers() == {}
    assert project.layerTreeRoot().children() == []


def test_a_layer_whose_connection_is_gone_is_said() -> None:
    recipe = LayerRecipe("Eau", WrittenConnection(ConnectionKind.WFS, "gone"), "eau")
    with pytest.raises(GpkeysError) as caught:
        layers.make_layer(recipe)

    assert "gone" in str(caught.value.user)


def test_a_layer_whose_configuration_is_gone_is_said_before_qgis_looks_for_it(
    hash_key: PreparedKey, manager: Any
) -> None:
    """A WFS would never come back (3.40)."""
    for recipe in hash_key.install(authcfg="gone123"):
        with pytest.raises(GpkeysError) as caught:
            layers.make_layer(recipe)
        assert "gone123" in str(caught.value.user)


def test_a_new_access_shows_at_once_when_the_cache_is_dropped(simulator: Simulator, hash_key: PreparedKey) -> None:
    recipes = hash_key.install()
    plans = {plan.kind: plan for plan in hash_key.plans()}
    # Newer QGIS also remember those of WFS, see the next test.
    for service in ("wms-r", "wmts"):
        recipe = recipe_of(recipes, service)
        layers.make_layer(recipe)
        simulator.clear_requests()
        layers.make_layer(recipe)
        assert _capabilities_asked(simulator) == 0

        plan = next(known for known in hash_key.plans() if known.name == recipe.connection.name)
        assert qgis_capabilities_cache.drop_capabilities(plan.kind, plan.url, hash_key.hash) == 1
        layers.make_layer(recipe)
        assert _capabilities_asked(simulator) == 1
    assert (
        qgis_capabilities_cache.drop_capabilities(ConnectionKind.XYZ, plans[ConnectionKind.XYZ].url, hash_key.hash) == 0
    )


def test_what_was_asked_with_a_hash_is_forgotten(simulator: Simulator, hash_key: PreparedKey, tmp_path: Path) -> None:
    recipe = recipe_of(hash_key.install(), "wms-r")
    layers.make_layer(recipe)
    assert hash_key.hash is not None
    folder = qgis_capabilities_cache.disk_folder()
    assert qgis_capabilities_cache.forget_answers({"another-hash"}, folder) == 0
    assert qgis_capabilities_cache.forget_answers({hash_key.hash}, folder) >= 1
    assert [path for path in folder.rglob("*") if path.is_file() and hash_key.hash.encode() in path.read_bytes()] == []
    simulator.clear_requests()
    layers.make_layer(recipe)
    assert _capabilities_asked(simulator) == 1
    assert (
        qgis_capabilities_cache.forget_answers({""}, folder)
        == qgis_capabilities_cache.forget_answers({"x"}, tmp_path / "none")
        == 0
    )


def test_a_new_wfs_access_shows_at_once_too(simulator: Simulator, hash_key: PreparedKey) -> None:
    recipe = recipe_of(hash_key.install(), "wfs")
    plan = next(known for known in hash_key.plans() if known.kind is ConnectionKind.WFS)
    withdrawn = withdraw(simulator, hash_key, "rochebrune.plu_2026")
    assert not layers.make_layer(recipe).isValid()

    grant(simulator, hash_key, withdrawn)
    assert qgis_capabilities_cache.drop_capabilities(plan.kind, plan.url, hash_key.hash) <= 1
    assert layers.make_layer(recipe).isValid()
    assert not QgsSettings().contains("qgis/wfsMemoryCacheDelay")


def test_the_cache_is_dropped_for_a_configuration_too(
    simulator: Simulator, basic_key: PreparedKey, manager: Any
) -> None:
    recipes = basic_key.install(auth_configs.store_basic("clé", LOGIN, WORD))
    recipe = recipe_of(recipes, "wms-r")
    layers.make_layer(recipe)
    plan = next(known for known in basic_key.plans() if known.name == recipe.connection.name)

    assert qgis_capabilities_cache.drop_capabilities(plan.kind, plan.url) == 1
    simulator.clear_requests()
    layers.make_layer(recipe)
    assert _capabilities_asked(simulator) == 1


def _capabilities_asked(simulator: Simulator) -> int:
    return sum("getcapabilities" in entry.query.lower() for entry in simulator.requests(service="gateway"))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ConnectionKind.WMS, ("EPSG:3857", "image/png", "", "")),
        (ConnectionKind.WMTS, ("EPSG:3857", "image/png", "normal", "PM")),
        (ConnectionKind.WFS, ("", "", "", "")),
    ],
)
def test_without_capabilities_the_platform_s_own_values_are_taken(
    kind: ConnectionKind, expected: tuple[str, ...]
) -> None:
    layer = ServedLayer("o", "eau", kind, "x", "https://data.geopf.fr/private/x")
    plan = ConnectionPlan("Eau", kind, layer.root, (layer,))

    (recipe,) = layers.recipes(plan, b"<html>401</html>", WrittenConnection(kind, "Eau"))

    assert (recipe.title, recipe.name) == ("eau", "eau")
    assert (recipe.crs, recipe.image_format, recipe.style, recipe.tile_matrix_set) == expected
    assert listed_layers.unlisted(plan, None) == ()
