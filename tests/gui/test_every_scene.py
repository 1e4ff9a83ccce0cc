"""What holds for every state of the window."""

from __future__ import annotations

from typing import Any, Iterator

import pytest
from qgis.PyQt.QtWidgets import QAbstractButton, QLabel, QProgressBar, QPushButton, QScrollArea, QWidget

from gpkeys_plugin.gui.keyboard.reading_order import stops
from gpkeys_plugin.gui.lifetime.delete_later import delete_later
from gpkeys_plugin.gui.notices.notice import Notice

from .looks import options_scenes
from .looks.all_scenes import SCENES, forget_window
from .looks.letters import MENUS, letter, main_buttons_without, taken
from .scenes import Stage, stage

_CLICKABLE = ("QPushButton", "QToolButton", "QLineEdit", "QComboBox", "QRadioButton", "QPlainTextEdit", "QTreeView")
# What is deleted, undone or given another secret is said where the button is, not only beside it.
_GRAVE = (
    "deleteButton",
    "finishRotationButton",
    "undoRotationButton",
    "laterButton",
    "rotateButton",
    "deleteKeyButton",
)


# The tests of a state only look at it: it is made once for all of them.
@pytest.fixture(scope="module", params=list(SCENES))
def shown(request: Any, qgis_app: Any) -> Iterator[QWidget]:
    """Show a state of the dock."""
    forget_window()
    made = stage()
    made.dock.resize(380, 900)
    made.dock.show()
    SCENES[request.param](made)
    yield made.dock
    made.dock.shut_down()
    made.dock.close()
    delete_later(made.dock)


@pytest.mark.parametrize("name", list(SCENES))
def test_every_scene_fits_a_narrow_dock(one: Stage, qtbot: Any, name: str) -> None:
    one.dock.resize(300, 700)
    SCENES[name](one)
    assert one.dock.minimumSizeHint().width() <= 300
    assert one.dock.grab().width() > 0


def test_no_line_is_moved_in_and_no_bar_has_words(shown: QWidget) -> None:
    assert [label.text() for label in shown.findChildren(QLabel) if label.text() and label.indent() != 0] == []
    assert [bar.objectName() for bar in shown.findChildren(QProgressBar) if _says_how_far(bar)] == []


def _says_how_far(bar: QProgressBar) -> bool:
    """Whether a bar writes its percentage on itself: in QGIS's dark themes that is black on dark grey."""
    return bool(bar.isVisible() and bar.isTextVisible() and bar.maximum() > 0)


def test_everything_to_click_has_a_name(shown: QWidget) -> None:
    clickable = [widget for widget in shown.findChildren(QWidget) if widget.metaObject().className() in _CLICKABLE]
    assert [widget for widget in clickable if not widget.objectName()] == []


def test_every_stop_has_a_name(shown: Any) -> None:
    found = [stop for stop in stops(shown.widget()) if not isinstance(stop, QScrollArea)]
    assert found
    mute = [
        stop.objectName()
        for stop in found
        if not (stop.accessibleName() or (isinstance(stop, QAbstractButton) and stop.text()))
    ]
    assert mute == []


def test_what_a_name_does_not_say_is_described(shown: QWidget) -> None:
    seen = [widget for widget in shown.findChildren(QWidget) if widget.isVisible()]
    grave = [widget for widget in seen if widget.objectName() in _GRAVE]
    boxes = [widget for widget in seen if widget.objectName() in ("removeLayersBox", "removeFromQgisBox")]
    # Qt tells the hint where there is no description.
    assert [one.objectName() for one in (*grave, *boxes) if not (one.accessibleDescription() or one.toolTip())] == []
    for notice in (widget for widget in seen if isinstance(widget, Notice)):
        buttons = [button for button in notice.findChildren(QPushButton) if button.isVisible()]
        assert {button.accessibleDescription() for button in buttons} <= {notice.text()}


def test_no_hint_repeats_its_button(shown: QWidget) -> None:
    seen = [button for button in shown.findChildren(QAbstractButton) if button.text() and button.isVisible()]
    assert [button.text() for button in seen if button.toolTip() == button.text().replace("&", "")] == []


def test_a_button_without_words_has_a_hint_and_a_name(shown: QWidget) -> None:
    # Buttons of Qt's own fields, such as the one that clears a search, have no object name of ours.
    mute = [button for button in shown.findChildren(QAbstractButton) if not button.text() and button.isVisible()]
    ours = [button for button in mute if button.objectName().endswith("Button")]
    assert [button.objectName() for button in ours if not (button.toolTip() and button.accessibleName())] == []


def test_no_letter_opens_a_menu_of_qgis_or_stands_twice(shown: QWidget, request: pytest.FixtureRequest) -> None:
    """In English; `parts/test_mnemonics.py` has French, which needs QGIS's own words."""
    # QGIS's options are a dialog: as long as it is open, no letter opens a menu.
    is_in_dialog = request.node.callspec.params["shown"] in options_scenes.SCENES
    assert taken(shown, set() if is_in_dialog else {letter(title) for _, title in MENUS}) == []


def test_the_main_button_has_a_letter(shown: QWidget) -> None:
    assert main_buttons_without(shown) == []
