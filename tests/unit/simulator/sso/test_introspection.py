"""Introspection, as a client looks before it refreshes."""

from __future__ import annotations

import time

import requests

from tests.simulator.remote.browser_login import new_browser
from tests.simulator.remote.steering import Simulator

_PATIENCE_S = 10.0


def introspected(simulator: Simulator, token: str, hint: str = "refresh_token", **changes: str) -> requests.Response:
    """Return what the SSO answers about a token; without `hint` nothing is said of its kind."""
    form = {"client_id": simulator.client_id, "client_secret": simulator.client_secret, "token": token, **changes}
    if hint:
        form["token_type_hint"] = hint
    with new_browser() as browser:
        return browser.post(f"{simulator.token_url}/introspect", data=form, timeout=30)


def is_active(simulator: Simulator, token: str, hint: str = "refresh_token") -> bool:
    """Return what the SSO says of a token."""
    active: bool = introspected(simulator, token, hint).json()["active"]
    return active


def test_a_refresh_token_is_active_after_its_access_token_has_expired(light_simulator: Simulator) -> None:
    light_simulator.token_lifetime(1)
    tokens = light_simulator.tokens_for("camille")
    deadline = time.monotonic() + _PATIENCE_S
    while is_active(light_simulator, tokens["access_token"], "access_token"):
        assert time.monotonic() < deadline
    assert is_active(light_simulator, tokens["refresh_token"])


def test_a_revoked_refresh_token_is_not_active(light_simulator: Simulator) -> None:
    tokens = light_simulator.tokens_for("camille")
    light_simulator.revoke("camille")
    assert not is_active(light_simulator, tokens["refresh_token"])


def test_without_a_hint_a_refresh_token_is_never_active_as_in_keycloak_26_6(light_simulator: Simulator) -> None:
    tokens = light_simulator.tokens_for("camille")
    assert not is_active(light_simulator, tokens["refresh_token"], "")
    assert is_active(light_simulator, tokens["access_token"], "")
    light_simulator.switch(token_type_hint_demanded=False)
    assert is_active(light_simulator, tokens["refresh_token"], "")


def test_a_public_client_may_not_ask(light_simulator: Simulator) -> None:
    token = light_simulator.tokens_for("camille")["refresh_token"]
    answer = introspected(light_simulator, token, client_id="qgis-public", client_secret="")
    assert (answer.status_code, answer.json()["error"]) == (403, "invalid_request")
    answer = introspected(light_simulator, token, client_secret="faux")
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_request")
