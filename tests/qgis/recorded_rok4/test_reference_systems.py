"""Layers of every reference system that ROK4 serves, drawn by QGIS at their place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsMapSettings,
    QgsNetworkAccessManager,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

from gpkeys_plugin.jobs.add_layers import add_layers
from gpkeys_plugin.jobs.running.main_thread import MainThread
from gpkeys_plugin.jobs.running.task import TaskRunner
from gpkeys_plugin.keys.services.connection_plans import connection_plans
from gpkeys_plugin.keys.services.layer_recipes import LayerRecipe
from gpkeys_plugin.store import layers
from tests.qgis.store.conftest import own_settings
from tests.qgis.store.layer_pictures import drawn
from tests.qgis.store.one_connection import write_one

from .coloured_quarters import COLOURS, LYON, REUNION, place_in, system
from .recorded_server import VERSIONS, Playback, playing

__all__ = ["own_settings"]

_SIDE_M = 3000.0
_MERCATOR = "EPSG:3857"


@pytest.fixture(params=VERSIONS)
def rok4(request: Any, qgis_app: Any, own_settings: Any) -> Iterator[Playback]:
    QgsNetworkAccessManager.instance().cache().clear()
    with playing(request.param) as playback:
        yield playback


def recipe_of(rok4: Playback, service: str, name: str, project_crs: str = "") -> LayerRecipe:
    file = {"WMS": "wms-capabilities.xml", "WMTS": "wmts-capabilities.xml"}[service]
    (plan,) = connection_plans("Clé", rok4.offering(name, service), {})
    written = write_one(plan, hash_value="abcdef", owner="clé")
    (recipe,) = layers.recipes(plan, rok4.document(file), written, project_crs=project_crs)
    return recipe


def quarters_seen(layer: QgsMapLayer, around: QgsPointXY) -> dict[tuple[bool, bool], str]:
    """Return the colours seen in the quarters around a place, on a map of Web Mercator."""
    centre = place_in(_MERCATOR, around)
    settings = QgsMapSettings()
    settings.setDestinationCrs(system(_MERCATOR))
    settings.setExtent(
        QgsRectangle(centre.x() - _SIDE_M, centre.y() - _SIDE_M, centre.x() + _SIDE_M, centre.y() + _SIDE_M)
    )
    settings.setOutputSize(QSize(200, 200))
    settings.setBackgroundColor(QColor("white"))
    settings.setLayers([layer])
    image = drawn(settings)
    return {
        (is_east, is_north): _named(image.pixelColor(150 if is_east else 50, 50 if is_north else 150))
        for is_east, is_north in COLOURS
    }


def _named(colour: QColor) -> str:
    """Return the nearest of the colours, white for none; jpeg does not keep them exactly."""
    known = [*COLOURS.values(), QColor("white")]
    return min(
        known,
        key=lambda one: (
            abs(one.red() - colour.red()) + abs(one.green() - colour.green()) + abs(one.blue() - colour.blue())
        ),
    ).name()


RIGHT = {quarter: colour.name() for quarter, colour in COLOURS.items()}


@pytest.mark.parametrize(
    ("name", "around"),
    [
        ("ROCHEBRUNE.ORTHO.LAMB93", LYON),
        ("ROCHEBRUNE.ORTHO.2154", LYON),
        ("ROCHEBRUNE.ORTHO.PM", LYON),
        ("ROCHEBRUNE.CARTE.WGS84G", LYON),
        ("ROCHEBRUNE.ORTHO.REUNION", REUNION),
    ],
)
@pytest.mark.parametrize("service", ["WMTS", "WMS"])
def test_a_layer_of_any_reference_system_draws_at_its_place(
    rok4: Playback, service: str, name: str, around: QgsPointXY
) -> None:
    recipe = recipe_of(rok4, service, name)
    layer = layers.make_layer(recipe)
    assert layer.isValid(), recipe
    assert f"crs={recipe.crs}" in layer.source()
    assert quarters_seen(layer, around) == RIGHT, (recipe.crs, rok4.said[-3:])


@pytest.mark.parametrize("crs", ["CRS:84", "EPSG:4326", "EPSG:2154", "IGNF:LAMB93"])
def test_a_wms_draws_in_whatever_the_project_has(rok4: Playback, crs: str) -> None:
    recipe = recipe_of(rok4, "WMS", "ROCHEBRUNE.GEOGRAPHICALGRIDSYSTEMS.MAPS.SCAN25TOUR", crs)
    assert recipe.crs == crs
    layer = layers.make_layer(recipe)
    assert quarters_seen(layer, LYON) == RIGHT
    assert any(f"CRS={crs}&" in said for said in rok4.said)


def test_the_degrees_of_a_project_are_asked_for_by_their_name_of_wms(rok4: Playback) -> None:
    recipe = recipe_of(rok4, "WMS", "ROCHEBRUNE.ORTHO.PM", "OGC:CRS84")
    assert recipe.crs == "CRS:84"


@pytest.mark.parametrize(
    ("project_crs", "tiling"),
    [
        ("EPSG:2154", "LAMB93_10cm"),
        ("IGNF:LAMB93", "LAMB93_10cm"),
        ("EPSG:3857", "PM"),
        ("", "PM"),
        ("EPSG:4326", "PM"),
    ],
)
def test_a_wmts_draws_in_the_tiling_of_the_project(rok4: Playback, project_crs: str, tiling: str) -> None:
    recipe = recipe_of(rok4, "WMTS", "ROCHEBRUNE.CADASTRE.LAMB93", project_crs)
    assert recipe.tile_matrix_set.startswith(tiling)
    assert recipe.level_count == 6
    assert quarters_seen(layers.make_layer(recipe), LYON) == RIGHT


def test_the_long_names_of_the_ign_s_systems_draw_too(rok4: Playback) -> None:
    rok4.rewritten[b"<ows:SupportedCRS>IGNF:"] = b"<ows:SupportedCRS>urn:ogc:def:crs:IGNF::"
    recipe = recipe_of(rok4, "WMTS", "ROCHEBRUNE.ORTHO.LAMB93")
    assert recipe.crs == "IGNF:LAMB93"
    assert quarters_seen(layers.make_layer(recipe), LYON) == RIGHT


def test_a_layer_draws_again_from_a_saved_project(rok4: Playback, tmp_path: Path) -> None:
    recipe = recipe_of(rok4, "WMS", "ROCHEBRUNE.ORTHO.PM", "IGNF:LAMB93")
    project = QgsProject()
    assert project.addMapLayer(layers.make_layer(recipe)) is not None
    assert project.write(str(tmp_path / "essai.qgz"))
    again = QgsProject()
    assert again.read(str(tmp_path / "essai.qgz"))
    (layer,) = again.mapLayers().values()
    assert "crs=IGNF:LAMB93" in layer.source()
    assert quarters_seen(layer, LYON) == RIGHT


@pytest.mark.parametrize(
    ("service", "name", "around", "project_crs"),
    [
        ("WMTS", "ROCHEBRUNE.ORTHO.LAMB93", LYON, ""),
        ("WMTS", "ROCHEBRUNE.ORTHO.REUNION", REUNION, ""),
        ("WMS", "ROCHEBRUNE.ORTHO.2154", LYON, "EPSG:2154"),
        ("WMS", "ROCHEBRUNE.ORTHO.PM", LYON, ""),
        ("WMS", "ROCHEBRUNE.CARTE.WGS84G", LYON, "CRS:84"),
    ],
)
def test_a_layer_draws_when_the_thread_that_made_it_has_ended(
    rok4: Playback, qtbot: QtBot, service: str, name: str, around: QgsPointXY, project_crs: str
) -> None:
    recipe = recipe_of(rok4, service, name, project_crs)
    # As in a QGIS that has met no reference system yet.
    QgsCoordinateReferenceSystem.invalidateCache()
    main_thread, runner = MainThread(), TaskRunner()
    added: list[Any] = []
    runner.start("essai", lambda told: add_layers([recipe], "Essai", main_thread, told), added.append, added.append)
    qtbot.waitUntil(lambda: bool(added))
    runner.shut_down()
    (layer,) = QgsProject.instance().mapLayers().values()
    seen = quarters_seen(layer, around)
    QgsProject.instance().clear()
    assert seen == RIGHT
