"""The dock: who is signed in, the tabs, messages, and below them the page of a tab, or the sign-in that it needs."""

from __future__ import annotations

from typing import Collection

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QEvent, QSize, QTimer
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Account
from ..entrepot.sign_in_status import SignInState, SignInStatus
from ..entrepot.translatable_text import Text
from ..jobs.running.translate import show, tr
from ..jobs.window.my_keys_jobs import MyKeysJobs
from ..jobs.window.new_key_jobs import NewKeyJobs
from ..jobs.window.repair_tab_jobs import MendingJobs
from ..jobs.window.share_jobs import ShareJobs
from ..jobs.window.sign_in_set_up import SetUp, VaultState
from ..jobs.window.sign_in_side import SignInSide
from .dock_tabs import Tab, help_page
from .drawing.focus_ring import FocusRing
from .drawing.ground import Ground
from .keyboard.reading_order import ReadInOrder
from .notices.message_area import Messages
from .notices.notice import Action
from .parts import theme
from .parts.help_button import help_button
from .sign_in.account_change import AccountChange
from .sign_in.account_header import AccountHeader
from .sign_in.sign_in_panel import SignInPanel, waiting_hint
from .stripped_connections_notice import StrippedConnections
from .tab_pages import TabPages

_SESSION, _WAIT = "session", "wait"
_FIRST_WIDTH = 380


def _nothing() -> None:
    """Stand in for what has been done already."""


def _named(account: Account) -> str:
    if account.email in ("", account.display_name):
        return account.display_name
    return f"{account.display_name} ({account.email})"


