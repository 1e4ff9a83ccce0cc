"""The tabs and their pages: which one shows, and what they tell each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Collection, Iterator, Sequence

from qgis.PyQt.QtCore import QLocale, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from ..entrepot.models import Key, Permission
from ..jobs.running.translate import tr
from ..jobs.scripts import session_choices
from ..jobs.window import window_memory
from ..jobs.window.my_keys_jobs import MyKeysJobs
from ..jobs.window.new_key_jobs import NewKeyJobs
from ..jobs.window.repair_tab_jobs import MendingJobs
from ..jobs.window.share_jobs import ShareJobs
from ..jobs.window.sign_in_set_up import SetUp
from ..keys.draft import Grant
from ..keys.services.titles import TitleBook
from ..keys.upkeep.holdings import Holdings
from .dock_tabs import Tab, tab_titles
from .key_form import draft_check
from .mending_pages import MendingPages
from .my_keys.key_menu import KeyAct
from .my_keys.my_keys_view import MyKeysView
from .new_key.wizard import KeyWizard
from .notices.message_area import Messages
from .own_key_offer import OwnKeyOffer
from .parts.focus_after_turn import follow_turns, give_focus
from .parts.made_in_turns import MadeInTurns
from .parts.page import finish
from .parts.tabs import FittingTabs
from .permissions.permissions_page import PermissionsPage
from .title_loader import ServiceTitles


class TabPages(QObject):
    """Bar and stack, to be hung into a window. Without a session `panel` stands in for the pages that need one."""

    sign_in_wanted = pyqtSignal()
    token_refused = pyqtSignal()
    account_changed = pyqtSignal(object)

    def __init__(
        self,
        new_key_jobs: NewKeyJobs,
        my_keys_jobs: MyKeysJobs,
        mending_jobs: MendingJobs,
        share_jobs: ShareJobs,
        set_up: SetUp,
        messages: Messages,
        panel: QWidget,
    ) -> None:
        super().__init__()
        self._panel, self._messages, self._set_up = panel, messages, set_up
        self._holdings: Holdings | None = None
        self._wanted: tuple[str, KeyAct | None, str] | None = None
        self._needs_panel, self._is_key_for_repair, self._are_permissions_stale = True, False, False
        self._titles = ServiceTitles(new_key_jobs, self)
        self.bar = FittingTabs("dockTabs", tab_titles())
        self.bar.setAccessibleName(tr("Pages"))
        self.stack = QStackedWidget()
        self.stack.addWidget(panel)
        self.bar.setCurrentIndex(next((tab for tab in Tab if tab.name == window_memory.LAST_TAB.get()), Tab.NEW_KEY))
        self.bar.currentChanged.connect(self._on_tab)
        steps = self._make_pages(new_key_jobs, my_keys_jobs, mending_jobs, share_jobs)
        self._making = MadeInTurns(steps, self)
        self.stack.destroyed.connect(self._making.stop)

    def make_in_turns(self) -> None:
        """Make the pages, one a turn of the event loop."""
        self._making.start()

    def _make_pages(
        self, new_key_jobs: NewKeyJobs, my_keys_jobs: MyKeysJobs, mending_jobs: MendingJobs, share_jobs: ShareJobs
    ) -> Iterator[QWidget]:
        set_up, messages = self._set_up, self._messages
        self._wizard = KeyWizard(new_key_jobs, set_up, messages)
        yield self._hung(self._wizard)
        self._my_keys = MyKeysView(my_keys_jobs, new_key_jobs, share_jobs, set_up, messages)
        yield self._hung(self._my_keys)
        self._permissions = PermissionsPage(lambda: set_up.environment().data_url)
        yield self._hung(self._permissions)
        self._mending = MendingPages(mending_jobs, my_keys_jobs, messages)
        self._repair = self._mending.project
        yield self._hung(self._mending)
        self._pages: tuple[QWidget, ...] = (self._wizard, self._my_keys, self._permissions, self._mending)
        self._own_key = OwnKeyOffer(self._wizard, self._my_keys, lambda: self._holdings)
        self._connect()
        self._repair.show_signed_out()
        for pages in (self.stack, self._mending):
            follow_turns(pages)

    def _hung(self, page: QWidget) -> QWidget:
        self.stack.addWidget(page)
        finish(page)
        return page

    # What the dock tells

    def show_panel(self, *, is_needed: bool) -> None:
        """Let the panel stand in for the pages that need a session, or not."""
        self._needs_panel = is_needed
        self._show()

    def set_online(self, is_online: bool) -> None:
        """Tell whether somebody is signed in."""
        self._making.finish()
        for page in (self._wizard, self._my_keys, self._permissions, self._own_key):
            page.set_online(is_online)
        if not is_online:
            self._repair.show_signed_out()

    def is_online(self) -> bool:
        """Say whether somebody is signed in, as far as was told."""
        return self._making.is_done() and self._wizard.is_online()

    def load(self) -> None:
        """Read what the account has."""
        self._making.finish()
        self._repair.show_reading()
        self._wizard.load()

    def show_signed_out(self) -> None:
        """Say on the page that needs no session what can be said without one."""
        if self._making.is_done():
            self._repair.show_signed_out()

    def is_repair_in_front(self) -> bool:
        """Say whether the page that needs no session shows."""
        return self.bar.currentIndex() == Tab.REPAIR

    def show_tab(self, tab: Tab) -> None:
        """Bring a page to the front."""
        self.bar.setCurrentIndex(tab)

    def show_repair(self, layer_ids: Collection[str]) -> None:
        """Show the page that mends, with these layers ticked, or those that surely draw nothing."""
        self._making.finish()
        self.show_tab(Tab.REPAIR)
        self._mending.show_layers(layer_ids)

    def show_key(self, key_id: str, download: str = "", *, is_to_share: bool = False) -> None:
        """Show a key, what an offering of it has to `download`, or how it is shared: at once, or when keys are read."""
        self._wanted = (key_id, KeyAct.DOWNLOAD if download else KeyAct.SHARE if is_to_share else None, download)
        self.show_tab(Tab.MY_KEYS)
        self._open_wanted_key()

    def take_focus(self) -> None:
        """Give the keyboard to what is to be done next on the page in front."""
        give_focus(self.stack.currentWidget())

    def reset(self) -> None:
        """Leave nothing of the account in the pages."""
        self._making.finish()
        self._holdings, self._is_key_for_repair = None, False
        self._show_counts()
        self._wizard.reset()
        self._my_keys.reset()
        self._permissions.clear()
        self._mending.forget()
        self._titles.drop()
        if not self.is_repair_in_front():
            self.show_tab(Tab.NEW_KEY)

    def shut_down(self) -> None:
        """Stop what is under way and don't listen to it any more."""
        session_choices.keep(None)
        self._making.stop()
        if self._making.is_done():
            for page in (self._wizard, self._my_keys, self._mending, self._own_key):
                page.shut_down()
        self._titles.drop()

    # Inside

    def _connect(self) -> None:
        for page in (self._wizard, self._my_keys, self._mending):
            page.token_refused.connect(self.token_refused)
        self._wizard.account_changed.connect(self.account_changed)
        self._wizard.holdings_changed.connect(self._on_holdings)
        self._wizard.key_wanted.connect(self._my_keys.bring_up_key)
        self._wizard.download_wanted.connect(lambda *wish: self._my_keys.begin_in_front(KeyAct.DOWNLOAD, *wish))
        self._wizard.key_made.connect(self._on_key_made)
        self._wizard.stopped_half_way.connect(self._my_keys.show_stopped)
        self._my_keys.reload_wanted.connect(self._wizard.load)
        self._my_keys.holdings_changed.connect(self._on_keys_changed)
        self._my_keys.rows_changed.connect(self._on_rows)
        self._my_keys.front_wanted.connect(lambda: self.show_tab(Tab.MY_KEYS))
        self._my_keys.permission_wanted.connect(self._on_permission_wanted)
        self._my_keys.new_key_wanted.connect(lambda: self.show_tab(Tab.NEW_KEY))
        self._my_keys.repair_wanted.connect(self.show_repair)
        self._permissions.new_key_wanted.connect(self._on_key_from_permission_wanted)
        self._repair.sign_in_wanted.connect(self.sign_in_wanted)
        self._repair.reload_wanted.connect(self.load)
        self._repair.new_key_wanted.connect(self._on_new_key_wanted)
        for reader in (self._wizard, self._my_keys):
            reader.reading_failed.connect(self._repair.show_unread)
        self._titles.found.connect(self._on_titles)

    def _on_tab(self, place: int) -> None:
        window_memory.LAST_TAB.set(Tab(place).name)
        self._messages.withdraw_news()
        self._show()

    def _show(self) -> None:
        place = self.bar.currentIndex()
        has_page = self.is_repair_in_front() or not self._needs_panel
        if not has_page and not self._making.is_done():
            return
        self._making.finish()
        self.stack.setCurrentWidget(self._pages[place] if has_page else self._panel)
        if place != Tab.NEW_KEY:
            self._my_keys.read()
        if self._are_permissions_stale:
            self._show_permissions()

    def _on_holdings(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._show_counts()
        self._my_keys.show_holdings(holdings)
        self._show_permissions()
        self._titles.start(holdings)
        self._open_wanted_key()
        if self.bar.currentIndex() != Tab.NEW_KEY:
            self._my_keys.read()

    def _open_wanted_key(self) -> None:
        """Open the key that was asked for, once; one that is not the account's is not there to be opened."""
        if self._holdings is None or self._wanted is None or not self.is_online():
            return
        (key_id, act, download), self._wanted = self._wanted, None
        key = next((key for key in self._holdings.keys if key.id == key_id), None)
        if key is not None and act is not None:
            self._my_keys.begin_in_front(act, key, (download,))
        elif key is not None:
            self._my_keys.open_key(key)

    def _on_keys_changed(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._show_counts()
        self._wizard.show_changed(holdings)
        self._on_rows()

    def _show_counts(self) -> None:
        holdings = self._holdings
        session_choices.keep(holdings)
        keys, permissions = (len(holdings.keys), len(holdings.permissions)) if holdings is not None else (None, None)
        for place, count in ((Tab.MY_KEYS, keys), (Tab.PERMISSIONS, permissions)):
            self.bar.show_count(place, "" if count is None else QLocale().toString(count))

    def _on_rows(self) -> None:
        rows = self._my_keys.overviews()
        self._show_permissions()
        self._titles.add(rows)
        if self._holdings is not None:
            self._repair.show_account(rows, self._holdings)

    def _on_titles(self, titles: TitleBook) -> None:
        if self._holdings is not None:
            self._holdings = replace(self._holdings, titles=titles)
            for page in (self._wizard, self._my_keys, self._permissions):
                page.show_titles(titles)

    def _show_permissions(self) -> None:
        """Show them where they are in front, else once they are: an account may have thousands."""
        self._are_permissions_stale = self.bar.currentIndex() != Tab.PERMISSIONS
        if self._holdings is not None and not self._are_permissions_stale:
            self._permissions.show_holdings(self._holdings, self._my_keys.overviews(), draft_check.now())

    def _on_permission_wanted(self, permission_id: str) -> None:
        self.show_tab(Tab.PERMISSIONS)
        self._permissions.select(permission_id)

    def _on_new_key_wanted(self, name: str, grants: Sequence[Grant]) -> None:
        self._wizard.propose(name, grants)
        self._is_key_for_repair = True
        self.show_tab(Tab.NEW_KEY)

    def _on_key_from_permission_wanted(self, permission: Permission) -> None:
        if self._holdings is not None:
            self._wizard.propose("", self._holdings.catalogue.grants_through(permission), is_for_map=True)
            self._is_key_for_repair = False
            self.show_tab(Tab.NEW_KEY)

    def _on_key_made(self, holdings: Holdings, key: Key) -> None:
        self._holdings = holdings
        self._show_counts()
        self._my_keys.show_changed(holdings, key)
        self._on_rows()
        if self._is_key_for_repair:
            self._is_key_for_repair = False
            self._repair.show_reading()
            self.show_tab(Tab.REPAIR)
