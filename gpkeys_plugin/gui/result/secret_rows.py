"""What opens the services of a new key, to be copied: its hash, or its user name and password."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ...entrepot.errors import GpkeysError
from ...entrepot.models import KeyType
from ...jobs.running.translate import show, tr
from ...jobs.values import CreatedKey
from ...jobs.window.new_key_jobs import NewKeyJobs
from ..parts import theme
from ..parts.labels import WrappedLabel
from ..parts.page import tool_button
from ..parts.secret_copy import SecretCopy


class SecretRows(QWidget):
    """A row each with a button. What it has to say goes to `said`, with its level.

    A password is read from QGIS's authentication database when it is copied: it is kept nowhere else.
    """

    said = pyqtSignal(str, object)

    def __init__(self, new_key_jobs: NewKeyJobs, secret_copy: SecretCopy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._secret_copy = new_key_jobs, secret_copy
        self._created: CreatedKey | None = None
        copies = (
            ("copyHashButton", tr("Hash"), tr("Copy the hash"), self._copy_hash),
            ("copyLoginButton", tr("User name"), tr("Copy the user name"), self._copy_login),
            ("copyKeyPasswordButton", tr("Password"), tr("Copy the password"), self._copy_password),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self))
        self._rows = []
        for name, label, words, copy in copies:
            row, button = QWidget(), tool_button(name, "copy", words)
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(WrappedLabel(label), 1)
            line.addWidget(button)
            button.clicked.connect(copy)
            column.addWidget(row)
            self._rows.append(row)

    def show_created(self, created: CreatedKey) -> None:
        """Offer what a key has of it."""
        self._created = created
        is_basic = created.key.type is KeyType.BASIC and bool(created.authcfg)
        for row, is_there in zip(self._rows, (created.hash is not None, is_basic, is_basic)):
            row.setVisible(is_there)
        self.setVisible(is_basic or created.hash is not None)

    def clear(self) -> None:
        """Forget the key."""
        self._created = None

    def _copy_hash(self) -> None:
        if self._created is not None and self._created.hash is not None:
            self._secret_copy.copy(self._created.hash)
            self.said.emit(tr("The hash was copied, for a minute. Treat it like a password."), theme.Level.GOOD)

    def _copy_login(self) -> None:
        found = self._user_and_password()
        if found is not None:
            QApplication.clipboard().setText(found[0])
            self.said.emit(tr("The user name “{login}” was copied.").format(login=found[0]), theme.Level.GOOD)

    def _copy_password(self) -> None:
        found = self._user_and_password()
        if found is not None:
            self._secret_copy.copy(found[1])
            self.said.emit(tr("The password was copied, for a minute."), theme.Level.GOOD)

    def _user_and_password(self) -> tuple[str, str] | None:
        if self._created is None:
            return None
        try:
            return self._jobs.user_and_password(self._created)
        except GpkeysError as error:
            self.said.emit(show(error.user), theme.Level.ERROR)
            return None
