"""What Enter and Esc do on a page, and Ctrl+C in a list."""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtGui import QKeyEvent, QKeySequence
from qgis.PyQt.QtWidgets import QAbstractButton, QAbstractItemView, QPushButton, QToolButton, QWidget

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def press(page: QWidget, event: QKeyEvent, default: QAbstractButton | None, back: QAbstractButton | None) -> bool:
    """Press the button that a key stands for, if it can be pressed; return whether the key is used up.

    Qt has default buttons in dialogs only, and no Enter for a tool button. A key that is held down presses nothing: it
    would go through all pages.
    """
    if event.modifiers() not in _PLAIN or event.key() not in (*_ENTER, Qt.Key.Key_Escape):
        return False
    if event.isAutoRepeat():
        return True
    held = page.window().focusWidget()
    is_on_button = isinstance(held, (QPushButton, QToolButton)) and page.isAncestorOf(held)
    enter = held if is_on_button else default
    button = back if event.key() == Qt.Key.Key_Escape else enter
    if not isinstance(button, QAbstractButton) or not button.isVisible() or not button.isEnabled():
        return False
    button.click()
    return True


def keep_copy(view: QAbstractItemView) -> None:
    """Have Ctrl+C in a list copy the words of the row, as lists do.

    In QGIS's window it is the shortcut that copies features of a layer, which a list lets pass unless it says that the
    key is its own (Qt 5.15).
    """
    view.installEventFilter(_CopyKept(view))


class _CopyKept(QObject):
    def eventFilter(self, _view: QObject, event: QEvent) -> bool:  # noqa: N802
        """Take Ctrl+C from the shortcuts; it comes as a key then."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
            return True
        return False
