"""What the window and its notices work with."""

from __future__ import annotations

from functools import partial
from typing import Any, Callable

from ..gui import preset_notice
from ..gui.browser.key_acts import KeyActs
from ..gui.dock import KeysDock
from ..gui.qgis_map import MapView
from ..gui.qgis_openers import Openers
from ..gui.qgis_places import reload_connections
from ..gui.repair.layer_tree_menu import LayerMenu
from ..gui.repair.project_opening_notice import ProjectWatch
from ..gui.share.save_watch import SaveWatch
from ..jobs.running.task import TaskRunner
from ..jobs.running.translate import show
from ..jobs.steps.account_sessions import KnownToAccount, SignedIn
from ..jobs.window.account_choice import AccountChoice, KnownAccounts
from ..jobs.window.browser_jobs import BrowserJobs
from ..jobs.window.layer_menu_jobs import LayerMenuJobs
from ..jobs.window.my_keys_jobs import MyKeysJobs
from ..jobs.window.new_key_jobs import NewKeyJobs, QgisSide
from ..jobs.window.preferences import PluginPreferences
from ..jobs.window.repair_files_jobs import RepairFilesJobs
from ..jobs.window.repair_jobs import RepairJobs
from ..jobs.window.repair_tab_jobs import MendingJobs
from ..jobs.window.share_jobs import ShareJobs
from ..jobs.window.sign_in_set_up import SetUp
from ..jobs.window.sign_in_side import SignInSide
from ..jobs.window.sign_in_task import SignInTask
from ..network.accounts_here import AccountsHere
from ..network.http import user_agent
from ..network.open_session import open_session
from ..network.sign_in import SignIn
from ..store import environments, settings
from ..store.preset import preset_file
from .shared_parts import SharedParts


