"""The case of a colleague with their own key: the secret out of the project, and a text to send along."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QApplication, QWidget

from ...jobs.running.translate import tr
from ...jobs.share.share_values import ShareOutlook
from ...jobs.values import KeyPage
from ..parts import theme
from ..parts.folding_section import Fold
from ..parts.labels import FieldMessage, WrappedLabel
from ..parts.page import push_button
from . import share_words


class ColleagueBox(Fold):
    """Two buttons; the text that is copied has no secret in it."""

    take_out_wanted = pyqtSignal()
    undo_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("shareColleagueFold", tr("A colleague"), parent)
        self._text = ""
        self._words, self._by_hand = WrappedLabel(), WrappedLabel()
        self._words.setObjectName("shareColleagueWords")
        self._by_hand.setObjectName("shareByHand")
        self._message = FieldMessage()
        self._message.setObjectName("shareColleagueMessage")
        self._take_out = push_button("takeOutButton", tr("&Take the secret out of this project"))
        self._undo = push_button("undoTakeOutButton", tr("Put the secret &back"))
        self._copy = push_button("copyColleagueTextButton", tr("Cop&y a text for the colleague"))
        for widget in (self._words, self._by_hand):
            self.column.addWidget(widget)
        for button in (self._take_out, self._undo, self._copy):
            self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._message)
        self._take_out.clicked.connect(self.take_out_wanted)
        self._undo.clicked.connect(self.undo_wanted)
        self._copy.clicked.connect(self._on_copy)

    def show_outlook(self, page: KeyPage, outlook: ShareOutlook, undoable: int) -> None:
        """Show what can be done."""
        by_hand = share_words.by_hand(outlook)
        self._words.setText(share_words.colleague(outlook))
        self._by_hand.setText(by_hand)
        self._by_hand.setVisible(bool(by_hand))
        self._take_out.setVisible(bool(outlook.in_clear.layers) and outlook.has_header_method)
        self._undo.setVisible(undoable > 0)
        self._text = share_words.text_for_colleague(page, outlook) if outlook.configurations else ""
        self._copy.setVisible(bool(self._text))
        self._message.say("")

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._text)
        self._message.say(tr("The text was copied. There is no secret in it."), theme.Level.GOOD)
