"""The SSO: code flow with and without PKCE, refresh, refusals, sign-out."""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import KeySet

from tests.simulator.remote.browser_login import form_of, new_browser, walk_login
from tests.simulator.remote.steering import Simulator

_REPLY = "http://127.0.0.1:7073/"
_TIMEOUT_S = 30


def _auth_url(simulator: Simulator, **changes: str) -> str:
    parameters = {
        "response_type": "code",
        "client_id": simulator.client_id,
        "redirect_uri": _REPLY,
        "scope": "openid profile email",
        "state": "etat-1",
    }
    return f"{simulator.auth_url}?{urlencode({**parameters, **changes})}"


def _callback(answer: requests.Response) -> dict[str, str]:
    assert answer.status_code == 302, answer.text
    assert answer.headers["Location"].startswith(_REPLY + "?")
    return {name: texts[0] for name, texts in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def _code(simulator: Simulator, username: str = "camille", **changes: str) -> str:
    return _callback(simulator.browse_login(_auth_url(simulator, **changes), username, follow=False))["code"]


def _post(simulator: Simulator, path: str, form: dict[str, str], **more: Any) -> requests.Response:
    url = f"{simulator.sso_url}/protocol/openid-connect/{path}"
    with new_browser() as session:
        return session.post(url, data=form, timeout=_TIMEOUT_S, **more)


def _secret(simulator: Simulator) -> dict[str, str]:
    return {"client_id": simulator.client_id, "client_secret": simulator.client_secret}


def _exchange(simulator: Simulator, code: str, **changes: str) -> requests.Response:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": _REPLY, **_secret(simulator)}
    return _post(simulator, "token", {**form, **changes})


def _refresh(simulator: Simulator, refresh_token: str) -> requests.Response:
    form = {"grant_type": "refresh_token", "refresh_token": refresh_token, **_secret(simulator)}
    return _post(simulator, "token", form)


def _is_accepted(simulator: Simulator, access_token: str) -> bool:
    headers = {"Authorization": f"Bearer {access_token}"}
    return requests.get(f"{simulator.api_url}/users/me", headers=headers, timeout=_TIMEOUT_S).status_code == 200


def _pkce() -> tuple[str, dict[str, str]]:
    verifier = secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    return verifier, {"code_challenge": challenge, "code_challenge_method": "S256"}


def test_code_flow_of_the_confidential_client(light_simulator: Simulator) -> None:
    answer = light_simulator.browse_login(_auth_url(light_simulator), "camille", follow=False)
    callback = _callback(answer)
    assert set(callback) == {"state", "session_state", "iss", "code"}
    assert (callback["state"], callback["iss"]) == ("etat-1", light_simulator.sso_url)
    tokens = _exchange(light_simulator, callback["code"]).json()
    assert tokens["token_type"] == "Bearer"
    assert tokens["expires_in"] == tokens["refresh_expires_in"] == 43200
    assert tokens["session_state"] == callback["session_state"]
    assert _is_accepted(light_simulator, tokens["access_token"])


def test_client_secret_in_the_header(light_simulator: Simulator) -> None:
    form = {"grant_type": "authorization_code", "code": _code(light_simulator), "redirect_uri": _REPLY}
    basic = (light_simulator.client_id, light_simulator.client_secret)
    assert _post(light_simulator, "token", form, auth=basic).status_code == 200


def test_wrong_client_secret(light_simulator: Simulator) -> None:
    answer = _exchange(light_simulator, _code(light_simulator), client_secret="faux")
    assert (answer.status_code, answer.json()["error"]) == (401, "unauthorized_client")
    assert "WWW-Authenticate" not in answer.headers


def test_a_browser_follows_to_a_listening_port(light_simulator: Simulator, reply_url: str) -> None:
    light_simulator.switch(any_redirect_port=True)
    answer = light_simulator.browse_login(_auth_url(light_simulator, redirect_uri=reply_url), "camille")
    assert answer.url.startswith(reply_url)
    assert answer.text == "Vous pouvez fermer cette page."


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "http://127.0.0.1:7073",
        "http://127.0.0.1:7080/",
        "http://localhost:7070/",
        "http://192.0.2.1:7070/",
        "http://127.0.0.1:0/",
    ],
)
def test_undeclared_reply_address(light_simulator: Simulator, redirect_uri: str) -> None:
    answer = light_simulator.browse_login(
        _auth_url(light_simulator, redirect_uri=redirect_uri), "camille", follow=False
    )
    assert answer.status_code == 400
    assert "Paramètre invalide : redirect_uri" in answer.text


