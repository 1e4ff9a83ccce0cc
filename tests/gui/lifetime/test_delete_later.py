"""What is to be deleted can be called until it is."""

from __future__ import annotations

import gc
import weakref
from typing import Any

from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QMainWindow

from gpkeys_plugin.gui.lifetime.delete_later import delete_later
from tests.gui.looks.themes import NIGHT, Themes
from tests.gui.scenes import LAST, stage


class Holder(QObject):
    """Has a timer that calls what captures it."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__()
        self.timer = QTimer(self)
        self.timer.timeout.connect(lambda: heard.append(self.objectName()))


def test_it_is_whole_for_python_until_qt_has_deleted_it(qgis_app: Any) -> None:
    # A timer that is due before the deletion is: its lambda is called with what it captured.
    heard: list[str] = []
    holder = Holder(heard)
    holder.setObjectName("still here")
    there, gone = weakref.ref(holder), []
    holder.destroyed.connect(lambda: gone.append(True))
    delete_later(holder)
    holder.timer.start(0)
    del holder
    gc.collect()
    kept = there()
    assert kept is not None
    kept.timer.timeout.emit()
    assert heard == ["still here"]
    QTest.qWait(1)
    assert gone == [True]


def test_a_change_of_theme_before_the_dock_is_deleted_ends_nothing(qgis_app: Any) -> None:
    window = QMainWindow()
    made = stage()
    made.dock.setParent(window)
    window.show()
    made.dock.shut_down()
    delete_later(made.dock)
    there = weakref.ref(made.dock)
    del made
    LAST.clear()
    themes = Themes()
    try:
        themes.wear(NIGHT)
        gc.collect()
        # The timers that the change has started, then the deletion.
        QTest.qWait(1)
        QApplication.processEvents()
    finally:
        themes.take_off()
        window.close()
    gc.collect()
    assert there() is None
