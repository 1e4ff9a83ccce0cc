"""Introspection, as a client looks before it refreshes."""

from __future__ import annotations

import time

from tests.simulator.browser import new_browser
from tests.simulator.handle import Simulator

_PATIENCE_S = 10.0


def is_active(simulator: Simulator, token: str) -> bool:
    """Return what the SSO says of a token."""
    form = {"client_id": simulator.client_id, "client_secret": simulator.client_secret, "token": token}
    with new_browser() as browser:
        answer = browser.post(f"{simulator.token_url}/introspect", data=form, timeout=30)
    active: bool = answer.json()["active"]
    return active


def test_a_refresh_token_is_active_after_its_access_token_has_expired(light_simulator: Simulator) -> None:
    light_simulator.token_lifetime(1)
    tokens = light_simulator.tokens_for("camille")
    deadline = time.monotonic() + _PATIENCE_S
    while is_active(light_simulator, tokens["access_token"]):
        assert time.monotonic() < deadline
    assert is_active(light_simulator, tokens["refresh_token"])


def test_a_revoked_refresh_token_is_not_active(light_simulator: Simulator) -> None:
    tokens = light_simulator.tokens_for("camille")
    light_simulator.revoke("camille")
    assert not is_active(light_simulator, tokens["refresh_token"])