def test_unknown_client(light_simulator: Simulator) -> None:
    answer = light_simulator.browse_login(_auth_url(light_simulator, client_id="inconnu"), "camille", follow=False)
    assert answer.status_code == 400


def test_login_page_is_a_form_a_person_can_use(light_simulator: Simulator) -> None:
    page = new_browser().get(_auth_url(light_simulator), timeout=_TIMEOUT_S)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    form = form_of(page.text)
    assert form.method == "post"
    assert {"username", "password"} <= set(form.fields)
    assert "Mot de passe" in page.text


def test_wrong_password_shows_an_error_and_lets_try_again(light_simulator: Simulator) -> None:
    browser = new_browser()
    page = light_simulator.browse_login(
        _auth_url(light_simulator),
        "camille",
        password="faux",  # pragma: allowlist secret - made up
        browser=browser,
        follow=False,  # pragma: allowlist secret - made up
    )
    assert page.status_code == 200
    assert "invalide" in page.text
    fields = form_of(page.text).fields | {"password": light_simulator.account("camille").password}
    assert fields["username"] == "camille"
    action = light_simulator.sso_url.split("/realms")[0] + form_of(page.text).action
    assert _callback(browser.post(action, data=fields, timeout=_TIMEOUT_S, allow_redirects=False))["code"]


def test_login_by_email(light_simulator: Simulator) -> None:
    address = "Camille@pays-de-rochebrune.example"
    known = light_simulator.account("camille").password
    assert _callback(walk_login(_auth_url(light_simulator), address, known, follow=False))["code"]


def test_typed_texts_are_escaped(light_simulator: Simulator) -> None:
    form = new_browser().get(_auth_url(light_simulator), timeout=_TIMEOUT_S)
    action = light_simulator.sso_url.split("/realms")[0] + form_of(form.text).action
    page = new_browser().post(action, data={"username": '"><script>', "password": "x"}, timeout=_TIMEOUT_S)
    assert "<script>" not in page.text


def test_cancelling_denies_access(light_simulator: Simulator) -> None:
    answer = light_simulator.browse_login(_auth_url(light_simulator), "camille", cancel=True, follow=False)
    callback = _callback(answer)
    assert (callback["error"], callback["state"]) == ("access_denied", "etat-1")
    assert "code" not in callback


def test_public_client_with_pkce(light_simulator: Simulator) -> None:
    verifier, challenge = _pkce()
    code = _code(light_simulator, client_id="qgis-public", **challenge)
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": _REPLY, "client_id": "qgis-public"}
    answer = _post(light_simulator, "token", {**form, "code_verifier": verifier})
    assert answer.status_code == 200
    again = {"grant_type": "refresh_token", "client_id": "qgis-public", "refresh_token": answer.json()["refresh_token"]}
    assert _post(light_simulator, "token", again).status_code == 200


def test_public_client_without_pkce(light_simulator: Simulator) -> None:
    url = _auth_url(light_simulator, client_id="qgis-public")
    assert _callback(light_simulator.browse_login(url, "camille", follow=False))["error"] == "invalid_request"


@pytest.mark.parametrize("method", ["plain", "S512"])
def test_only_s256(light_simulator: Simulator, method: str) -> None:
    url = _auth_url(light_simulator, code_challenge="x" * 43, code_challenge_method=method)
    assert _callback(light_simulator.browse_login(url, "camille", follow=False))["error"] == "invalid_request"


@pytest.mark.parametrize("changes", [{}, {"code_verifier": "x" * 43}])
def test_wrong_verifier(light_simulator: Simulator, changes: dict[str, str]) -> None:
    code = _code(light_simulator, **_pkce()[1])
    assert _exchange(light_simulator, code, **changes).status_code == 400


def test_confidential_client_may_use_pkce(light_simulator: Simulator) -> None:
    verifier, challenge = _pkce()
    assert _exchange(light_simulator, _code(light_simulator, **challenge), code_verifier=verifier).status_code == 200


def test_a_code_serves_once_and_its_theft_is_punished(light_simulator: Simulator) -> None:
    code = _code(light_simulator)
    tokens = _exchange(light_simulator, code).json()
    assert _exchange(light_simulator, code).json()["error"] == "invalid_grant"
    assert not _is_accepted(light_simulator, tokens["access_token"])


