"""The wizard: which page shows, and what the pages together say about the key to be made."""

from __future__ import annotations

from dataclasses import replace
from typing import Callable, Iterable

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QStackedWidget, QWidget

from ...entrepot.errors import GpkeysError
from ...jobs.running.translate import tr
from ...jobs.values import CreatedKey, CreationRemainder, Failed
from ...jobs.window.new_key_jobs import NewKeyJobs
from ...jobs.window.sign_in_set_up import SetUp
from ...keys.draft import Grant, KeyDraft
from ...keys.rules import draft_rules
from ...keys.rules.draft_rules import DraftContext
from ...keys.rules.proposed_name import proposed_name
from ...keys.services.catalogue import Catalogue
from ...keys.services.titles import TitleBook
from ...keys.upkeep.holdings import Holdings
from ..key_form import draft_check
from ..key_form.services_page import ServicesPage
from ..notices.message_area import Messages
from ..parts import theme, value_words
from ..parts.focus_after_turn import follow_turns
from ..parts.page_job import JobUnderWay
from ..parts.progress_page import ProgressPage
from ..parts.secret_copy import clear_copies
from ..result.result_page import ResultPage
from .creation_failures import CreationFailures
from .creation_run import CreationRun
from .nothing_to_choose_pages import LoadFailedPage, NoPermissionPage
from .security_page import SecurityPage
from .unfinished_creations import Remainders


