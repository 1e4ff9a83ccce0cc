"""How the algorithms run: on which thread, signed in or not, cancelled, in a model; and that no secret comes out."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessing,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelParameter,
    QgsProcessingParameterString,
)
from qgis.PyQt.QtCore import QTimer

from gpkeys_plugin.jobs.running.off_the_main_thread import off_main_thread
from gpkeys_plugin.network.http.network_threads import wait_until
from gpkeys_plugin.store import environments, settings
from gpkeys_plugin.store.configurations import auth_config_snapshots, auth_configs
from gpkeys_plugin.store.configurations.oauth2_json import OAuth2Setup, TechnicalAccount
from tests.qgis.jobs.test_create_key import held
from tests.qgis.processing.algorithm_calls import create
from tests.qgis.processing.conftest import Heard, Toolbox
from tests.simulator.memory import seeds

_TURN_MS = 20
_LATENCY_MS = 2000
_PATIENCE_MS = 60_000


# Threads


def test_events_turn_while_the_main_thread_waits(toolbox: Toolbox) -> None:
    """`processing.run` blocks the script, not the window: no pause of it is as long as that of the network."""
    turns: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: turns.append(time.monotonic()))
    timer.start(_TURN_MS)
    toolbox.bench.simulator.latency(_LATENCY_MS)
    toolbox.run("listkeys")
    turns.append(time.monotonic())
    timer.stop()
    pauses = [after - before for before, after in zip(turns, turns[1:])]
    assert sum(pauses) >= _LATENCY_MS / 1000 > max(pauses)


def test_work_is_done_on_a_worker_whoever_waits_for_it() -> None:
    main = threading.get_ident()
    assert off_main_thread(threading.get_ident, wait_until) != main
    with ThreadPoolExecutor(max_workers=1) as pool:
        worker = pool.submit(threading.get_ident).result()
        assert pool.submit(off_main_thread, threading.get_ident, wait_until).result() == worker
    with pytest.raises(ZeroDivisionError):
        off_main_thread(lambda: 1 // 0, wait_until)


def test_the_toolbox_runs_it_in_the_background(toolbox: Toolbox) -> None:
    algorithm = QgsApplication.processingRegistry().algorithmById("gpkeys:createkey")
    values = {
        "NAME": "Poste 12",
        "TYPE": "BASIC",
        "OFFERINGS": seeds.PLU,
        "AUTHCFG": toolbox.bench.signed_in.authcfg,
    }
    context, feedback, ended = QgsProcessingContext(), Heard(), []
    task = QgsProcessingAlgRunnerTask(algorithm, values, context, feedback)
    task.executed.connect(lambda is_good, results: ended.append((is_good, results)))
    QgsApplication.taskManager().addTask(task)
    toolbox.bench.qtbot.waitUntil(lambda: bool(ended), timeout=_PATIENCE_MS)
    is_good, results = ended[0]
    assert is_good
    assert results["AUTH_ID"] in auth_configs.ids()
    assert toolbox.changes == [0]


def test_a_cancelled_creation_leaves_nothing(toolbox: Toolbox) -> None:
    before = held(toolbox.bench)
    toolbox.bench.simulator.fail("POST", r"/accesses$", "timeout", times=9)
    feedback = Heard()
    timer = QTimer()
    timer.timeout.connect(
        lambda: feedback.cancel() if toolbox.bench.simulator.requests(method="POST", path="/accesses") else None
    )
    timer.start(100)
    with pytest.raises(Exception, match=r"Cancelled\.|errors"):
        toolbox.run("createkey", feedback, NAME="Poste 12", TYPE="BASIC", OFFERINGS=seeds.PLU)
    timer.stop()
    assert held(toolbox.bench) == before


# Sign-in


def test_without_a_configuration_it_is_said_how_to_sign_in(toolbox: Toolbox) -> None:
    said = toolbox.failure("listkeys", AUTHCFG=None)
    assert "no authentication configuration to sign in" in said
    assert "access keys” panel" in said


def test_the_configuration_of_the_panel_is_the_default(toolbox: Toolbox) -> None:
    settings.sign_in_authcfg(environments.current().name).set(toolbox.bench.signed_in.authcfg)
    assert toolbox.run("listkeys", AUTHCFG=None)["COUNT"] == 0


def test_where_only_a_browser_could_help_it_is_said_at_once(toolbox: Toolbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing listens for an answer, nothing is opened, nothing is waited for."""
    environment = environments.current()
    own = auth_configs.store_oauth2(OAuth2Setup.of(environment, environments.client_secret(environment)))
    toolbox.bench.simulator.clear_requests()
    said = toolbox.failure("listkeys", AUTHCFG=own)
    assert "not signed in" in said
    assert "Sign in once in the “Géoplateforme access keys” panel" in said
    assert toolbox.bench.simulator.requests() == []


def test_a_configuration_that_signs_nobody_in_is_refused(toolbox: Toolbox) -> None:
    basic = auth_configs.store_basic("à moi", "nom", "autre-chose")
    assert "not an OAuth2 authentication configuration" in toolbox.failure("listkeys", AUTHCFG=basic)
    assert "not an OAuth2 authentication configuration" in toolbox.failure("listkeys", AUTHCFG="abcdef1")


