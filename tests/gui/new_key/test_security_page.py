"""Step 2, clicked, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import QEvent, QPointF, Qt
from qgis.PyQt.QtGui import QGuiApplication, QMouseEvent
from qgis.PyQt.QtWidgets import QLineEdit

from gpkeys_plugin.entrepot.errors import Conflict, ErrorCode
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.values import CreationRemainder, Failed
from gpkeys_plugin.keys.draft import Grant, HashStorage, KeyDraft

from .. import fakes, scenes
from ..scenes import Stage

LEFT = Qt.MouseButton.LeftButton
LEFTOVER = CreationRemainder("k-half", "QGIS", Text("The key “{name}” is only half made.", {"name": "QGIS"}))


def created_draft(one: Stage) -> KeyDraft:
    draft = one.new_key_jobs.last("create").values[0]
    assert isinstance(draft, KeyDraft)
    return draft


def filled_in(one: Stage) -> None:
    scenes.step_2(one)
    one.type("loginEdit", "voirie")
    one.click("generateButton")


def test_a_basic_key_is_made_of_what_was_typed(one: Stage, qtbot: Any) -> None:
    scenes.step_2(one)
    one.find("loginEdit").clear()
    qtbot.keyClicks(one.find("loginEdit"), "voirie")
    qtbot.mouseClick(one.find("generateButton"), LEFT)
    qtbot.mouseClick(one.find("createButton"), LEFT)
    draft = created_draft(one)
    assert (draft.name, draft.type, draft.login) == ("QGIS, service voirie", KeyType.BASIC, "voirie")
    assert draft.password == one.find("passwordEdit").text()
    assert set(draft.grants) == {Grant("of-rochebrune.scan25.estompage", "p-scan"), Grant(fakes.PLU.id, "p-town")}
    assert one.find("progressTitle").isVisible()


def test_the_password_can_be_shown_judged_and_copied(one: Stage, qtbot: Any) -> None:
    scenes.step_2(one)
    edit = one.find("passwordEdit")
    assert edit.echoMode() == QLineEdit.EchoMode.Normal
    qtbot.mouseClick(one.find("showPasswordButton"), LEFT)
    assert edit.echoMode() == QLineEdit.EchoMode.Password
    edit.clear()
    qtbot.keyClicks(edit, "azerty")
    assert one.find("passwordStrength").text() == "Very weak"
    qtbot.mouseClick(one.find("showPasswordButton"), LEFT)
    assert edit.echoMode() == QLineEdit.EchoMode.Normal
    qtbot.mouseClick(one.find("copyPasswordButton"), LEFT)
    assert QGuiApplication.clipboard().text() == "azerty"


def test_create_explains_what_is_missing(one: Stage, qtbot: Any) -> None:
    scenes.step_2(one)
    for name in ("loginEdit", "passwordEdit"):
        one.find(name).clear()
    assert not one.find("loginMessage").isVisible()
    qtbot.mouseClick(one.find("createButton"), LEFT)
    assert one.find("loginMessage").isVisible()
    assert one.find("passwordMessage").isVisible()
    assert one.new_key_jobs.count("create") == 0


@pytest.mark.parametrize(("login", "said_by"), [("ab", "loginMessage"), ("voirie", "passwordMessage")])
def test_what_is_two_characters_long_is_asked_about_once(one: Stage, login: str, said_by: str) -> None:
    scenes.step_2(one)
    one.type("loginEdit", login)
    one.type("passwordEdit", "x7" if login == "voirie" else "q7-mirador-Plume-42")
    one.click("createButton")
    assert one.new_key_jobs.count("create") == 0
    assert "once more" in one.find(said_by).text()
    one.click("createButton")
    assert created_draft(one).login == login


def test_another_short_user_name_is_asked_about_again(one: Stage) -> None:
    scenes.step_2(one)
    one.type("passwordEdit", "q7-mirador-Plume-42")
    for login in ("ab", "cd"):
        one.type("loginEdit", login)
        one.click("createButton")
    assert one.new_key_jobs.count("create") == 0


def test_a_hash_key_stays_in_the_url_by_default(one: Stage) -> None:
    scenes.step_2(one)
    one.click("hashRadio")
    one.click("createButton")
    assert created_draft(one).type is KeyType.HASH
    assert created_draft(one).hash_storage is HashStorage.URL


def test_a_hash_can_go_into_a_header(one: Stage) -> None:
    scenes.step_2(one)
    one.click("hashRadio")
    one.click("hashInHeaderRadio")
    one.click("createButton")
    assert created_draft(one).hash_storage is HashStorage.HEADER


def test_the_default_storage_is_that_of_the_options(one: Stage) -> None:
    one.set_up.storage = HashStorage.HEADER
    scenes.step_2(one)
    assert one.find("hashInHeaderRadio").isChecked()


def test_without_the_header_method_it_is_not_offered(one: Stage) -> None:
    one.new_key_jobs.has_header_method = False
    one.set_up.storage = HashStorage.HEADER
    scenes.step_2(one)
    one.click("hashRadio")
    assert not one.find("hashInHeaderRadio").isEnabled()
    assert one.find("hashInUrlRadio").isChecked()
    assert "3.24" in one.find("hashInHeaderReason").text()


def test_a_click_on_a_card_chooses_it(one: Stage) -> None:
    scenes.step_2(one)
    card = one.find("oauth2Radio").parentWidget()
    place = QPointF(card.rect().bottomRight())
    event = QMouseEvent(QEvent.Type.MouseButtonPress, place, LEFT, LEFT, Qt.KeyboardModifier.NoModifier)
    card.mousePressEvent(event)
    one.click("createButton")
    assert created_draft(one).type is KeyType.OAUTH2


def test_the_arrow_keys_choose_a_type(one: Stage, qtbot: Any) -> None:
    scenes.step_2(one)
    one.find("basicRadio").setFocus()
    qtbot.keyClick(one.find("basicRadio"), Qt.Key.Key_Down)
    assert one.find("hashRadio").isChecked()
    one.type("keyNameEdit", "Another name")
    assert one.find("hashRadio").isChecked()


def test_an_existing_oauth2_key_is_offered_the_services(one: Stage, qtbot: Any) -> None:
    scenes.step_2(one, oauth2="SIG")
    assert not one.find("oauth2Radio").isEnabled()
    assert "SIG" in one.find("oauth2RadioReason").text()
    qtbot.mouseClick(one.find("extendKeyButton"), LEFT)
    key, grants, _ = one.new_key_jobs.last("extend").values
    assert key.name == "SIG"
    assert len(grants) == 2
    one.new_key_jobs.last("extend").on_done(fakes.created(KeyType.OAUTH2))
    assert "added" in one.find("resultNotice").text()


def test_an_only_oauth_service_forces_oauth2_and_gives_the_choice_back(one: Stage) -> None:
    scenes.step_2(one, fakes.EAU.layer_name)
    assert one.find("oauth2Radio").isChecked()
    assert not one.find("basicRadio").isEnabled()
    assert one.find("forcedNotice").isVisible()
    one.click("backButton")
    view = one.find("servicesTree")
    water = scenes.row(view, fakes.EAU.layer_name)
    view.model().setData(water, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    one.tick(fakes.ESTOMPAGE.layer_name)
    one.click("nextButton")
    assert one.find("basicRadio").isChecked()
    assert not one.find("forcedNotice").isVisible()


def test_forced_with_an_existing_key_leaves_adding_only(one: Stage) -> None:
    scenes.signed_in(one, oauth2="SIG")
    one.tick(fakes.EAU.layer_name)
    one.click("nextButton")
    assert not one.find("createButton").isVisible()
    assert not one.find("loginEdit").isVisible()
    one.click("extendKeyButton")
    assert one.new_key_jobs.count("extend") == 1


def test_back_keeps_everything(one: Stage, qtbot: Any) -> None:
    filled_in(one)
    secret = one.find("passwordEdit").text()
    qtbot.mouseClick(one.find("backButton"), LEFT)
    assert one.find("keyNameEdit").text() == "QGIS, service voirie"
    qtbot.mouseClick(one.find("nextButton"), LEFT)
    assert (one.find("loginEdit").text(), one.find("passwordEdit").text()) == ("voirie", secret)


def test_the_filters_are_sent_as_typed(one: Stage, qtbot: Any) -> None:
    filled_in(one)
    assert not one.find("addressesCombo").isVisible()
    qtbot.mouseClick(one.find("filtersFold"), LEFT)
    one.find("addressesCombo").setCurrentIndex(2)
    qtbot.keyClicks(one.find("addressesEdit"), "192.0.2.0/24")
    qtbot.keyClick(one.find("addressesEdit"), Qt.Key.Key_Return)
    qtbot.keyClicks(one.find("addressesEdit"), "2001:db8::/32")
    one.click("qgisOnlyButton")
    assert one.find("userAgentSent").text() == "What will be sent: .*QGIS/.*"
    one.click("createButton")
    filters = created_draft(one).filters
    assert filters.blacklist == ("192.0.2.0/24", "2001:db8::/32")
    assert filters.whitelist == ()
    assert filters.user_agent == "QGIS/"


def test_a_wrong_address_is_named_at_its_field(one: Stage, qtbot: Any) -> None:
    filled_in(one)
    one.click("filtersFold")
    one.find("addressesCombo").setCurrentIndex(1)
    qtbot.keyClicks(one.find("addressesEdit"), "192.0.2.300")
    assert "192.0.2.300" in one.find("whitelistMessage").text()
    one.click("filtersFold")
    one.click("createButton")
    assert one.new_key_jobs.count("create") == 0
    assert one.find("whitelistMessage").isVisible()


def test_a_filter_that_shuts_this_qgis_out_only_warns(one: Stage, qtbot: Any) -> None:
    filled_in(one)
    one.click("filtersFold")
    qtbot.keyClicks(one.find("userAgentEdit"), "lizmap")
    assert "this very QGIS" in one.find("user_agentMessage").text()
    one.click("createButton")
    assert one.new_key_jobs.count("create") == 1


def test_a_taken_login_comes_back_to_its_field(one: Stage, qtbot: Any) -> None:
    filled_in(one)
    one.click("createButton")
    failure = Failed(fakes.conflict(Conflict.LOGIN, "Taken already."))
    one.new_key_jobs.last("create").on_failed(failure)
    assert one.find("loginMessage").isVisible()
    assert "Taken already." in one.find("loginMessage").text()
    assert not one.find("messages").isVisible()
    assert one.find("passwordEdit").text()
    qtbot.keyClicks(one.find("loginEdit"), "2")
    assert not one.find("loginMessage").isVisible()


def test_a_taken_name_comes_back_to_step_1(one: Stage) -> None:
    filled_in(one)
    one.click("createButton")
    one.new_key_jobs.last("create").on_failed(Failed(fakes.conflict(Conflict.NAME, "Taken.")))
    assert one.find("keyNameMessage").isVisible()


def test_a_failure_without_a_field_can_be_tried_again(one: Stage, qtbot: Any) -> None:
    filled_in(one)
    one.click("createButton")
    one.new_key_jobs.last("create").on_failed(Failed(fakes.error(ErrorCode.CONNECTION)))
    assert one.find("loginEdit").isVisible()
    qtbot.mouseClick(one.find("retryButton"), LEFT)
    assert one.new_key_jobs.count("create") == 2


def test_cancel_waits_for_the_clean_up_and_keeps_what_was_typed(one: Stage, qtbot: Any) -> None:
    filled_in(one)
    one.click("createButton")
    call = one.new_key_jobs.last("create")
    call.on_progress(30, Text("Creating"))
    qtbot.mouseClick(one.find("cancelButton"), LEFT)
    assert call.is_cancelled
    assert not one.find("cancelButton").isEnabled()
    call.on_failed(Failed(fakes.error(ErrorCode.CANCELLED)))
    assert one.find("loginEdit").text() == "voirie"
    assert one.find("cancelledNotice").isVisible()
    call.on_done(fakes.created())
    assert not one.find("resultNotice").isVisible()


def test_a_cancelled_extension_says_what_stayed(one: Stage) -> None:
    filled_in(one)
    one.click("createButton")
    failure = Failed(fakes.error(ErrorCode.CANCELLED), (Text("Something stayed."),))
    one.new_key_jobs.last("create").on_failed(failure)
    assert one.find("cancelledNotice").text() == "Cancelled. What you typed is still here. Something stayed."


def test_a_remainder_can_be_finished(one: Stage, qtbot: Any) -> None:
    filled_in(one)
    one.click("createButton")
    one.new_key_jobs.last("create").on_failed(Failed(fakes.error(), remainder=LEFTOVER))
    qtbot.mouseClick(one.find("finishButton"), LEFT)
    one.new_key_jobs.last("finish").on_done(fakes.created())
    assert one.find("resultNotice").isVisible()
    one.new_key_jobs.last("load").on_done(fakes.holdings())
    assert one.dock.findChildren(type(one.find("messages")), "remainder-k-halfNotice") == []


def test_a_remainder_of_last_time_can_be_undone(one: Stage, qtbot: Any) -> None:
    one.new_key_jobs.left = (LEFTOVER,)
    scenes.signed_in(one)
    qtbot.mouseClick(one.find("undoButton"), LEFT)
    one.new_key_jobs.left = ()
    one.new_key_jobs.last("undo").on_done()
    assert not one.find("messages").isVisible()
    assert one.find("servicesTree").isVisible()


def test_an_undo_that_fails_keeps_its_bar(one: Stage) -> None:
    one.new_key_jobs.left = (LEFTOVER,)
    scenes.signed_in(one)
    one.click("undoButton")
    one.new_key_jobs.last("undo").on_failed(Failed(fakes.error()))
    assert one.find("errorNotice").isVisible()
    one.click("otherMessagesButton")
    assert one.find("remainder-k-halfNotice").isVisible()


def test_an_undo_begun_while_the_services_are_read_ends_on_a_page(one: Stage) -> None:
    one.new_key_jobs.left = (LEFTOVER,)
    scenes.signed_in(one, permissions=())
    one.click("lookAgainButton")
    one.click("undoButton")
    one.new_key_jobs.last("load").on_done(fakes.holdings())
    one.new_key_jobs.last("undo").on_failed(Failed(fakes.error()))
    assert one.find("servicesTree").isVisible()
    assert one.find("errorNotice").isVisible()


def test_closing_while_creating_is_quiet(one: Stage) -> None:
    filled_in(one)
    one.click("createButton")
    call = one.new_key_jobs.last("create")
    one.dock.shut_down()
    assert call.is_cancelled
    call.on_progress(50, Text("late"))
    call.on_done(fakes.created())
    call.on_failed(Failed(fakes.error()))
    assert not one.find("resultNotice").isVisible()
