"""Layers of the same data put on the map: told apart there only where both are."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsProject

from gpkeys_plugin.jobs.add_layers import add_layers
from gpkeys_plugin.jobs.running.main_thread import MainThread
from gpkeys_plugin.jobs.running.task import Progress
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe
from tests.qgis.store.conftest import own_settings

from .recorded_server import Playback
from .test_connection_choice import SCAN, connect, project, quick, rok4

__all__ = ["own_settings", "project", "quick", "rok4"]

TITLE = "SCAN 25 touristique (Rochebrune)"


def legend(project: QgsProject) -> list[str]:
    return sorted(node.name() for node in project.layerTreeRoot().findLayers())


def add(recipes: Sequence[LayerRecipe]) -> None:
    add_layers(recipes, "Clé", MainThread(), Progress())


def test_one_way_keeps_the_title_and_two_are_told_apart(rok4: Playback, project: QgsProject) -> None:
    wmts, tiles = connect(*rok4.offering(SCAN, "WMTS", "TMS")).layers
    assert (wmts.title, tiles.title) == (TITLE, TITLE)
    add([tiles])
    assert legend(project) == [TITLE]
    add([wmts])
    assert legend(project) == [TITLE, f"{TITLE} (WMTS)"]

    project.clear()
    add([wmts, tiles])
    assert legend(project) == [f"{TITLE} (TMS)", f"{TITLE} (WMTS)"]