def test_a_code_belongs_to_its_reply_address(light_simulator: Simulator) -> None:
    answer = _exchange(light_simulator, _code(light_simulator), redirect_uri="http://127.0.0.1:7070/")
    assert answer.json()["error"] == "invalid_grant"


def test_access_token_is_a_signed_jwt(light_simulator: Simulator) -> None:
    keys = KeySet.import_key_set(
        requests.get(f"{light_simulator.sso_url}/protocol/openid-connect/certs", timeout=30).json()
    )
    tokens = light_simulator.tokens_for("hector")
    claims = jwt.decode(tokens["access_token"], keys, algorithms=["RS256"]).claims
    assert claims["iss"] == light_simulator.sso_url
    assert claims["preferred_username"] == "hector"
    assert claims["exp"] - claims["iat"] == 43200
    identity = jwt.decode(tokens["id_token"], keys, algorithms=["RS256"]).claims
    assert (identity["aud"], identity["sub"]) == ("qgis", claims["sub"])


def test_forged_token_is_refused(light_simulator: Simulator) -> None:
    header, claims, signature = light_simulator.token_for("camille").split(".")
    forged = f"{header}.{claims}.{signature[:-8]}{signature[-8:][::-1]}"
    assert not _is_accepted(light_simulator, forged)
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    assert not _is_accepted(light_simulator, f"{unsigned}.{claims}.")


def test_token_expires_and_is_refreshed(light_simulator: Simulator) -> None:
    light_simulator.token_lifetime(1)
    tokens = light_simulator.tokens_for("camille")
    assert tokens["expires_in"] == 1
    deadline = time.monotonic() + 10
    while _is_accepted(light_simulator, tokens["access_token"]):
        assert time.monotonic() < deadline
    light_simulator.token_lifetime(600)
    refreshed = _refresh(light_simulator, tokens["refresh_token"]).json()
    assert refreshed["expires_in"] == 600
    assert _is_accepted(light_simulator, refreshed["access_token"])


def test_refresh_keeps_the_old_token_unless_it_rotates(light_simulator: Simulator) -> None:
    first = light_simulator.tokens_for("camille")["refresh_token"]
    second = _refresh(light_simulator, first).json()["refresh_token"]
    assert second != first
    assert _refresh(light_simulator, first).status_code == 200
    light_simulator.switch(refresh_rotation=True)
    assert _refresh(light_simulator, second).status_code == 200
    answer = _refresh(light_simulator, second)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_revoked_account(light_simulator: Simulator) -> None:
    tokens, others = light_simulator.tokens_for("camille"), light_simulator.token_for("hector")
    light_simulator.revoke("camille")
    assert not _is_accepted(light_simulator, tokens["access_token"])
    assert _refresh(light_simulator, tokens["refresh_token"]).json() == {
        "error": "invalid_grant",
        "error_description": "Token is not active",
    }
    assert _is_accepted(light_simulator, others)


def test_refused_access_tokens_can_be_refreshed(light_simulator: Simulator) -> None:
    tokens = light_simulator.tokens_for("camille")
    light_simulator.refuse_access_tokens("camille")
    assert not _is_accepted(light_simulator, tokens["access_token"])
    assert _is_accepted(light_simulator, _refresh(light_simulator, tokens["refresh_token"]).json()["access_token"])


def test_reset_forgets_tokens(light_simulator: Simulator) -> None:
    tokens = light_simulator.tokens_for("camille")
    light_simulator.reset()
    assert not _is_accepted(light_simulator, tokens["access_token"])
    assert _refresh(light_simulator, tokens["refresh_token"]).status_code == 400


def test_password_grant(light_simulator: Simulator) -> None:
    form = {"grant_type": "password", "username": "technique", **_secret(light_simulator)}
    form["password"] = "faux"  # pragma: allowlist secret - made up
    answer = _post(light_simulator, "token", form)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_grant")
    assert _is_accepted(light_simulator, light_simulator.token_for("technique"))
    public = {"grant_type": "password", "client_id": "qgis-public", **light_simulator.account("technique")._asdict()}
    assert _post(light_simulator, "token", public).status_code == 401


