"""Sign-ins that are cancelled, refused, disturbed or ended: the reason is told, and the next one works."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from qgis.PyQt.QtNetwork import QHostAddress, QTcpServer

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.sign_in_status import SignInState, SignInStatus
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.network.authentication.qgis_authentication_calls import Passage
from gpkeys_plugin.network.authentication.reply_port import is_free
from gpkeys_plugin.network.authentication.sign_in_messages import reply_address_refused
from tests.qgis.network.conftest import Person, free_port, in_thread, is_listening, result_of, wait_for
from tests.qgis.network.watched_sign_in import MakeConfig, Watched, client_of, error_of, reply_port_of, sign_in
from tests.simulator.remote.steering import Simulator

__all__ = ["sign_in"]


def test_a_cancelled_sign_in_ends_at_once_and_the_next_one_works(
    sign_in: Watched, make_config: MakeConfig, person: Person
) -> None:
    authcfg = make_config()
    port = reply_port_of(authcfg)
    for _ in range(3):
        sign_in.port.sign_in(authcfg)
        wait_for(lambda: is_listening(port))
        sign_in.port.cancel()
        assert sign_in.port.status == SignInStatus(SignInState.SIGNED_OUT)
        wait_for(lambda: is_free(port), 2)
    person.log_in(authcfg)
    assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN
    assert reply_port_of(authcfg) == port


def test_pressing_again_right_after_cancelling(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    authcfg = make_config()
    port = reply_port_of(authcfg)
    sign_in.port.sign_in(authcfg)
    wait_for(lambda: is_listening(port))
    sign_in.port.cancel()
    sign_in.port.sign_in(authcfg)
    wait_for(lambda: is_free(port), 2)
    person.log_in(authcfg)
    assert sign_in.settle().state is SignInState.SIGNED_IN
    assert reply_port_of(authcfg) == port


def test_a_refusal_on_the_login_page(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    authcfg = make_config()
    person.log_in(authcfg, cancel=True)
    status = sign_in.sign_in(authcfg)
    assert (status.state, error_of(status).code) == (SignInState.SIGNED_OUT, ErrorCode.SIGN_IN_REFUSED)
    assert "refused" in str(error_of(status).user)


@pytest.mark.parametrize("form", ["keycloak", "rfc6749"])
def test_a_wrong_client_secret_is_named_before_a_browser_opens(
    sign_in: Watched, make_config: MakeConfig, light_simulator: Simulator, form: str
) -> None:
    light_simulator.switch(client_refusal=form)
    authcfg = make_config(clientSecret="not-it")
    error = error_of(sign_in.sign_in(authcfg))
    assert error.code is ErrorCode.CLIENT_REFUSED
    assert "client secret" in str(error.user)
    assert "not-it" not in error.log
    assert len(light_simulator.requests(service="sso", path="/token")) == 1
    assert not light_simulator.requests(service="sso", path="/auth")


def test_one_failing_answer_of_the_token_endpoint_is_named_and_passes(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator, manager: Any
) -> None:
    authcfg = make_config()
    light_simulator.fail("POST", "/token$", "status", status=502, nth=2)
    person.log_in(authcfg)
    error = error_of(sign_in.sign_in(authcfg))
    assert (error.code, error.status, error.can_retry) == (ErrorCode.SERVER, 502, True)
    assert authcfg in manager.configIds()
    person.log_in(authcfg)
    assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN


@pytest.mark.parametrize("endpoint", ["/token$", "/auth$"])
def test_a_service_out_of_order_is_named_before_a_browser_opens(
    sign_in: Watched, make_config: MakeConfig, light_simulator: Simulator, endpoint: str
) -> None:
    light_simulator.fail(None, endpoint, "html", status=503)
    error = error_of(sign_in.sign_in(make_config()))
    assert (error.code, error.status) == (ErrorCode.SERVER, 503)
    assert "sign-in service has a problem" in str(error.user)
    assert "proxy" not in str(error.advice)


def test_an_html_page_instead_of_tokens(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    light_simulator.fail("POST", "/token$", "html", status=200, nth=2)
    person.log_in(authcfg)
    assert error_of(sign_in.sign_in(authcfg)).code is ErrorCode.SERVER


def test_a_reply_address_that_is_not_registered_is_named_at_once(
    sign_in: Watched, make_config: MakeConfig, light_simulator: Simulator
) -> None:
    light_simulator.switch(any_redirect_port=False)
    authcfg = make_config()
    begin = time.monotonic()
    error = error_of(sign_in.sign_in(authcfg))
    assert time.monotonic() - begin < 3
    assert f"http://127.0.0.1:{reply_port_of(authcfg)}/" in str(error.user)
    assert "7070" in str(error.advice)


def test_a_documented_reply_address_that_is_not_registered_points_to_the_client() -> None:
    error = reply_address_refused("http://127.0.0.1:7070/", "")
    assert "client identifier" in str(error.advice)


def test_an_unknown_client_is_named_at_once(sign_in: Watched, make_config: MakeConfig) -> None:
    assert error_of(sign_in.sign_in(make_config(clientId="inconnu"))).code is ErrorCode.CLIENT_REFUSED


@pytest.mark.parametrize(("version", "advice"), [(32216, "no PKCE"), (34006, "grant flow with PKCE")])
def test_a_service_that_demands_pkce_is_named_at_once(
    sign_in: Watched,
    make_config: MakeConfig,
    light_simulator: Simulator,
    monkeypatch: pytest.MonkeyPatch,
    version: int,
    advice: str,
) -> None:
    light_simulator.switch(pkce_demanded=True)
    monkeypatch.setattr(
        "gpkeys_plugin.network.authentication.login_preflight.Qgis", SimpleNamespace(QGIS_VERSION_INT=version)
    )
    error = error_of(sign_in.sign_in(make_config()))
    assert error.code is ErrorCode.SIGN_IN_REFUSED
    assert "demands PKCE" in str(error.user)
    assert advice in str(error.advice)


def test_pkce_in_a_qgis_that_has_none_is_refused_before_it_poisons_later_logins(
    sign_in: Watched, make_config: MakeConfig, light_simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "gpkeys_plugin.network.authentication.login_preflight.Qgis", SimpleNamespace(QGIS_VERSION_INT=32216)
    )
    error = error_of(sign_in.sign_in(make_config(grantFlow=3)))
    assert "PKCE" in str(error.user)
    assert not light_simulator.requests(service="sso")


@pytest.mark.parametrize("is_allowed", [True, False])
def test_a_client_that_may_not_use_a_password_is_told_from_a_wrong_password(
    make_config: MakeConfig, light_simulator: Simulator, *, is_allowed: bool
) -> None:
    light_simulator.switch(direct_grants=is_allowed)
    authcfg = make_config(grantFlow=2, username="camille", password="faux")  # pragma: allowlist secret - made up
    with pytest.raises(GpkeysError) as caught:
        result_of(in_thread(client_of(light_simulator, authcfg).me))
    assert caught.value.code is ErrorCode.SIGN_IN_REFUSED
    expected = "user name or the password" if is_allowed else "does not let the client"
    assert expected in str(caught.value.user)
    assert "client secret" not in str(caught.value.user)


def test_a_login_whose_answer_has_no_port_begins_anew(
    sign_in: Watched, make_config: MakeConfig, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    authcfg = make_config()
    asked: list[Passage] = []

    @contextlib.contextmanager
    def shut_the_first(passage: Passage) -> Iterator[None]:
        asked.append(passage)
        passage.has_no_port = len(asked) == 1
        yield

    monkeypatch.setattr(sign_in.port._guard, "letting_through", shut_the_first)
    sign_in.port.sign_in(authcfg)
    wait_for(lambda: len(asked) == 2)
    person.log_in(authcfg)
    assert sign_in.settle().state is SignInState.SIGNED_IN
    assert SignInState.SIGNED_OUT not in [said.state for said in sign_in.said]


def test_a_port_that_stays_out_of_reach_is_told_in_the_end(
    sign_in: Watched, make_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextlib.contextmanager
    def shut(passage: Passage) -> Iterator[None]:
        passage.has_no_port = True
        yield

    monkeypatch.setattr(sign_in.port._guard, "letting_through", shut)
    assert sign_in.sign_in(make_config()).state is SignInState.SIGNED_OUT


def test_whatever_goes_wrong_is_told(
    sign_in: Watched, make_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bool:
        raise PermissionError("oauth2-cache")

    monkeypatch.setattr("gpkeys_plugin.network.sign_in_attempt.log_in", fail)
    error = error_of(sign_in.sign_in(make_config()))
    assert error.code is ErrorCode.QGIS
    assert "PermissionError" in str(error.user)


def test_tokens_that_qgis_could_not_keep_are_no_session_that_has_ended(
    sign_in: Watched, make_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gpkeys_plugin.network.sign_in_attempt.log_in", lambda *_: None)
    error = error_of(sign_in.sign_in(make_config()))
    assert "oauth2-cache" in str(error.user)


def test_one_failing_answer_of_the_api_keeps_the_session(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    light_simulator.fail("GET", "/users/me$", "status", status=500)
    person.log_in(authcfg)
    error = error_of(sign_in.sign_in(authcfg))
    assert error.code is ErrorCode.SERVER
    assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN
    assert person.logins == 1


def test_nobody_comes(sign_in: Watched, make_config: MakeConfig) -> None:
    authcfg = make_config(requestTimeout=1)
    error = error_of(sign_in.sign_in(authcfg))
    assert error.code is ErrorCode.TIMEOUT
    assert is_free(reply_port_of(authcfg))


def test_no_sso_at_all(sign_in: Watched, make_config: MakeConfig) -> None:
    authcfg = make_config(tokenUrl="http://127.0.0.1:1/token", requestTimeout=1)
    assert error_of(sign_in.sign_in(authcfg)).code is ErrorCode.CONNECTION


def test_a_busy_reply_port_moves_to_the_next(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    authcfg = make_config()
    busy = QTcpServer()
    assert busy.listen(QHostAddress(QHostAddress.SpecialAddress.Any), reply_port_of(authcfg))
    sign_in.port.sign_in(authcfg)
    wait_for(lambda: reply_port_of(authcfg) != busy.serverPort())
    assert reply_port_of(authcfg) in range(7070, 7080)
    person.log_in(authcfg)
    assert sign_in.settle().state is SignInState.SIGNED_IN
    busy.close()


def test_no_port_at_all_is_told_before_anything_opens(
    sign_in: Watched, make_config: MakeConfig, monkeypatch: Any
) -> None:
    monkeypatch.setattr("gpkeys_plugin.network.sign_in.free_port", lambda _: None)
    error = error_of(sign_in.sign_in(make_config()))
    assert "7070" in str(error.user)


def test_one_port_only_is_kept_to(sign_in: Watched, make_config: MakeConfig) -> None:
    busy = QTcpServer()
    assert busy.listen(QHostAddress(QHostAddress.SpecialAddress.Any), 0)
    sign_in.ports = (busy.serverPort(),)
    error = error_of(sign_in.sign_in(make_config(redirectPort=busy.serverPort())))
    assert str(busy.serverPort()) in str(error.user)
    busy.close()


def test_a_configuration_that_had_to_move_goes_back_to_the_preferred_port(
    sign_in: Watched, make_config: MakeConfig, person: Person
) -> None:
    preferred, moved = free_port(), free_port()
    sign_in.ports = (preferred, moved)
    authcfg = make_config(redirectPort=moved)
    sign_in.port.sign_in(authcfg)
    wait_for(lambda: reply_port_of(authcfg) == preferred)
    person.log_in(authcfg)
    assert sign_in.settle().state is SignInState.SIGNED_IN


def test_a_broken_configuration_is_named(sign_in: Watched, manager: Any) -> None:
    assert "zzzzzz9" in str(error_of(sign_in.sign_in("zzzzzz9")).user)


def test_signing_out_leaves_nothing(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    person.log_in(authcfg)
    sign_in.sign_in(authcfg)
    kept = token_file.read(authcfg)
    assert kept is not None
    sign_in.port.sign_out()
    assert sign_in.port.status == SignInStatus(SignInState.SIGNED_OUT, authcfg)
    assert not any(path.exists() for path in token_file.paths(authcfg))
    wait_for(lambda: bool(light_simulator.requests(service="sso", path="/logout")))
    assert light_simulator.requests(service="sso", path="/logout")[0].status == 204
    sign_in.port.resume(authcfg)
    assert sign_in.state is SignInState.SIGNED_OUT
    assert _nowhere(kept.refresh or "", authcfg)


def _nowhere(secret: str, authcfg: str) -> bool:
    return all(not path.exists() or secret not in str(token_file.read(authcfg)) for path in token_file.paths(authcfg))


def test_another_account_sees_nothing_of_the_first(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    authcfg = make_config()
    person.log_in(authcfg)
    first = sign_in.sign_in(authcfg).account
    sign_in.port.sign_out()
    seen: list[SignInStatus] = []
    sign_in.port.add_listener(seen.append)
    person.log_in(authcfg, "olga")
    second = sign_in.sign_in(authcfg).account
    assert first is not None
    assert second is not None
    assert "olga" in second.email
    assert all(status.account in (None, second) for status in seen)


def test_a_late_answer_of_a_cancelled_attempt_is_dropped(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    person.log_in(authcfg)
    sign_in.sign_in(authcfg)
    light_simulator.latency(700)
    sign_in.port.resume(authcfg)
    sign_in.port.sign_out()
    light_simulator.latency(0)
    wait_for(lambda: bool(light_simulator.requests(service="sso", path="/logout")))
    wait_for(lambda: not sign_in.port._runs)
    assert sign_in.port.status == SignInStatus(SignInState.SIGNED_OUT, authcfg)


def test_a_listener_can_leave(sign_in: Watched, make_config: MakeConfig) -> None:
    heard: list[SignInStatus] = []
    leave = sign_in.port.add_listener(heard.append)
    leave()
    leave()
    sign_in.port.resume(make_config())
    assert not heard
