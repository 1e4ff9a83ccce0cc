"""A sign-in under test: what it says, and configurations and tokens to put it into a state."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.entrepot.models import Account
from gpkeys_plugin.entrepot.sign_in_status import SignInState, SignInStatus
from gpkeys_plugin.network.accounts_here import AccountsHere
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.network.authentication.browser_guard import BrowserGuard
from gpkeys_plugin.network.authentication.sign_in_client import read_setup
from gpkeys_plugin.network.authentication.token_obfuscation import hide
from gpkeys_plugin.network.open_session import open_session
from gpkeys_plugin.network.sign_in import SignIn
from gpkeys_plugin.store import settings
from tests.qgis.network.conftest import Person, wait_for
from tests.simulator.remote.steering import Simulator

MakeConfig = Callable[..., str]


class Watched:
    """A sign-in and what it said."""

    def __init__(self, simulator: Simulator, see: Callable[[Any], None]) -> None:
        self.ports: tuple[int, ...] = settings.reply_ports()
        self.last_account = ""
        self.homes: dict[str, str] = {}
        guard = BrowserGuard()
        guard.passed.connect(see)
        self.known: dict[str, str] = {}
        accounts = AccountsHere(self._is_expected, self._is_anothers, self._home_of, self._note)
        self.port = SignIn(lambda: simulator.api_url, lambda: self.ports, accounts, guard=guard)
        self.said: list[SignInStatus] = []
        self.port.add_listener(self.said.append)

    def _is_expected(self, account: Account, is_another: bool) -> bool:
        return self.last_account in ("", account.id) or (is_another and account.id in self.known)

    def _is_anothers(self, authcfg: str) -> bool:
        return any(kept == authcfg and id_ != self.last_account for id_, kept in self.known.items())

    def _home_of(self, authcfg: str, account: Account) -> str:
        return self.homes.get(account.id, authcfg)

    def _note(self, authcfg: str, account: Account) -> None:
        self.last_account = account.id
        self.known[account.id] = authcfg

    @property
    def state(self) -> SignInState:
        return self.port.status.state

    def settle(self) -> SignInStatus:
        """Wait until no attempt is under way."""
        wait_for(lambda: self.state is not SignInState.SIGNING_IN)
        return self.port.status

    def sign_in(self, authcfg: str) -> SignInStatus:
        self.port.sign_in(authcfg)
        return self.settle()


@pytest.fixture
def sign_in(light_simulator: Simulator, make_config: MakeConfig, person: Person) -> Iterator[Watched]:
    """Return a sign-in that may move to any port; it ends before its configurations are removed."""
    light_simulator.switch(any_redirect_port=True)
    watched = Watched(light_simulator, person.see)
    yield watched
    watched.port.close()


def reply_port_of(authcfg: str) -> int:
    setup = read_setup(authcfg)
    assert setup is not None
    return setup.reply_port


def error_of(status: SignInStatus) -> GpkeysError:
    assert status.error is not None
    return status.error


def age(authcfg: str, seconds_left: int) -> None:
    """Make QGIS believe that the access token ends soon."""
    values = token_file.raw_values(authcfg)
    key = next(key for key in values if key.startswith("expires."))
    token_file.restore(authcfg, {key: hide(str(int(time.time()) + seconds_left))})


def client_of(simulator: Simulator, authcfg: str) -> EntrepotClient:
    return EntrepotClient(open_session(authcfg, guarded_url=simulator.api_url), simulator.api_url)
