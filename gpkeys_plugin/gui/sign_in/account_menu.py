"""The menu of accounts and platforms: whose keys show, and of which platform."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QMenu, QWidget

from ...entrepot.errors import GpkeysError
from ...jobs.running.translate import tr
from ...jobs.window.account_choice import AccountChoice, AccountEntry
from ..parts import theme
from ..parts.row_content import tooltip

_WIDEST_EM = 30


class AccountMenu(QMenu):
    """What there is to choose from is read anew each time that it opens."""

    account_chosen = pyqtSignal(str)
    another_wanted = pyqtSignal()
    environment_chosen = pyqtSignal(str)
    options_wanted = pyqtSignal()
    sign_out_wanted = pyqtSignal()
    forget_wanted = pyqtSignal()

    def __init__(self, choice: AccountChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("accountMenu")
        self.setToolTipsVisible(True)
        self._choice = choice
        self._is_signed_in = False
        self.aboutToShow.connect(self.fill)

    def set_signed_in(self, is_signed_in: bool) -> None:
        """Tell whether somebody is signed in."""
        self._is_signed_in = is_signed_in

    def fill(self) -> None:
        """Read what there is to choose from."""
        self.clear()
        try:
            accounts, environments = self._choice.accounts(), self._choice.environments()
        except GpkeysError:
            # Of the platform in use one address cannot be used: the options say so, and have others.
            accounts, environments = (), ()
        for account in accounts:
            self._add_account(account)
        self._add("anotherAccountAction", tr("&Another account…"), self.another_wanted.emit)
        if len(environments) > 1:
            self.addSeparator()
            for found in environments:
                action = self._add_choice(found.label, is_current=found.is_in_use)
                action.triggered.connect(lambda _is_checked, name=found.name: self.environment_chosen.emit(name))
        self.addSeparator()
        self._add("accountOptionsAction", tr("&Options…"), self.options_wanted.emit)
        self.addSeparator()
        sign_out = self._add("signOutAction", tr("&Sign out"), self.sign_out_wanted.emit)
        sign_out.setEnabled(self._is_signed_in)
        forget = self._add("forgetAccountAction", tr("&Forget this account"), self.forget_wanted.emit)
        forget.setEnabled(any(account.is_in_use for account in accounts))
        forget.setToolTip(tr("Its session ends, and it is listed here no more. Its keys stay connected in QGIS."))

    def _add_account(self, account: AccountEntry) -> None:
        words = account.name if account.email in ("", account.name) else f"{account.name} – {account.email}"
        action = self._add_choice(words, is_current=account.is_in_use and self._is_signed_in)
        action.triggered.connect(lambda _is_checked, id_=account.id: self.account_chosen.emit(id_))

    def _add_choice(self, words: str, *, is_current: bool) -> QAction:
        room = theme.em(self) * _WIDEST_EM
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, room)
        action = self.addAction(shown.replace("&", "&&"))
        action.setToolTip(tooltip(words))
        action.setCheckable(True)
        action.setChecked(is_current)
        # QGIS's themes draw no tick in a menu (3.22 to 3.44).
        action.setFont(theme.larger(self.font(), 1.0, bold=is_current))
        return action

    def _add(self, name: str, words: str, act: Callable[[], object]) -> QAction:
        action = self.addAction(words)
        action.setObjectName(name)
        action.triggered.connect(lambda _is_checked: act())
        return action
