"""Who may come through the gateway, and what it says to senseless requests. No QGIS."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.simulator.gateway.key_guard import RateLimiter
from tests.simulator.gateway.routes import blueprint
from tests.unit.simulator.gateway.fakes import (
    GET_FEATURE,
    GET_MAP,
    GET_TILE,
    LIMITS,
    ORTHO,
    PLU,
    SCAN,
    SHADING,
    WATER_MAP,
    FakeOgc,
    FakeState,
)


def basic(login: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()}


# who may come in


@pytest.mark.parametrize("path", ["wms-r", "wms-v/", "wmts", "wfs", "tms/1.0.0/", "telechargement/capabilities"])
@pytest.mark.parametrize("query", ["", "?apikey=", "?apikey=nope&request=GetCapabilities"])
def test_without_a_valid_key_even_capabilities_are_refused_in_html(client: FlaskClient, path: str, query: str) -> None:
    answer = client.get(f"/private/{path}{query}")
    assert answer.status_code == 401
    assert answer.mimetype == "text/html"
    assert "401 Authorization Required" in answer.text
    assert "WWW-Authenticate" not in answer.headers


def test_a_challenge_is_sent_when_the_switch_says_so(client: FlaskClient, state: FakeState) -> None:
    state.options.www_authenticate = True
    assert client.get("/private/wms-r").headers["WWW-Authenticate"].startswith("Basic ")


@pytest.mark.parametrize(
    ("key_type", "query", "headers", "status"),
    [
        ("HASH", "&apikey=H", {}, 200),
        ("HASH", "", {"apikey": "H"}, 200),
        ("HASH", "&apikey=nope", {"apikey": "H"}, 401),
        ("BASIC", "", basic("moi", "mot:de passe"), 200),
        ("BASIC", "", basic("moi", "faux"), 401),
        ("OAUTH2", "", {"Authorization": "Bearer valid"}, 200),
        ("OAUTH2", "", {"Authorization": "Bearer other"}, 401),
        ("OAUTH2", "", {"Authorization": "Bearer expired"}, 401),
        ("HEADER", "", {"X-Passerelle": "1"}, 200),
        ("BASIC", "&apikey=H", {}, 401),
    ],
)
def test_each_type_of_key_has_its_way_in(
    client: FlaskClient, state: FakeState, key_type: str, query: str, headers: dict[str, str], status: int
) -> None:
    state.key.type = key_type
    answer = client.get(f"/private/wms-r?service=WMS&request=GetCapabilities{query}", headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("filters", "headers", "status"),
    [
        ({"whitelist": ["192.0.2.0/24"]}, {}, 403),
        ({"whitelist": ["192.0.2.0/24", "127.0.0.1/32"]}, {}, 200),
        ({"whitelist": ["192.0.2.7"]}, {"X-Forwarded-For": "192.0.2.7"}, 200),
        ({"whitelist": ["2001:db8::/32"]}, {"X-Forwarded-For": "2001:db8::1"}, 200),
        ({"whitelist": ["192.0.2.0/24"]}, {"X-Forwarded-For": "::ffff:192.0.2.9"}, 200),
        ({"blacklist": ["127.0.0.0/8"]}, {}, 403),
        ({"blacklist": ["n'importe quoi"]}, {}, 200),
        ({"user_agent": ".*QGIS.*"}, {"User-Agent": "Mozilla/5.0 QGIS/32216"}, 200),
        ({"user_agent": ".*QGIS.*"}, {"User-Agent": "curl"}, 403),
        ({"user_agent": "QGIS%"}, {"User-Agent": "QGIS%"}, 403),
        ({"referer": "cartes%.example"}, {"Referer": "https://cartes.example/"}, 200),
        ({"referer": "cartes%.example"}, {}, 403),
        ({"referer": "cartes%.example", "user_agent": "QGIS"}, {"Referer": "https://cartes.example/"}, 403),
    ],
)
def test_filters_are_enforced(
    client: FlaskClient, state: FakeState, filters: dict[str, Any], headers: dict[str, str], status: int
) -> None:
    state.options.forwarded_for = True
    for name, value in filters.items():
        setattr(state.key, name, value)
    answer = client.get("/private/wms-r?service=WMS&request=GetCapabilities&apikey=H", headers=headers)
    assert answer.status_code == status
    assert answer.mimetype == ("text/html" if status == 403 else "text/xml")


def test_an_address_cannot_be_claimed_without_the_switch(client: FlaskClient, state: FakeState) -> None:
    state.key.whitelist = ["192.0.2.7"]
    answer = client.get(
        "/private/wms-r?service=WMS&request=GetCapabilities&apikey=H", headers={"X-Forwarded-For": "192.0.2.7"}
    )
    assert answer.status_code == 403


# what makes no sense


@pytest.mark.parametrize(
    "path",
    [
        f"wms-r?{GET_MAP}&layers={SHADING}&LAYERS={ORTHO}",
        f"wms-r?{GET_MAP}&layers={SHADING}&APIKEY=X",
        f"wms-r?{GET_MAP}",
        "wms-r?service=WMS",
        f"wms-r?service=WMS&request=GetPrint&layers={SHADING}",
        f"wmts?{GET_TILE.replace('&tilerow=1464', '')}&layer={SCAN}",
        f"wfs?{GET_FEATURE}",
        "wfs?service=WFS&version=2.0.0&request=Transaction",
    ],
)
def test_senseless_requests_are_400(client: FlaskClient, state: FakeState, path: str) -> None:
    state.give(SHADING, SCAN, PLU, only_oauth=False)
    answer = client.get(f"/private/{path}&apikey=H")
    assert answer.status_code == 400
    assert "Exception" in answer.text


def test_a_parameter_repeated_with_the_same_value_is_fine(client: FlaskClient, state: FakeState) -> None:
    state.give(SHADING, only_oauth=False)
    url = f"/private/wms-r?{GET_MAP}&layers={SHADING}&SERVICE=WMS&apikey=H"
    assert client.get(url).status_code == 200


def test_two_layers_are_the_most_that_one_request_gets(client: FlaskClient, state: FakeState) -> None:
    state.give(LIMITS, WATER_MAP, only_oauth=False)
    url = f"/private/wms-v?{GET_MAP}&layers={LIMITS},{WATER_MAP}&apikey=H"
    assert client.get(url).status_code == 200
    state.options.layers_max = 1
    assert client.get(url).status_code == 400


def test_an_unknown_endpoint_is_not_found(client: FlaskClient) -> None:
    assert client.get("/private/csw?apikey=H").status_code == 404


def test_the_ogc_server_may_be_down_or_missing(client: FlaskClient, state: FakeState, ogc: FakeOgc) -> None:
    ogc.is_down = True
    assert client.get("/private/wms-v?request=GetCapabilities&apikey=H").status_code == 502
    app = Flask(__name__)
    app.register_blueprint(blueprint(state, lambda _token: None, None))
    assert app.test_client().get("/private/wms-v?request=GetCapabilities&apikey=H").status_code == 503


# too many requests


def test_whoever_asks_too_often_waits(client: FlaskClient, state: FakeState) -> None:
    state.give(SCAN, only_oauth=False)
    state.options.rate_limit_per_s = 1
    answers: list[TestResponse] = [
        client.get("/private/wms-r?service=WMS&request=GetCapabilities&apikey=H") for _ in range(4)
    ]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert 1 <= int(refused[-1].headers["Retry-After"]) <= 5
    assert client.get(f"/private/wmts?{GET_TILE}&layer={SCAN}&apikey=H").status_code == 200


def test_a_reset_lets_go_whoever_waits(client: FlaskClient, state: FakeState) -> None:
    state.give(SCAN, only_oauth=False)
    state.options.rate_limit_per_s = 1
    asked = "/private/wms-r?service=WMS&request=GetCapabilities&apikey=H"
    while client.get(asked).status_code == 200:
        pass
    state.resets += 1
    assert client.get(asked).status_code == 200


def test_the_wait_gets_shorter_and_ends() -> None:
    now = [100.0]
    limiter = RateLimiter(clock=lambda: now[0])
    assert [limiter.seconds_to_wait("a", 2, 5) for _ in range(3)] == [0, 0, 5]
    assert limiter.seconds_to_wait("b", 2, 5) == 0
    now[0] += 3
    assert limiter.seconds_to_wait("a", 2, 5) == 2
    now[0] += 2
    assert limiter.seconds_to_wait("a", 2, 5) == 0
    assert limiter.seconds_to_wait("a", 0, 5) == 0
