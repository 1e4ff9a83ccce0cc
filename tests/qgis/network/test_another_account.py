"""A sign-in that brings another account than the last one: nothing is done with it before somebody says so."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.entrepot.sign_in_status import SignInState, SignInStatus
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.network.authentication.qgis_authentication_calls import UnaskedRequest
from gpkeys_plugin.network.http.network_threads import authentication_thread
from tests.qgis.network.conftest import Person, in_thread, result_of, wait_for
from tests.qgis.network.watched_sign_in import MakeConfig, Watched, age, client_of, sign_in
from tests.simulator.remote.steering import Simulator

__all__ = ["sign_in"]


@pytest.fixture(params=[True, False], ids=["kept", "passing"])
def authcfg(sign_in: Watched, make_config: MakeConfig, person: Person, request: pytest.FixtureRequest) -> str:
    """A configuration with which camille was signed in, and then olga came."""
    found = make_config(persistToken=request.param)
    person.log_in("camille")
    assert sign_in.sign_in(found).state is SignInState.SIGNED_IN
    sign_in.port.sign_out()
    person.log_in("olga")
    assert sign_in.sign_in(found).state is SignInState.UNCONFIRMED
    return found


def ask_qgis(authcfg: str) -> Any:
    """Have QGIS authenticate a request, as for a layer."""
    question = UnaskedRequest(QNetworkRequest(QUrl("https://data.example/")), authcfg)
    return result_of(in_thread(lambda: authentication_thread().call(question.ask)))


def test_nothing_is_done_with_it(sign_in: Watched, authcfg: str, light_simulator: Simulator) -> None:
    status = sign_in.port.status
    assert status.account is None
    assert status.newcomer is not None
    assert "olga" in status.newcomer.email
    assert not any(path.exists() for path in token_file.paths(authcfg))
    light_simulator.clear_requests()
    with pytest.raises(GpkeysError) as caught:
        result_of(in_thread(client_of(light_simulator, authcfg).me))
    assert caught.value.ends_session
    assert not ask_qgis(authcfg).is_authenticated
    assert not light_simulator.requests(service="api")
    assert sign_in.state is SignInState.UNCONFIRMED


def test_it_is_used_once_somebody_says_so(sign_in: Watched, authcfg: str, light_simulator: Simulator) -> None:
    newcomer = sign_in.port.status.newcomer
    sign_in.port.use_account()
    assert sign_in.port.status == SignInStatus(SignInState.SIGNED_IN, authcfg, newcomer)
    assert newcomer is not None
    assert sign_in.last_account == newcomer.id
    assert result_of(in_thread(client_of(light_simulator, authcfg).me)).id == newcomer.id
    assert ask_qgis(authcfg).is_authenticated
    sign_in.port.resume(authcfg)
    assert sign_in.settle().state is SignInState.SIGNED_IN


def test_signing_in_again_ends_it_and_asks_for_name_and_password(
    sign_in: Watched, authcfg: str, person: Person, light_simulator: Simulator
) -> None:
    light_simulator.clear_requests()
    person.log_in("camille")
    assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN
    assert "prompt=login" in person.opened[-1]
    assert sign_in.port.status.newcomer is None
    wait_for(lambda: bool(light_simulator.requests(service="sso", path="/logout")))
    assert light_simulator.requests(service="sso", path="/logout")[0].status == 204
    sign_in.port.use_account()
    assert "camille" in _email(sign_in)


def test_signing_out_forgets_it(sign_in: Watched, authcfg: str, light_simulator: Simulator) -> None:
    light_simulator.clear_requests()
    sign_in.port.sign_out()
    wait_for(lambda: bool(light_simulator.requests(service="sso", path="/logout")))
    sign_in.port.use_account()
    assert sign_in.state is SignInState.SIGNED_OUT
    assert token_file.read(authcfg) is None


def test_a_login_that_is_cancelled_after_it_brings_it_back_no_more(sign_in: Watched, authcfg: str) -> None:
    sign_in.port.sign_in(authcfg)
    sign_in.port.cancel()
    assert sign_in.state is SignInState.SIGNED_OUT
    assert token_file.read(authcfg) is None


def test_the_first_account_of_all_is_asked_nothing_and_the_same_one_neither(
    sign_in: Watched, make_config: MakeConfig, person: Person
) -> None:
    authcfg = make_config()
    for _ in range(2):
        person.log_in("olga")
        assert sign_in.sign_in(authcfg).state is SignInState.SIGNED_IN
        sign_in.port.sign_out()


@pytest.mark.parametrize("keeps", [True, False])
def test_a_kept_session_of_another_account_is_not_taken_up_unasked(
    sign_in: Watched, make_config: MakeConfig, person: Person, light_simulator: Simulator, *, keeps: bool
) -> None:
    """QGIS's own login, for a layer, takes whatever code comes to its port."""
    authcfg = make_config(persistToken=keeps)
    person.log_in("olga")
    sign_in.sign_in(authcfg)
    before = token_file.read(authcfg)
    sign_in.last_account = "camille's"
    sign_in.port.resume(authcfg)
    assert sign_in.settle().state is SignInState.UNCONFIRMED
    assert token_file.read(authcfg) is None
    sign_in.port.use_account()
    after = token_file.read(authcfg)
    assert before is not None
    assert after is not None
    assert (after.access, after.refresh) == (before.access, before.refresh)
    assert abs(after.expires - before.expires) <= 1
    assert token_file.paths(authcfg)[0 if keeps else 1].exists()
    age(authcfg, -5)
    assert result_of(in_thread(client_of(light_simulator, authcfg).me)).email


def test_who_lets_a_kept_session_go_is_asked_for_name_and_password(
    sign_in: Watched, make_config: MakeConfig, person: Person
) -> None:
    authcfg = make_config()
    person.log_in("olga")
    sign_in.sign_in(authcfg)
    assert "prompt=login" not in person.opened[-1]
    sign_in.last_account = "camille's"
    sign_in.port.resume(authcfg)
    assert sign_in.settle().state is SignInState.UNCONFIRMED
    person.log_in("camille")
    sign_in.sign_in(authcfg)
    assert "prompt=login" in person.opened[-1]


def _email(sign_in: Watched) -> str:
    account = sign_in.port.status.account
    return account.email if account else ""
