"""Changing the account or the platform from the header: at once, or after a question where work would be stopped."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...entrepot.errors import GpkeysError
from ...jobs.running.translate import tr
from ...jobs.window.account_choice import AccountChoice
from ..notices.message_area import Messages
from ..notices.notice import Action
from ..parts import theme
from .account_menu import AccountMenu

_ASKED = "change_account"


class AccountChange(QObject):
    """Does what is chosen in the menu. `leaving` asks for nothing of the account to be left in the window.

    `is_another_wanted` says whether the next sign-in is to be one of another account; `another_wanted` begins it.
    """

    leaving = pyqtSignal()
    another_wanted = pyqtSignal()

    def __init__(
        self, choice: AccountChoice, menu: AccountMenu, messages: Messages, sign_out: Callable[[], None]
    ) -> None:
        super().__init__(menu)
        self._choice, self._messages = choice, messages
        self.is_another_wanted = False
        menu.account_chosen.connect(lambda id_: self._change(lambda: choice.choose_account(id_)))
        menu.environment_chosen.connect(lambda name: self._change(lambda: choice.choose_environment(name)))
        menu.another_wanted.connect(lambda: self._change(self._begin_another))
        menu.sign_out_wanted.connect(lambda: self._change(sign_out))
        menu.forget_wanted.connect(lambda: self._change(choice.forget))

    def cancel(self) -> bool:
        """Give up the sign-in of another account and go back to the one in use; False where none was wanted."""
        was_wanted, self.is_another_wanted = self.is_another_wanted, False
        if was_wanted:
            self._try(self._choice.go_back)
        return was_wanted

    def _begin_another(self) -> None:
        self._choice.leave()
        self.is_another_wanted = True
        self.another_wanted.emit()

    def _change(self, act: Callable[[], object]) -> None:
        if not self._choice.is_working():
            self._do(act)
            return
        text = tr(
            "Something is still being done with this account. Wait for its end; if you go on now, it is stopped and "
            "taken back."
        )
        actions = (Action("changeAccountNowButton", tr("Go on now"), lambda: self._do(act)),)
        self._messages.post(_ASKED, theme.Level.WARNING, text, actions, can_close=True)

    def _do(self, act: Callable[[], object]) -> None:
        self.is_another_wanted = False
        self._messages.withdraw(_ASKED)
        self.leaving.emit()
        self._try(act)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except GpkeysError as error:
            self._messages.show_error(error)
