"""The dock: who is signed in, messages, and below them the sign-in or the wizard."""

from __future__ import annotations

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtGui import QShowEvent
from qgis.PyQt.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ..entrepot.errors import ErrorCode, GpkeysError
from ..entrepot.models import Account
from ..entrepot.sign_in_status import SignInState, SignInStatus
from ..jobs.ports import KeyDesk, SignInPort
from ..jobs.set_up_port import SetUpPort, VaultState
from ..jobs.translate import tr
from . import theme
from .account_header import AccountHeader
from .messages import Messages
from .notice import Action
from .sign_in_panel import SignInPanel, waiting_hint
from .wizard import KeyWizard

_SESSION = "session"
_REPAIR = "repair"


def _nothing() -> None:
    """Stand in for what has been done already."""


class KeysDock(QgsDockWidget):
    """Everything the plugin shows, but its options page."""

    def __init__(self, sign_in: SignInPort, desk: KeyDesk, set_up: SetUpPort, parent: QWidget | None = None) -> None:
        super().__init__(tr("Access keys (Géoplateforme)"), parent)
        self.setObjectName("GpkeysDock")
        self._sign_in, self._desk, self._set_up = sign_in, desk, set_up
        self._account_id: str | None = None
        self._authcfg = ""
        self._state = SignInState.SIGNED_OUT
        self._was_shown = False
        self._is_resuming = False
        self._header = AccountHeader()
        self._messages = Messages()
        self._panel = SignInPanel(set_up)
        self._wizard = KeyWizard(desk, set_up, self._messages)
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self._remove_listener = sign_in.add_listener(self._on_status)
        self._on_status(sign_in.status)

    def shut_down(self) -> None:
        """Stop what is under way and don't listen any more; called before the dock goes."""
        self._remove_listener()
        self._remove_listener = _nothing
        self._wizard.shut_down()

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
        self._stack.addWidget(self._wizard)
        column.addWidget(self._header)
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

    def _resume(self) -> None:
        authcfg = self._set_up.current_authcfg()
        is_open = self._set_up.vault_state() is VaultState.UNLOCKED
        if self._state is SignInState.SIGNED_OUT and authcfg and is_open:
            self._is_resuming = True
            self._sign_in.resume(authcfg)

    def _offer_repair(self) -> None:
        """Tell of connections that a move to another QGIS version has stripped of their configuration."""
        names = self._desk.stripped_connections()
        if not names:
            return
        text = tr("QGIS lost the authentication of these connections when your profile was upgraded: {names}.")
        actions = (Action("putBackButton", tr("Put it back"), self._on_put_back),)
        self._messages.post(_REPAIR, theme.Level.WARNING, text.format(names=", ".join(names)), actions, can_close=True)

    def _on_put_back(self) -> None:
        self._desk.mend_connections()
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

    def _forget(self) -> None:
        """Leave nothing of the account in the window."""
        self._account_id = None
        self._wizard.reset()

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
        if status.error is not None:
            self._messages.show_error(status.error, self._on_sign_in)

    def _is_kept(self, before: SignInState) -> bool:
        """Say whether a failed fresh sign-in left somebody's work behind."""
        return self._account_id is not None and before in (SignInState.SIGNING_IN, SignInState.EXPIRED)

    def _show_signed_in(self, account: Account) -> None:
        self._is_resuming = False
        if self._account_id not in (None, account.id):
            self._wizard.reset()
        is_new = self._account_id != account.id or not self._wizard.is_online()
        self._account_id = account.id
        self._messages.withdraw(_SESSION)
        self._messages.withdraw("error")
        self._header.show_account(account)
        self._header.show()
        self._stack.setCurrentWidget(self._wizard)
        self._wizard.set_online(True)
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
        text = tr("Your session has ended: sign in again. Nothing you typed is lost.")
        actions = (Action("signInAgainButton", tr("Sign in again"), self._on_sign_in),)
        self._messages.post(_SESSION, theme.Level.WARNING, text, actions)
        if self._set_up.needs_secret():
            self._panel.show_ready()
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
        self._stack.setCurrentWidget(self._panel)
