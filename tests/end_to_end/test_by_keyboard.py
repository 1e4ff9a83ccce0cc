"""Create, edit, change the secret and delete in a real desktop, by real keys and no mouse."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.desktop import left_behind
from tests.end_to_end.desktop.qgis_desktop import WALKS, desktop_for
from tests.end_to_end.main_job_run import SERVICES
from tests.simulator.remote.steering import Simulator

pytestmark = pytest.mark.skipif(
    not (shutil.which("qgis") and shutil.which("xvfb-run")), reason="needs the QGIS desktop and a virtual display"
)

_USER = "camille"
# After each act, what the next one is done with; what deletes has to be gone to.
_FOCUS = {
    "opened": "signInButton",
    "signed in": "keyNameEdit",
    "step 2": "basicRadio",
    "made": "layersList",
    "page": "addKeyToMapButton",
    "edit": "keyNameEdit",
    "edit step 2": "saveButton",
    "edited": "addKeyToMapButton",
    "secret": "loginEdit",  # pragma: allowlist secret - the name of a field
    "secret changed": "laterButton",
    "old key deleted": "addKeyToMapButton",
    "delete": "cancelDeleteButton",
    "deleted": "keysSearch",
}


def test_a_key_is_made_changed_and_deleted_without_a_mouse(
    qgis_app: Any, simulator_process: Simulator, tmp_path: Path
) -> None:
    simulator_process.reset()
    desktop = desktop_for(simulator_process, tmp_path, _USER)
    desktop.install_plugin()
    settings = {
        "name": "Clavier",
        "later name": "Tout au clavier",
        "service": SERVICES[0],
        "pictures": str(tmp_path / "pictures"),
    }
    outcome = desktop.run(WALKS / "by_keyboard.py", settings)
    report = outcome.report
    assert "error" not in report, f"{report['error']}\n{report['focus']}\n{outcome.last_words}"
    assert report["focus"] == _FOCUS
    assert report["title"] == "Tout au clavier"
    assert report["clicks"] == 0
    keys = simulator_process.session_for(_USER).get(f"{simulator_process.api_url}/users/me/keys", timeout=10).json()
    assert keys == []
    assert report["exceptions"] == []
    assert left_behind.troubles(outcome) == []
