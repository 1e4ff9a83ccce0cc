"""What the SSO refuses to clients, in Keycloak's words, and the switches for it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import requests

from tests.simulator.remote.browser_login import new_browser
from tests.simulator.remote.steering import Simulator


def asked(simulator: Simulator, **form: str) -> requests.Response:
    """Return what the token endpoint answers to a form of the confidential client."""
    client = {"client_id": simulator.client_id, "client_secret": simulator.client_secret}
    with new_browser() as browser:
        return browser.post(simulator.token_url, data={**client, **form}, timeout=30)


def sent_back(simulator: Simulator, **changes: str) -> dict[str, str]:
    """Return what the sign-in page sends back after a login."""
    query = {
        "response_type": "code",
        "client_id": simulator.client_id,
        "redirect_uri": "http://127.0.0.1:7070/",
        "scope": "openid",
        **changes,
    }
    answer = simulator.browse_login(f"{simulator.auth_url}?{urlencode(query)}", "camille", follow=False)
    told = parse_qs(urlsplit(answer.headers["Location"]).query)
    return {name: values[0] for name, values in told.items()}


def test_a_wrong_secret_as_the_standard_has_it(light_simulator: Simulator) -> None:
    light_simulator.switch(client_refusal="rfc6749")
    answer = asked(light_simulator, grant_type="authorization_code", code="x", client_secret="faux")
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


def test_an_unknown_client(light_simulator: Simulator) -> None:
    answer = asked(light_simulator, grant_type="authorization_code", code="x", client_id="inconnu")
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_direct_grants_can_be_off(light_simulator: Simulator) -> None:
    person = light_simulator.account("camille")._asdict()
    assert asked(light_simulator, grant_type="password", **person).status_code == 200
    light_simulator.switch(direct_grants=False)
    answer = asked(light_simulator, grant_type="password", **person)
    assert (answer.status_code, answer.json()["error"]) == (400, "unauthorized_client")
    assert answer.json()["error_description"] == "Client not allowed for direct access grants"
    assert "code" in sent_back(light_simulator)


def test_pkce_can_be_demanded_of_every_client(light_simulator: Simulator) -> None:
    assert "code" in sent_back(light_simulator)
    light_simulator.switch(pkce_demanded=True)
    told = sent_back(light_simulator)
    assert (told["error"], told["error_description"]) == ("invalid_request", "Missing parameter: code_challenge_method")
    assert "code" in sent_back(light_simulator, code_challenge="A" * 43, code_challenge_method="S256")
