"""What there is to say about an OAUTH2 key, and the way to add services to the one there is."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ...jobs.running.translate import tr
from ..parts import theme
from ..parts.labels import TonedLabel
from ..parts.page import push_button


class OAuth2Box(QWidget):
    """Either what QGIS will do, or the offer to add the services to the key that exists."""

    extend_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.gap(self), 0, theme.gap(self))
        column.setSpacing(theme.gap(self))
        self._note = TonedLabel(tr("QGIS will use the sign-in of this panel: there is nothing to type."))
        self._offer = TonedLabel()
        self._extend = push_button("extendKeyButton", tr("Add to this key"))
        self._extend.clicked.connect(self.extend_wanted)
        for widget in (self._note, self._offer, self._extend):
            column.addWidget(widget)
        self.offer_key(None)

    def offer_key(self, name: str | None) -> None:
        """Offer to add the services to the key `name`; without one, say what a new key will do."""
        self._note.setVisible(name is None)
        self._offer.setVisible(name is not None)
        self._extend.setVisible(name is not None)
        text = tr("You can add the services you ticked to “{name}” instead. Its other services stay as they are.")
        self._offer.setText(text.format(name=name) if name is not None else "")
