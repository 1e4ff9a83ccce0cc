"""Layers of the open project mended in their place, believed only once their service has answered, and brought back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsMapLayer, QgsProject
from qgis.PyQt.QtCore import QTimer

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.repair.repair_values import LayerPlan, Repaired, WhereKept
from gpkeys_plugin.jobs.running.translate import show
from gpkeys_plugin.jobs.values import CreatedKey, Failed
from gpkeys_plugin.keys.layer_needs.needs import Cause
from gpkeys_plugin.keys.layer_needs.remedies import CouldBeOpenedBy, OpenedBy
from gpkeys_plugin.keys.upkeep.key_edits import KeyEdit, grants_of
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.records.edits import EDITS
from tests.qgis.jobs.key_pages import page_of
from tests.qgis.jobs.kills.test_finish_edit import stopped
from tests.qgis.jobs.repair.conftest import RepairBench
from tests.qgis.jobs.repair.dark_project import (
    DEAD,
    LAYERS,
    delete_keys,
    make_key,
    open_project,
    withdraw,
    write_projects,
)
from tests.qgis.jobs.repair.project_texts import differences, saved

_CAPABILITIES_SERVICES = {"/private/wms-r", "/private/wmts", "/private/wfs"}
_LATENCY_MS = 600


def sources(layers: dict[str, QgsMapLayer]) -> dict[str, str]:
    """Return the source of each layer, by name."""
    return {name: layer.source() for name, layer in layers.items()}


def reasons(repaired: Repaired) -> dict[str, str]:
    """Return why layers were left, by name, as it is shown."""
    return {name: show(why) for name, why in repaired.left}


def dark(atelier: RepairBench, folder: Path, created: CreatedKey | None = None) -> dict[str, QgsMapLayer]:
    """Open the dark project; return its layers but for the table that they are joined with."""
    layers = open_project(write_projects(created or make_key(atelier.bench), folder).dark)
    return {name: layers[name] for name in LAYERS}


def test_every_layer_draws_again_with_all_that_it_had(atelier: RepairBench, tmp_path: Path) -> None:
    created = make_key(atelier.bench)
    files = write_projects(created, tmp_path)
    open_project(files.bright)
    as_it_was = saved(tmp_path)
    open_project(files.dark)
    repaired = atelier.repair()
    assert (repaired.left, len(repaired.mended)) == ((), len(LAYERS))
    assert all(layer.isValid() for layer in QgsProject.instance().mapLayers().values())
    assert QgsProject.instance().isDirty()
    assert differences(as_it_was, saved(tmp_path)) == []
    assert str(created.hash) not in repr((repaired, atelier.told, atelier.plans()))


def test_reference_systems_outlive_the_threads_that_mend_and_undo(atelier: RepairBench, tmp_path: Path) -> None:
    layers = open_project(write_projects(make_key(atelier.bench), tmp_path).bright)
    other = make_key(atelier.bench, name="Autre")
    plans = [LayerPlan(found, OpenedBy(other.key)) for found in atelier.jobs.look().layers]
    # As in a QGIS whose main thread has met none of them.
    QgsCoordinateReferenceSystem.invalidateCache()
    assert len(atelier.repair(plans).mended) == len(LAYERS)
    assert void(atelier, layers) == []
    QgsCoordinateReferenceSystem.invalidateCache()
    atelier.undo()
    assert void(atelier, layers) == []


def void(atelier: RepairBench, layers: dict[str, QgsMapLayer]) -> list[str]:
    """Return the layers whose reference system has gone with a thread of jobs, once these have ended."""
    atelier.bench.qtbot.waitUntil(lambda: all(thread.name != "GPKeys job" for thread in threading.enumerate()))
    return [name for name, layer in layers.items() if not layer.crs().toWkt()]


def test_undone_everything_is_as_before(atelier: RepairBench, tmp_path: Path) -> None:
    layers = dark(atelier, tmp_path)
    before, as_it_was, valid = sources(layers), saved(tmp_path), {n: layer.isValid() for n, layer in layers.items()}
    atelier.repair()
    assert atelier.jobs.can_undo() == len(LAYERS)
    undone = atelier.undo()
    assert (len(undone.layers), undone.left) == (len(LAYERS), ())
    assert sources(layers) == before
    assert {name: layer.isValid() for name, layer in layers.items()} == valid
    assert differences(as_it_was, saved(tmp_path)) == []
    assert atelier.jobs.can_undo() == 0


def test_mended_twice_and_undone_the_first_source_is_back(atelier: RepairBench, tmp_path: Path) -> None:
    created = make_key(atelier.bench)
    layers = dark(atelier, tmp_path, created)
    before = sources(layers)
    plans = atelier.plans()
    atelier.repair(plans)
    again = [LayerPlan(found, OpenedBy(created.key)) for found in atelier.jobs.look().layers]
    atelier.repair(again)
    atelier.undo()
    assert sources(layers) == before


def test_the_key_and_each_service_are_asked_once(atelier: RepairBench, tmp_path: Path) -> None:
    dark(atelier, tmp_path)
    plans = atelier.plans()
    atelier.bench.simulator.clear_requests()
    atelier.repair(plans)
    asked = atelier.bench.simulator.requests()
    details = [entry for entry in asked if "/users/me/keys/" in entry.path and not entry.path.endswith("/accesses")]
    capabilities = [entry.path for entry in asked if entry.parameters.get("REQUEST") == "GetCapabilities"]
    assert len(details) == 1
    assert sorted(capabilities) == sorted(_CAPABILITIES_SERVICES)


def test_a_key_that_is_refused_changes_nothing_and_is_told(atelier: RepairBench, tmp_path: Path) -> None:
    created = make_key(atelier.bench)
    layers = dark(atelier, tmp_path, created)
    before = sources(layers)
    plans = atelier.plans()
    withdraw(atelier.bench, created, ["rochebrune.scan25.touristique", "rochebrune.plu_2026"])
    repaired = atelier.repair(plans)
    assert set(reasons(repaired)) == {"WMTS PM", "XYZ", "WFS"}
    assert all(reasons(repaired).values())
    after = sources(layers)
    assert {name for name in layers if after[name] == before[name]} == set(reasons(repaired))
    assert atelier.jobs.can_undo() == len(LAYERS) - 3


def test_a_valid_layer_that_the_key_does_not_open_stays_as_it_was(atelier: RepairBench, tmp_path: Path) -> None:
    good = make_key(atelier.bench)
    other = make_key(atelier.bench, name="Autre", names=["rochebrune.scan25.estompage"])
    layers = open_project(write_projects(good, tmp_path).bright)
    before = sources(layers)
    plans = [LayerPlan(found, OpenedBy(other.key)) for found in atelier.jobs.look().layers]
    repaired = atelier.repair(plans)
    assert repaired.mended == ()
    assert len(repaired.left) == len(LAYERS)
    assert sources(layers) == before
    assert not QgsProject.instance().isDirty()


def test_services_are_added_to_a_key_first_and_stay(atelier: RepairBench, tmp_path: Path) -> None:
    layers = dark(atelier, tmp_path)
    delete_keys(atelier.bench)
    created = make_key(atelier.bench, name="Tuiles", names=["rochebrune.scan25.estompage", "rochebrune.plu_2026"])
    plans = [plan for plan in atelier.plans() if plan.can_be_mended]
    assert any(isinstance(plan.remedy, CouldBeOpenedBy) for plan in plans)
    repaired = atelier.repair(plans)
    assert repaired.left == ()
    assert len(repaired.added) == 1
    assert len(repaired.mended) == len(plans)
    opened = {access.offering.layer_name for access in atelier.bench.accesses(created.key.id)}
    atelier.undo()
    assert {access.offering.layer_name for access in atelier.bench.accesses(created.key.id)} == opened
    assert all(DEAD in layer.source() for layer in layers.values())


def test_no_service_is_added_to_a_key_whose_change_stopped_half_way(atelier: RepairBench, tmp_path: Path) -> None:
    dark(atelier, tmp_path)
    delete_keys(atelier.bench)
    created = make_key(atelier.bench, name="Tuiles", names=["rochebrune.scan25.estompage", "rochebrune.plu_2026"])
    page = page_of(atelier.bench, created.key)
    stopped(atelier.bench, page, KeyEdit(grants=grants_of(page.accesses)[1:]))
    before = EDITS.entries()
    plans = [plan for plan in atelier.plans() if isinstance(plan.remedy, CouldBeOpenedBy)]
    repaired = atelier.repair(plans)
    assert repaired.mended == ()
    assert set(reasons(repaired).values()) == {"A change of the key “Tuiles” stopped half-way."}
    assert EDITS.entries() == before


def test_cancelled_what_is_done_stays_and_the_rest_is_untouched(atelier: RepairBench, tmp_path: Path) -> None:
    layers = dark(atelier, tmp_path)
    before = sources(layers)
    plans = [plan for plan in atelier.plans() if plan.can_be_mended]
    outcome: list[Repaired] = []
    failures: list[Failed] = []

    def stop(_percent: float, _text: Text) -> None:
        if atelier.jobs.can_undo() >= 2:
            running.cancel()

    running = atelier.jobs.repair(plans, WhereKept.AS_THE_KEY, stop, outcome.append, failures.append)
    atelier.bench.qtbot.waitUntil(lambda: bool(outcome or failures), timeout=30_000)
    assert failures == []
    assert outcome[0].is_cancelled
    done = set(outcome[0].mended)
    assert 2 <= len(done) < len(LAYERS)
    assert {layer.id() for layer in layers.values() if layer.source() != before[layer.name()]} == done
    atelier.undo()
    assert sources(layers) == before


def test_cancelled_at_once_it_fails_and_nothing_is_changed(atelier: RepairBench, tmp_path: Path) -> None:
    layers = dark(atelier, tmp_path)
    before = sources(layers)
    plans = atelier.plans()
    outcome: list[Repaired] = []
    failures: list[Failed] = []
    running = atelier.jobs.repair(plans, WhereKept.AS_THE_KEY, lambda *_: None, outcome.append, failures.append)
    running.cancel()
    atelier.bench.qtbot.waitUntil(lambda: bool(outcome or failures), timeout=30_000)
    assert (outcome, failures[0].error.code) == ([], ErrorCode.CANCELLED)
    assert sources(layers) == before


def longest_wait_ms(atelier: RepairBench, work: Callable[[], object]) -> float:
    """Do something while the services take their time; return the longest that the window had to wait."""
    ticks: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(5)
    atelier.bench.simulator.latency(_LATENCY_MS)
    work()
    atelier.bench.simulator.latency(0)
    timer.stop()
    return 1000 * max(after - before for before, after in pairwise(ticks))


def test_the_window_never_waits_for_a_service(atelier: RepairBench, tmp_path: Path) -> None:
    layers = dark(atelier, tmp_path)
    plans = atelier.plans()
    assert longest_wait_ms(atelier, lambda: atelier.repair(plans)) < _LATENCY_MS / 2
    assert all(layer.isValid() for layer in layers.values())
    atelier.bench.simulator.clear_requests()
    assert longest_wait_ms(atelier, atelier.undo) < _LATENCY_MS / 2
    assert atelier.bench.simulator.requests(service="gateway") == []


def test_a_layer_that_is_gone_or_was_changed_meanwhile_is_left_and_told(atelier: RepairBench, tmp_path: Path) -> None:
    layers = dark(atelier, tmp_path)
    plans = atelier.plans()
    other = layers["WMS"].source().replace(DEAD, "AutreHash")
    layers["WMS"].setDataSource(other, "WMS", "wms", False)
    QgsProject.instance().removeMapLayer(layers["XYZ"].id())
    repaired = atelier.repair(plans)
    assert reasons(repaired) == {
        "WMS": show(Text("its source was changed meanwhile")),
        "XYZ": show(Text("it is no longer in the project")),
    }
    assert layers["WMS"].source() == other


@pytest.mark.parametrize("type_", [KeyType.BASIC, KeyType.OAUTH2])
def test_a_key_with_a_configuration_leaves_no_secret_in_the_project(
    atelier: RepairBench, tmp_path: Path, type_: KeyType
) -> None:
    layers = dark(atelier, tmp_path)
    delete_keys(atelier.bench)
    created = make_key(atelier.bench, type_, name="Autre")
    repaired = atelier.repair()
    assert (repaired.left, len(repaired.mended)) == ((), len(LAYERS))
    assert all(f"authcfg={created.authcfg}" in layer.source().replace("'", "") for layer in layers.values())
    assert not any("apikey" in layer.source() for layer in layers.values())
    assert {found.need.cause for found in atelier.jobs.look().layers} == {Cause.NONE}


def test_the_hash_goes_into_a_configuration_where_that_is_wanted(atelier: RepairBench, tmp_path: Path) -> None:
    if not auth_configs.has_header_method():
        pytest.skip("this QGIS has no APIHeader method")
    created = make_key(atelier.bench)
    layers = dark(atelier, tmp_path, created)
    repaired = atelier.repair(atelier.plans(), WhereKept.IN_CONFIGURATION)
    assert repaired.left == ()
    assert not any(str(created.hash) in layer.source() for layer in layers.values())
    assert {found.need.key_id for found in atelier.jobs.look().layers} == {created.key.id}