class _Content(ReadInOrder, Ground):
    """Proposes the width at which the pages were laid out, whatever their longest words."""

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the first size of the dock."""
        return QSize(_FIRST_WIDTH, super().sizeHint().height())


class KeysDock(QgsDockWidget):
    """Everything the plugin shows, but its options page."""

    def __init__(
        self,
        sign_in: SignInSide,
        new_key_jobs: NewKeyJobs,
        my_keys_jobs: MyKeysJobs,
        mending_jobs: MendingJobs,
        share_jobs: ShareJobs,
        set_up: SetUp,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tr("Géoplateforme access keys"), parent)
        self.setObjectName("GpkeysDock")
        self._theme_timer = QTimer(self)
        self._theme_timer.setSingleShot(True)
        self._theme_timer.setInterval(0)
        # Not a lambda: in a dock that Python collects while the timer runs, it would be called half gone (PyQt 5.15).
        self._theme_timer.timeout.connect(self._follow_theme)
        self._sign_in, self._new_key_jobs, self._set_up = sign_in, new_key_jobs, set_up
        self._account_id: str | None = None
        self._authcfg = ""
        self._state = SignInState.SIGNED_OUT
        self._was_shown = False
        self._header = AccountHeader(sign_in.accounts)
        self._messages = Messages()
        self._change = AccountChange(sign_in.accounts, self._header.menu, self._messages, sign_in.sign_out)
        self.options_wanted = self._header.menu.options_wanted
        self._panel = SignInPanel(set_up)
        self._pages = TabPages(
            new_key_jobs, my_keys_jobs, mending_jobs, share_jobs, set_up, self._messages, self._panel
        )
        self._pages.setParent(self)
        self._build()
        theme.redress(self)
        self._ring = FocusRing(self, lambda: theme.mark(self.palette()))
        self._connect()
        self._remove_listener = sign_in.add_listener(self._on_status)
        self._on_status(sign_in.status())

    def shut_down(self) -> None:
        """Stop what is under way and don't listen any more; called before the dock goes."""
        self._remove_listener()
        self._remove_listener = _nothing
        self._pages.shut_down()

    def show_repair(self, layer_ids: Collection[str] = ()) -> None:
        """Show the page that mends, with these layers ticked, or those that surely draw nothing."""
        self._pages.show_repair(layer_ids)

    def show_key(self, key_id: str, download: str = "", *, is_to_share: bool = False) -> None:
        """Show a key, what an offering of it has to `download`, or how it is shared, once somebody is signed in."""
        self._pages.show_key(key_id, download, is_to_share=is_to_share)

    def take_focus(self) -> None:
        """Give the keyboard to what is to be done next."""
        self._pages.take_focus()

    def show_wait(self, text: Text | None) -> None:
        """Show why and how long something waits that shows no progress on its page; None: no more."""
        if text is None:
            self._messages.fade(_WAIT)
        else:
            self._messages.tell(_WAIT, show(text))

    def read_again(self) -> None:
        """Read keys and permissions again: something else than the dock has changed them."""
        if self._state is SignInState.SIGNED_IN:
            self._pages.load()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Take up the session of last time when the dock shows for the first time."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            self._pages.make_in_turns()
            self._resume()
            StrippedConnections(self._new_key_jobs, self._messages).tell()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the theme, once it is there: within these events, several a change, widgets are of neither (3.22)."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._theme_timer.start()

    def _follow_theme(self) -> None:
        theme.follow(self)

    def _build(self) -> None:
        content = _Content()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self))
        column.addWidget(self._header)
        column.addLayout(self._tabs_and_help())
        column.addWidget(self._messages)
        column.addWidget(self._pages.stack, 1)
        self.setWidget(content)

    def _tabs_and_help(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._pages.bar, 1)
        pages = self._pages
        row.addWidget(help_button("dockHelpButton", lambda: help_page(pages.stack, pages.bar.currentIndex())))
        return row

    def _connect(self) -> None:
        self._change.leaving.connect(self._forget)
        self._change.another_wanted.connect(self._on_sign_in)
        self._messages.sign_in_wanted.connect(self._on_sign_in)
        self._panel.sign_in_wanted.connect(self._on_sign_in)
        self._panel.cancel_wanted.connect(self._on_cancel)
        self._pages.sign_in_wanted.connect(self._on_sign_in)
        self._pages.token_refused.connect(self._sign_in.token_refused)
        self._pages.account_changed.connect(self._header.show_account)

    def _resume(self) -> None:
        authcfg = self._set_up.current_authcfg()
        is_open = self._set_up.vault_state() is VaultState.UNLOCKED
        if self._state is SignInState.SIGNED_OUT and authcfg and is_open:
            self._sign_in.resume(authcfg)

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
            is_another = self._change.is_another_wanted
            (self._sign_in.sign_in_another if is_another else self._sign_in.sign_in)(authcfg)
        elif self._pages.is_repair_in_front():
            # What is missing is asked for on the panel.
            self._pages.show_tab(Tab.NEW_KEY)

    def _on_cancel(self) -> None:
        if not self._change.cancel():
            self._sign_in.cancel()

    def _forget(self) -> None:
        """Leave nothing of the account in the window."""
        self._account_id = None
        self._pages.reset()

    # The one place where the state of the sign-in changes what shows

    def _on_status(self, status: SignInStatus) -> None:
        before, self._state = self._state, status.state
        is_same = status.authcfg == self._authcfg
        if status.error is not None and status.error.code is ErrorCode.CLIENT_REFUSED:
            self._set_up.secret_refused()
        self._authcfg = status.authcfg or self._authcfg
        if status.state is SignInState.SIGNED_IN and status.account is not None:
            self._show_signed_in(status.account)
        elif status.state is SignInState.SIGNING_IN:
            self._show_signing_in(is_resuming=status.is_resuming)
        elif status.state is SignInState.UNCONFIRMED and status.newcomer is not None:
            self._show_unconfirmed(status.newcomer)
        elif status.state is SignInState.EXPIRED or (is_same and self._is_kept(before)):
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
        self._change.is_another_wanted = False
        if self._account_id not in (None, account.id):
            self._pages.reset()
        is_new = self._account_id != account.id or not self._pages.is_online()
        self._account_id = account.id
        self._messages.withdraw(_SESSION)
        self._messages.withdraw("error")
        self._header.show_account(account)
        self._pages.show_panel(is_needed=False)
        self._pages.set_online(True)
        if is_new:
            self._pages.load()

    def _show_signing_in(self, *, is_resuming: bool) -> None:
        self._messages.withdraw("error")
        if self._account_id is None:
            self._messages.withdraw(_SESSION)
            self._panel.show_waiting(is_resuming=is_resuming)
            self._show_panel()
            if not self._pages.is_repair_in_front():
                return
        text = f"{tr('Waiting for your browser…')} {waiting_hint()}"
        actions = (Action("cancelSignInAgainButton", tr("Cancel"), self._sign_in.cancel),)
        self._messages.post(_SESSION, theme.Level.INFO, text, actions, is_first=True)

    def _show_unconfirmed(self, newcomer: Account) -> None:
        if self._account_id is None:
            self._panel.show_ready()
            self._show_panel()
        else:
            self._pages.set_online(False)
        text = tr(
            "You signed in as {account}. Last time it was another account: nothing has been done with this one yet. "
            "If it is not yours, sign in again."
        ).format(account=_named(newcomer))
        actions = (
            Action("useAccountButton", tr("Use this account"), self._sign_in.use_account),
            Action("signInAgainButton", tr("Sign in again"), self._on_sign_in),
        )
        self._messages.post(_SESSION, theme.Level.WARNING, text, actions)

    def _show_expired(self) -> None:
        if self._account_id is None:
            self._show_signed_out()
            self._messages.post(_SESSION, theme.Level.WARNING, tr("Your session has ended: sign in again."))
            return
        self._pages.set_online(False)
        text = tr("Your session has ended: sign in again. Nothing you typed is lost.")
        actions = (Action("signInAgainButton", tr("Sign in again"), self._on_sign_in),)
        self._messages.post(_SESSION, theme.Level.WARNING, text, actions)
        if self._set_up.needs_secret():
            self._panel.show_ready()
            self._pages.show_panel(is_needed=True)

    def _show_signed_out(self) -> None:
        if self._account_id is not None:
            self._forget()
        self._messages.withdraw(_SESSION)
        self._panel.show_ready()
        self._pages.show_signed_out()
        self._show_panel()

    def _show_panel(self) -> None:
        self._header.show_nobody()
        self._pages.show_panel(is_needed=True)