class WindowParts:
    """The sign-in, the runner of jobs and the use cases; they make the dock and what tells of projects."""

    def __init__(self, iface: Any, shared: SharedParts) -> None:
        self._iface = iface
        self._main_thread = shared.main_thread
        known = KnownAccounts()
        self._sign_in = SignIn(
            lambda: environments.current().api_url,
            settings.reply_ports,
            AccountsHere(known.is_expected, known.is_anothers, known.home_of, known.use),
            say=show,
            tell_wait=lambda left_s: self._runner.waits.hear(self._sign_in, left_s),
        )
        self._known = KnownToAccount()
        self._sign_in_task = SignInTask(self._sign_in.cancel)
        self._sign_in.add_listener(self._sign_in_task.follow)
        self._runner = TaskRunner()
        self._accounts = AccountChoice(self._sign_in.change_to, self._sign_in.end, self._runner.is_changing)
        self._in_use, self._on_change = self._accounts.in_use(), list[Callable[[], object]]()
        # Kept: a signal that is connected to a method lets the object of it go, and then calls nothing.
        self._openers = Openers(iface)
        every = (self._signed_in, self._runner, self._main_thread)
        side = self._qgis_side()
        self._new_key_jobs = NewKeyJobs(*every, shared.creations, side)
        self._my_keys_jobs = MyKeysJobs(*every, shared.rotations, side)
        self._browser_jobs = BrowserJobs(*every, side)
        self._repair_jobs = RepairJobs(*every, side)
        self._layer_menu_jobs = LayerMenuJobs(*every, self._repair_jobs)
        self._files_jobs = RepairFilesJobs(*every, partial(reload_connections, iface))
        # Of its own: what sharing undoes is what sharing has changed.
        self._share_jobs = ShareJobs(*every, shared.creations, RepairJobs(*every, side))
        self._set_up = SetUp()
        self._sign_in.add_listener(self._on_sign_in)

    def make_dock(self) -> KeysDock:
        """Return the dock; it is to be hung into QGIS."""
        dock = KeysDock(
            self._sign_in_side(),
            self._new_key_jobs,
            self._my_keys_jobs,
            MendingJobs(self._repair_jobs, self._files_jobs),
            self._share_jobs,
            self._set_up,
            self._iface.mainWindow(),
        )
        dock.options_wanted.connect(self._openers.show_options)
        self._runner.waits.listen(dock.show_wait)
        preset_notice.tell(self._iface.messageBar(), preset_file.current().problem)
        return dock

    def watch_projects(self, preferences: PluginPreferences, on_show: Callable[[], object]) -> ProjectWatch:
        """Return what tells, when a project is opened, that some of its layers need a key."""
        return ProjectWatch(self._iface.messageBar(), self._repair_jobs, preferences, on_show)

    def offer_in_layer_menu(
        self, on_repair_wanted: Callable[[tuple[str, ...]], object], on_key_wanted: Callable[[str], object]
    ) -> LayerMenu:
        """Return the entries in the menu of layers of the platform."""
        return LayerMenu(self._iface, self._layer_menu_jobs, on_repair_wanted, on_key_wanted)

    def watch_saving(
        self,
        preferences: PluginPreferences,
        on_sign_in_wanted: Callable[[], object],
        on_share_wanted: Callable[[str], object],
    ) -> SaveWatch:
        """Return what tells that a project that was saved holds a hash, or needs a key."""
        bar = self._iface.messageBar()
        watch = SaveWatch(bar, self._share_jobs, preferences, on_sign_in_wanted, on_share_wanted)
        self.when_account_changes(watch.withdraw)
        return watch

    def key_acts(
        self, on_key_wanted: Callable[[str], object], on_downloads_wanted: Callable[[str, str], object]
    ) -> KeyActs:
        """Return what acts on keys from QGIS's own places.

        `on_key_wanted` is to show a key, by its id, `on_downloads_wanted` what an offering of it has to download.
        """
        return KeyActs(
            self._browser_jobs,
            self._iface.messageBar(),
            on_key_wanted,
            on_downloads_wanted,
            self._my_keys_jobs,
            lambda: self._sign_in.status.account is not None,
        )

    def follow_environment(self) -> None:
        """Take up the account of the platform that is in use now; that of the one before keeps its session."""
        self._accounts.go_back()

    def when_account_changes(self, listener: Callable[[], object]) -> None:
        """Call `listener` when another account is in use, or another platform."""
        self._on_change.append(listener)

    def take_down(self) -> None:
        """Stop what is under way; what was begun gets a moment to be taken back."""
        self._runner.cancel_all()
        # Before the workers are waited for: they may be waiting for the main thread.
        self._main_thread.shut_down()
        self._runner.shut_down()
        self._sign_in.close()
        self._sign_in_task.end()

    def _qgis_side(self) -> QgisSide:
        openers, map_view = self._openers, MapView(self._iface)
        return QgisSide(
            user_agent.current,
            partial(reload_connections, self._iface),
            openers.show_connection,
            openers.show_authcfg,
            map_view.show,
            map_view.shows,
            map_view.extent,
        )

    def _sign_in_side(self) -> SignInSide:
        sign_in = self._sign_in
        return SignInSide(
            lambda: sign_in.status,
            sign_in.add_listener,
            sign_in.sign_in,
            lambda authcfg: sign_in.sign_in(authcfg, is_another=True),
            sign_in.resume,
            sign_in.cancel,
            sign_in.sign_out,
            sign_in.token_refused,
            sign_in.use_account,
            self._accounts,
        )

    def _signed_in(self) -> SignedIn:
        status = self._sign_in.status
        account_id = status.account.id if status.account else ""
        owner = (environments.current().api_url, account_id)
        if self._known.owner != owner:
            self._know(KnownToAccount(owner, status.account))
        return SignedIn(open_session, owner[0], status.authcfg, account_id, self._known)

    def _on_sign_in(self, _status: object) -> None:
        if self._sign_in.status.account is None:
            self._know(KnownToAccount())
        before, self._in_use = self._in_use, self._accounts.in_use()
        if before != self._in_use:
            reload_connections(self._iface)
            for listener in self._on_change:
                listener()
        if self._sign_in.status.account is not None:
            self._accounts.drop_superfluous()

    def _know(self, known: KnownToAccount) -> None:
        self._known.forget()
        # Another one: what is still being read for the former account is none of the next one's.
        self._known = known
