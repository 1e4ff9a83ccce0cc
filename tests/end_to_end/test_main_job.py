"""The main job, clicked through in a real QGIS desktop, for each kind of key."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Any

import pytest

from tests.end_to_end.dataset_in_sight import fills
from tests.end_to_end.desktop import left_behind
from tests.end_to_end.desktop.qgis_desktop import Desktop, Outcome, desktop_for
from tests.end_to_end.main_job_run import SERVICES, KeyWanted, do_main_job
from tests.simulator.remote.browser_login import new_browser
from tests.simulator.remote.steering import LoggedRequest, Simulator

pytestmark = pytest.mark.skipif(
    not (shutil.which("qgis") and shutil.which("xvfb-run")), reason="needs the QGIS desktop and a virtual display"
)

_USER = "camille"
_SERVICES_DRAWN = ["WFS", "WFS", "WMS raster", "WMS vector", "WMTS", "XYZ", "vector tiles"]
_CONNECTIONS = ["TMS", "TMS", "WFS", "WMS raster", "WMS vecteur", "WMTS"]
_CRS = {"WFS": "EPSG:2154"}
_STOREYS = {"WFS": 1, "vector tiles": 2}
_SIGNED = {"BASIC": "basic", "HASH": "apikey-query", "OAUTH2": "bearer"}
_LONG_NAME = ("Œuvre d'été / SIG, voirie & réseaux : clé n°1 – " * 5)[:200]

_KEYS = {
    "BASIC": KeyWanted(
        "BASIC",
        "Service voirie",
        login="voirie-essai",
        password="Rue-des-7-Tilleuls",  # pragma: allowlist secret - made up
    ),
    "HASH in the URL": KeyWanted("HASH", _LONG_NAME),
    "HASH as header": KeyWanted("HASH", "Clé en en-tête", storage="HEADER"),
    "OAUTH2": KeyWanted("OAUTH2", "Compte de Camille"),
}


@dataclass(frozen=True)
class Job:
    """One walk and all that it left. `secret` is what opens the key's services, empty for OAUTH2."""

    simulator: Simulator
    desktop: Desktop
    wanted: KeyWanted
    outcome: Outcome
    key: dict[str, Any]
    secret: str
    asked: list[LoggedRequest]

    @property
    def layers(self) -> list[dict[str, Any]]:
        """The layers of the project."""
        layers: list[dict[str, Any]] = self.outcome.report["layers"]
        return layers

    @property
    def is_in_urls(self) -> bool:
        """Whether the secret belongs into the connections' addresses."""
        return self.wanted.type == "HASH" and self.wanted.storage == "URL"

    def messages(self, tag: str = "") -> str:
        """The message log, or what was written under one tag."""
        return "\n".join(entry["message"] for entry in self.outcome.report["log"] if tag in ("", entry["tag"]))


@pytest.fixture(scope="module", params=list(_KEYS))
def job(
    request: pytest.FixtureRequest,
    qgis_app: Any,
    simulator_process: Simulator,
    tmp_path_factory: pytest.TempPathFactory,
) -> Job:
    """One walk through the dock."""
    wanted = _KEYS[request.param]
    if wanted.storage == "HEADER" and "APIHeader" not in qgis_app.authManager().authMethodsKeys():
        pytest.skip("this QGIS cannot send a hash as a header")
    simulator_process.reset()
    folder = tmp_path_factory.mktemp("job")
    desktop = desktop_for(simulator_process, folder, _USER)
    desktop.install_plugin()
    outcome = do_main_job(simulator_process, desktop, wanted, folder / "pictures")
    assert "error" not in outcome.report, f"{outcome.report['error']}\n{outcome.last_words}"
    asked = simulator_process.requests(service="gateway")
    (key,) = _keys_of(simulator_process)
    secret = str(key.get("type_infos", {}).get("hash", "")) or wanted.password
    return Job(simulator_process, desktop, wanted, outcome, key, secret, asked)


def _keys_of(simulator: Simulator) -> list[dict[str, Any]]:
    session = simulator.session_for(_USER)
    listed = session.get(f"{simulator.api_url}/users/me/keys", timeout=10).json()
    return [session.get(f"{simulator.api_url}/users/me/keys/{one['_id']}", timeout=10).json() for one in listed]


def test_nothing_went_wrong(job: Job) -> None:
    assert job.outcome.report["exceptions"] == []
    assert job.outcome.exit_code == 0
    assert left_behind.troubles(job.outcome) == []
    assert str(job.desktop.profile) in job.outcome.report["plugin"]


