"""The case of one's own second computer: the same id there, and the two ways to carry the secret."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ...entrepot.models import KeyType
from ...jobs.running.translate import tr
from ...jobs.share.share_values import ShareOutlook
from ...jobs.values import KeyPage
from ..parts import theme
from ..parts.folding_section import Fold
from ..parts.labels import FieldMessage, WrappedLabel, field_label
from ..parts.page import push_button
from . import share_words


class ComputerBox(Fold):
    """What to do there, and a file for what QGIS holds here."""

    export_wanted = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("shareComputerFold", tr("My second computer"), parent)
        self._words = WrappedLabel()
        self._words.setObjectName("shareComputerWords")
        self._edit = QLineEdit()
        self._edit.setObjectName("exportPasswordEdit")
        self._edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._export = push_button("exportConfigurationButton", tr("E&xport the configuration…"))
        self.message = FieldMessage()
        self.message.setObjectName("exportMessage")
        self._box = QWidget()
        column = QVBoxLayout(self._box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(self))
        column.addWidget(field_label(tr("Password &for the file, to be typed there again"), self._edit))
        column.addWidget(self._edit)
        column.addWidget(self.message)
        column.addWidget(self._export, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._words)
        self.column.addWidget(self._box)
        self._export.clicked.connect(lambda: self.export_wanted.emit(self._edit.text()))
        self._edit.textChanged.connect(lambda: self.message.say(""))

    def show_outlook(self, page: KeyPage, outlook: ShareOutlook) -> None:
        """Show what can be done. The configuration of an OAUTH2 key is the sign-in: that is made there, not carried."""
        can_export = bool(outlook.configurations) and page.details.key.type is not KeyType.OAUTH2
        self._words.setText(share_words.computer(page, outlook))
        self._box.setVisible(can_export)
        self.forget()

    def forget(self) -> None:
        """Forget what was typed."""
        self._edit.clear()
        self.message.say("")
