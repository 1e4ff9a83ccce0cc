"""Ordered faults, latency, and the log of requests."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests

from tests.simulator.control.faults import Faults
from tests.simulator.remote.browser_login import new_browser
from tests.simulator.remote.steering import Simulator
from tests.unit.simulator.people import KEYS, ME, Person

_NEW_KEY = {"name": "Essai", "type": "HASH", "type_infos": {}}


def test_status_strikes_the_nth_requests_that_match(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.fail("GET", r"/users/me/keys$", status=503, nth=2, times=2, headers={"Retry-After": "1"})
    answers = [camille.ask("GET", KEYS) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 503, 503, 200]
    assert answers[1].headers["Retry-After"] == "1"
    assert answers[1].json()["error"] == "Service Unavailable"
    assert camille.ask("GET", ME).status_code == 200


def test_status_with_a_body(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.fail("POST", "/keys", status=409, body={"error_description": "déjà pris"})
    answer = camille.ask("POST", KEYS, _NEW_KEY)
    assert (answer.status_code, answer.json()) == (409, {"error_description": "déjà pris"})
    assert camille.read(KEYS) == []


def test_status_after_the_change(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.fail("POST", "/keys", status=504, applied=True)
    assert camille.ask("POST", KEYS, _NEW_KEY).status_code == 504
    assert len(camille.read(KEYS)) == 1


@pytest.mark.parametrize(("action", "count"), [("reset", 0), ("applied-lost", 1)])
def test_connection_ends_without_an_answer(
    camille: Person, light_simulator: Simulator, action: str, count: int
) -> None:
    light_simulator.fail("POST", "/keys", action)
    with pytest.raises(requests.ConnectionError):
        camille.ask("POST", KEYS, _NEW_KEY)
    assert len(camille.read(KEYS)) == count
    (struck,) = light_simulator.requests(method="POST", path="/keys")
    assert (struck.status, struck.fault) == (None, action)


def test_timeout_says_nothing_and_changes_nothing(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.fail("POST", "/keys", "timeout")
    with pytest.raises(requests.ReadTimeout):
        requests.post(f"{light_simulator.api_url}{KEYS}", json=_NEW_KEY, timeout=0.3)
    assert camille.read(KEYS) == []


def test_reset_lets_go_of_what_hangs(light_simulator: Simulator) -> None:
    light_simulator.fail(None, "^/api", "timeout")
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(requests.get, f"{light_simulator.api_url}{ME}", timeout=60)
        while not light_simulator.requests(service="api"):
            assert not hanging.done()
        light_simulator.reset()
        assert isinstance(hanging.exception(timeout=10), requests.ConnectionError)


def test_html_instead_of_an_answer(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.fail("GET", "/users/me", "html")
    answer = camille.ask("GET", ME)
    assert answer.status_code == 502
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("action", ["bad-json", "cut-json"])
def test_unreadable_json(camille: Person, light_simulator: Simulator, action: str) -> None:
    light_simulator.fail("POST", "/keys", action)
    answer = camille.ask("POST", KEYS, _NEW_KEY)
    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == "application/json"
    with pytest.raises(requests.JSONDecodeError):
        answer.json()
    assert len(camille.read(KEYS)) == 1


def test_transfer_cut_short(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.fail("GET", "/users/me$", "cut-transfer")
    try:
        body = camille.ask("GET", ME).content
    except requests.RequestException:
        return
    assert not body.endswith(b"}\n"), "old versions of urllib3 do not notice"


def test_faults_reach_the_sso_and_the_gateway(light_simulator: Simulator) -> None:
    light_simulator.fail("POST", "/token$", status=500)
    with pytest.raises(requests.HTTPError):
        light_simulator.token_for("camille")
    light_simulator.fail("GET", "^/private/wfs", status=429)
    assert requests.get(f"{light_simulator.gateway_url}/wfs", timeout=30).status_code == 429


@pytest.mark.parametrize(
    "order",
    [{"action": "explose"}, {"path": "("}, {"nth": 0}, {"inconnu": 1}],
)
def test_senseless_orders_are_refused(light_simulator: Simulator, order: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="error"):
        light_simulator.fail("GET", **{"path": "/", **order})


def test_latency(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.latency(150)
    started = time.monotonic()
    camille.read(ME)
    assert time.monotonic() - started >= 0.15
    assert (light_simulator.requests()[-1].duration_ms or 0) >= 150


def test_latency_from_a_method_on(hector: Person, light_simulator: Simulator) -> None:
    light_simulator.latency(150, since="DELETE")
    (key, *_) = hector.read(KEYS)
    hector.ask("DELETE", f"{KEYS}/{key['_id']}")
    hector.read(KEYS)
    _, *after = [entry.duration_ms or 0 for entry in light_simulator.requests(path=KEYS)]
    assert [duration_ms >= 150 for duration_ms in after] == [True, True]


def test_no_latency_before_that_method() -> None:
    faults = Faults()
    faults.set_latency(150, since="DELETE")
    assert [faults.latency_ms(method) for method in ("GET", "DELETE", "GET")] == [0, 150, 150]


def test_log_tells_who_asked_what(person: Callable[[str], Person], light_simulator: Simulator) -> None:
    hector = person("hector")
    light_simulator.clear_requests()
    hector.ask("GET", KEYS, params={"page": 2, "name": "%a"}, headers={"User-Agent": "QGIS/32216"})
    hector.ask("GET", f"{KEYS}/inconnue")
    first, second = light_simulator.requests()
    assert (first.service, first.method, first.path, first.status) == ("api", "GET", f"/api{KEYS}", 200)
    assert first.parameters == {"page": "2", "name": "%a"}
    assert (first.user, first.authentication, first.user_agent) == ("hector", "bearer", "QGIS/32216")
    assert second.status == 404


def test_log_holds_no_secret(camille: Person, light_simulator: Simulator) -> None:
    infos = {"login": "service", "password": "secret-invente-1"}  # pragma: allowlist secret - made up
    camille.ask("POST", KEYS, {"name": "A", "type": "BASIC", "type_infos": infos})
    camille.ask("POST", KEYS, {"name": "B", "type": "HASH", "type_infos": {"hash": "secret-invente-2"}})
    camille.ask("POST", KEYS, {"name": "C", "type": "HEADER", "type_infos": {"headers": {"X": "secret-invente-3"}}})
    with new_browser() as browser:
        query = {"apikey": "secret-invente-2"}  # pragma: allowlist secret - made up
        browser.get(f"{light_simulator.gateway_url}/wfs", params=query, timeout=30)
        browser.get(f"{light_simulator.gateway_url}/wfs", headers=query, timeout=30)
        browser.get(f"{light_simulator.gateway_url}/wfs", auth=("service", "secret-invente-1"), timeout=30)
        written = browser.get(f"{light_simulator.control_url}/requests", timeout=30).text
    for secret in ("secret-invent", light_simulator.client_secret, "motdepasse-", "eyJ"):
        assert secret not in written
    kinds = [entry.authentication for entry in light_simulator.requests(service="gateway")]
    assert kinds == ["apikey-query", "apikey-header", "basic"]
    assert {entry.user for entry in light_simulator.requests(service="gateway")} == {"camille"}
    body = light_simulator.requests(method="POST", path="/keys")[0].body
    assert body["type_infos"] == {"login": "service", "password": "***"}


def test_reset_brings_everything_back(hector: Person, light_simulator: Simulator) -> None:
    hector.ask("DELETE", f"{KEYS}/{hector.read(KEYS)[0]['_id']}")
    light_simulator.switch(delete_status=202)
    light_simulator.latency(50)
    light_simulator.fail("GET", ".*", times=100)
    light_simulator.reset()
    assert light_simulator.requests() == []
    again = Person(light_simulator, "hector")
    key = again.read(KEYS)[0]
    assert len(again.read(KEYS)) == 4
    assert again.ask("DELETE", f"{KEYS}/{key['_id']}").status_code == 204


def test_what_is_remembered_comes_back_as_often_as_it_is_recalled(camille: Person, light_simulator: Simulator) -> None:
    path = f"{KEYS}/{camille.new_key()['_id']}"
    before = camille.read(path)
    light_simulator.remember()
    for _ in range(2):
        assert camille.ask("PATCH", path, {"name": "Autre", "user_agent": "QGIS"}).ok
        camille.new_key("Encore", "OAUTH2")
        light_simulator.recall()
        assert [key["name"] for key in camille.read(KEYS)] == ["Essai"]
        assert camille.read(path) == before


@pytest.mark.parametrize(
    ("action", "start"),
    [("service-exception", "<ServiceExceptionReport"), ("exception-report", "<ExceptionReport"), ("empty", "")],
)
def test_a_success_that_is_none(camille: Person, light_simulator: Simulator, action: str, start: str) -> None:
    light_simulator.fail("GET", "/users/me$", action)
    answer = camille.ask("GET", ME)
    assert answer.status_code == 200
    assert start in answer.text
    assert bool(answer.content) == bool(start)


def test_a_change_that_is_confirmed_and_not_made(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.fail("POST", "/keys", "ignored")
    answer = camille.ask("POST", KEYS, _NEW_KEY)
    assert (answer.status_code, answer.json()["name"]) == (201, "Essai")
    assert camille.read(KEYS) == []
    made = camille.ask("POST", KEYS, _NEW_KEY).json()
    light_simulator.fail("PATCH", "/keys/", "ignored")
    assert camille.ask("PATCH", f"{KEYS}/{made['_id']}", {"name": "Autre"}).status_code == 200
    assert camille.read(KEYS)[0]["name"] == "Essai"


@pytest.mark.parametrize(("path", "shape"), [(ME, list), (KEYS, dict)])
def test_another_shape(camille: Person, light_simulator: Simulator, path: str, shape: type) -> None:
    light_simulator.fail("GET", f"{path}$", "other-shape")
    assert isinstance(camille.ask("GET", path).json(), shape)


def test_the_first_byte_alone(camille: Person, light_simulator: Simulator) -> None:
    light_simulator.fail("GET", f"{ME}$", "first-byte")
    assert camille.ask("GET", ME).content == b"{"
