"""The window of an account of the simulator, its jobs and all, without QGIS's own window around it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from qgis.core import QgsApplication, QgsProcessingFeedback
from qgis.PyQt.QtWidgets import QApplication
from qgis.testing import start_app

from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.gui.dock import KeysDock
from gpkeys_plugin.jobs.running.feedback_progress import FeedbackProgress
from gpkeys_plugin.jobs.running.main_thread import MainThread
from gpkeys_plugin.jobs.running.task import TaskRunner
from gpkeys_plugin.jobs.scripts.script_context import Script, ScriptSide
from gpkeys_plugin.jobs.steps.account_sessions import KnownToAccount, SignedIn
from gpkeys_plugin.jobs.values import KeyPage
from gpkeys_plugin.jobs.window.account_choice import KnownAccounts
from gpkeys_plugin.jobs.window.my_keys_jobs import MyKeysJobs
from gpkeys_plugin.jobs.window.new_key_jobs import NewKeyJobs, QgisSide
from gpkeys_plugin.jobs.window.repair_tab_jobs import MendingJobs
from gpkeys_plugin.jobs.window.sign_in_side import SignInSide
from gpkeys_plugin.keys.upkeep.holdings import Holdings
from gpkeys_plugin.network.accounts_here import AccountsHere
from gpkeys_plugin.network.authentication import token_file
from gpkeys_plugin.network.authentication.token_file import NewTokens
from gpkeys_plugin.network.http import user_agent
from gpkeys_plugin.network.http.network_threads import wait_until
from gpkeys_plugin.network.open_session import open_session
from gpkeys_plugin.network.sign_in import SignIn
from gpkeys_plugin.store import environments, settings
from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.configurations.oauth2_json import OAuth2Setup
from gpkeys_plugin.store.records.creations import CreationRecords
from gpkeys_plugin.store.records.rotations import RotationRecords
from tests.gui.fake_repair import FakeRepairJobs
from tests.gui.fake_repair_files import FakeRepairFilesJobs
from tests.gui.fake_set_up import FakeSetUp
from tests.gui.fake_share import FakeShareJobs
from tests.gui.sign_in.fake_accounts import FakeAccountChoice
from tests.simulator.remote.steering import Simulator

USER = "nadia"
"""An account that has nothing but what is sown."""
_WIDTH, _HEIGHT = 380, 900


@contextmanager
def own_profile() -> Iterator[None]:
    """Start QGIS on a profile, caches and temporary files of its own."""
    with TemporaryDirectory() as name:
        for variable in ("XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR"):
            place = Path(name) / variable.lower()
            place.mkdir(mode=0o700)
            os.environ[variable] = str(place)
        start_app(cleanup=False)
        if not QgsApplication.authManager().setMasterPassword("essai", True):
            raise AssertionError("the authentication database stays closed")
        settings.LOOK_UP_TITLES.set(False)
        yield


def end_at_once() -> None:
    """End the process: taking the application down in order crashes in some versions, so QGIS's tests do that, too."""
    sys.stdout.flush()
    os._exit(0)


def kept_session(simulator: Simulator) -> str:
    """Go to the simulator's platform; return a configuration whose session is kept, as by a sign-in of last time."""
    for name, value in {
        "GPKEYS_API_URL": simulator.api_url,
        "GPKEYS_SSO_URL": simulator.sso_url,
        "GPKEYS_CLIENT_ID": simulator.client_id,
        "GPKEYS_CLIENT_SECRET": simulator.client_secret,
        "GPKEYS_SEARCH_URL": simulator.search_url,
    }.items():
        os.environ[name] = value
    authcfg = auth_configs.store_oauth2(OAuth2Setup.of(environments.current(), simulator.client_secret))
    tokens = simulator.tokens_for(USER)
    kept = NewTokens(tokens["access_token"], tokens["refresh_token"], tokens["expires_in"])
    token_file.keep_session(authcfg, simulator.client_id, kept, outlives_qgis=True)
    return authcfg


