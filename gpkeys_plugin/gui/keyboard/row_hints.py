"""What the mouse is told of a row when it rests there, told to the keyboard too: chips, and words cut short."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject, Qt, QTimer
from qgis.PyQt.QtGui import QFocusEvent, QKeyEvent
from qgis.PyQt.QtWidgets import QAbstractItemView, QToolTip

# About as long as Qt waits with the mouse.
REST_MS = 700
_MOVING = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    }
)
_BY_KEY = frozenset({Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason})


def hint_by_keyboard(view: QAbstractItemView) -> None:
    """Show the hint of the row that the keyboard rests on in a list; the next key puts it away."""
    view.installEventFilter(_RowHint(view))


class _RowHint(QObject):
    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._show)

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow the keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._rest(is_there=event.key() in _MOVING)
        elif isinstance(event, QFocusEvent):
            self._rest(is_there=event.gotFocus() and event.reason() in _BY_KEY)
        return False

    def _rest(self, *, is_there: bool) -> None:
        self._timer.stop()
        QToolTip.hideText()
        if is_there:
            self._timer.start()

    def _show(self) -> None:
        view, index = self._view, self._view.currentIndex()
        words = index.data(Qt.ItemDataRole.ToolTipRole)
        if view.isVisible() and words:
            below = view.visualRect(index).bottomLeft()
            QToolTip.showText(view.viewport().mapToGlobal(below), str(words), view)
