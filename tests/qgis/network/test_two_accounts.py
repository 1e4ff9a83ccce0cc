"""Two accounts on a profile, each with a session of its own: neither's is ended, shown or sent for the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gpkeys_plugin.entrepot.models import Account
from gpkeys_plugin.entrepot.sign_in_status import SignInState, SignInStatus
from gpkeys_plugin.jobs.window.account_choice import AccountChoice, KnownAccounts
from gpkeys_plugin.jobs.window.sign_in_set_up import SetUp
from gpkeys_plugin.network.accounts_here import AccountsHere
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.network.authentication.browser_guard import BrowserGuard
from gpkeys_plugin.network.sign_in import SignIn
from gpkeys_plugin.store import environments, settings
from gpkeys_plugin.store.configurations import auth_configs, signed_in_accounts
from tests.qgis.network.conftest import Person, in_thread, result_of, wait_for
from tests.qgis.network.watched_sign_in import client_of
from tests.qgis.store.conftest import move_settings
from tests.simulator.remote.steering import Simulator


class Desk:
    """The sign-in on the real settings and configurations, as the window has it."""

    def __init__(self, simulator: Simulator, person: Person) -> None:
        guard, known = BrowserGuard(), KnownAccounts()
        guard.passed.connect(person.see)
        self.person, self.set_up = person, SetUp()
        self.port = SignIn(
            lambda: environments.current().api_url,
            settings.reply_ports,
            AccountsHere(known.is_expected, known.is_anothers, known.home_of, known.use),
            guard=guard,
        )
        self.choice = AccountChoice(self.port.change_to, self.port.end, lambda: False)
        self._simulator = simulator

    def settle(self) -> SignInStatus:
        """Wait until no attempt is under way."""
        wait_for(lambda: self.port.status.state is not SignInState.SIGNING_IN)
        return self.port.status

    def sign_in(self, who: str) -> SignInStatus:
        """Sign in with the button of the panel."""
        self.person.log_in(who)
        self.port.sign_in(self.set_up.prepare(None, None))
        return self.settle()

    def sign_in_another(self, who: str) -> SignInStatus:
        """Sign in as another account, and say that it is the right one."""
        self.person.log_in(who)
        self.choice.leave()
        self.port.sign_in(self.set_up.prepare(None, None), is_another=True)
        if self.settle().state is SignInState.UNCONFIRMED:
            self.port.use_account()
        return self.port.status

    def choose(self, account: Account) -> SignInStatus:
        """Choose an account in the menu."""
        self.choice.choose_account(account.id)
        return self.settle()

    def who_answers(self, authcfg: str) -> str:
        """Return whom the API takes a configuration for."""
        return str(result_of(in_thread(client_of(self._simulator, authcfg).me)).email)


@pytest.fixture
def desk(
    light_simulator: Simulator, person: Person, manager: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """Return a desk at the simulator, nobody signed in before; its tokens go with it."""
    before = settings_folder()
    move_settings(tmp_path / "settings")
    monkeypatch.setattr("gpkeys_plugin.store.records.record_file.profile_folder", lambda: tmp_path)
    for name in ("api_url", "sso_url", "client_id", "client_secret"):
        monkeypatch.setenv(f"GPKEYS_{name.upper()}", getattr(light_simulator, name))
    light_simulator.switch(any_redirect_port=True)
    made = Desk(light_simulator, person)
    yield made
    made.port.close()
    for authcfg in auth_configs.own_sign_in_ids():
        token_file.remove(authcfg)
        manager.removeAuthenticationConfig(authcfg)
    move_settings(before)


def settings_folder() -> Path:
    """Return where QGIS keeps its settings."""
    from qgis.core import QgsSettings

    return Path(QgsSettings().fileName()).parent.parent


def account_of(status: SignInStatus) -> Account:
    assert status.account is not None, status
    return status.account


@pytest.fixture
def two(desk: Desk) -> tuple[SignInStatus, SignInStatus]:
    """Have camille signed in first, then olga."""
    return desk.sign_in("camille"), desk.sign_in_another("olga")


Two = tuple[SignInStatus, SignInStatus]


def test_each_has_a_configuration_and_a_session_of_its_own(desk: Desk, two: Two) -> None:
    camille, olga = two
    assert camille.state is olga.state is SignInState.SIGNED_IN
    assert camille.authcfg != olga.authcfg
    assert "camille" in desk.who_answers(camille.authcfg)
    assert "olga" in desk.who_answers(olga.authcfg)
    assert signed_in_accounts.authcfg_in_use(environments.current()) == olga.authcfg
    assert [entry.is_in_use for entry in desk.choice.accounts()] == [True, False]


def test_another_account_is_asked_about_before_it_is_used(desk: Desk) -> None:
    camille = desk.sign_in("camille")
    desk.person.log_in("olga")
    desk.choice.leave()
    desk.port.sign_in(desk.set_up.prepare(None, None), is_another=True)
    assert desk.settle().state is SignInState.UNCONFIRMED
    assert "prompt=login" in desk.person.opened[-1]
    assert len(auth_configs.own_sign_in_ids()) == 1
    assert "camille" in desk.who_answers(camille.authcfg)


def test_changing_opens_no_browser_and_ends_no_session(desk: Desk, two: Two, light_simulator: Simulator) -> None:
    camille, olga = two
    logins = len(desk.person.opened)
    light_simulator.clear_requests()
    for _ in range(2):
        for status in two:
            assert desk.choose(account_of(status)) == status
    assert len(desk.person.opened) == logins
    assert not light_simulator.requests(service="sso", path="/logout")
    assert not light_simulator.requests(service="sso", path="/revoke")
    assert "camille" in desk.who_answers(camille.authcfg)
    assert "olga" in desk.who_answers(olga.authcfg)


def test_nobody_is_asked_for_with_another_s_token(desk: Desk, two: Two, light_simulator: Simulator) -> None:
    for status in two:
        light_simulator.clear_requests()
        desk.choose(account_of(status))
        desk.who_answers(status.authcfg)
        users = {request.user for request in light_simulator.requests(service="api")}
        assert users == {account_of(status).email.partition("@")[0].partition(".")[0]}


def test_nothing_is_signed_in_while_an_account_changes(desk: Desk, two: Two) -> None:
    said: list[SignInStatus] = []
    desk.port.add_listener(said.append)
    desk.choose(account_of(two[0]))
    assert [status.state for status in said] == [
        SignInState.SIGNED_OUT,
        SignInState.SIGNING_IN,
        SignInState.SIGNED_IN,
    ]
    assert all(status.account is None for status in said[:-1])
    assert {status.authcfg for status in said} == {two[0].authcfg}
    assert said[1].is_resuming


def test_each_session_is_taken_up_after_a_restart(
    desk: Desk, two: Two, light_simulator: Simulator, person: Person
) -> None:
    desk.choose(account_of(two[0]))
    desk.port.close()
    logins = len(person.opened)
    again = Desk(light_simulator, person)
    again.port.resume(again.set_up.current_authcfg())
    assert again.settle() == two[0]
    assert again.choose(account_of(two[1])) == two[1]
    assert len(person.opened) == logins
    again.port.close()


def test_giving_up_another_account_leaves_the_session_of_the_one_in_use(desk: Desk) -> None:
    camille = desk.sign_in("camille")
    logins = len(desk.person.opened)
    desk.choice.leave()
    desk.port.sign_in(desk.set_up.prepare(None, None), is_another=True)
    wait_for(lambda: len(desk.person.opened) > logins)
    desk.port.cancel()
    desk.choice.go_back()
    assert desk.settle() == camille
    desk.person.forget()


def test_the_same_account_again_has_no_second_configuration(desk: Desk) -> None:
    camille = desk.sign_in("camille")
    assert desk.sign_in_another("camille") == camille
    assert auth_configs.own_sign_in_ids() == (camille.authcfg,)


def test_another_one_that_is_known_is_not_asked_about_and_goes_home(desk: Desk, two: Two) -> None:
    camille, olga = two
    desk.choose(account_of(camille))
    desk.person.log_in("olga")
    desk.choice.leave()
    desk.port.sign_in(desk.set_up.prepare(None, None), is_another=True)
    assert desk.settle() == olga
    assert "camille" in desk.who_answers(camille.authcfg)
    assert "olga" in desk.who_answers(olga.authcfg)


def test_whoever_comes_in_the_place_of_an_ended_session_gets_a_configuration_of_their_own(desk: Desk) -> None:
    camille = desk.sign_in("camille")
    desk.port.token_refused()
    assert desk.sign_in("olga").state is SignInState.UNCONFIRMED
    desk.port.use_account()
    olga = desk.port.status
    assert olga.authcfg != camille.authcfg
    assert token_file.read(camille.authcfg) is None
    assert "olga" in desk.who_answers(olga.authcfg)


def test_the_configuration_of_another_signs_in_without_its_session(desk: Desk, two: Two) -> None:
    """The one in use has lost its own, as when somebody removed it in QGIS."""
    camille, olga = two
    auth_configs.remove(olga.authcfg)
    token_file.remove(olga.authcfg)
    assert desk.choose(account_of(olga)).state is SignInState.SIGNED_OUT
    again = desk.sign_in("olga")
    assert account_of(again).id == account_of(olga).id
    assert again.authcfg != camille.authcfg
    assert "camille" in desk.who_answers(camille.authcfg)


def test_a_forgotten_account_leaves_the_other_as_it_is(desk: Desk, two: Two, light_simulator: Simulator) -> None:
    camille, olga = two
    light_simulator.clear_requests()
    desk.choice.forget()
    assert desk.port.status.state is SignInState.SIGNED_OUT
    assert [entry.id for entry in desk.choice.accounts()] == [account_of(camille).id]
    assert token_file.read(olga.authcfg) is None
    assert auth_configs.own_sign_in_ids() == (camille.authcfg,)
    wait_for(lambda: len(light_simulator.requests(service="sso", path="/logout")) == 1)
    assert desk.choose(account_of(camille)) == camille


def test_no_setting_holds_a_secret(desk: Desk, two: Two) -> None:
    from qgis.core import QgsSettings

    found = QgsSettings()
    values = " ".join(str(found.value(key)) for key in found.allKeys() if key.startswith("gpkeys/"))
    assert account_of(two[1]).email in values
    kept = [token_file.read(status.authcfg) for status in two]
    secrets = [secret for tokens in kept if tokens is not None for secret in (tokens.access, tokens.refresh)]
    assert len(secrets) == 4
    assert [secret for secret in secrets if secret is None or secret in values] == []


def test_accounts_too_many_are_forgotten_with_their_sessions(desk: Desk, two: Two) -> None:
    camille, olga = two
    environment = environments.current()
    for number in range(signed_in_accounts.MOST - 1):
        filler = signed_in_accounts.SignedInAccount(f"a{number}", f"cfg{number}")
        signed_in_accounts.use(environment, filler)
    desk.choice.drop_superfluous()
    assert token_file.read(camille.authcfg) is None
    assert auth_configs.own_sign_in_ids() == (olga.authcfg,)
    assert "olga" in desk.who_answers(olga.authcfg)
    assert len(desk.choice.accounts()) == signed_in_accounts.MOST
