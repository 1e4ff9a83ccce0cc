"""How a session is kept fresh: what ends it, what does not, and how often the service is asked."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError, RequestCancelled
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.network.authentication.qgis_authentication_calls import PlainRequest, UnaskedRequest
from gpkeys_plugin.network.authentication.refresh import SessionState, fresh_session
from gpkeys_plugin.network.authentication.token_obfuscation import hide
from gpkeys_plugin.network.http.network_threads import authentication_thread
from tests.qgis.network.conftest import Person, in_thread, is_listening, result_of, wait_for
from tests.qgis.network.watched_sign_in import MakeConfig, Watched, age, client_of, error_of, reply_port_of, sign_in
from tests.simulator.remote.steering import Simulator

__all__ = ["sign_in"]


@pytest.fixture
def authcfg(sign_in: Watched, make_config: MakeConfig, person: Person) -> str:
    """Return a configuration with a session."""
    signed_in = make_config()
    person.log_in()
    assert sign_in.sign_in(signed_in).state is SignInState.SIGNED_IN
    return signed_in


def kept(authcfg: str) -> token_file.KeptTokens:
    """Return the tokens, which must be there."""
    found = token_file.read(authcfg)
    assert found is not None
    return found


def asked(simulator: Simulator) -> list[str]:
    """Return what the SSO was asked, in short."""
    return [seen.path.rsplit("/", 1)[1] for seen in simulator.requests(service="sso")]


def me(simulator: Simulator, authcfg: str) -> Any:
    """Ask the API who it is, in a thread."""
    return result_of(in_thread(client_of(simulator, authcfg).me))


@pytest.mark.parametrize("is_rotating", [False, True])
@pytest.mark.parametrize("is_hint_demanded", [False, True])
def test_a_session_outlives_ten_refreshes(
    authcfg: str, light_simulator: Simulator, person: Person, *, is_rotating: bool, is_hint_demanded: bool
) -> None:
    light_simulator.switch(refresh_rotation=is_rotating, token_type_hint_demanded=is_hint_demanded)
    light_simulator.clear_requests()
    seen = {kept(authcfg).access}
    for _ in range(10):
        age(authcfg, -5)
        assert me(light_simulator, authcfg).email
        seen.add(kept(authcfg).access)
    assert len(seen) == 11
    assert asked(light_simulator) == ["token"] * 10
    assert person.logins == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"action": "status", "status": 200, "body": {"active": False}},
        {"action": "status", "status": 400, "body": {"error": "invalid_request"}},
        {"action": "status", "status": 401, "body": {"error": "unauthorized_client"}},
        {"action": "status", "status": 403, "body": {"error": "invalid_request"}},
        {"action": "html", "status": 200},
        {"action": "status", "status": 503},
        {"action": "reset"},
    ],
)
def test_no_answer_to_a_question_about_a_token_ends_a_session(
    authcfg: str, light_simulator: Simulator, sign_in: Watched, answer: dict[str, Any]
) -> None:
    light_simulator.fail("POST", "/introspect$", times=50, **answer)
    age(authcfg, -5)
    sign_in.port.resume(authcfg)
    assert sign_in.settle().state is SignInState.SIGNED_IN


def test_a_revoked_session_ends_at_once_and_without_a_browser(
    authcfg: str, light_simulator: Simulator, sign_in: Watched
) -> None:
    light_simulator.revoke("camille")
    age(authcfg, -5)
    light_simulator.clear_requests()
    begin = time.monotonic()
    sign_in.port.resume(authcfg)
    status = sign_in.settle()
    assert time.monotonic() - begin < 2
    assert (status.state, error_of(status).code) == (SignInState.EXPIRED, ErrorCode.NOT_SIGNED_IN)
    assert "Sign in" in str(error_of(status).advice)
    assert asked(light_simulator) == ["token"]
    assert not is_listening(reply_port_of(authcfg))


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        ({"action": "html", "status": 503}, ErrorCode.SERVER, "sign-in service has a problem"),
        ({"action": "status", "status": 500, "body": {"error": "unknown_error"}}, ErrorCode.SERVER, "problem"),
        ({"action": "status", "status": 429, "body": {"error": "slow_down"}}, ErrorCode.SERVER, "problem"),
        ({"action": "html", "status": 200}, ErrorCode.BAD_ANSWER, "does not come from the sign-in service"),
        ({"action": "bad-json", "status": 200}, ErrorCode.BAD_ANSWER, "does not come from the sign-in service"),
        (
            {"action": "status", "status": 401, "body": {"error": "unauthorized_client"}},
            ErrorCode.CLIENT_REFUSED,
            "client secret",
        ),
        ({"action": "reset"}, ErrorCode.CONNECTION, "connection"),
    ],
)
def test_a_refresh_that_fails_otherwise_keeps_the_session_and_says_why(
    authcfg: str, light_simulator: Simulator, sign_in: Watched, answer: dict[str, Any], code: ErrorCode, words: str
) -> None:
    before = kept(authcfg).refresh
    age(authcfg, -5)
    light_simulator.fail("POST", "/token$", times=60, **answer)
    sign_in.port.resume(authcfg)
    error = error_of(sign_in.settle())
    assert error.code is code
    assert words in str(error.user)
    assert kept(authcfg).refresh is not None
    if answer["action"] != "bad-json":
        assert kept(authcfg).refresh == before
    light_simulator.reset_faults()
    sign_in.port.resume(authcfg)
    assert sign_in.settle().state is SignInState.SIGNED_IN


def test_eight_requests_with_refused_tokens_refresh_once_where_tokens_serve_once(
    authcfg: str, light_simulator: Simulator
) -> None:
    light_simulator.switch(refresh_rotation=True)
    light_simulator.refuse_access_tokens("camille")
    light_simulator.clear_requests()
    # Long enough for all eight to be refused before the first refresh has ended.
    light_simulator.latency(400)
    futures = [in_thread(client_of(light_simulator, authcfg).me) for _ in range(8)]
    assert all(result_of(future).email for future in futures)
    assert asked(light_simulator) == ["token"]
    light_simulator.latency(0)
    age(authcfg, -5)
    assert me(light_simulator, authcfg).email


def test_a_cancelled_request_loses_no_token_that_serves_once(authcfg: str, light_simulator: Simulator) -> None:
    light_simulator.switch(refresh_rotation=True)
    before = kept(authcfg).access
    age(authcfg, -5)
    light_simulator.clear_requests()
    light_simulator.latency(500)
    future = in_thread(lambda: fresh_session(authcfg, lambda: bool(asked(light_simulator))))
    with pytest.raises(RequestCancelled):
        result_of(future)
    light_simulator.latency(0)
    wait_for(lambda: kept(authcfg).access != before)
    age(authcfg, -5)
    assert me(light_simulator, authcfg).email


def test_a_refusal_does_not_count_where_somebody_else_has_just_refreshed(
    authcfg: str, light_simulator: Simulator
) -> None:
    spent, tokens = kept(authcfg).refresh or "", light_simulator.tokens_for("camille")
    age(authcfg, -5)
    light_simulator.clear_requests()
    light_simulator.latency(500)
    light_simulator.fail("POST", "/token$", status=400, body={"error": "invalid_grant"})
    future = in_thread(lambda: fresh_session(authcfg))
    wait_for(lambda: bool(asked(light_simulator)))
    new = token_file.NewTokens(tokens["access_token"], tokens["refresh_token"], 43200)
    assert token_file.keep(authcfg, spent, new)
    assert result_of(future) is SessionState.USABLE
    assert kept(authcfg).access == tokens["access_token"]


def test_nothing_is_written_for_somebody_who_has_signed_out_meanwhile(authcfg: str) -> None:
    spent = kept(authcfg).refresh or ""
    token_file.remove(authcfg)
    assert not token_file.keep(authcfg, spent, token_file.NewTokens("a", "r", 60))
    assert token_file.read(authcfg) is None


@pytest.mark.parametrize("is_persistent", [True, False])
def test_qgis_uses_what_we_wrote(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator, *, is_persistent: bool
) -> None:
    authcfg = make_config(persistToken=is_persistent)
    person.log_in()
    sign_in.sign_in(authcfg)
    age(authcfg, -5)
    assert me(light_simulator, authcfg).email
    light_simulator.clear_requests()
    question = PlainRequest(QNetworkRequest(QUrl(light_simulator.api_url)), authcfg)
    answer = result_of(in_thread(lambda: authentication_thread().call(question.ask)))
    assert answer.is_authenticated
    assert bytes(answer.request.rawHeader(b"Authorization")).decode() == f"Bearer {kept(authcfg).access}"
    assert asked(light_simulator) == []


@pytest.mark.parametrize("is_persistent", [True, False])
def test_qgis_refreshes_a_session_that_we_began(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator, *, is_persistent: bool
) -> None:
    authcfg = make_config(persistToken=is_persistent)
    person.log_in()
    sign_in.sign_in(authcfg)
    age(authcfg, -5)
    before = kept(authcfg)
    light_simulator.clear_requests()
    question = UnaskedRequest(QNetworkRequest(QUrl(light_simulator.api_url)), authcfg)
    answer = result_of(in_thread(lambda: authentication_thread().call(question.ask)))
    assert answer.is_authenticated
    wait_for(lambda: token_file.read(authcfg) is not None)
    assert asked(light_simulator) == ["token"]
    assert kept(authcfg).access != before.access
    assert bytes(answer.request.rawHeader(b"Authorization")).decode() == f"Bearer {kept(authcfg).access}"
    assert me(light_simulator, authcfg).email
    assert person.logins == 1


def test_a_token_of_a_minute_serves_for_more_than_one_request(authcfg: str, light_simulator: Simulator) -> None:
    light_simulator.token_lifetime(60)
    age(authcfg, -5)
    light_simulator.clear_requests()
    for _ in range(5):
        assert me(light_simulator, authcfg).email
    assert asked(light_simulator) == ["token"]


@pytest.mark.parametrize("is_revoked", [False, True])
def test_a_session_that_qgis_threw_away_for_a_layer_is_looked_at_first(
    authcfg: str, light_simulator: Simulator, sign_in: Watched, *, is_revoked: bool
) -> None:
    if is_revoked:
        light_simulator.revoke("camille")
    token_file.restore(authcfg, {key: hide("") for key in token_file.raw_values(authcfg)})
    assert token_file.read(authcfg) is None
    sign_in.port._guard.swallowed.emit()
    sign_in.port._guard.swallowed.emit()
    wait_for(lambda: not sign_in.port._runs)
    expected = SignInState.EXPIRED if is_revoked else SignInState.SIGNED_IN
    assert sign_in.state is expected
    assert (token_file.read(authcfg) is None) is is_revoked


def test_a_technical_account_whose_token_is_refused_gets_another(
    make_config: MakeConfig, light_simulator: Simulator
) -> None:
    account = light_simulator.account("camille")
    authcfg = make_config(grantFlow=2, username=account.username, password=account.password)
    assert me(light_simulator, authcfg).email
    light_simulator.refuse_access_tokens("camille")
    light_simulator.clear_requests()
    assert me(light_simulator, authcfg).email
    assert [seen.status for seen in light_simulator.requests(service="api")] == [401, 200]


def test_a_folder_that_belongs_to_somebody_else_counts_as_empty(
    make_config: MakeConfig, sign_in: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    authcfg = make_config()

    def refuse(*_: object, **__: object) -> Any:
        raise PermissionError("not yours")

    for name in ("is_file", "stat", "unlink"):
        monkeypatch.setattr(Path, name, refuse)
    assert token_file.read(authcfg) is None
    token_file.tighten(authcfg)
    token_file.remove(authcfg)
    sign_in.port.resume(authcfg)
    assert sign_in.state is SignInState.SIGNED_OUT


def test_tokens_that_cannot_be_written_are_told(
    authcfg: str, light_simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bool:
        raise PermissionError("not yours")

    age(authcfg, -5)
    monkeypatch.setattr(token_file, "keep", refuse)
    with pytest.raises(GpkeysError) as caught:
        me(light_simulator, authcfg)
    assert "oauth2-cache" in str(caught.value.user)
