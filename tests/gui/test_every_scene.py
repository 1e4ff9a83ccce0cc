"""What holds for every state of the window."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtWidgets import QLabel, QProgressBar, QWidget

from . import repair_scenes, result_scenes, scenes, share_scenes
from .downloads import download_scenes
from .looks import options_scenes
from .result.test_result_page import finished
from .scenes import Stage

_ROOMS = (scenes, result_scenes, repair_scenes, share_scenes, options_scenes, download_scenes)
_SCENES = {name: act for room in _ROOMS for name, act in room.SCENES.items()}


@pytest.mark.parametrize("name", list(_SCENES))
def test_every_scene_fits_a_narrow_dock(one: Stage, qtbot: Any, name: str) -> None:
    one.dock.resize(300, 700)
    _SCENES[name](one)
    assert one.dock.minimumSizeHint().width() <= 300
    assert one.dock.grab().width() > 0


@pytest.mark.parametrize("name", list(_SCENES))
def test_no_line_of_a_scene_is_moved_in_and_no_bar_has_words(one: Stage, name: str) -> None:
    _SCENES[name](one)
    assert [label.text() for label in one.dock.findChildren(QLabel) if label.text() and label.indent() != 0] == []
    assert [bar.objectName() for bar in one.dock.findChildren(QProgressBar) if _says_how_far(bar)] == []


def _says_how_far(bar: QProgressBar) -> bool:
    """Whether a bar writes its percentage on itself: in QGIS's dark themes that is black on dark grey."""
    return bool(bar.isVisible() and bar.isTextVisible() and bar.maximum() > 0)


def test_everything_to_click_has_a_name(one: Stage) -> None:
    finished(one)
    kinds = ("QPushButton", "QToolButton", "QLineEdit", "QComboBox", "QRadioButton", "QPlainTextEdit", "QTreeView")
    clickable = [widget for widget in one.dock.findChildren(QWidget) if widget.metaObject().className() in kinds]
    assert [widget for widget in clickable if not widget.objectName()] == []
