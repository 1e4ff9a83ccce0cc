"""The signs of what may concern the plugin: never too few, told once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from qgis.core import QgsMapLayer, QgsProject, QgsVectorLayer, QgsVectorTileLayer
from qgis.PyQt.QtXml import QDomDocument

from gpkeys_plugin.gui.project_signs import LayerSign, SaveSign, may_need_key
from gpkeys_plugin.keys.layer_needs.sources import read_source
from tests.unit.keys.layer_needs.forms import PLATFORM, Made, made_sources

_TILES = "type=xyz&url=https://data.geopf.fr/private/tms/1.0.0/PLAN/{z}/{x}/{y}.pbf?apikey%3Dx"
_FREE_TILES = "type=xyz&url=https://data.geopf.fr/tms/1.0.0/PLAN/{z}/{x}/{y}.pbf"


@pytest.fixture(autouse=True)
def project(qgis_app: Any) -> Iterator[QgsProject]:
    """An empty project, before and afterwards."""
    found = QgsProject.instance()
    found.clear()
    yield found
    found.setCustomVariables({})
    found.clear()


def _tiles(source: str) -> QgsMapLayer:
    """Return a layer that asks nobody anything before it is drawn."""
    return QgsVectorTileLayer(source, "tiles")


# Derived from the test's name, and whatever the load: as the unit tests of sources run.
@settings(deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_sources())
def test_what_a_closer_look_finds_has_its_sign(made: Made) -> None:
    found = read_source(made.provider, made.source, PLATFORM)
    if found is not None and (found.is_private or found.is_geoportail):
        assert may_need_key(made.provider, made.source)


def test_files_of_a_private_folder_are_none() -> None:
    assert not may_need_key("ogr", "/private/tmp/communes.gpkg")


def test_a_layer_that_needs_a_key_is_told_once(project: QgsProject, qtbot: Any) -> None:
    told: list[bool] = []
    sign = LayerSign(lambda: told.append(True))
    assert project.addMapLayer(QgsVectorLayer("Point", "points", "memory"))
    assert project.addMapLayer(_tiles(_FREE_TILES))
    qtbot.wait(100)
    assert told == []
    assert project.addMapLayers([_tiles(_TILES), _tiles(_TILES)])
    qtbot.waitUntil(lambda: bool(told))
    assert project.addMapLayer(_tiles(_TILES))
    qtbot.wait(100)
    assert told == [True]
    assert not sign.has_been_read
    sign.stop()
    sign.stop()


def test_a_layer_that_is_there_already_is_told(project: QgsProject, qtbot: Any) -> None:
    assert project.addMapLayer(_tiles(_TILES))
    told: list[bool] = []
    sign = LayerSign(lambda: told.append(True))
    qtbot.waitUntil(lambda: bool(told))
    sign.stop()


def test_a_project_that_is_opened_is_told_apart_from_one_that_is_made(
    project: QgsProject, qtbot: Any, tmp_path: Path
) -> None:
    assert project.addMapLayer(_tiles(_TILES))
    assert project.write(str(tmp_path / "plan.qgs"))
    project.clear()
    told: list[bool] = []
    sign = LayerSign(lambda: told.append(sign.has_been_read))
    assert project.read(str(tmp_path / "plan.qgs"))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [True]
    project.clear()
    assert not sign.has_been_read
    sign.stop()


def test_a_project_that_is_gone_again_is_not_told(project: QgsProject, qtbot: Any) -> None:
    told: list[bool] = []
    sign = LayerSign(lambda: told.append(True))
    assert project.addMapLayer(_tiles(_TILES))
    project.clear()
    qtbot.wait(100)
    assert told == []
    sign.stop()
    project.readProject.emit(QDomDocument())
    assert not sign.has_been_read


@pytest.mark.parametrize("way", ["layer", "variable", "configuration", "database", "neither"])
def test_a_saved_project_that_may_carry_a_key_is_told_once(project: QgsProject, tmp_path: Path, way: str) -> None:
    told: list[bool] = []
    sign = SaveSign(lambda: told.append(True))
    layers = {"layer": _tiles(_TILES), "configuration": _tiles(f"authcfg=a1b2c3d&{_FREE_TILES}")}
    assert project.addMapLayer(layers.get(way, _tiles(_FREE_TILES)))
    if way == "database":
        # The configuration of a database is none of a key.
        assert project.addMapLayer(QgsVectorLayer("dbname='x' authcfg=a1b2c3d table=\"t\"", "t", "postgres"))
    project.setCustomVariables({"key": "0123456789abcdef" if way == "variable" else "short"})
    for _ in range(2):
        assert project.write(str(tmp_path / "plan.qgs"))
    assert told == ([] if way in ("database", "neither") else [True])
    sign.stop()
    sign.stop()
