"""What is done for the user on the way to a key: proposals, the keyboard where the next act is, Enter and Esc."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Iterator

import pytest
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QApplication, QMainWindow, QTextEdit

from gpkeys_plugin.entrepot.models import KeyType, Permission
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.gui.new_key.security_page import SecurityPage
from gpkeys_plugin.gui.new_key.wizard import KeyWizard
from gpkeys_plugin.jobs.window import window_memory
from gpkeys_plugin.keys.draft import Grant

from .. import fakes, scenes
from ..scenes import Stage

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def in_qgis(one: Stage, qtbot: Any) -> Iterator[QMainWindow]:
    """The dock in a window that has another place to type in."""
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QTextEdit())
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, one.dock)
    window.show()
    yield window
    window.removeDockWidget(one.dock)
    one.dock.setParent(None)


def held(window: QMainWindow) -> str:
    """Which widget has the keyboard."""
    focused = window.focusWidget()
    return str(focused.objectName()) if focused is not None else ""


def press(window: QMainWindow, key: Qt.Key, *, is_repeated: bool = False) -> None:
    """Press a key, for whatever has the keyboard."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "\r", is_repeated)
    QApplication.sendEvent(window.focusWidget(), event)


def sign_in(one: Stage, **having: Any) -> None:
    one.find("signInButton").setFocus()
    one.click("signInButton")
    scenes.signed_in(one, **having)


def test_the_keyboard_goes_from_the_sign_in_to_the_name_and_stays_in_the_dock(one: Stage, in_qgis: QMainWindow) -> None:
    one.find("signInButton").setFocus()
    one.click("signInButton")
    assert held(in_qgis) == "cancelSignInButton"
    held_back = fakes.holdings()
    one.sign_in.become(SignInState.SIGNED_IN, held_back.account)
    assert held(in_qgis) == "progressBar"
    one.new_key_jobs.last("load").on_done(held_back)
    assert held(in_qgis) == "keyNameEdit"
    assert one.find("keyNameEdit").selectedText() == one.find("keyNameEdit").text() != ""


def test_who_types_elsewhere_in_qgis_keeps_the_keyboard(one: Stage, in_qgis: QMainWindow) -> None:
    in_qgis.centralWidget().setFocus()
    scenes.signed_in(one)
    assert in_qgis.focusWidget() is in_qgis.centralWidget()


def test_who_asks_for_the_dock_can_sign_in_with_enter(one: Stage, in_qgis: QMainWindow) -> None:
    in_qgis.centralWidget().setFocus()
    one.dock.take_focus()
    press(in_qgis, ENTER)
    assert one.sign_in.calls[-1][0] == "sign_in"


def test_enter_alone_leads_from_the_name_to_the_key_and_esc_back(one: Stage, in_qgis: QMainWindow) -> None:
    sign_in(one)
    one.tick(fakes.PLU.layer_name)
    press(in_qgis, ENTER)
    assert held(in_qgis) == "basicRadio"
    press(in_qgis, ESC)
    assert held(in_qgis) == "keyNameEdit"
    press(in_qgis, ENTER)
    press(in_qgis, ENTER)
    assert one.new_key_jobs.count("create") == 1
    # An Enter too many does not take back what was begun.
    press(in_qgis, ENTER)
    assert not one.new_key_jobs.last("create").is_cancelled
    press(in_qgis, ESC)
    assert one.new_key_jobs.last("create").is_cancelled


def test_a_held_enter_goes_nowhere(one: Stage, in_qgis: QMainWindow) -> None:
    sign_in(one)
    one.tick(fakes.PLU.layer_name)
    press(in_qgis, ENTER, is_repeated=True)
    assert one.find("keyNameEdit").isVisible()


def test_enter_presses_the_button_that_has_the_keyboard(one: Stage, in_qgis: QMainWindow) -> None:
    sign_in(one)
    one.tick(fakes.PLU.layer_name)
    press(in_qgis, ENTER)
    one.find("backButton").setFocus()
    press(in_qgis, ENTER)
    assert one.find("keyNameEdit").isVisible()
    assert one.new_key_jobs.count("create") == 0


def test_enter_in_the_search_goes_to_what_is_found(one: Stage, in_qgis: QMainWindow) -> None:
    sign_in(one)
    one.find("servicesSearch").setFocus()
    press(in_qgis, ENTER)
    assert held(in_qgis) == "servicesTree"
    assert not one.find("servicesMessage").isVisible()


