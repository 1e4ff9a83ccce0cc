"""Layers whose credential has become good again, by whatever means: they open, and the map is told to draw them."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsMapLayer, QgsProject

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.jobs.file_repair.file_values import FilesOrder
from gpkeys_plugin.jobs.values import ConnectRequest, CreatedKey
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.records import installed_keys
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.repair.conftest import RepairBench
from tests.qgis.jobs.repair.dark_project import (
    LAYERS,
    make_key,
    open_without_configuration,
    sources,
    write_with_configuration,
)
from tests.qgis.jobs.test_connect_existing import connect
from tests.qgis.jobs.test_delete_key import delete
from tests.qgis.jobs.window.test_repair_files_jobs import Door

_PASSWORD = "Mot-de-passe-26"  # pragma: allowlist secret - made up
_TILES = {"XYZ", "tuiles vectorielles"}


def drawn_from_now_on(layers: dict[str, QgsMapLayer]) -> set[str]:
    """Return the names of layers that are drawn, filled as they are."""
    drawn = set[str]()
    for name, layer in layers.items():
        layer.repaintRequested.connect(lambda _=False, name=name: drawn.add(name))
    return drawn


def without_its_key(atelier: RepairBench, folder: Path) -> dict[str, QgsMapLayer]:
    """Open a project of a key that was deleted with all it had in QGIS; return its layers by name."""
    created = make_key(atelier.bench, KeyType.BASIC)
    file = write_with_configuration(created, folder, created.authcfg, atelier.bench.signed_in.api_url)
    delete(atelier.bench, page_of(atelier.bench, created.key))
    assert not auth_configs.exists(created.authcfg)
    return open_without_configuration(file)


def test_a_key_made_again_revives_the_layers_that_name_its_configuration(atelier: RepairBench, tmp_path: Path) -> None:
    layers = without_its_key(atelier, tmp_path)
    assert {name for name, layer in layers.items() if layer.isValid()} <= _TILES
    kept, drawn = {name: layer.source() for name, layer in layers.items()}, drawn_from_now_on(layers)

    make_key(atelier.bench, KeyType.BASIC)

    assert all(layer.isValid() for layer in layers.values())
    assert drawn == set(LAYERS)
    assert {name: layer.source() for name, layer in layers.items()} == kept
    assert not QgsProject.instance().isDirty()


def test_a_key_that_is_connected_revives_them_too(atelier: RepairBench, tmp_path: Path) -> None:
    """The same key: QGIS had lost its configuration."""
    created = make_key(atelier.bench, KeyType.BASIC)
    project = QgsProject.instance()
    layers = sources(created)
    for layer in layers.values():
        assert project.addMapLayer(layer) is not None
    auth_configs.remove(created.authcfg)
    drawn = drawn_from_now_on(layers)

    page = page_of(atelier.bench, created.key)
    assert connect(atelier.bench, page, ConnectRequest(password=_PASSWORD)).authcfg == created.authcfg

    assert drawn == set(LAYERS)


def test_layers_of_other_keys_are_left_alone(atelier: RepairBench) -> None:
    created: CreatedKey = make_key(atelier.bench, KeyType.BASIC)
    layers = sources(created)
    for layer in layers.values():
        assert QgsProject.instance().addMapLayer(layer) is not None
    drawn = drawn_from_now_on(layers)
    make_key(atelier.bench, KeyType.HASH, name="Autre")
    assert drawn == set()


def of_an_unknown_configuration(atelier: RepairBench, folder: Path) -> dict[str, QgsMapLayer]:
    """Open a project whose layers name a configuration that this profile lacks; return them by name."""
    created = make_key(atelier.bench, KeyType.BASIC)
    return open_without_configuration(
        write_with_configuration(created, folder, "abc1234", atelier.bench.signed_in.api_url)
    )


def test_a_configuration_made_for_files_revives_the_layers_of_the_open_project(
    atelier: RepairBench, tmp_path: Path
) -> None:
    layers = of_an_unknown_configuration(atelier, tmp_path)
    drawn, door = drawn_from_now_on(layers), Door(atelier.bench)
    other = tmp_path / "autre.qgs"
    other.write_bytes(Path(QgsProject.instance().fileName()).read_bytes())
    mended = door.repair(door.scan(other), FilesOrder())
    assert mended.configurations == ("abc1234",)
    assert all(layer.isValid() for layer in layers.values())
    assert drawn == set(LAYERS)


@pytest.mark.parametrize("chosen", ["XYZ", "WMS"])
def test_a_configuration_made_for_some_layers_revives_the_others(
    atelier: RepairBench, tmp_path: Path, chosen: str
) -> None:
    layers = of_an_unknown_configuration(atelier, tmp_path)
    drawn = drawn_from_now_on(layers)

    repaired = atelier.repair([plan for plan in atelier.plans() if plan.found.name == chosen])

    assert repaired.configurations == ("abc1234",)
    assert all(layer.isValid() for layer in layers.values())
    assert drawn == set(LAYERS)
    assert installed_keys.installed()[0].borrowed_authcfgs == ("abc1234",)
