"""Asks for the password of a BASIC key that this QGIS does not hold."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ...jobs.running.translate import tr
from ..parts import theme
from ..parts.labels import FieldMessage, TonedLabel, field_label
from ..parts.page import push_button


class PasswordBox(QWidget):
    """A field, and a button that has the key connected with it."""

    given = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit = QLineEdit()
        self._edit.setObjectName("repairPasswordEdit")
        self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._message = FieldMessage()
        self._message.setObjectName("repairPasswordMessage")
        self._connect = push_button("repairPasswordButton", tr("Connect to QGIS"))
        self._connect.setEnabled(False)
        hint = tr(
            "The Géoplateforme cannot give it again. It is checked with the services before QGIS keeps it, encrypted."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self))
        for widget in (field_label(tr("Password of the key"), self._edit), self._edit, self._message, TonedLabel(hint)):
            column.addWidget(widget)
        column.addWidget(self._connect, 0, Qt.AlignmentFlag.AlignLeft)
        self._edit.textChanged.connect(self._on_text)
        self._edit.returnPressed.connect(self._connect.click)
        self._connect.clicked.connect(lambda: self.given.emit(self._edit.text()))

    def refuse(self, words: str) -> None:
        """Say why the password does not do."""
        self._message.say(words)
        self._edit.setFocus()

    def _on_text(self, text: str) -> None:
        self._message.say("")
        self._connect.setEnabled(bool(text))
