"""The window by keyboard: Tab goes as one reads, Esc goes back, and every stop says what it is."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QContextMenuEvent
from qgis.PyQt.QtWidgets import (
    QApplication,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolTip,
    QWidget,
)

from gpkeys_plugin.gui.keyboard import row_hints
from gpkeys_plugin.gui.keyboard.reading_order import ReadInOrder, stops

from .. import fake_my_keys as known
from .. import fakes, my_keys_scenes, scenes
from ..looks.all_scenes import SCENES
from ..scenes import Stage, stage


def _walked(one: Stage, qtbot: Any) -> list[QWidget]:
    """Return where Tab stops, from the first stop round to it again."""
    content = one.dock.widget()
    first = stops(content)[0]
    first.setFocus()
    found = [first]
    while True:
        qtbot.keyClick(content.focusWidget(), Qt.Key.Key_Tab)
        focused = content.focusWidget()
        if focused is first or len(found) > 200:
            return found
        found.append(focused)


def _top(one: Stage, widget: QWidget) -> int:
    return int(widget.mapTo(one.dock, QPoint(0, 0)).y())


@pytest.mark.parametrize(
    "name", ["remainder", "step_2_basic", "step_2_filters", "keys_changes_left", "key_hash", "repair", "share"]
)
def test_tab_goes_from_above_to_below_and_through_all(one: Stage, qtbot: Any, name: str) -> None:
    one.dock.resize(380, 4000)
    SCENES[name](one)
    one.dock.activateWindow()
    qtbot.waitExposed(one.dock)
    walked = _walked(one, qtbot)
    content = one.dock.widget()
    assert walked == stops(content)
    assert len(set(map(id, walked))) == len(walked)
    places = [(_top(one, widget), widget) for widget in walked if not isinstance(widget, QScrollArea)]
    falls = [
        (above.objectName(), below.objectName())
        for (before, above), (after, below) in zip(places, places[1:])
        if after + below.height() <= before
    ]
    assert falls == []


def test_fields_come_before_the_footer_where_the_page_scrolls(one: Stage) -> None:
    scenes.SCENES["step_2_basic"](one)
    one.dock.resize(300, 400)
    names = [widget.objectName() for widget in stops(one.dock.widget())]
    assert names.index("passwordEdit") < names.index("backButton") < names.index("createButton")


def test_what_is_wrong_with_a_field_is_its_description(one: Stage) -> None:
    scenes.signed_in(one)
    one.type("keyNameEdit", "")
    one.click("nextButton")
    said = one.find("keyNameMessage").text()
    assert said
    assert one.find("keyNameEdit").accessibleDescription() == said


def test_the_hint_of_a_row_comes_to_who_rests_on_it_by_keyboard(
    one: Stage, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_hints, "REST_MS", 0)
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _view: shown.append(text))
    one = stage()
    qtbot.addWidget(one.dock)
    one.dock.show()
    scenes.signed_in(one)
    view = one.find("servicesTree")
    view.setCurrentIndex(scenes.row(view, fakes.PLU.layer_name))
    qtbot.wait(5)
    assert shown == []
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(shown))
    assert "choose below the list through which one" in shown[-1]
    spoken = view.currentIndex().data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "choose below the list through which one" in spoken
    assert "<p>" not in spoken
    one.dock.shut_down()


def test_the_menu_of_a_row_opens_by_keyboard(one: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QMenu, "exec", lambda menu, _place: opened.extend(act.text() for act in menu.actions()))
    scenes.signed_in(one)
    view = one.find("servicesTree")
    view.setCurrentIndex(scenes.row(view, fakes.PLU.layer_name))
    middle = view.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, view.mapToGlobal(middle))
    QApplication.sendEvent(view, event)
    assert any(fakes.TOWN_OLD.licence in text for text in opened)


def test_esc_goes_back_from_each_page_of_a_key(one: Stage, qtbot: Any) -> None:
    my_keys_scenes.key_page(one, known.page(known.BASIC_KEY))
    for button, stays in (("editKeyButton", "keyNameEdit"), ("rotateKeyButton", "loginEdit")):
        one.click(button)
        qtbot.keyClick(one.find(stays), Qt.Key.Key_Escape)
        assert one.find("editKeyButton").isVisible()
    qtbot.keyClick(one.find("editKeyButton"), Qt.Key.Key_Escape)
    assert one.find("keysList").isVisible()


def test_esc_closes_the_message_that_has_the_focus(one: Stage, qtbot: Any) -> None:
    my_keys_scenes.SCENES["keys_failed"](one)
    qtbot.keyClick(one.find("noticeCloseButton"), Qt.Key.Key_Escape)
    assert not any(found.isVisible() for found in one.dock.findChildren(QWidget, "errorNotice"))


def test_tab_leaves_the_container_after_its_last_stop(qtbot: Any) -> None:
    window, box = QWidget(), ReadInOrder()
    before, after, second, first = QLineEdit(window), QLineEdit(window), QLineEdit(box), QLineEdit(box)
    second.move(0, 60)
    for place, part in ((0, before), (40, box), (200, after)):
        part.setParent(window)
        part.move(0, place)
    qtbot.addWidget(window)
    window.show()
    second.setFocus()
    qtbot.keyClick(second, Qt.Key.Key_Tab)
    assert window.focusWidget() in (before, after)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert window.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Backtab)
    assert window.focusWidget() is first
    qtbot.keyClick(first, Qt.Key.Key_Backtab)
    assert window.focusWidget() in (before, after)


def test_what_is_disabled_hands_the_keyboard_to_what_stands_before_it(qtbot: Any) -> None:
    window, box = QWidget(), ReadInOrder()
    outside = QLineEdit(window)
    before, focused, deletes = (QPushButton(box) for _ in range(3))
    for place, button in enumerate((before, focused, deletes)):
        button.move(0, place * 40)
    box.setParent(window)
    box.move(0, 60)
    qtbot.addWidget(window)
    window.show()
    focused.setFocus()
    focused.setEnabled(False)
    assert window.focusWidget() is before
    assert window.focusWidget() is not outside


def test_a_key_that_opens_takes_the_keyboard_to_its_first_act(one: Stage, qtbot: Any) -> None:
    my_keys_scenes.keys(one)
    keys = one.find("keysList")
    keys.setFocus()
    qtbot.keyClick(keys, Qt.Key.Key_Home)
    qtbot.keyClick(keys, Qt.Key.Key_Return)
    assert one.dock.focusWidget().objectName() == "backToKeyButton"
    one.my_keys_jobs.last("page").on_done(known.page())
    assert one.dock.focusWidget().objectName() == "addKeyToMapButton"
