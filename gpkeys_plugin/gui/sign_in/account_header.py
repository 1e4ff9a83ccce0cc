"""Who is signed in, how many keys are used, and the way out."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QGridLayout, QWidget

from ...entrepot.models import Account
from ...jobs.running.translate import tr
from ..parts import theme, value_words
from ..parts.labels import ElidedLabel, MutedLine
from ..parts.page import tool_button


class AccountHeader(QWidget):
    """The top of the dock while somebody is signed in."""

    sign_out_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        space = theme.gap(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(space * 2, space, space * 2, 0)
        grid.setHorizontalSpacing(space)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        self._name = ElidedLabel()
        self._name.setObjectName("accountName")
        self._name.setFont(theme.larger(self._name.font(), 1.0, bold=True))
        self._email = MutedLine()
        self._email.setObjectName("accountEmail")
        self._keys = MutedLine()
        self._keys.setObjectName("keysUsed")
        self._sign_out = tool_button("signOutButton", "sign_out", tr("Sign out"), with_text=True)
        self._sign_out.clicked.connect(self.sign_out_wanted)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._sign_out, 0, 1)
        grid.addWidget(self._email, 1, 0, 1, 2)
        grid.addWidget(self._keys, 2, 0, 1, 2)

    def show_account(self, account: Account) -> None:
        """Show another account."""
        self._name.setText(account.display_name)
        self._email.setText(account.email)
        self._email.setVisible(account.email != account.display_name)
        used = value_words.keys_used(account.keys_use, account.keys_quota)
        self._keys.setText(used)
        self._keys.setVisible(bool(used))
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return what the icon of the way out needs, not its words."""
        return QSize(theme.em(self) * 12, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show the words of the way out, or its icon, as there is room beside the name."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._sign_out.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        wanted = self._name.sizeHint().width() + self._sign_out.sizeHint().width()
        if wanted + theme.gap(self) * 5 > self.width():
            self._sign_out.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
