"""The second half of the dock, clicked through in a real QGIS desktop, for each kind of key."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Any

import pytest

from tests.end_to_end.desktop import left_behind
from tests.end_to_end.desktop.qgis_desktop import WALKS, Desktop, Outcome, desktop_for
from tests.end_to_end.main_job_run import SERVICES, KeyWanted
from tests.simulator.remote.steering import LoggedRequest, Simulator

pytestmark = pytest.mark.skipif(
    not (shutil.which("qgis") and shutil.which("xvfb-run")), reason="needs the QGIS desktop and a virtual display"
)

_WALK = WALKS / "my_keys.py"
_USER = "camille"
_KEYS = {
    "BASIC": KeyWanted(
        "BASIC",
        "Service voirie",
        login="voirie-clefs",
        password="Rue-des-7-Tilleuls",  # pragma: allowlist secret - made up
    ),
    "HASH": KeyWanted("HASH", "Portail de la vallée"),
    "OAUTH2": KeyWanted("OAUTH2", "Compte de Camille"),
}
_DRAWING = ("GetMap", "GetTile", "GetFeature")
_PHASES = ("the secret swapped", "with both keys", "the old key deleted", "with the new key")


def _is_dot(entry: LoggedRequest) -> bool:
    """Whether a map of one pixel was asked for."""
    return entry.parameters.get("WIDTH") == "1"


@dataclass(frozen=True)
class Job:
    """One walk and all that it left."""

    simulator: Simulator
    desktop: Desktop
    wanted: KeyWanted
    outcome: Outcome
    asked: list[LoggedRequest]

    def seen(self, name: str) -> Any:
        """Return what the walk noted."""
        return self.outcome.report[name]


@pytest.fixture(scope="module", params=list(_KEYS))
def job(
    request: pytest.FixtureRequest,
    qgis_app: Any,
    simulator_process: Simulator,
    tmp_path_factory: pytest.TempPathFactory,
) -> Job:
    """One walk through the dock."""
    wanted = _KEYS[request.param]
    simulator_process.reset()
    folder = tmp_path_factory.mktemp("job")
    desktop = desktop_for(simulator_process, folder, _USER)
    desktop.install_plugin()
    settings: dict[str, Any] = {
        "key": vars(wanted),
        "services": SERVICES,
        "pictures": str(folder / "pictures"),
        "ogc_url": simulator_process.ogc_url,
    }
    outcome = desktop.run(_WALK, settings)
    assert "error" not in outcome.report, f"{outcome.report['error']}\n{outcome.last_words}"
    asked = simulator_process.requests(service="gateway")
    return Job(simulator_process, desktop, wanted, outcome, asked)


def test_nothing_went_wrong(job: Job) -> None:
    assert job.outcome.report["exceptions"] == []
    assert job.outcome.exit_code == 0
    assert left_behind.troubles(job.outcome) == []


def test_every_service_was_found_to_work(job: Job) -> None:
    services = {verdict.partition(" – ")[0].partition(" ")[0] for verdict in job.seen("verdicts")}
    assert services == {"WMS", "WMTS", "WFS", "TMS", "Téléchargement"}
    assert all(verdict.endswith("Fonctionne.") for verdict in job.seen("verdicts")), job.seen("verdicts")


def test_the_key_got_its_new_name(job: Job) -> None:
    assert job.seen("renamed") == f"{job.wanted.name} bis"
    assert "bis" in job.seen("changes")


def test_layers_went_on_drawing_all_through_the_rotation(job: Job) -> None:
    """Every request of the walk, those while the secret was swapped among them, was answered with the key."""
    if job.wanted.type == "OAUTH2":
        pytest.skip("an OAUTH2 key has no secret of its own")
    # 400 and 404: QGIS also asks for maps of one pixel and for tiles beside the data.
    answered = [entry for entry in job.asked if entry.method == "GET" and entry.status]
    assert [entry for entry in answered if entry.status not in {200, 400, 404}] == []
    drawing = [entry for entry in job.asked if entry.parameters.get("REQUEST") in _DRAWING and not _is_dot(entry)]
    moments = job.seen("rotation")
    for name, began, ended in zip(_PHASES, moments, moments[1:]):
        # One without a status was given up by QGIS: it draws anew when a layer changes.
        statuses = [entry.status for entry in drawing if began <= entry.moment <= ended and entry.status]
        assert statuses, f"nothing was drawn: {name}"
        assert set(statuses) == {200}, name
    assert job.seen("same layers")
    assert len(job.seen("layers")) == 7
    assert all(layer["valid"] and layer["likeness"] >= 0.9 for layer in job.seen("layers"))
    assert "ancienne clé" in job.seen("rotated")


def test_a_deletion_names_what_stops_and_leaves_nothing(job: Job) -> None:
    assert "Estompage" in job.seen("effects") or "SCAN 25" in job.seen("effects")
    session = job.simulator.session_for(_USER)
    assert session.get(f"{job.simulator.api_url}/users/me/keys", timeout=10).json() == []
    assert left_behind.files_with("– WMS raster", job.desktop) == set()


def test_no_secret_stands_anywhere_afterwards(job: Job) -> None:
    if job.wanted.password:
        assert left_behind.files_with(job.wanted.password, job.desktop) == set()
        assert job.wanted.password not in job.outcome.output
