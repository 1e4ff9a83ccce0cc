"""The dock: who is signed in, messages, and below them the sign-in or the tabs: a new key, my keys, my permissions."""

from __future__ import annotations

from dataclasses import replace

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Account, Key
from ..entrepot.sign_in_status import SignInState, SignInStatus
from ..jobs.running.translate import tr
from ..jobs.values import Holdings
from ..jobs.window.my_keys_jobs import MyKeysJobs
from ..jobs.window.new_key_jobs import NewKeyJobs
from ..jobs.window.set_up import SetUp, VaultState
from ..jobs.window.sign_in_side import SignInSide
from ..keys.services.titles import TitleBook
from .key_form import draft_check
from .my_keys.my_keys_view import MyKeysView
from .new_key.wizard import KeyWizard
from .parts import theme
from .parts.message_area import Messages
from .parts.notice import Action
from .parts.tabs import flat_tabs
from .permissions.permissions_page import PermissionsPage
from .sign_in.account_header import AccountHeader
from .sign_in.sign_in_panel import SignInPanel, waiting_hint
from .title_loader import ServiceTitles

_SESSION = "session"
_REPAIR = "repair"
_NEW_KEY, _MY_KEYS, _PERMISSIONS = 0, 1, 2


def _nothing() -> None:
    """Stand in for what has been done already."""


