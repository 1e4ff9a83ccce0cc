"""The one question a HASH key asks: where QGIS keeps the hash."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...jobs.running.translate import tr
from ...keys.draft import HashStorage
from ..parts import theme, value_words
from ..parts.labels import FieldMessage, TonedLabel, WrappedLabel
from ..parts.outlined_choices import RadioButton


class HashBox(QWidget):
    """In the connections' URLs, or encrypted and sent as a header."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._url = RadioButton(tr("In the &URL"))
        self._url.setObjectName("hashInUrlRadio")
        self.header_radio = RadioButton(tr("I&n a header"))
        self.header_radio.setObjectName("hashInHeaderRadio")
        self.message = FieldMessage()
        self.message.setObjectName("hashStorageMessage")
        self._header_reason = FieldMessage()
        self._header_reason.setObjectName("hashInHeaderReason")
        self._fixed_line = FieldMessage()
        self._fixed_line.setObjectName("hashStorageFixedLine")
        self._default = HashStorage.URL
        self._fixed: HashStorage | None = None
        self._build()
        self._url.toggled.connect(self.changed)
        self.clear()

    def storage(self) -> HashStorage:
        """Return where the hash is to be kept."""
        return HashStorage.HEADER if self.header_radio.isChecked() else HashStorage.URL

    def set_default(self, storage: HashStorage) -> None:
        """Choose where a hash is kept unless the user says otherwise."""
        self._default = storage
        self.clear()

    def offer(self, *, has_header: bool, fixed: HashStorage | None) -> None:
        """Offer the places there are, say why this QGIS has no header; keep to what is `fixed`."""
        self._fixed = fixed
        self._url.setEnabled(fixed is None)
        self.header_radio.setEnabled(fixed is None and has_header)
        why = tr("This QGIS has no “API Header” authentication method: it came with QGIS 3.24.")
        self._header_reason.say("" if has_header else why, None)
        self._fixed_line.say(value_words.fixed(value_words.hash_place(fixed)) if fixed is not None else "", None)
        self.setAccessibleDescription(self._fixed_line.text())
        if fixed is not None or not has_header:
            self.clear()

    def clear(self) -> None:
        """Choose what is fixed, or else the default."""
        is_header = self._default is HashStorage.HEADER and self.header_radio.isEnabled()
        if self._fixed is not None:
            is_header = self._fixed is HashStorage.HEADER
        (self.header_radio if is_header else self._url).setChecked(True)

    def _build(self) -> None:
        space = theme.gap(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, space, 0, space)
        column.setSpacing(space)
        column.addWidget(WrappedLabel(tr("Where should QGIS keep the hash?")))
        column.addWidget(self._fixed_line)
        column.addWidget(self._url)
        column.addWidget(
            TonedLabel(
                tr(
                    "In that of each connection. Works everywhere, also in QGIS Server and Lizmap; whoever gets the "
                    "project can read it."
                )
            )
        )
        column.addWidget(self.header_radio)
        column.addWidget(TonedLabel(tr("Encrypted in the authentication database, protected by the master password.")))
        column.addWidget(self._header_reason)
        column.addWidget(self.message)
