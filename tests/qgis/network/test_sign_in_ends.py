"""Sign-ins that are cancelled, refused, disturbed or ended: the reason is told, and the next one works."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtNetwork import QHostAddress, QTcpServer

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.sign_in_status import SignInState, SignInStatus
from gpkeys_plugin.network import token_file
from gpkeys_plugin.network.reply_port import is_free
from tests.qgis.network.conftest import Person, is_listening, wait_for
from tests.qgis.network.watched import MakeConfig, Watched, error_of, reply_port_of, sign_in
from tests.simulator.handle import Simulator

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


def test_a_wrong_client_secret_is_named(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    authcfg = make_config(clientSecret="not-it")
    person.log_in(authcfg)
    error = error_of(sign_in.sign_in(authcfg))
    assert error.code is ErrorCode.CLIENT_REFUSED
    assert "client secret" in str(error.user)
    assert "not-it" not in error.log


def test_one_failing_answer_of_the_token_endpoint_is_named_and_passes(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator, manager: Any
) -> None:
    authcfg = make_config()
    light_simulator.fail("POST", "/token$", "status", status=502)
    person.log_in(authcfg)
    error = error_of(sign_in.sign_in(authcfg))
    assert (error.code, error.status, error.can_retry) == (ErrorCode.SERVER, 502, True)
    assert authcfg in manager.configIds()
    person.log_in(authcfg)
    assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN


def test_an_html_page_instead_of_tokens(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    light_simulator.fail("POST", "/token$", "html", status=200)
    person.log_in(authcfg)
    assert error_of(sign_in.sign_in(authcfg)).code is ErrorCode.SERVER


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
    wait_for(lambda: not sign_in.port._tasks)
    assert sign_in.port.status == SignInStatus(SignInState.SIGNED_OUT, authcfg)


def test_a_listener_can_leave(sign_in: Watched, make_config: MakeConfig) -> None:
    heard: list[SignInStatus] = []
    leave = sign_in.port.add_listener(heard.append)
    leave()
    leave()
    sign_in.port.resume(make_config())
    assert not heard
