"""One service on the page of a key: added by a double click or dragged, its menu has all that its buttons do."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import QPoint, Qt, pyqtSignal
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtWidgets import QAction, QApplication, QToolButton, QWidget


class ServiceRow(QWidget):
    """`activated` says that it was clicked twice, `dragged` that it is being dragged."""

    activated = pyqtSignal()
    dragged = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("serviceRow")
        self._pressed: QPoint | None = None
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def offer(self, button: QToolButton) -> None:
        """Have what a button does in the menu too."""
        self.offer_act(button.text(), button.click)

    def offer_act(self, words: str, act: Callable[[], object]) -> None:
        """Have something in the menu only."""
        action = QAction(words, self)
        action.triggered.connect(lambda _is_checked=False: act())
        self.addAction(action)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Note where a drag may begin."""
        self._pressed = event.pos() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tell of a drag, once the mouse has moved as far as makes one."""
        pressed = self._pressed
        if pressed is not None and (event.pos() - pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.dragged.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Tell of it."""
        self.activated.emit()
        event.accept()