def test_a_token_refused_before_its_time_is_fetched_anew(toolbox: Toolbox) -> None:
    toolbox.run("listkeys")
    toolbox.bench.simulator.refuse_access_tokens("camille")
    assert toolbox.run("listkeys")["COUNT"] == 0


def test_a_wrong_password_of_the_configuration_is_told_from_a_service_in_trouble(toolbox: Toolbox) -> None:
    environment = environments.current()
    account = TechnicalAccount("camille", "faux")
    secret = environments.client_secret(environment)
    wrong = auth_configs.store_oauth2(OAuth2Setup("faux", environment, secret, account=account))
    assert "refuses the user name or the password" in toolbox.failure("listkeys", AUTHCFG=wrong)
    account = TechnicalAccount(*toolbox.bench.simulator.account("camille"))
    stranger = auth_configs.store_oauth2(OAuth2Setup("autre", environment, "faux", account=account))
    assert "does not accept the client secret" in toolbox.failure("listkeys", AUTHCFG=stranger)
    toolbox.bench.simulator.fail("POST", r"/token$", "status", status=500, times=50)
    assert "sign-in service has a problem" in toolbox.failure("listkeys")


# Secrets


def test_no_secret_is_in_results_reports_or_what_is_told(toolbox: Toolbox, qgis_app: Any) -> None:
    logged: list[str] = []
    qgis_app.messageLog().messageReceived.connect(lambda message, *_: logged.append(message))
    found = [
        create(toolbox, "b", "BASIC", OUTPUT=toolbox.file("b.json")),
        create(toolbox, "h", "HASH", OUTPUT=toolbox.file("h.json")),
    ]
    secrets = [
        auth_config_snapshots.take(found[0]["AUTH_ID"]).entries["password"],
        _hash_of(toolbox, found[1]["KEY_ID"]),
    ]
    for key in ("b", "h"):
        found.append(toolbox.run("testkey", KEY=key, OUTPUT=toolbox.file(f"{key}-test.json")))
        found.append(toolbox.run("connectkey", KEY=key))
        found.append(toolbox.run("updatekey", KEY=key, USER_AGENT="QGIS", OUTPUT=toolbox.file(f"{key}-u.json")))
        toolbox.bench.simulator.fail("POST", r"/users/me/keys$", "html", times=9)
        toolbox.heard.append(toolbox.failure("rotatekey", KEY=key))
        toolbox.bench.simulator.reset_faults()
        found.append(toolbox.run("rotatekey", KEY=key, OUTPUT=toolbox.file(f"{key}-r.json")))
    found.append(toolbox.run("listkeys", OUTPUT=toolbox.file("keys.json")))
    secrets += [
        auth_config_snapshots.take(found[0]["AUTH_ID"]).entries["password"],
        _hash_of(toolbox, found[-2]["KEY_ID"]),
    ]
    written = "".join(path.read_text(encoding="utf-8") for path in toolbox.folder.glob("*.json"))
    told = "\n".join([*toolbox.heard, *logged, json.dumps(found), written])
    assert len(set(secrets)) == 4
    assert [secret for secret in secrets if secret in told] == []


def _hash_of(toolbox: Toolbox, key_id: str) -> str:
    return str(toolbox.bench.run(lambda _: toolbox.bench.signed_in.client().key(key_id)).hash)


# Models


def _model(toolbox: Toolbox) -> QgsProcessingModelAlgorithm:
    """Return a model: a key is made for a workstation, and tested."""
    model = QgsProcessingModelAlgorithm("Nouveau poste", "essais")
    model.addModelParameter(QgsProcessingParameterString("poste", "Poste"), QgsProcessingModelParameter("poste"))
    made = _child(
        "createkey",
        "made",
        NAME=QgsProcessingModelChildParameterSource.fromModelParameter("poste"),
        TYPE=_static("HASH"),
        OFFERINGS=_static(seeds.PLU),
        AUTHCFG=_static(toolbox.bench.signed_in.authcfg),
    )
    model.addChildAlgorithm(made)
    tested = _child(
        "testkey",
        "tested",
        KEY=QgsProcessingModelChildParameterSource.fromChildOutput("made", "KEY_ID"),
        AUTHCFG=_static(toolbox.bench.signed_in.authcfg),
    )
    model.addChildAlgorithm(tested)
    return model


def _static(value: str) -> QgsProcessingModelChildParameterSource:
    return QgsProcessingModelChildParameterSource.fromStaticValue(value)


def _child(
    name: str, child_id: str, **sources: QgsProcessingModelChildParameterSource
) -> QgsProcessingModelChildAlgorithm:
    child = QgsProcessingModelChildAlgorithm(f"gpkeys:{name}")
    child.setChildId(child_id)
    for parameter, source in sources.items():
        child.addParameterSources(parameter, [source])
    return child


def test_a_model_hands_one_s_result_to_the_next(toolbox: Toolbox) -> None:
    from qgis import processing

    model = _model(toolbox)
    path = Path(toolbox.file("poste.model3"))
    assert model.toFile(str(path))
    read = QgsProcessingModelAlgorithm()
    assert read.fromFile(str(path))
    processing.run(read, {"poste": "Poste 12"}, feedback=Heard())
    (key,) = toolbox.bench.platform_keys()
    assert key.name == "Poste 12"
    assert _hash_of(toolbox, key.id) not in path.read_text(encoding="utf-8")
    assert QgsProcessing.TEMPORARY_OUTPUT not in path.read_text(encoding="utf-8")
