"""Ctrl+C in a list copies the row, although QGIS's window has it as a shortcut of its own."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QAction, QApplication, QMainWindow

from tests.gui import fake_my_keys as known
from tests.gui import fakes
from tests.gui import my_keys_scenes as scenes
from tests.gui.scenes import Stage


@pytest.mark.parametrize(("show", "name"), [(scenes.keys, "keysList"), (scenes.permissions, "permissionsList")])
def test_it_is_the_list_s_own_key(one: Stage, qtbot: Any, show: Any, name: str) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    copied_features: list[bool] = []
    action = QAction(window)
    action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
    action.triggered.connect(copied_features.append)
    window.addAction(action)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, one.dock)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    show(one)
    view = one.find(name)
    words = {"keysList": known.HASH_KEY.name, "permissionsList": fakes.TOWN.licence}[name]
    model = view.model()
    places = (model.index(row, 0) for row in range(model.rowCount()))
    view.setCurrentIndex(next(place for place in places if place.data() == words))
    view.setFocus()
    QApplication.clipboard().setText("before")
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == words
    assert copied_features == []
    window.removeDockWidget(one.dock)
    one.dock.setParent(None)