class KeyWizard(QStackedWidget):
    """Services, security, progress, result; and the pages that say why there is nothing to choose.

    `services` is the page of the first step.
    """

    account_changed = pyqtSignal(object)
    token_refused = pyqtSignal()
    holdings_changed = pyqtSignal(object)
    key_wanted = pyqtSignal(object)
    download_wanted = pyqtSignal(object, object)
    key_made = pyqtSignal(object, object)
    reading_failed = pyqtSignal()
    stopped_half_way = pyqtSignal(object)

    def __init__(
        self, new_key_jobs: NewKeyJobs, set_up: SetUp, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._set_up, self._messages = new_key_jobs, set_up, messages
        self._holdings: Holdings | None = None
        self._context: DraftContext | None = None
        self._catalogue = Catalogue()
        self._is_online = True
        self._wait, self._load_failed, self._nothing = ProgressPage(), LoadFailedPage(), NoPermissionPage()
        self.services, self._security = ServicesPage(), SecurityPage()
        self._result = ResultPage(new_key_jobs, tr("Create a&nother key"))
        self._loading = JobUnderWay(self.services.set_busy)
        self._making = CreationRun(new_key_jobs, self, self._wait)
        self._failures = CreationFailures(self, self.services, self._security, messages)
        self._remainders = Remainders(messages, self._finish, self._undo)
        for page in (self._wait, self._load_failed, self._nothing, self.services, self._security, self._result):
            self.addWidget(page)
        self._connect()
        follow_turns(self)

    def load(self) -> None:
        """Read what the account has; in front when there is nothing to show yet, else beside the form."""
        is_making = self._making.is_under_way()
        without_form = self._wait, self._load_failed, self._nothing
        if self._holdings is None or (not is_making and self.currentWidget() in without_form):
            self._wait.start(tr("Reading your services"), tr("Account, permissions and keys"))
            self.setCurrentWidget(self._wait)
        done, failed = self._on_loaded, self._on_load_failed
        self._loading.begin(lambda: self._jobs.load(self._loading.end(done), self._loading.end(failed)))

    def show_titles(self, titles: TitleBook) -> None:
        """Show what people call the services; what is typed and ticked stays as it is."""
        if self._holdings is not None:
            self._holdings = replace(self._holdings, titles=titles)
        self.services.show_titles(titles)
        self._result.show_titles(titles)

    def propose(self, name: str, grants: Iterable[Grant], *, is_for_map: bool = False) -> None:
        """Bring up the form with a name typed and these services ticked, in the place of what was there.

        Without a name one is proposed. Unless it `is_for_map`, the layers of the key are on the map already.
        """
        self.services.fill(name, grants)
        if not is_for_map:
            self._security.leave_map()
        if self._holdings is not None and not self._making.is_under_way():
            self.setCurrentWidget(self.services)

    def show_changed(self, holdings: Holdings) -> None:
        """Go by what the account has after a change of ours; what it may open is as it was."""
        self._holdings, self._context = holdings, self._jobs.context(holdings)
        self._result.show_keys(holdings.keys)
        self._remainders.show(self._jobs.remainders())
        self._check()
        self.account_changed.emit(holdings.account)

    def set_online(self, is_online: bool) -> None:
        """Tell whether somebody is signed in; the form stays usable, what needs the platform waits."""
        self._is_online = is_online
        self.services.set_online(is_online)
        self._security.set_online(is_online)
        if not is_online:
            self._loading.drop()
            if self._holdings is None:
                self.setCurrentWidget(self._load_failed)

    def is_online(self) -> bool:
        """Say whether somebody is signed in, as far as was told."""
        return self._is_online

    def reset(self) -> None:
        """Forget the account and everything typed."""
        self.shut_down()
        self._holdings, self._context, self._catalogue = None, None, Catalogue()
        self._remainders.clear()
        self._messages.clear()
        for page in (self.services, self._security, self._result):
            page.clear()
        self.services.show_catalogue(self._catalogue, draft_check.now())
        self._wait.start("")
        self.setCurrentWidget(self._wait)

    def shut_down(self) -> None:
        """Stop what is under way and don't listen to it any more."""
        self._loading.drop()
        self._making.shut_down()
        self._result.shut_down()
        clear_copies(self)

    def _connect(self) -> None:
        self._making.began.connect(self._on_began)
        self._making.made.connect(self._on_made)
        self._making.failed.connect(self._on_making_failed)
        self._making.undone.connect(self._on_undone)
        self._failures.session_ended.connect(self.token_refused)
        self._wait.cancel_wanted.connect(self._on_cancel)
        self._load_failed.retry_wanted.connect(self.load)
        self._nothing.retry_wanted.connect(self.load)
        self.services.changed.connect(self._check)
        self.services.refresh_wanted.connect(self.load)
        self.services.cancel_wanted.connect(self._on_cancel)
        self.services.next_wanted.connect(self._on_next)
        self._security.changed.connect(self._check)
        self._security.back_wanted.connect(lambda: self.setCurrentWidget(self.services))
        self._security.create_wanted.connect(self._on_create)
        self._security.extend_wanted.connect(self._on_extend)
        self._result.another_wanted.connect(self._on_another)
        self._result.key_wanted.connect(self.key_wanted)
        self._result.download_wanted.connect(self.download_wanted)

    # What is read

    def _on_loaded(self, holdings: Holdings) -> None:
        is_first = self._holdings is None
        self._holdings, self._context = holdings, self._jobs.context(holdings)
        self._result.show_keys(holdings.keys)
        self._messages.withdraw("error")
        self.show_titles(holdings.titles)
        self._catalogue = holdings.catalogue
        lost = self.services.show_catalogue(self._catalogue, self._context.now)
        self._security.offer_hash_places(self._context)
        if is_first:
            self._security.set_default_storage(self._set_up.default_storage())
        if lost:
            self._messages.post("lost", theme.Level.WARNING, value_words.services_lost(lost), can_close=True)
        self._check()
        self._remainders.show(self._jobs.remainders())
        self.account_changed.emit(holdings.account)
        self.holdings_changed.emit(holdings)
        self._show_loaded()

    def _show_loaded(self) -> None:
        if self.currentWidget() in (self._security, self._result) or self._making.is_under_way():
            return
        if any(map(len, self._catalogue.groups)) and self._holdings is not None:
            self.setCurrentWidget(self.services)
        elif self._holdings is not None:
            expired = tuple(group.permission for group in self._catalogue.expired)
            self._nothing.show_account(self._holdings.account, expired)
            self.setCurrentWidget(self._nothing)

    def _on_load_failed(self, error: GpkeysError) -> None:
        if not self._making.is_under_way() and (self._holdings is None or self.currentWidget() is self._wait):
            self.setCurrentWidget(self._load_failed)
        self.reading_failed.emit()
        self._messages.show_error(error, self.load, self.token_refused.emit)

    # What is typed

    def _draft(self) -> KeyDraft:
        return self._security.fill(KeyDraft(name=self.services.name(), grants=self.services.grants()))

    def _check(self) -> None:
        """Show what the rules say about the draft, on both pages."""
        if self._context is None:
            return
        self.services.propose_name(proposed_name(self.services.grants().permission_ids, self._context))
        draft, context = self._draft(), self._context
        views = draft_check.of(draft, context)
        self.services.show_quota(views.quota, is_stopped=views.is_stopped)
        self.services.show_problems(views.service_problems)
        self._security.show_summary(views.summary)
        self._security.show_types(views.types, forced=views.forced, existing_key=views.existing_key)
        self._security.set_create_offered(not views.can_only_extend)
        # The types may have changed the type chosen, and so what there is to say.
        self._security.show_problems(draft_rules.security_problems(self._draft(), context))

    def _on_next(self) -> None:
        if self._context is None or not self.services.can_go_on():
            return
        views = draft_check.of(self._draft(), self._context)
        if draft_rules.is_blocked(views.service_problems):
            self.services.show_all_problems()
            return
        self._security.propose(self.services.name())
        self._security.scroll_up()
        self.setCurrentWidget(self._security)

    # What is made

    def _on_create(self) -> None:
        if self._holdings is None or self._context is None or not self._is_online or self._making.is_under_way():
            return
        draft = self._draft()
        if draft_rules.is_blocked(draft_rules.service_problems(draft, self._context)):
            self.setCurrentWidget(self.services)
            self.services.show_all_problems()
        elif draft_rules.is_blocked(draft_rules.security_problems(draft, self._context)):
            self._security.show_all_problems()
        else:
            self._making.create(draft, self._holdings, self._on_create)

    def _on_extend(self) -> None:
        key = self._holdings.oauth2_key if self._holdings is not None else None
        if self._holdings is None or key is None or not self._is_online or self._making.is_under_way():
            return
        self._making.extend(key, self.services.grants(), self._holdings, self._on_extend)

    def _finish(self, remainder: CreationRemainder) -> None:
        if not self._making.is_under_way():
            self._making.finish(remainder, lambda: self._finish(remainder))

    def _undo(self, remainder: CreationRemainder) -> None:
        if not self._making.is_under_way():
            self._making.undo(remainder, lambda: self._undo(remainder))

    def _on_began(self) -> None:
        self._messages.withdraw("error", "cancelled", "stayed", "lost")

    def _on_made(self, created: CreatedKey, is_extended: bool) -> None:
        adds_layers = self._security.adds_layers()
        for page in (self.services, self._security):
            page.clear()
        self._result.show_created(created, is_extended=is_extended)
        self.setCurrentWidget(self._result)
        if adds_layers:
            self._result.add_proposed()
        if self._holdings is not None:
            self.show_changed(self._holdings.with_key(created.key))
            self.key_made.emit(self._holdings, created.key)

    def _on_undone(self, remainder: CreationRemainder) -> None:
        self._remainders.remove(remainder)
        self.load()

    def _on_making_failed(self, failure: Failed, retry: Callable[[], None]) -> None:
        if self.currentWidget() is self._wait:
            # It was begun while the services were being read in front.
            self._show_loaded()
        if isinstance(failure.remainder, CreationRemainder):
            self._remainders.add(failure.remainder)
        elif failure.remainder is not None:
            self.stopped_half_way.emit(failure)
        self._failures.tell(failure, retry if failure.remainder is None else None)

    def _on_cancel(self) -> None:
        if self._making.is_under_way():
            self._making.cancel()
            return
        self._loading.drop()
        if self.currentWidget() is self._wait:
            self.setCurrentWidget(self._load_failed)

    def _on_another(self) -> None:
        self._result.clear()
        self.setCurrentWidget(self.services)
