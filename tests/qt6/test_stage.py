"""The stage is what it says: Qt 6, no Qt 5, and what of QGIS is not there is skipped, never passed over."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from qgis.core import Qgis, QgsVectorLayer
from qgis.PyQt.QtCore import QT_VERSION_STR, Qt
from qgis.PyQt.QtWidgets import QAction, QCheckBox

from gpkeys_plugin.gui.dock import KeysDock
from tests.gui.conftest import one
from tests.gui.scenes import Stage
from tests.qt6.qgis_names import NeedsQgisError

__all__ = ["one"]


def test_everything_is_qt_6(one: Stage) -> None:
    assert QT_VERSION_STR.startswith("6.")
    assert Qgis.QGIS_VERSION_INT >= 40000
    assert QAction.__module__ == "PyQt6.QtGui"
    assert KeysDock.__mro__[2].__module__ == "PyQt6.QtWidgets"
    assert not [name for name in sys.modules if name.partition(".")[0] == "PyQt5"]


def test_what_is_not_here_can_be_named_but_not_made() -> None:
    class Ours(QgsVectorLayer):
        pass

    assert not isinstance(object(), QgsVectorLayer)
    for make in (QgsVectorLayer, Ours, QgsVectorLayer.LayerOptions):
        with pytest.raises(NeedsQgisError):
            make()


def test_pyqt5_is_not_to_be_had() -> None:
    with pytest.raises(ModuleNotFoundError):
        __import__("PyQt5.QtCore")


def test_enumerations_are_no_numbers(qtbot: Any) -> None:
    """What PyQt6 does otherwise than PyQt5, and the tests of the widgets would show."""
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setChecked(True)
    assert box.checkState() is Qt.CheckState.Checked
    assert box.checkState() != 2
