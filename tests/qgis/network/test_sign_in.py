"""The sign-in through the real authorization code flow of the simulated SSO."""

from __future__ import annotations

import os
import shutil
import stat
import time

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.sign_in_status import SignInState, SignInStatus
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.network.authentication.refresh import SessionState, fresh_session
from tests.qgis.network.conftest import Person, in_thread, is_free, is_listening, result_of, wait_for
from tests.qgis.network.watched_sign_in import MakeConfig, Watched, age, client_of, error_of, reply_port_of, sign_in
from tests.simulator.remote.steering import Simulator

__all__ = ["sign_in"]


def test_through_the_login_page(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    authcfg = make_config()
    walk = person.log_in()
    status = sign_in.sign_in(authcfg)
    result_of(walk)
    assert status.state is SignInState.SIGNED_IN, status.error and status.error.log
    assert status.account is not None
    assert "camille" in status.account.email
    assert [said.state for said in sign_in.said] == [SignInState.SIGNING_IN] * 2 + [SignInState.SIGNED_IN]
    assert is_free(reply_port_of(authcfg))


def test_the_token_is_kept_for_the_owner_only_and_can_be_read(
    sign_in: Watched, make_config: MakeConfig, person: Person
) -> None:
    authcfg = make_config()
    person.log_in()
    sign_in.sign_in(authcfg)
    kept_path = token_file.paths(authcfg)[0]
    wait_for(lambda: kept_path.exists() and kept_path.stat().st_size > 100)
    assert stat.S_IMODE(kept_path.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept_path.parent.stat().st_mode) == 0o700
    kept = token_file.read(authcfg)
    assert kept is not None
    assert kept.is_readable
    assert kept.access is not None
    assert kept.access.count(".") == 2
    assert kept.refresh
    assert kept.seconds_left > 100
    assert kept.access not in repr(kept)


@pytest.mark.parametrize("keeps", [True, False])
def test_the_token_is_never_readable_by_others(
    sign_in: Watched, make_config: MakeConfig, person: Person, monkeypatch: pytest.MonkeyPatch, keeps: bool
) -> None:
    """What is mended only after QGIS has written was readable meanwhile: so nothing is mended here."""
    authcfg = make_config(persistToken=keeps)
    path = token_file.paths(authcfg)[0 if keeps else 1]
    shutil.rmtree(path.parent, ignore_errors=True)
    monkeypatch.setattr(token_file, "tighten", lambda authcfg: None)
    before = os.umask(0)
    try:
        person.log_in()
        assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN
        wait_for(path.exists)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_token_that_does_not_outlive_qgis(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    authcfg = make_config(persistToken=False)
    person.log_in()
    assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN
    path = token_file.paths(authcfg)[1]
    # QGIS 3.22 deletes it with its login object, and it is put back.
    wait_for(path.exists)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    sign_in.port.sign_out()
    assert not path.exists()


def test_a_kept_session_is_taken_up_without_a_login(sign_in: Watched, make_config: MakeConfig, person: Person) -> None:
    authcfg = make_config()
    person.log_in()
    sign_in.sign_in(authcfg)
    sign_in.port.resume(authcfg)
    assert sign_in.state is SignInState.SIGNING_IN
    assert sign_in.settle().state is SignInState.SIGNED_IN
    assert person.logins == 1


def test_nothing_kept_is_signed_out_at_once(sign_in: Watched, make_config: MakeConfig) -> None:
    authcfg = make_config()
    sign_in.port.resume(authcfg)
    assert sign_in.port.status == SignInStatus(SignInState.SIGNED_OUT, authcfg)


def test_an_expired_token_is_refreshed(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    person.log_in()
    sign_in.sign_in(authcfg)
    before = token_file.read(authcfg)
    age(authcfg, -5)
    light_simulator.clear_requests()
    sign_in.port.resume(authcfg)
    assert sign_in.settle().state is SignInState.SIGNED_IN
    grants = light_simulator.requests(service="sso", path="/token")
    assert [grant.path.rsplit("/", 1)[1] for grant in grants] == ["token"]
    after = token_file.read(authcfg)
    assert before is not None
    assert after is not None
    assert after.access != before.access
    assert stat.S_IMODE(token_file.paths(authcfg)[0].stat().st_mode) == 0o600
    assert person.logins == 1


def test_a_really_short_token_is_refreshed(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    light_simulator.token_lifetime(4)
    authcfg = make_config()
    person.log_in()
    assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN
    wait_for(lambda: (token_file.read(authcfg) or token_file.KeptTokens()).seconds_left < 2)
    assert result_of(in_thread(client_of(light_simulator, authcfg).me)).keys_quota is not None
    assert person.logins == 1


def test_eight_requests_at_expiry_refresh_once(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    person.log_in()
    sign_in.sign_in(authcfg)
    age(authcfg, -5)
    light_simulator.clear_requests()
    futures = [in_thread(client_of(light_simulator, authcfg).me) for _ in range(8)]
    assert len({result_of(future).id for future in futures}) == 1
    grants = [seen for seen in light_simulator.requests(service="sso") if seen.path.endswith("/token")]
    assert len(grants) == 1


def test_after_a_revocation_no_login_is_begun(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    person.log_in()
    sign_in.sign_in(authcfg)
    light_simulator.revoke("camille")
    age(authcfg, -5)
    assert result_of(in_thread(lambda: fresh_session(authcfg))) is SessionState.ENDED
    sign_in.port.resume(authcfg)
    status = sign_in.settle()
    assert status.state is SignInState.EXPIRED
    assert error_of(status).code is ErrorCode.NOT_SIGNED_IN
    assert not token_file.paths(authcfg)[0].exists()
    assert not is_listening(reply_port_of(authcfg))
    person.log_in()
    assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN


def test_a_refused_token_that_has_not_expired_is_replaced_unseen(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    person.log_in()
    sign_in.sign_in(authcfg)
    light_simulator.refuse_access_tokens("camille")
    light_simulator.clear_requests()
    assert result_of(in_thread(client_of(light_simulator, authcfg).me)).email
    assert [seen.status for seen in light_simulator.requests(service="api")] == [401, 200]
    assert [seen.path.rsplit("/", 1)[1] for seen in light_simulator.requests(service="sso")] == ["token"]
    assert sign_in.state is SignInState.SIGNED_IN


def test_a_token_that_is_refused_twice_ends_in_one_fresh_sign_in(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    person.log_in()
    sign_in.sign_in(authcfg)
    light_simulator.clear_requests()
    light_simulator.fail("GET", "/users/me$", status=401, times=2)
    with pytest.raises(GpkeysError) as refused:
        result_of(in_thread(client_of(light_simulator, authcfg).me))
    assert refused.value.code is ErrorCode.TOKEN_REFUSED
    assert len(light_simulator.requests(service="api")) == 2
    sign_in.port.token_refused()
    assert sign_in.state is SignInState.EXPIRED
    person.log_in()
    assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN
    assert person.logins == 2


def test_pressing_the_button_with_a_token_that_is_refused_twice_logs_in_at_once(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    person.log_in()
    sign_in.sign_in(authcfg)
    light_simulator.fail("GET", "/users/me$", status=401, times=2)
    person.log_in()
    assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN
    assert person.logins == 2


@pytest.mark.parametrize("status", [500, 502])
def test_a_refresh_that_fails_once_loses_no_session(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator, status: int
) -> None:
    authcfg = make_config()
    person.log_in()
    sign_in.sign_in(authcfg)
    age(authcfg, -5)
    light_simulator.fail("POST", "/token$", "status", status=status)
    begin = time.monotonic()
    assert result_of(in_thread(client_of(light_simulator, authcfg).me)).email
    assert time.monotonic() - begin < 5
    assert person.logins == 1


def test_an_sso_that_cannot_be_reached_loses_no_session(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator
) -> None:
    authcfg = make_config()
    person.log_in()
    sign_in.sign_in(authcfg)
    age(authcfg, -5)
    light_simulator.fail("POST", "/token$", "reset", times=50)
    sign_in.port.resume(authcfg)
    status = sign_in.settle()
    assert (status.state, error_of(status).code) == (SignInState.SIGNED_OUT, ErrorCode.CONNECTION)
    assert token_file.read(authcfg) is not None
