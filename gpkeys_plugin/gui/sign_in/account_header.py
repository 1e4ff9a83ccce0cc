"""Who is signed in and where, how many keys are used, and the way to other accounts and platforms."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QGridLayout, QToolButton, QWidget

from ...entrepot.errors import GpkeysError
from ...entrepot.models import Account
from ...jobs.running.translate import tr
from ...jobs.window.account_choice import AccountChoice
from ..parts import theme, value_words
from ..parts.labels import ElidedLabel, MutedLine
from ..parts.page import tool_button
from ..parts.row_content import tooltip
from .account_menu import AccountMenu


class AccountHeader(QWidget):
    """The top of the dock; while nobody is signed in, it tells the platform."""

    def __init__(self, choice: AccountChoice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        space = theme.gap(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(space * 2, space, space * 2, 0)
        grid.setHorizontalSpacing(space)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        self._name = ElidedLabel()
        self._name.setObjectName("accountName")
        self._name.setFont(theme.larger(self._name.font(), 1.0, bold=True))
        self._email, self._platform, self._keys = MutedLine(), MutedLine(), MutedLine()
        lines = (("accountEmail", self._email), ("accountPlatform", self._platform), ("keysUsed", self._keys))
        self._button = tool_button("accountButton", "account", tr("Account"), with_text=True)
        self._button.setToolTip(tooltip(tr("Change account or platform, sign out")))
        self._button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = AccountMenu(choice, self)
        self._button.setMenu(self.menu)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._button, 0, 1)
        for place, (name, line) in enumerate(lines, start=1):
            line.setObjectName(name)
            grid.addWidget(line, place, 0, 1, 2)

    def show_account(self, account: Account) -> None:
        """Show another account."""
        label, is_usual = self._platform_in_use()
        used = value_words.keys_used(account.keys_use, account.keys_quota)
        email = account.email if account.email != account.display_name else ""
        self._show(account.display_name, email, "" if is_usual else label, used)
        self.menu.set_signed_in(True)

    def show_nobody(self) -> None:
        """Show the platform only."""
        self._show(self._platform_in_use()[0], "", "", "")
        self.menu.set_signed_in(False)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return what the icon of the button needs, not its words."""
        return QSize(theme.em(self) * 12, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show the words of the button, or its icon, as there is room beside the name."""
        super().resizeEvent(event)
        self._fit()

    def _show(self, name: str, *lines: str) -> None:
        self._name.setText(name)
        for label, words in zip((self._email, self._platform, self._keys), lines):
            label.setText(words)
            label.setVisible(bool(words))
        self._fit()

    def _platform_in_use(self) -> tuple[str, bool]:
        """Return the platform's name, and whether it is the one that is meant where none is named."""
        try:
            found = self._choice.environments()
        except GpkeysError:
            return tr("Géoplateforme"), True
        return next((entry.label for entry in found if entry.is_in_use), ""), bool(found) and found[0].is_in_use

    def _fit(self) -> None:
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        wanted = self._name.sizeHint().width() + self._button.sizeHint().width()
        if wanted + theme.gap(self) * 5 > self.width():
            self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