class AccountWindow:
    """A dock on the real use cases. What it shows of other things than keys is a stand-in."""

    def __init__(self, authcfg: str) -> None:
        self._authcfg = authcfg
        self._known = KnownToAccount()
        self.runner, self.main_thread = TaskRunner(), MainThread()
        self.creations, self.rotations = CreationRecords(), RotationRecords()
        known = KnownAccounts()
        self.sign_in = SignIn(
            lambda: environments.current().api_url,
            settings.reply_ports,
            AccountsHere(known.is_expected, known.is_anothers, known.home_of, known.use),
            tell_wait=lambda left_s: self.runner.waits.hear(self.sign_in, left_s),
        )
        every = (self.signed_in, self.runner, self.main_thread)
        side = QgisSide(user_agent.current, lambda: None, lambda _: None, lambda _: None)
        self.new_key_jobs = NewKeyJobs(*every, self.creations, side)
        self.my_keys_jobs = MyKeysJobs(*every, self.rotations, side)
        mending = MendingJobs(FakeRepairJobs(), FakeRepairFilesJobs())
        self.dock = KeysDock(
            self._sign_in_side(), self.new_key_jobs, self.my_keys_jobs, mending, FakeShareJobs(), FakeSetUp()
        )
        self.dock.resize(_WIDTH, _HEIGHT)
        self.dock.show()
        QApplication.processEvents()
        self.pages = self.dock._pages
        # The pages are made by turns once it shows: how long that takes is measured elsewhere.
        self.pages._making.finish()
        self.wizard, self.my_keys = self.pages._wizard, self.pages._my_keys

    def close(self) -> None:
        """Leave nothing of it."""
        self.dock.shut_down()
        self.runner.cancel_all()
        self.main_thread.shut_down()
        self.runner.shut_down()
        self.sign_in.close()
        self.dock.deleteLater()
        QApplication.processEvents()

    def resume(self) -> None:
        """Take up the kept session, as the window does when it is first shown."""
        self.sign_in.resume(self._authcfg)

    def signed_in(self) -> SignedIn:
        """Return the way to the API."""
        account = self.sign_in.status.account
        api_url = environments.current().api_url
        owner = api_url, account.id if account is not None else ""
        if self._known.owner != owner:
            self._known = KnownToAccount(owner, account)
        return SignedIn(open_session, api_url, self._authcfg, owner[1], self._known)

    def is_idle(self) -> bool:
        """Whether nothing is under way, nor about to be."""
        return self.sign_in.status.state is not SignInState.SIGNING_IN and not self.runner._running

    @property
    def holdings(self) -> Holdings:
        """What the account has, as the window knows it."""
        known = self.pages._holdings
        if known is None:
            raise AssertionError("nothing was read yet")
        return known

    @property
    def page(self) -> KeyPage:
        """The key that was opened last."""
        known = self.my_keys._page
        if known is None:
            raise AssertionError("no key was opened yet")
        return known

    def is_wizard_shown(self) -> bool:
        """Whether services can be chosen."""
        return self.wizard.currentWidget() is self.wizard.services

    def is_key_shown(self) -> bool:
        """Whether the page of a key is in front."""
        return self.my_keys.currentWidget() is self.my_keys._key_page

    def script(self) -> Script:
        """Return what an algorithm works with."""
        side = ScriptSide(user_agent.current, lambda: True, lambda _: None, lambda: None, wait_until)
        progress = FeedbackProgress(QgsProcessingFeedback(False))
        return Script(self.signed_in(), self.main_thread, self.creations, self.rotations, side, progress)

    def _sign_in_side(self) -> SignInSide:
        one = self.sign_in
        nothing: Callable[..., None] = lambda *_: None  # noqa: E731 - one line for each of them would say no more
        return SignInSide(
            lambda: one.status,
            one.add_listener,
            nothing,
            nothing,
            one.resume,
            nothing,
            nothing,
            one.token_refused,
            nothing,
            FakeAccountChoice(),
        )