def test_revocation(light_simulator: Simulator) -> None:
    tokens = light_simulator.tokens_for("camille")
    other = _refresh(light_simulator, tokens["refresh_token"]).json()["access_token"]
    form = _secret(light_simulator)
    assert _post(light_simulator, "revoke", {**form, "token": tokens["access_token"]}).status_code == 200
    assert not _is_accepted(light_simulator, tokens["access_token"])
    assert _is_accepted(light_simulator, other)
    assert _post(light_simulator, "revoke", {**form, "token": tokens["refresh_token"]}).status_code == 200
    assert not _is_accepted(light_simulator, other)
    assert _post(light_simulator, "revoke", {"token": other}).status_code == 401


def test_introspection_is_for_confidential_clients(light_simulator: Simulator) -> None:
    token = {"token": light_simulator.token_for("camille")}
    told = _post(light_simulator, "token/introspect", {**token, **_secret(light_simulator)}).json()
    assert (told["active"], told["username"], told["client_id"]) == (True, "camille", "qgis")
    assert _post(light_simulator, "token/introspect", {**token, "client_id": "qgis-public"}).status_code == 403
    light_simulator.revoke("camille")
    assert _post(light_simulator, "token/introspect", {**token, **_secret(light_simulator)}).json() == {"active": False}


def test_userinfo(light_simulator: Simulator) -> None:
    url = f"{light_simulator.sso_url}/protocol/openid-connect/userinfo"
    told = light_simulator.session_for("edith").get(url, timeout=_TIMEOUT_S).json()
    assert (told["preferred_username"], told["given_name"]) == ("edith", "Édith")
    assert requests.get(url, headers={"Authorization": "Bearer x"}, timeout=_TIMEOUT_S).status_code == 401


def test_discovery_names_working_addresses(light_simulator: Simulator) -> None:
    told = requests.get(f"{light_simulator.sso_url}/.well-known/openid-configuration", timeout=_TIMEOUT_S).json()
    assert told["issuer"] == light_simulator.sso_url
    assert told["token_endpoint"] == light_simulator.token_url
    for name, url in told.items():
        if name.endswith("_endpoint") or name == "jwks_uri":
            assert requests.get(url, timeout=_TIMEOUT_S).status_code != 404, name


def test_browser_stays_signed_in_until_it_signs_out(light_simulator: Simulator) -> None:
    browser = new_browser()
    url = _auth_url(light_simulator)
    light_simulator.browse_login(url, "camille", browser=browser, follow=False)
    code = _callback(browser.get(url, timeout=_TIMEOUT_S, allow_redirects=False))["code"]
    identity = _exchange(light_simulator, code).json()["id_token"]
    assert "kc-form-login" in browser.get(f"{url}&prompt=login", timeout=_TIMEOUT_S).text
    logout = f"{light_simulator.sso_url}/protocol/openid-connect/logout"
    parameters = {"id_token_hint": identity, "post_logout_redirect_uri": _REPLY}
    answer = browser.get(logout, params=parameters, timeout=_TIMEOUT_S, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (302, _REPLY)
    assert "kc-form-login" in browser.get(url, timeout=_TIMEOUT_S).text


def test_browser_signs_out_after_a_question(light_simulator: Simulator) -> None:
    browser = new_browser()
    light_simulator.browse_login(_auth_url(light_simulator), "camille", browser=browser, follow=False)
    logout = f"{light_simulator.sso_url}/protocol/openid-connect/logout"
    assert "kc-form-logout" in browser.get(logout, timeout=_TIMEOUT_S).text
    assert "déconnecté" in browser.post(logout, data={"confirmLogout": "yes"}, timeout=_TIMEOUT_S).text
    assert "kc-form-login" in browser.get(_auth_url(light_simulator), timeout=_TIMEOUT_S).text


def test_application_signs_out_with_its_refresh_token(light_simulator: Simulator) -> None:
    tokens = light_simulator.tokens_for("camille")
    form = {"refresh_token": tokens["refresh_token"], **_secret(light_simulator)}
    wrong = {**form, "client_secret": "faux"}  # pragma: allowlist secret - made up
    assert _post(light_simulator, "logout", wrong).status_code == 401
    assert _post(light_simulator, "logout", form).status_code == 204
    assert not _is_accepted(light_simulator, tokens["access_token"])


class _ReplyPort(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"Vous pouvez fermer cette page.")

    def log_message(self, *_arguments: object) -> None:
        """Nothing."""


@pytest.fixture
def reply_url() -> Iterator[str]:
    """A reply port, as QGIS opens one."""
    with HTTPServer(("127.0.0.1", 0), _ReplyPort) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
