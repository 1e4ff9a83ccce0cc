"""What is made and drawn when the window opens: only what shows. All at once took 125 ms and more (QGIS 3.22)."""

from __future__ import annotations

from typing import Any
from unittest import mock

from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QWidget

from gpkeys_plugin.gui.drawing import icons
from gpkeys_plugin.gui.my_keys.my_keys_view import MyKeysView
from gpkeys_plugin.gui.new_key.wizard import KeyWizard
from gpkeys_plugin.gui.permissions.permissions_page import PermissionsPage
from gpkeys_plugin.gui.repair.repair_page import RepairPage
from tests.gui.scenes import Stage, signed_in, stage

# The sign-in panel, header, tabs and messages; all pages together are about a thousand.
_MOST_WIDGETS = 60
# The logo and the icons of the buttons of the account and of the sign-in; tabs that show icons.
_MOST_DRAWINGS = 7
_PAGES = (KeyWizard, MyKeysView, PermissionsPage, RepairPage)


def _closed(qtbot: Any) -> Stage:
    made = stage()
    qtbot.addWidget(made.dock)
    return made


def _are_made(made: Stage) -> list[bool]:
    return [made.dock.findChild(page) is not None for page in _PAGES]


def test_only_what_shows_is_made(qtbot: Any, qgis_app: Any) -> None:
    made = _closed(qtbot)
    made.dock.show()
    assert len(made.dock.findChildren(QWidget)) <= _MOST_WIDGETS
    assert not any(_are_made(made))
    made.dock.shut_down()


def test_the_pages_are_made_one_a_turn(qtbot: Any, qgis_app: Any) -> None:
    made = _closed(qtbot)
    made.dock.show()
    turns: list[int] = []
    heart = QTimer()
    heart.setInterval(0)
    heart.timeout.connect(lambda: turns.append(sum(_are_made(made))))
    heart.start()
    qtbot.waitUntil(lambda: all(_are_made(made)))
    heart.stop()
    assert turns == sorted(turns)
    assert all(after - before <= 1 for before, after in zip([0, *turns], turns))
    made.dock.shut_down()


def test_a_page_that_is_asked_for_is_there(qtbot: Any, qgis_app: Any) -> None:
    made = _closed(qtbot)
    signed_in(made)
    assert all(_are_made(made))
    made.dock.shut_down()


def test_a_window_that_closes_makes_no_further_pages(qtbot: Any, qgis_app: Any) -> None:
    made = _closed(qtbot)
    made.dock.show()
    made.dock.shut_down()
    for _ in _PAGES:
        qgis_app.processEvents()
    assert not any(_are_made(made))


def test_icons_are_drawn_when_they_show_at_the_size_that_shows(qtbot: Any, qgis_app: Any) -> None:
    icons._pixmap.cache_clear()
    with mock.patch.object(icons, "_renderer", side_effect=icons._renderer) as renderer:
        made = _closed(qtbot)
        made.dock.show()
        made.dock.grab()
        at_opening = renderer.call_count
        signed_in(made)
        made.dock.grab()
        with_step_1 = renderer.call_count
    assert 0 < at_opening <= _MOST_DRAWINGS
    assert with_step_1 <= _MOST_DRAWINGS * 2
    made.dock.shut_down()