class KeysDock(QgsDockWidget):
    """Everything the plugin shows, but its options page."""

    def __init__(
        self,
        sign_in: SignInSide,
        new_key_jobs: NewKeyJobs,
        my_keys_jobs: MyKeysJobs,
        set_up: SetUp,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Géoplateforme access keys"), parent)
        self.setObjectName("GpkeysDock")
        self._sign_in, self._new_key_jobs, self._set_up = sign_in, new_key_jobs, set_up
        self._account_id: str | None = None
        self._holdings: Holdings | None = None
        self._authcfg = ""
        self._state = SignInState.SIGNED_OUT
        self._was_shown = False
        self._is_resuming = False
        self._header = AccountHeader()
        self._messages = Messages()
        self._panel = SignInPanel(set_up)
        self._wizard = KeyWizard(new_key_jobs, set_up, self._messages)
        self._my_keys = MyKeysView(my_keys_jobs, new_key_jobs, set_up, self._messages)
        self._permissions = PermissionsPage(set_up.environment().data_url)
        self._titles = ServiceTitles(new_key_jobs, self)
        self._tabs = flat_tabs("dockTabs", (tr("New"), tr("My keys"), tr("Permissions")))
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self._remove_listener = sign_in.add_listener(self._on_status)
        self._on_status(sign_in.status())

    def shut_down(self) -> None:
        """Stop what is under way and don't listen any more; called before the dock goes."""
        self._remove_listener()
        self._remove_listener = _nothing
        self._wizard.shut_down()
        self._my_keys.shut_down()
        self._titles.drop()

    def read_again(self) -> None:
        """Read keys and permissions again: something else than the dock has changed them."""
        if self._state is SignInState.SIGNED_IN:
            self._wizard.load()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Take up the session of last time when the dock shows for the first time."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self._resume()
            self._offer_repair()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            theme.redress(self)

    def _build(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self))
        self._stack.addWidget(self._panel)
        for page in (self._wizard, self._my_keys, self._permissions):
            self._stack.addWidget(page)
        column.addWidget(self._header)
        column.addWidget(self._tabs)
        column.addWidget(self._messages)
        column.addWidget(self._stack, 1)
        self.setWidget(content)

    def _connect(self) -> None:
        self._header.sign_out_wanted.connect(self._on_sign_out)
        self._messages.sign_in_wanted.connect(self._on_sign_in)
        self._panel.sign_in_wanted.connect(self._on_sign_in)
        self._panel.cancel_wanted.connect(self._sign_in.cancel)
        self._wizard.account_changed.connect(self._header.show_account)
        self._wizard.token_refused.connect(self._sign_in.token_refused)
        self._wizard.holdings_changed.connect(self._on_holdings)
        self._wizard.key_wanted.connect(self._on_key_wanted)
        self._my_keys.token_refused.connect(self._sign_in.token_refused)
        self._my_keys.reload_wanted.connect(self._wizard.load)
        self._my_keys.rows_changed.connect(self._on_rows)
        self._my_keys.front_wanted.connect(lambda: self._tabs.setCurrentIndex(_MY_KEYS))
        self._my_keys.permission_wanted.connect(self._on_permission_wanted)
        self._titles.found.connect(self._on_titles)
        self._tabs.currentChanged.connect(lambda _place: self._show_tab())

    def _resume(self) -> None:
        authcfg = self._set_up.current_authcfg()
        is_open = self._set_up.vault_state() is VaultState.UNLOCKED
        if self._state is SignInState.SIGNED_OUT and authcfg and is_open:
            self._is_resuming = True
            self._sign_in.resume(authcfg)

    def _offer_repair(self) -> None:
        """Tell of connections that a move to another QGIS version has stripped of their configuration."""
        names = self._new_key_jobs.stripped_connections()
        if not names:
            return
        text = tr("QGIS lost the authentication of these connections when your profile was upgraded: {names}.")
        actions = (Action("putBackButton", tr("Put it back"), self._on_put_back),)
        self._messages.post(_REPAIR, theme.Level.WARNING, text.format(names=", ".join(names)), actions, can_close=True)

    def _on_put_back(self) -> None:
        self._new_key_jobs.mend_connections()
        self._messages.withdraw(_REPAIR)

    def _on_sign_in(self) -> None:
        self._messages.withdraw("error")
        if self._account_id is not None and self._authcfg and not self._set_up.needs_secret():
            self._sign_in.sign_in(self._authcfg)
            return
        try:
            authcfg = self._panel.set_up.prepare()
        except GpkeysError as error:
            self._messages.show_error(error, self._on_sign_in)
            return
        if authcfg is not None:
            self._sign_in.sign_in(authcfg)

    def _on_sign_out(self) -> None:
        self._forget()
        self._sign_in.sign_out()

    def _reset_pages(self) -> None:
        self._wizard.reset()
        self._my_keys.reset()
        self._permissions.clear()
        self._titles.drop()
        self._tabs.setCurrentIndex(_NEW_KEY)

    def _forget(self) -> None:
        """Leave nothing of the account in the window."""
        self._account_id, self._holdings = None, None
        self._reset_pages()

    # The tabs

    def _show_tab(self) -> None:
        place = self._tabs.currentIndex()
        self._stack.setCurrentWidget((self._wizard, self._my_keys, self._permissions)[place])
        if place != _NEW_KEY:
            self._my_keys.read()

    def _on_holdings(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._my_keys.show_holdings(holdings)
        self._show_permissions()
        self._titles.start(holdings)
        if self._tabs.currentIndex() != _NEW_KEY:
            self._my_keys.read()

    def _on_rows(self) -> None:
        self._show_permissions()
        self._titles.add(self._my_keys.overviews())

    def _on_titles(self, titles: TitleBook) -> None:
        if self._holdings is not None:
            self._holdings = replace(self._holdings, titles=titles)
            for page in (self._wizard, self._my_keys, self._permissions):
                page.show_titles(titles)

    def _show_permissions(self) -> None:
        if self._holdings is not None:
            self._permissions.show_holdings(self._holdings, self._my_keys.overviews(), draft_check.now())

    def _on_permission_wanted(self, permission_id: str) -> None:
        self._tabs.setCurrentIndex(_PERMISSIONS)
        self._permissions.select(permission_id)

    def _on_key_wanted(self, key: Key) -> None:
        self._tabs.setCurrentIndex(_MY_KEYS)
        self._my_keys.open_key(key)

    # The one place where the state of the sign-in changes what shows

    def _on_status(self, status: SignInStatus) -> None:
        before, self._state = self._state, status.state
        if status.error is not None and status.error.code is ErrorCode.CLIENT_REFUSED:
            self._set_up.secret_refused()
        self._authcfg = status.authcfg or self._authcfg
        if status.state is SignInState.SIGNED_IN and status.account is not None:
            self._show_signed_in(status.account)
        elif status.state is SignInState.SIGNING_IN:
            self._show_signing_in()
        elif status.state is SignInState.EXPIRED or self._is_kept(before):
            self._show_expired()
        else:
            self._show_signed_out()
        # That the session has ended is what the notice of an expired one says already.
        if status.error is not None and not status.error.ends_session:
            self._messages.show_error(status.error, self._on_sign_in)

    def _is_kept(self, before: SignInState) -> bool:
        """Say whether a failed fresh sign-in left somebody's work behind."""
        return self._account_id is not None and before in (SignInState.SIGNING_IN, SignInState.EXPIRED)

    def _show_signed_in(self, account: Account) -> None:
        self._is_resuming = False
        if self._account_id not in (None, account.id):
            self._reset_pages()
        is_new = self._account_id != account.id or not self._wizard.is_online()
        self._account_id = account.id
        self._messages.withdraw(_SESSION)
        self._messages.withdraw("error")
        self._header.show_account(account)
        self._header.show()
        self._tabs.show()
        self._show_tab()
        self._wizard.set_online(True)
        self._my_keys.set_online(True)
        if is_new:
            self._wizard.load()

    def _show_signing_in(self) -> None:
        self._messages.withdraw("error")
        if self._account_id is None:
            self._messages.withdraw(_SESSION)
            self._panel.show_waiting(is_resuming=self._is_resuming)
            self._show_panel()
            return
        text = f"{tr('Waiting for your browser…')} {waiting_hint()}"
        actions = (Action("cancelSignInAgainButton", tr("Cancel"), self._sign_in.cancel),)
        self._messages.post(_SESSION, theme.Level.INFO, text, actions)

    def _show_expired(self) -> None:
        self._is_resuming = False
        if self._account_id is None:
            self._show_signed_out()
            self._messages.post(_SESSION, theme.Level.WARNING, tr("Your session has ended: sign in again."))
            return
        self._wizard.set_online(False)
        self._my_keys.set_online(False)
        text = tr("Your session has ended: sign in again. Nothing you typed is lost.")
        actions = (Action("signInAgainButton", tr("Sign in again"), self._on_sign_in),)
        self._messages.post(_SESSION, theme.Level.WARNING, text, actions)
        if self._set_up.needs_secret():
            self._panel.show_ready()
            self._tabs.hide()
            self._stack.setCurrentWidget(self._panel)

    def _show_signed_out(self) -> None:
        self._is_resuming = False
        if self._account_id is not None:
            self._forget()
        self._messages.withdraw(_SESSION)
        self._panel.show_ready()
        self._show_panel()

    def _show_panel(self) -> None:
        self._header.hide()
        self._tabs.hide()
        self._stack.setCurrentWidget(self._panel)
