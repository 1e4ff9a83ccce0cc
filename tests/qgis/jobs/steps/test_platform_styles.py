"""Vector tiles through the gateway, drawn in the styles that the platform's TileMap lists."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsProject, QgsVectorTileLayer
from qgis.PyQt.QtGui import QImage

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.jobs.steps.account_sessions import SignedIn
from gpkeys_plugin.jobs.steps.connecting.connection_choice import choose_connections
from gpkeys_plugin.jobs.steps.service_probe import Credential, ServiceProbe
from gpkeys_plugin.jobs.steps.vector_styles.fetch_styles import FoundStyles, StyleReader
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe
from gpkeys_plugin.network.open_session import open_session
from gpkeys_plugin.store import layers
from tests.qgis.store.layer_pictures import draw
from tests.qgis.store.prepared_key import PreparedKey, prepare
from tests.simulator.remote.steering import Simulator

PLAN = "rochebrune.plan.vecteur"
GROUND, WATER = "#fcf7e8", "#5aa0dc"


@pytest.fixture
def key(simulator: Simulator, manager: Any, qtbot: QtBot) -> PreparedKey:
    QgsProject.instance().clear()
    return prepare(simulator, KeyType.HASH)


@pytest.fixture
def recipe(key: PreparedKey) -> LayerRecipe:
    return next(known for known in key.install() if known.name == PLAN)


def test_a_connection_has_the_public_style(simulator: Simulator, key: PreparedKey, recipe: LayerRecipe) -> None:
    """For the layers that are added from QGIS's Browser."""
    served = [layer for layer in key.served if layer.name == PLAN]
    probe = ServiceProbe(SignedIn(open_session, simulator.api_url, ""), Credential(hash=key.hash), Progress())
    (choice,) = choose_connections("Essai", served, probe, {}).made
    assert choice.plan.style_url == recipe.style_links[0].url
    assert choice.plan.style_url.endswith("/standard.json")


def read(simulator: Simulator, recipe: LayerRecipe) -> FoundStyles:
    simulator.clear_requests()
    return StyleReader(SignedIn(open_session, simulator.api_url, ""), Progress()).read(recipe)


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_the_platform_s_styles_are_drawn(simulator: Simulator, recipe: LayerRecipe) -> None:
    found = read(simulator, recipe)
    assert found.problems == ()
    assert [style.name for style in found.styles] == ["standard", "gris"]
    asked = simulator.requests(service="annexes")
    assert asked
    assert all("apikey" not in one.query.lower() for one in asked)
    layer = layers.make_layer(recipe, found.styles)
    assert isinstance(layer, QgsVectorTileLayer)
    assert {GROUND, WATER} <= colours(draw(layer))
    assert sorted(layer.styleManager().styles()) == ["gris", "standard"]
    assert layer.styleManager().setCurrentStyle("gris")
    assert WATER not in colours(draw(layer))


def test_styles_that_want_a_key_at_a_public_address_do_not_get_it(simulator: Simulator, recipe: LayerRecipe) -> None:
    simulator.switch(private_styles=True)
    found = read(simulator, recipe)
    assert found.styles == ()
    (problem,) = found.problems
    assert "the key does not open the file" in str(problem)
    assert all("apikey" not in one.query.lower() for one in simulator.requests(service="annexes"))