def test_the_key_is_what_was_asked_for(job: Job) -> None:
    assert (job.key["name"], job.key["type"]) == (job.wanted.name.strip(), job.wanted.type)
    session = job.simulator.session_for(_USER)
    accesses = session.get(f"{job.simulator.api_url}/users/me/keys/{job.key['_id']}/accesses", timeout=10).json()
    assert sorted(access["offering"]["layer_name"] for access in accesses) == sorted(SERVICES)


def test_a_layer_of_each_service_is_drawn_as_the_open_server_draws_it(job: Job) -> None:
    assert sorted(layer["service"] for layer in job.layers) == _SERVICES_DRAWN
    for layer in job.layers:
        assert layer["valid"], layer
        assert layer["likeness"] >= 0.9, layer
        assert layer["colours"] > 5, layer


def test_the_layers_fill_the_map_of_a_new_project_without_a_touch_of_the_mouse(job: Job) -> None:
    seen = job.outcome.report["sight"]
    assert fills(seen["place"]), seen
    assert seen["likeness"] >= 0.9, seen
    assert seen["colours"] > 5, seen


def test_vectors_stand_above_vector_tiles_above_rasters(job: Job) -> None:
    order = [_STOREYS.get(service, 3) for service in job.outcome.report["order"]]
    assert order == sorted(order) == [1, 1, 2, 3, 3, 3, 3]


def test_no_legend_is_asked_for_before_somebody_wants_to_see_it(job: Job) -> None:
    assert [entry.query for entry in job.asked if "getlegendgraphic" in entry.query.lower()] == []


def test_layers_have_their_reference_system_and_stand_in_a_group_of_the_key(job: Job) -> None:
    for layer in job.layers:
        assert layer["crs"] == _CRS.get(layer["service"], "EPSG:3857"), layer
        assert layer["group"] == job.wanted.name.strip()


def test_connections_are_listed_at_once_and_survive_their_name(job: Job) -> None:
    names = job.outcome.report["connections"]
    assert sorted(name.rpartition(" – ")[2].partition(" ")[0] for name in names) == sorted(
        service.partition(" ")[0] for service in _CONNECTIONS
    )
    beginning = job.wanted.name.replace("/", "-")[:60]
    assert all(name.replace("∕", "-").replace("⁄", "-").startswith(beginning) for name in names), names
    assert sorted(names) == sorted(made["name"] for made in left_behind.installed_key(job.desktop)["connections"])


def test_each_layer_holds_what_its_type_of_key_calls_for(job: Job) -> None:
    for layer in job.layers:
        assert layer["opened by"] == (["apikey="] if job.is_in_urls else ["authcfg="]), layer


def test_every_request_carried_the_key_and_none_was_refused(job: Job) -> None:
    signed = [entry for entry in job.asked if entry.method == "GET"]
    way = "apikey-header" if job.wanted.storage == "HEADER" else _SIGNED[job.wanted.type]
    # What the plugin itself asks carries a hash as a header, wherever QGIS keeps it.
    own = {"apikey-header"} if job.wanted.type == "HASH" else set()
    assert {entry.authentication for entry in signed} - own == {way} - own
    # 400 and 404: QGIS also asks for maps of one pixel and for tiles beside the data.
    assert {entry.status for entry in signed} <= {200, 400, 404}


def test_the_secret_stands_nowhere_but_where_it_belongs(job: Job) -> None:
    if job.secret:
        assert left_behind.files_with(job.secret, job.desktop) == ({"QGIS/QGIS3.ini"} if job.is_in_urls else set())
        assert job.secret not in job.messages("GPKeys" if job.is_in_urls else "")
        assert job.secret not in job.outcome.output


def test_the_account_s_own_secrets_stand_nowhere(job: Job) -> None:
    assert left_behind.files_with_tokens(job.desktop) == set()
    for secret in (job.simulator.client_secret, job.simulator.account(_USER).password):
        assert left_behind.files_with(secret, job.desktop) == set()
        assert secret not in job.outcome.output
        assert secret not in job.messages()


def test_the_browser_opened_once(job: Job) -> None:
    assert left_behind.pages_opened(job.desktop) == [job.simulator.auth_url]


def test_the_same_requests_without_the_key_are_refused(job: Job) -> None:
    """Everything QGIS asked of the gateway, asked again by nobody."""
    asked = {(entry.path, _without_key(entry)) for entry in job.asked if entry.status == 200}
    services = {path.split("/")[2] for path, _ in asked}
    assert services == {"wms-r", "wms-v", "wmts", "wfs", "tms"}
    origin = job.simulator.gateway_url.removesuffix("/private")
    stranger = new_browser()
    answered = {
        (path, query): stranger.get(f"{origin}{path}", params=dict(query), timeout=10).status_code
        for path, query in asked
    }
    assert {asked: status for asked, status in answered.items() if status != 401} == {}


def _without_key(entry: LoggedRequest) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, text) for name, text in entry.parameters.items() if name.lower() != "apikey"))