def test_the_name_follows_the_ticks_until_one_is_given(one: Stage) -> None:
    scenes.signed_in(one)
    one.tick(fakes.PLU.layer_name)
    assert one.find("keyNameEdit").text() == fakes.TOWN.licence
    one.type("keyNameEdit", "Voirie")
    one.tick(fakes.ESTOMPAGE.layer_name)
    assert one.find("keyNameEdit").text() == "Voirie"
    one.type("keyNameEdit", "")
    one.tick(fakes.SCAN25.layer_name)
    assert one.find("keyNameEdit").text() == ""


def test_a_basic_key_is_made_with_nothing_typed(one: Stage) -> None:
    scenes.signed_in(one, permissions=(Permission("p", "Clé 1", offerings=(fakes.PLU,)),))
    one.tick(fakes.PLU.layer_name)
    one.click("nextButton")
    one.click("createButton")
    draft = one.new_key_jobs.last("create").values[0]
    assert draft.name == "Clé 1 (2)"
    assert draft.login.startswith("cle-1-2-")
    assert len(draft.password) >= 20
    assert not one.find("loginMessage").isVisible()


def test_the_user_name_follows_the_key_s_until_one_is_given(one: Stage) -> None:
    scenes.step_2(one)
    secret = one.find("passwordEdit").text()
    assert one.find("loginEdit").text().startswith("qgis-service-voirie-")
    assert one.find("loginEdit").cursorPosition() == 0
    one.click("backButton")
    one.type("keyNameEdit", "Eau")
    one.click("nextButton")
    assert one.find("loginEdit").text().startswith("eau-")
    assert one.find("passwordEdit").text() == secret
    one.type("loginEdit", "mien")
    one.click("backButton")
    one.type("keyNameEdit", "Bois")
    one.click("nextButton")
    assert one.find("loginEdit").text() == "mien"


def test_the_layers_go_to_the_map_as_soon_as_the_key_is_made(one: Stage) -> None:
    scenes.step_2(one)
    one.click("addLayersBox")
    one.click("createButton")
    created = fakes.created(KeyType.BASIC)
    one.new_key_jobs.last("create").on_done(created)
    assert one.new_key_jobs.last("add_to_map").values == (created, created.layers)


def test_that_the_map_is_to_be_left_alone_is_remembered(one: Stage) -> None:
    scenes.step_2(one)
    one.find("addLayersBox").setChecked(True)
    one.click("addLayersBox")
    one.click("createButton")
    one.new_key_jobs.last("create").on_done(fakes.created(KeyType.BASIC))
    assert one.new_key_jobs.count("add_to_map") == 0
    assert not window_memory.ADDS_NEW_LAYERS.get()
    one.click("anotherKeyButton")
    one.tick(fakes.PLU.layer_name)
    one.click("nextButton")
    assert not one.find("addLayersBox").isChecked()


def test_many_layers_are_not_added_unasked(one: Stage) -> None:
    scenes.step_2(one)
    one.click("addLayersBox")
    one.click("createButton")
    created = fakes.created(KeyType.BASIC)
    one.new_key_jobs.last("create").on_done(replace(created, layers=created.layers * 7))
    assert one.new_key_jobs.count("add_to_map") == 0
    assert one.find("addToMapButton").isEnabled()


def test_a_key_for_layers_that_are_there_leaves_the_map_alone(one: Stage) -> None:
    scenes.signed_in(one)
    one.dock.findChild(KeyWizard).propose("Eau", ())
    assert not one.find("addLayersBox").isChecked()


def test_step_2_shows_from_its_beginning_each_time(one: Stage, qtbot: Any) -> None:
    scenes.step_2(one)
    one.dock.resize(380, 600)
    one.dock.show()
    bar = one.dock.findChild(SecurityPage).scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    one.click("backButton")
    one.click("nextButton")
    assert bar.value() == 0


def test_of_what_is_ticked_beforehand_the_first_is_in_sight(one: Stage) -> None:
    scenes.signed_in(one)
    one.dock.resize(380, 600)
    one.dock.show()
    one.dock.findChild(KeyWizard).propose("Eau", (Grant(fakes.EAU.id, fakes.WATER.id),))
    view = one.find("servicesTree")
    place = view.visualRect(scenes.row(view, fakes.EAU.layer_name))
    assert view.viewport().rect().contains(place)
