"""Layers come into sight without a touch of the mouse in a new project; a map that is in use is left alone."""

from __future__ import annotations

import shutil
from typing import Any, Mapping

import pytest

from tests.end_to_end.dataset_in_sight import fills
from tests.end_to_end.desktop.qgis_desktop import WALKS, Outcome, desktop_for
from tests.end_to_end.main_job_run import KeyWanted, do_main_job
from tests.simulator.remote.steering import Simulator

pytestmark = pytest.mark.skipif(
    not (shutil.which("qgis") and shutil.which("xvfb-run")), reason="needs the QGIS desktop and a virtual display"
)

_WALK = WALKS / "layers_in_sight.py"
_SERVICES = {"WFS", "WMS raster", "WMS vector", "WMTS", "XYZ", "vector tiles"}
_CRS = {"WFS": "EPSG:2154"}


@pytest.fixture(scope="module")
def outcome(simulator_process: Simulator, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """One walk."""
    simulator_process.reset()
    folder = tmp_path_factory.mktemp("sight")
    desktop = desktop_for(simulator_process, folder, "camille")
    desktop.install_plugin()
    seen = do_main_job(simulator_process, desktop, KeyWanted("HASH", "En vue"), folder / "pictures", walk=_WALK)
    assert "error" not in seen.report, f"{seen.report['error']}\n{seen.last_words}"
    return seen


def test_nothing_went_wrong(outcome: Outcome) -> None:
    assert outcome.report["exceptions"] == []
    assert outcome.exit_code == 0


def test_the_first_layer_of_each_service_fills_the_map(outcome: Outcome) -> None:
    assert {seen["service"] for seen in outcome.report["first"]} == _SERVICES
    for seen in outcome.report["first"]:
        assert fills(seen["place"]), seen
        assert seen["likeness"] >= 0.9, seen
        assert seen["colours"] > 5, seen
        assert seen["crs"] == _CRS.get(seen["service"], "EPSG:3857"), seen
        assert (seen["told"], seen["offered"]) == ("1\u00a0couche ajoutée.", False)


def test_the_reference_system_that_a_person_wants_for_new_projects_stays(outcome: Outcome) -> None:
    seen = outcome.report["preset"]
    assert seen["crs"] == "EPSG:2154"
    assert fills(seen["place"]), seen
    assert seen["likeness"] >= 0.9, seen


@pytest.mark.parametrize(
    ("step", "told"),
    [("elsewhere", "7\u00a0couches ajoutées."), ("again", "7\u00a0couches étaient déjà présentes.")],
)
def test_a_map_that_is_in_use_moves_on_demand_only(outcome: Outcome, step: str, told: str) -> None:
    seen: Mapping[str, Any] = outcome.report[step]
    assert seen["after"] == seen["before"]
    assert seen["told"].splitlines() == [told, "La carte montre un autre endroit."]
    assert seen["offered"]
    assert seen["is open"]
    assert fills(seen["moved"]), seen
