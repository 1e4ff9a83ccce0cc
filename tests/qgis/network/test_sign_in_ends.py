"""Sign-ins that are cancelled, refused, disturbed or ended: the reason is told, and the next one works."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote_plus

import pytest
from qgis.PyQt.QtNetwork import QHostAddress, QTcpServer

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.sign_in_status import SignInState, SignInStatus
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.network.authentication.sign_in_messages import reply_address_refused
from gpkeys_plugin.network.http.network_threads import THREADS
from tests.qgis.network.conftest import Person, free_port, in_thread, is_free, is_listening, result_of, wait_for
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
    person.forget()
    person.log_in()
    assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN
    assert reply_port_of(authcfg) == port


def test_pressing_again_right_after_cancelling(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    authcfg = make_config()
    sign_in.port.sign_in(authcfg)
    wait_for(lambda: len(person.opened) == 1)
    sign_in.port.cancel()
    person.forget()
    person.log_in()
    assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN
    assert all(quote_plus(f"http://127.0.0.1:{reply_port_of(authcfg)}/") in page for page in person.opened)


def test_the_page_of_a_cancelled_sign_in_opens_no_more(
    sign_in: Watched, make_config: MakeConfig, person: Person
) -> None:
    sign_in.port.sign_in(make_config())
    wait_for(lambda: len(person.opened) == 1)
    number = sign_in.port._number
    sign_in.port.cancel()
    sign_in.port._open_page(number, person.opened[-1])
    assert len(person.opened) == 1


def test_a_refusal_on_the_login_page(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    authcfg = make_config()
    person.log_in(cancel=True)
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
    person.log_in()
    error = error_of(sign_in.sign_in(authcfg))
    assert (error.code, error.status, error.can_retry) == (ErrorCode.SERVER, 502, True)
    assert authcfg in manager.configIds()
    person.log_in()
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
    person.log_in()
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


def test_a_service_that_demands_pkce_gets_it_in_every_qgis(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    light_simulator.switch(pkce_demanded=True)
    person.log_in()
    assert sign_in.sign_in(make_config()).state is SignInState.SIGNED_IN


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


def test_whatever_goes_wrong_is_told(
    sign_in: Watched, make_config: MakeConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bool:
        raise PermissionError("oauth2-cache")

    monkeypatch.setattr("gpkeys_plugin.network.sign_in_attempt.log_in", fail)
    error = error_of(sign_in.sign_in(make_config()))
    assert error.code is ErrorCode.QGIS
    assert "PermissionError" in str(error.user)


def test_tokens_that_cannot_be_kept_are_no_session_that_has_ended(
    sign_in: Watched, make_config: MakeConfig, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("not yours")

    monkeypatch.setattr(token_file, "keep_session", refuse)
    person.log_in()
    error = error_of(sign_in.sign_in(make_config()))
    assert "oauth2-cache" in str(error.user)


def test_one_failing_answer_of_the_api_keeps_the_session(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    light_simulator.fail("GET", "/users/me$", "status", status=500)
    person.log_in()
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


def test_a_busy_reply_port_gives_way_to_the_next(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    busy, next_one = _taken(), free_port()
    sign_in.ports = (busy.serverPort(), next_one)
    person.log_in()
    assert sign_in.sign_in(make_config(redirectPort=busy.serverPort())).state is SignInState.SIGNED_IN
    assert quote_plus(f"http://127.0.0.1:{next_one}/") in person.opened[-1]
    busy.close()


def test_no_port_at_all_is_told_before_anything_opens(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    busy = [_taken(), _taken()]
    sign_in.ports = tuple(server.serverPort() for server in busy)
    error = error_of(sign_in.sign_in(make_config(redirectPort=sign_in.ports[0])))
    assert all(str(port) in str(error.user) for port in sign_in.ports)
    assert not person.opened
    assert not light_simulator.requests(service="sso")
    for server in busy:
        server.close()


def test_one_port_only_is_kept_to(sign_in: Watched, make_config: MakeConfig) -> None:
    busy = _taken()
    sign_in.ports = (busy.serverPort(),)
    error = error_of(sign_in.sign_in(make_config(redirectPort=free_port())))
    assert str(busy.serverPort()) in str(error.user)
    busy.close()


def test_the_preferred_port_comes_first_and_the_configuration_stays(
    sign_in: Watched, make_config: MakeConfig, person: Person
) -> None:
    preferred, other = free_port(), free_port()
    sign_in.ports = (preferred, other)
    authcfg = make_config(redirectPort=other)
    person.log_in()
    assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN
    assert quote_plus(f"http://127.0.0.1:{preferred}/") in person.opened[-1]
    assert reply_port_of(authcfg) == other


def test_a_broken_configuration_is_named(sign_in: Watched, manager: Any) -> None:
    assert "zzzzzz9" in str(error_of(sign_in.sign_in("zzzzzz9")).user)


def test_signing_out_leaves_nothing(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    person.log_in()
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


def test_closing_while_a_session_is_being_ended_begins_nothing_anew(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    person.log_in()
    sign_in.sign_in(authcfg)
    light_simulator.latency(2000)
    light_simulator.clear_requests()
    sign_in.port.sign_out()
    wait_for(lambda: bool(light_simulator.requests(service="sso", path="/logout")))
    sign_in.port.close()
    assert not THREADS._running
    light_simulator.latency(0)


def _taken() -> QTcpServer:
    """A port of this machine that somebody else listens on, on all addresses."""
    server = QTcpServer()
    assert server.listen(QHostAddress(QHostAddress.SpecialAddress.Any), 0)
    return server


def _nowhere(secret: str, authcfg: str) -> bool:
    return all(not path.exists() or secret not in str(token_file.read(authcfg)) for path in token_file.paths(authcfg))


def test_another_account_sees_nothing_of_the_first(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    authcfg = make_config()
    person.log_in()
    first = sign_in.sign_in(authcfg).account
    sign_in.port.sign_out()
    seen: list[SignInStatus] = []
    sign_in.port.add_listener(seen.append)
    person.log_in("olga")
    assert sign_in.sign_in(authcfg).state is SignInState.UNCONFIRMED
    sign_in.port.use_account()
    second = sign_in.port.status.account
    assert first is not None
    assert second is not None
    assert "olga" in second.email
    assert all(status.account in (None, second) for status in seen)


def test_a_late_answer_of_a_cancelled_attempt_is_dropped(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    person.log_in()
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
