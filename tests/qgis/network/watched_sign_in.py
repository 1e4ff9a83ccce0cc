"""A sign-in under test: what it says, and configurations and tokens to put it into a state."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.entrepot.sign_in_status import SignInState, SignInStatus
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.network.authentication.browser_guard import BrowserGuard
from gpkeys_plugin.network.authentication.sign_in_client import read_setup
from gpkeys_plugin.network.authentication.token_obfuscation import hide
from gpkeys_plugin.network.open_session import open_session
from gpkeys_plugin.network.sign_in import LastAccount, SignIn
from gpkeys_plugin.store import settings
from tests.qgis.network.conftest import Person, wait_for
from tests.simulator.remote.steering import Simulator

MakeConfig = Callable[..., str]


class Watched:
    """A sign-in and what it said."""

    def __init__(self, simulator: Simulator, see: Callable[[Any], None]) -> None:
        self.ports: tuple[int, ...] = settings.reply_ports()
        self.last_account = ""
        guard = BrowserGuard()
        guard.passed.connect(see)
        last = LastAccount(lambda: self.last_account, self._note)
        self.port = SignIn(lambda: simulator.api_url, lambda: self.ports, last, guard=guard)
        self.said: list[SignInStatus] = []
        self.port.add_listener(self.said.append)

    def _note(self, account_id: str) -> None:
        self.last_account = account_id

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
