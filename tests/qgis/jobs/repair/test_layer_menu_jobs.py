"""What the menu of a layer asks: its key by name, other keys of this QGIS, the answer of its service, another key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.jobs.repair.ask_project_layers import Answer
from gpkeys_plugin.jobs.running.translate import show
from gpkeys_plugin.jobs.window.layer_menu_jobs import LayerMenuJobs
from tests.qgis.jobs.repair.conftest import RepairBench
from tests.qgis.jobs.repair.dark_project import LAYERS, make_key, open_project, write_projects


@pytest.fixture
def menu(atelier: RepairBench) -> LayerMenuJobs:
    """Return what the menu asks, on the simulator."""
    bench = atelier.bench
    return LayerMenuJobs(lambda: bench.signed_in, bench.runner, bench.main_thread, atelier.jobs)


def answers(atelier: RepairBench, menu: LayerMenuJobs) -> dict[str, str]:
    """Return what the services say of each layer found, empty for one that opens."""
    heard: list[tuple[Answer, ...]] = []
    failed: list[GpkeysError] = []
    menu.test(menu.find(), heard.append, failed.append)
    atelier.bench.qtbot.waitUntil(lambda: bool(heard or failed), timeout=60_000)
    assert failed == []
    return {layer.name: "" if problem is None else show(problem) for layer, problem in heard[0]}


def test_the_key_of_a_layer_and_the_others_that_open_it(
    atelier: RepairBench, menu: LayerMenuJobs, tmp_path: Path
) -> None:
    made = make_key(atelier.bench)
    open_project(write_projects(made, tmp_path).bright)
    found = menu.find()
    assert {menu.key_name(layer.need.key_id) for layer in found} == {made.key.name}
    assert menu.key_name("unheard-of") == ""
    assert all(menu.other_keys(layer) == () for layer in found)
    other = make_key(atelier.bench, name="Autre & fils")
    others = {layer.name: tuple(key.name for key in menu.other_keys(layer)) for layer in menu.find()}
    assert others == dict.fromkeys(LAYERS, (other.key.name,))
    given: Any = atelier.heard(lambda done, failed: menu.give(other.key, found, lambda *_: None, done, failed))
    assert (len(given.mended), given.left) == (len(LAYERS), ())
    assert {menu.key_name(layer.need.key_id) for layer in menu.find()} == {other.key.name}
    assert len(atelier.undo().layers) == len(LAYERS)


def test_a_layer_opens_or_its_service_says_why_not(atelier: RepairBench, menu: LayerMenuJobs, tmp_path: Path) -> None:
    files = write_projects(make_key(atelier.bench), tmp_path)
    open_project(files.bright)
    assert answers(atelier, menu) == dict.fromkeys(LAYERS, "")
    open_project(files.dark)
    before = {layer.id(): layer.source() for layer in QgsProject.instance().mapLayers().values()}
    told = answers(atelier, menu)
    assert set(told) == set(LAYERS)
    assert all(told.values())
    assert {layer.id(): layer.source() for layer in QgsProject.instance().mapLayers().values()} == before
