"""One service on the page of a key: a double click adds it to the map, the context menu has all that its buttons do."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtWidgets import QAction, QToolButton, QWidget


class ServiceRow(QWidget):
    """`activated` says that it was clicked twice."""

    activated = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("serviceRow")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def offer(self, button: QToolButton) -> None:
        """Have what a button does in the menu too."""
        self.offer_act(button.text(), button.click)

    def offer_act(self, words: str, act: Callable[[], object]) -> None:
        """Have something in the menu only."""
        action = QAction(words, self)
        action.triggered.connect(lambda _is_checked=False: act())
        self.addAction(action)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tell of it."""
        self.activated.emit()
        event.accept()
