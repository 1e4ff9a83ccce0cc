"""Clicking, typing and waiting inside QGIS, as a person at the screen would. Runs in QGIS's own Python."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication, QEvent, QEventLoop, QModelIndex, QPoint, QRect, Qt, QTimer
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyleOptionViewItem, QTreeView, QWidget

PATIENCE_S = 45.0
# That of the plugin's rows: it is not imported here, since it may be unloaded and loaded again meanwhile.
_ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class NotSeen(AssertionError):
    """What the walk waited for did not show."""


def wait_until(condition: Callable[[], object], what: str, patience_s: float = PATIENCE_S) -> None:
    """Let QGIS's event loop turn until `condition` holds."""
    deadline = time.monotonic() + patience_s
    # Told how long it may take, Qt does not wait for events at all: it would turn without a pause, on a whole core.
    timer = QTimer()
    timer.start(_BETWEEN_LOOKS_MS)
    while not condition():
        now = time.monotonic()
        if now > deadline:
            raise NotSeen(what)
        while time.monotonic() < now + _BETWEEN_LOOKS_MS / 1000:
            QCoreApplication.processEvents(_WAITING)


_BETWEEN_LOOKS_MS = 20
_WAITING = QEventLoop.ProcessEventsFlag.WaitForMoreEvents | QEventLoop.ProcessEventsFlag.AllEvents


def widget(parent: QWidget, name: str) -> QWidget:
    """Return the widget of that object name: the one that can be seen, where pages share it."""
    found = parent.findChildren(QWidget, name)
    if not found:
        raise NotSeen(f"no widget {name}")
    return next((one for one in found if one.isVisible()), found[0])


def visible(parent: QWidget, name: str) -> bool:
    """Say whether the widget of that object name is there to be seen."""
    return any(found.isVisible() for found in parent.findChildren(QWidget, name))


def click(parent: QWidget, name: str) -> None:
    """Click a button, once it is there and enabled."""
    wait_until(lambda: visible(parent, name) and widget(parent, name).isEnabled(), f"{name} ready to be clicked")
    press(widget(parent, name))


def press(target: QWidget) -> None:
    """Click a button that is there, wherever the page has to be scrolled to."""
    bring_into_sight(target)
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, _spot(target))


def type_into(parent: QWidget, name: str, text: str) -> None:
    """Replace what a field holds by typing."""
    target = widget(parent, name)
    bring_into_sight(target)
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    for character in text:
        _press(target, character)


def _press(target: QWidget, character: str) -> None:
    """Type one character; QTest's own key clicks know no accents."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
        QCoreApplication.sendEvent(target, event)


def technical_name(index: QModelIndex) -> str:
    """Return what the platform calls the service of a row, whether or not its title has come."""
    row = index.data(_ROW_ROLE)
    return str(row.name or row.title)


def tick(tree: QTreeView, index: QModelIndex) -> None:
    """Click the check box of a row."""
    tree.scrollTo(index)
    spot = box_of(tree, index)
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)


def box_of(tree: QTreeView, index: QModelIndex) -> QPoint:
    """Return the middle of the check box of a row that is in sight."""
    option = QStyleOptionViewItem()
    option.initFrom(tree)
    option.rect = tree.visualRect(index)
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    box: QRect = tree.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, tree)
    return box.center()


def picture(target: QWidget, file: Path) -> None:
    """Save what a widget shows."""
    QApplication.processEvents()
    target.grab().save(str(file))


def bring_into_sight(target: QWidget) -> None:
    """Scroll the widget into view, as a person would before clicking it."""
    parent = target.parentWidget()
    while parent is not None:
        if hasattr(parent, "ensureWidgetVisible"):
            parent.ensureWidgetVisible(target)
        parent = parent.parentWidget()
    QApplication.processEvents()


def _spot(target: QWidget) -> QPoint:
    """Radio buttons and check boxes react to their indicator and label, at the left of a wide widget."""
    return QPoint(min(12, target.width() // 2), target.height() // 2)
