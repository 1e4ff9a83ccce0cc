"""My keys: the list, the page of one key, and the pages that act on it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Callable, Collection

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from ...entrepot.errors import GpkeysError
from ...entrepot.models import Key
from ...jobs.running.translate import tr
from ...jobs.values import CreatedKey, Deleted, Edited, Failed, KeyPage, RotationRemainder
from ...jobs.window.my_keys_jobs import MyKeysJobs
from ...jobs.window.new_key_jobs import NewKeyJobs
from ...jobs.window.share_jobs import ShareJobs
from ...jobs.window.sign_in_set_up import SetUp
from ...keys.services.titles import TitleBook
from ...keys.upkeep.holdings import Holdings
from ...keys.upkeep.overview import KeyOverview
from ..key_form import draft_check
from ..notices.message_area import Messages
from ..parts.focus_after_turn import follow_turns, give_focus
from ..parts.secret_copy import clear_copies
from ..result.result_page import ResultPage
from .account_page import open_account_page
from .acts.act_pages import ActPages
from .acts.rotate_page import RotatePage
from .acts.unfinished_rotations import UnfinishedRotations
from .change_messages import ChangeMessages
from .key_list import KeysPage
from .key_menu import ActsFromList, KeyAct
from .key_opening import KeyOpening
from .key_page import KeyPageView
from .overview_reader import OverviewReader
from .page_acts import PageActs, Shown


class MyKeysView(QStackedWidget):
    """Which page shows; `holdings_changed` carries what the account has after a change.

    `reload_wanted` asks for all to be read again: the user wishes so, or what was done is not known in full.
    """

    reload_wanted = pyqtSignal()
    holdings_changed = pyqtSignal(object)
    token_refused = pyqtSignal()
    front_wanted = pyqtSignal()
    permission_wanted = pyqtSignal(str)
    new_key_wanted = pyqtSignal()
    repair_wanted = pyqtSignal(object)

    def __init__(
        self,
        my_keys_jobs: MyKeysJobs,
        new_key_jobs: NewKeyJobs,
        share_jobs: ShareJobs,
        set_up: SetUp,
        messages: Messages,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._messages = my_keys_jobs, messages
        on_new_layers_wanted = partial(self.begin_in_front, KeyAct.ADD)
        self._changes = ChangeMessages(messages, on_new_layers_wanted, self.repair_wanted.emit)
        self._holdings: Holdings | None = None
        self._page: KeyPage | None = None
        self._opening = KeyOpening(my_keys_jobs, self.overviews, self)
        self._list = KeysPage()
        reader = self._reader = OverviewReader(my_keys_jobs, self._list)
        self.rows_changed, self.reading_failed, self.read_quietly = reader.done, reader.failed, reader.read_quietly
        self._key_page = KeyPageView(new_key_jobs, my_keys_jobs, partial(open_account_page, set_up))
        for page in (self._list, self._key_page):
            self.addWidget(page)
        self._acts = ActPages(my_keys_jobs, share_jobs, messages, self)
        self._unfinished = UnfinishedRotations(my_keys_jobs, messages, self._on_unfinished, self._rotation_in_front)
        self._result = ResultPage(new_key_jobs, tr("&Back to the key"))
        self.addWidget(self._result)
        self._from_list = ActsFromList(self._list, self._key_page, self.open_key, partial(open_account_page, set_up))
        self._page_acts = PageActs(
            self._key_page, self._acts, my_keys_jobs, set_up, lambda: Shown(self._page, self._holdings)
        )
        self._connect()
        follow_turns(self)

    # What the dock asks for

    def show_holdings(self, holdings: Holdings) -> None:
        """Show what the account has now; what the keys open is read when the list shows."""
        self._holdings = holdings
        self.show_titles(holdings.titles)
        self._reader.show_holdings(holdings)
        self._show_what_is_left()

    def show_stopped(self, failure: Failed) -> None:
        """Show an edit that has just stopped half-way, with its ways out."""
        self._acts.unfinished.show_failure(failure)

    def show_changed(self, holdings: Holdings, changed: Key | None = None) -> None:
        """Show what the account has after a change; `changed` opens other services now. The rest is not read again."""
        self._holdings = holdings
        self._reader.show_changed(holdings, changed)
        self._show_what_is_left()

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services."""
        if self._holdings is not None:
            self._holdings = replace(self._holdings, titles=titles)
        for page in (self._list, self._key_page, self._acts, self._result):
            page.show_titles(titles)

    def read(self) -> None:
        """Read what the keys open, unless that is known."""
        self._reader.read()

    def overviews(self) -> tuple[KeyOverview, ...]:
        """Return what is known of the keys."""
        return self._list.overviews()

    def open_key(self, key: Key, *, is_changed: bool = False) -> None:
        """Show a key at once as far as it is known, and the rest once it is read."""
        self.setCurrentWidget(self._key_page)
        self._opening.open(key, is_changed=is_changed)

    def bring_up_key(self, key: Key) -> None:
        """Open a key, in front."""
        self.front_wanted.emit()
        self.open_key(key)

    def begin_in_front(self, act: KeyAct, key: Key, offering_ids: Collection[str] = ()) -> None:
        """Open a key, in front, and begin an act there as soon as it is read, with what these offerings are first."""
        self.front_wanted.emit()
        self._from_list.begin(act, key, offering_ids)

    def set_online(self, is_online: bool) -> None:
        """Tell whether somebody is signed in; what was read stays to be seen."""
        self._reader.set_online(is_online)
        self._key_page.set_online(is_online)
        if not is_online and self._page is None and self.currentWidget() is self._key_page:
            self._back_to_list()

    def reset(self) -> None:
        """Forget the account and all that was read."""
        self.shut_down()
        self._holdings, self._page = None, None
        self._reader.forget()
        self._key_page.clear()
        self._result.clear()
        self._unfinished.withdraw()
        self._acts.unfinished.withdraw()
        self.setCurrentWidget(self._list)

    def shut_down(self) -> None:
        """Stop what is under way and don't listen to it any more."""
        self._opening.drop()
        for part in (self._reader, *self._acts.every, self._result):
            part.shut_down()
        clear_copies(self)

    # Inside

    def _connect(self) -> None:
        self._list.key_wanted.connect(self.open_key)
        self._list.refresh_wanted.connect(self.reload_wanted)
        self._list.new_key_wanted.connect(self.new_key_wanted)
        self._reader.failed.connect(lambda error: self._messages.show_error(error, self.read, self.token_refused.emit))
        self._opening.known.connect(self._show_page)
        self._opening.failed.connect(self._on_page_failed)
        self._key_page.left.connect(self._back_to_list)
        self._page_acts.begun.connect(self._on_act_begun)
        self._page_acts.permission_wanted.connect(self.permission_wanted)
        self._connect_acts()

    def _connect_acts(self) -> None:
        acts, unfinished, show_edited = self._acts, self._acts.unfinished, self._changes.show_edited
        acts.front_wanted.connect(self._bring_up)
        acts.left.connect(self._back_to_key)
        acts.token_refused.connect(self.token_refused)
        acts.left_half_done.connect(self.reload_wanted)
        acts.left_half_done.connect(self._reopen)
        acts.edited.connect(lambda edited: show_edited(edited, acts.edit.added_offerings()))
        unfinished.done.connect(show_edited)
        unfinished.undone.connect(self._changes.show_undone)
        for edited in (acts.edited, unfinished.done, unfinished.undone):
            edited.connect(self._on_edited)
        acts.connected.connect(self._on_connected)
        acts.shared.connect(self.reload_wanted)
        acts.rotated.connect(self._on_rotated)
        acts.new_key_made.connect(lambda key: self._take(lambda holdings: holdings.with_key(key)))
        acts.rotation_undone.connect(self._on_rotation_undone)
        acts.rotation_failed.connect(self._unfinished.show)
        acts.deleted.connect(self._on_deleted)
        self.currentChanged.connect(lambda _place: self._unfinished.follow())
        self._result.another_wanted.connect(self._reopen)
        self._result.key_wanted.connect(lambda _key: self._reopen())
        self._result.download_wanted.connect(partial(self.begin_in_front, KeyAct.DOWNLOAD))

    def _show_page(self, page: KeyPage) -> None:
        # Nothing is done with a key before all of it is known.
        self._page = None if page.is_outline else page
        if not page.is_outline:
            self._reader.show_page(page)
        synchronisation = self._page_acts.synchronisation(page, self._holdings)
        self._key_page.show_page(page, synchronisation, draft_check.now())
        self.setCurrentWidget(self._key_page)
        if not page.is_outline:
            self._from_list.go_on(page)

    def _on_page_failed(self, error: GpkeysError, key: Key) -> None:
        self._back_to_list()
        self._messages.show_error(error, lambda: self.open_key(key), self.token_refused.emit)

    def _on_act_begun(self, page: QWidget) -> None:
        self._opening.drop()
        self._messages.withdraw("error")
        self.setCurrentWidget(page)

    def _on_edited(self, edited: Edited) -> None:
        key = edited.details.key
        self._take(lambda holdings: holdings.with_key(key))
        self.open_key(key, is_changed=self._jobs.known_page(KeyOverview(key)).is_outline)

    def _on_connected(self, created: CreatedKey) -> None:
        self._result.show_created(created)
        self.setCurrentWidget(self._result)
        if (services := self._acts.connect.wish()) is not None:
            self._result.add_proposed(services)
        self._take(lambda holdings: holdings.with_key(created.key))

    def _on_rotated(self, key: Key | None) -> None:
        if key is not None:
            self._take(lambda holdings: holdings.with_key(key))
            self.open_key(key)
        else:
            self.reload_wanted.emit()
            self._back_to_list()

    def _on_rotation_undone(self, new_key: Key | None) -> None:
        if new_key is not None:
            self._take(lambda holdings: holdings.without_key(new_key.name))

    def _on_deleted(self, deleted: Deleted) -> None:
        self._changes.show_deleted(deleted)
        self._page = None
        self._take(lambda holdings: holdings.without_key(deleted.key_name))
        self._back_to_list()

    def _show_what_is_left(self) -> None:
        self._unfinished.show()
        self._acts.unfinished.show_notices()
        if self.isVisible():
            self.read()

    def _take(self, changed: Callable[[Holdings], Holdings]) -> None:
        if self._holdings is not None:
            self.show_changed(changed(self._holdings))
            self.holdings_changed.emit(self._holdings)

    def _on_unfinished(self, view: RotationRemainder) -> None:
        self._acts.rotate.show_unfinished(view)
        self._bring_up(self._acts.rotate)
        # The message whose button was pressed goes, and the keyboard with it.
        self._unfinished.follow()
        give_focus(self._acts.rotate)

    def _rotation_in_front(self) -> str:
        page = self.currentWidget()
        return page.shown_rotation() if isinstance(page, RotatePage) else ""

    def _bring_up(self, page: QWidget) -> None:
        self.setCurrentWidget(page)
        self.front_wanted.emit()

    def _back_to_list(self) -> None:
        self._opening.drop()
        self._from_list.drop()
        self.setCurrentWidget(self._list)
        self.read()

    def _back_to_key(self) -> None:
        if self._page is None:
            self._back_to_list()
        else:
            self.setCurrentWidget(self._key_page)

    def _reopen(self) -> None:
        self._result.clear()
        if self._page is not None:
            self.open_key(self._page.details.key, is_changed=True)
        else:
            self._back_to_list()
