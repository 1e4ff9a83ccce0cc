"""A hand at mouse and keyboard: what it does reaches QGIS's windows as the system's events do, and is counted there.

QGIS itself then finds the widget below the pointer and the one that has the keyboard. Runs in QGIS's own Python.
"""

from __future__ import annotations

from qgis.PyQt.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QTreeView, QWidget

from tests.end_to_end.inside_qgis import clicking


class Hand(QObject):
    """`clicks` and `keys` are how often a button of the mouse and a key went down, whoever pressed them."""

    def __init__(self, home: QWidget) -> None:
        """Take the window that all is done in."""
        super().__init__()
        self.clicks = self.keys = 0
        self._home = home
        # Of the application, the filter would be asked about objects of QGIS that Python cannot take hold of (3.22).
        home.windowHandle().installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:  # noqa: N802
        """Count what comes to a window from outside; widgets get it after that."""
        self.clicks += event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
        self.keys += event.type() == QEvent.Type.KeyPress
        return False

    def lift(self) -> None:
        """Count no more."""
        self._home.windowHandle().removeEventFilter(self)

    def click(self, target: QWidget, spot: QPoint | None = None) -> None:
        """Click a place of a widget, by itself where its words begin."""
        QApplication.processEvents()
        self._strike(target, _start_of(target) if spot is None else spot, times=1)

    def click_button(self, parent: QWidget, name: str) -> None:
        """Click a button once it is there and can be pressed, wherever the wheel has to turn the page to."""

        def is_ready() -> bool:
            return clicking.visible(parent, name) and clicking.widget(parent, name).isEnabled()

        clicking.wait_until(is_ready, f"{name} ready to be clicked")
        clicking.bring_into_sight(clicking.widget(parent, name))
        # In the turn that scrolls, a list that is being read may have made its buttons anew.
        button: QAbstractButton = clicking.widget(parent, name)
        self._strike(button, _start_of(button), times=1)

    def tick(self, tree: QTreeView, index: QModelIndex) -> None:
        """Click the box of a row."""
        tree.scrollTo(index)
        self.click(tree.viewport(), clicking.box_of(tree, index))

    def double_click(self, tree: QTreeView, index: QModelIndex) -> None:
        """Click a row twice."""
        tree.scrollTo(index)
        QApplication.processEvents()
        self._strike(tree.viewport(), tree.visualRect(index).center(), times=2)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key, perhaps with another one held; it is for whatever has the keyboard."""
        QTest.keyClick(self._home.windowHandle(), key, held)

    def type(self, text: str) -> None:
        """Type a text of plain letters."""
        for sign in text:
            QTest.keyClick(self._home.windowHandle(), sign)

    def _strike(self, target: QWidget, spot: QPoint, times: int) -> None:
        window = target.window()
        met = QApplication.widgetAt(target.mapToGlobal(spot))
        if met is not target and not (met is not None and target.isAncestorOf(met)):
            raise clicking.NotSeen(f"{target.objectName()} below the pointer: {met}")
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        strike = QTest.mouseClick if times == 1 else QTest.mouseDClick
        strike(window.windowHandle(), button, none, target.mapTo(window, spot))


def _start_of(target: QWidget) -> QPoint:
    return QPoint(min(12, target.width() // 2), target.height() // 2)
