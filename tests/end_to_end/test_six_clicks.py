"""How many clicks there are between a QGIS that is signed out and a layer in sight, counted in a real desktop."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.dataset_in_sight import fills
from tests.end_to_end.desktop import left_behind
from tests.end_to_end.desktop.qgis_desktop import WALKS, desktop_for
from tests.end_to_end.main_job_run import SERVICES
from tests.simulator.remote.steering import Simulator

pytestmark = pytest.mark.skipif(
    not (shutil.which("qgis") and shutil.which("xvfb-run")), reason="needs the QGIS desktop and a virtual display"
)

_USER = "camille"


@pytest.mark.parametrize(
    ("kind", "name", "clicks"),
    [("BASIC", "Voirie", 5), ("HASH", "", 6), ("OAUTH2", "", 6)],
    ids=str,
)
def test_a_layer_is_in_sight_within_six_clicks(
    qgis_app: Any, simulator_process: Simulator, tmp_path: Path, kind: str, name: str, clicks: int
) -> None:
    """The button in the toolbar, Sign in, a service, Next, the type where it is another one, Create: no more."""
    simulator_process.reset()
    desktop = desktop_for(simulator_process, tmp_path, _USER)
    desktop.install_plugin()
    settings = {
        "type": kind,
        "name": name,
        "service": SERVICES[0],
        "pictures": str(tmp_path / "pictures"),
        "ogc_url": simulator_process.ogc_url,
    }
    outcome = desktop.run(WALKS / "six_clicks.py", settings)
    report = outcome.report
    assert "error" not in report, f"{report['error']}\n{outcome.last_words}"
    assert (report["clicks"], report["keys"]) == (clicks, len(name))
    assert report["clicks from the list"] == 2
    for sight in (report["sight"], report["sight again"]):
        assert fills(sight["place"]), sight
        assert sight["likeness"] >= 0.9, sight
    assert report["held by the dock"]
    (key,) = simulator_process.session_for(_USER).get(f"{simulator_process.api_url}/users/me/keys", timeout=10).json()
    assert key["type"] == kind
    assert key["name"] == name or (not name and key["name"])
    assert report["exceptions"] == []
    assert left_behind.troubles(outcome) == []
