"""My keys, clicked: the list, the page of one key, the acts, and what an ended session leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from qgis.PyQt.QtCore import QEvent, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QApplication, QLabel, QPushButton

from gpkeys_plugin.entrepot.errors import Conflict, ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.notices.message_area import Messages
from gpkeys_plugin.gui.notices.notice import Notice
from gpkeys_plugin.gui.parts.row_content import ROW_ROLE
from gpkeys_plugin.jobs.values import Deleted, Failed, RotationRemainder

from .. import fake_my_keys as known
from .. import fakes
from .. import my_keys_scenes as scenes
from ..scenes import Stage
from . import key_test_scenes


def names(one: Stage) -> list[str]:
    """Return the keys in the list, from above."""
    model = one.find("keysList").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def words(one: Stage, key_name: str) -> str:
    """Return all that a row of the list says."""
    model = one.find("keysList").model()
    found = (model.index(row, 0) for row in range(model.rowCount()))
    sentence: str = next(index for index in found if index.data() == key_name).data(ROW_ROLE).sentence
    return sentence


def choose(one: Stage, combo: str, data: object) -> None:
    """Choose an entry of a combo box."""
    box = one.find(combo)
    box.setCurrentIndex(next(row for row in range(box.count()) if box.itemData(row) == data))


def text(one: Stage, name: str) -> str:
    """Return the words of a widget."""
    return str(one.find(name).text())


def notices(one: Stage) -> list[str]:
    """Return what the messages above the pages say."""
    (messages,) = [found for found in one.dock.findChildren(Messages) if found.isVisible()]
    return [notice.text() for notice in messages.findChildren(Notice)]


def test_keys_of_every_kind_are_listed_with_what_was_read(one: Stage) -> None:
    scenes.keys(one)
    assert sorted(names(one)) == sorted(key.name for key in known.KEYS)
    assert "1 expired access" in words(one, known.HASH_KEY.name)
    assert "in QGIS" in words(one, known.HASH_KEY.name)
    assert "expires in" in words(one, known.BASIC_KEY.name)
    assert "unused for 90 days" in words(one, known.OAUTH2_KEY.name)
    assert "opens no service" in words(one, known.HEADER_KEY.name)
    assert "answered with an error" in words(one, known.STRANGE_KEY.name)


def test_the_list_is_read_when_it_is_shown_and_not_before(one: Stage) -> None:
    one.sign_in.become(SignInState.SIGNED_IN, fakes.account())
    one.new_key_jobs.last("load").on_done(known.holdings())
    assert one.my_keys_jobs.count("overviews") == 0
    scenes.tab(one, scenes.MY_KEYS)
    assert one.my_keys_jobs.count("overviews") == 1
    scenes.tab(one, scenes.MY_PERMISSIONS)
    assert one.my_keys_jobs.count("overviews") == 1


def test_search_filters_and_order(one: Stage, qtbot: Any) -> None:
    scenes.keys(one)
    choose(one, "keyTypeCombo", KeyType.BASIC)
    assert names(one) == [known.BASIC_KEY.name]
    choose(one, "keyTypeCombo", None)
    choose(one, "keyServiceCombo", fakes.PLU.type)
    assert set(names(one)) == {known.HASH_KEY.name, known.OAUTH2_KEY.name}
    choose(one, "keyServiceCombo", None)
    one.find("attentionBox").setChecked(True)
    assert len(names(one)) == 5
    one.find("attentionBox").setChecked(False)
    one.type("keysSearch", "URBANISME")
    qtbot.waitUntil(lambda: names(one) == [known.BASIC_KEY.name])
    assert "1" in text(one, "keysCount")


def test_a_filter_that_can_no_longer_be_chosen_filters_no_longer(one: Stage) -> None:
    scenes.keys(one)
    choose(one, "keyTypeCombo", KeyType.BASIC)
    left = known.holdings([key for key in known.KEYS if key.type is not KeyType.BASIC])
    one.click("refreshKeysButton")
    one.new_key_jobs.last("load").on_done(left)
    assert one.find("keyTypeCombo").currentData() is None
    assert sorted(names(one)) == sorted(key.name for key in left.keys)


def test_an_empty_list_says_what_to_do(one: Stage) -> None:
    scenes.listed(one, known.holdings(()))
    assert "You have no access key" in text(one, "keysNothing")


def test_a_list_that_cannot_be_read_can_be_read_again(one: Stage) -> None:
    scenes.listed(one)
    one.my_keys_jobs.last("overviews").on_failed(fakes.error())
    one.click("retryButton")
    assert one.my_keys_jobs.count("overviews") == 2


def test_enter_opens_a_key_and_back_returns_to_it(one: Stage, qtbot: Any) -> None:
    scenes.keys(one)
    scenes.row(one, known.OAUTH2_KEY)
    qtbot.keyClick(one.find("keysList"), Qt.Key.Key_Return)
    one.my_keys_jobs.last("page").on_done(known.page(known.OAUTH2_KEY))
    assert text(one, "pageTitle") == known.OAUTH2_KEY.name
    one.click("backToKeyButton")
    assert one.find("keysList").currentIndex().data() == known.OAUTH2_KEY.name


def test_a_key_that_cannot_be_opened_leads_back_with_a_retry(one: Stage) -> None:
    scenes.keys(one)
    scenes.row(one, known.HASH_KEY)
    one.click("openKeyPageButton")
    one.my_keys_jobs.last("page").on_failed(fakes.error())
    assert one.find("keysList").isVisible()
    one.click("retryButton")
    assert one.my_keys_jobs.count("page") == 2


def test_what_is_copied_holds_the_hash_only_on_request(one: Stage) -> None:
    scenes.key_page(one)
    secret = str(known.page().details.hash)
    one.click("copyKeyUrlButton")
    assert secret not in QApplication.clipboard().text()
    one.click("copyKeyCommandButton")
    assert secret not in QApplication.clipboard().text()
    one.click("copyKeyUrlWithHashButton")
    assert secret in QApplication.clipboard().text()


def test_a_key_of_another_kind_is_explained(one: Stage) -> None:
    scenes.key_page(one, known.page(known.HEADER_KEY, is_held=False, uses=False))
    assert not one.find("rotateKeyButton").isVisible()
    assert not one.find("testKeyButton").isVisible()
    assert one.find("deleteKeyButton").isVisible()
    assert "answered with an error" in text(one, "usageWords")


def test_a_permission_that_ends_leads_to_the_request_for_an_extension(one: Stage) -> None:
    scenes.key_page(one)
    one.click("seePermissionButton")
    assert one.find("dockTabs").currentIndex() == scenes.MY_PERMISSIONS
    assert text(one, "permissionTitle") == fakes.SCAN.licence


def test_what_tells_no_url_is_named(one: Stage) -> None:
    scenes.key_page(one)
    assert any(
        f"no URL for: {known.page().unserved[0].offering.layer_name}" in label.text()
        for label in one.dock.findChildren(QLabel)
    )


def test_the_test_shows_verdicts_as_they_come(one: Stage) -> None:
    key_test_scenes.ended(one)
    assert text(one, "testOverall") == "Services that work: 1 of 3."
    one.click("copyReportButton")
    assert "WFS" in QApplication.clipboard().text()
    one.click("testAgainButton")
    assert one.my_keys_jobs.count("test") == 2
    one.click("stopTestButton")
    assert one.my_keys_jobs.last("test").is_cancelled


def test_a_refused_password_is_said_at_its_field(one: Stage) -> None:
    scenes.connect_basic(one)
    assert not one.find("connectButton").isEnabled()
    one.type("connectPasswordEdit", "essai")
    one.click("connectButton")
    refused = GpkeysError(ErrorCode.INVALID, Text("The services refuse this password."), "test")
    one.my_keys_jobs.last("connect").on_failed(Failed(refused))
    assert "refuse this password" in text(one, "connectPasswordMessage")
    assert text(one, "connectPasswordEdit") == "essai"


def test_a_refused_password_that_left_something_is_said_above_the_form(one: Stage) -> None:
    scenes.connect_basic(one)
    one.type("connectPasswordEdit", "essai")
    one.click("connectButton")
    refused = GpkeysError(ErrorCode.INVALID, Text("The services refuse this password."), "test")
    one.my_keys_jobs.last("connect").on_failed(Failed(refused, (Text("Something stayed."),)))
    assert "refuse this password" in one.find("errorNotice").text()
    assert one.find("stayedNotice").text() == "Something stayed."


def test_a_connected_key_leads_to_its_layers(one: Stage) -> None:
    scenes.connect(one)
    one.click("connectButton")
    one.my_keys_jobs.last("connect").on_done(fakes.created())
    assert one.find("addToMapButton").isVisible()
    one.click("anotherKeyButton")
    assert one.my_keys_jobs.last("page").values[0].id == known.HASH_KEY.id


def test_a_rotation_asks_for_a_new_login_and_a_last_word(one: Stage) -> None:
    scenes.rotate(one)
    assert text(one, "loginEdit") == "urbanisme-rochebrune-2"
    proposed = text(one, "passwordEdit")
    assert len(proposed) > 16
    one.find("passwordEdit").clear()
    one.click("rotateButton")
    assert one.my_keys_jobs.count("rotate") == 0
    one.click("generateButton")
    assert text(one, "passwordEdit") not in ("", proposed)
    one.click("rotateButton")
    _, request = one.my_keys_jobs.last("rotate").values
    assert request.login == "urbanisme-rochebrune-2"
    assert request.password


def test_a_rotation_is_finished_undone_or_put_off(one: Stage) -> None:
    scenes.rotated(one)
    assert "321 requests" in text(one, "rotationOutcomeWords")
    one.click("finishRotationButton")
    one.my_keys_jobs.last("finish_rotation").on_failed(Failed(fakes.error()))
    one.click("undoRotationButton")
    one.my_keys_jobs.last("undo_rotation").on_done()
    assert one.find("keysList").isVisible()


@pytest.mark.parametrize(
    ("stayed", "said"), [((Text("The old key is deleted."),), "Cancelled. The old key is deleted."), ((), "Cancelled.")]
)
@pytest.mark.parametrize("act", ["finish", "undo"])
def test_a_rotation_cancelled_at_its_end_says_what_stayed(
    one: Stage, act: str, stayed: tuple[Text, ...], said: str
) -> None:
    scenes.rotated(one)
    one.click(f"{act}RotationButton")
    one.click("cancelButton")
    assert "taken back" not in text(one, "progressText")
    one.my_keys_jobs.last(f"{act}_rotation").on_failed(Failed(fakes.error(ErrorCode.CANCELLED), stayed))
    assert notices(one) == [said]


@pytest.mark.parametrize("act", ["rotate", "connect"])
def test_an_act_left_half_done_says_so_and_has_the_key_read_again(one: Stage, act: str) -> None:
    scenes.key_page(one)
    one.click(f"{act}KeyButton")
    one.click(f"{act}Button")
    one.my_keys_jobs.last(act).on_failed(Failed(fakes.error(), (Text("One thing stayed."), Text("Another, too."))))
    assert one.find("errorNotice").isVisible()
    assert one.find("stayedNotice").text() == "One thing stayed. Another, too."
    one.click(f"cancel{act.title()}Button")
    assert one.my_keys_jobs.count("page") == 2
    assert one.new_key_jobs.count("load") == 2


@pytest.mark.parametrize(("stayed", "is_pinned"), [((), True), ((Text("Something stayed."),), False)])
def test_a_taken_user_name_comes_back_to_its_field_unless_something_stayed(
    one: Stage, stayed: tuple[Text, ...], is_pinned: bool
) -> None:
    scenes.key_page(one, known.page(known.BASIC_KEY))
    one.click("rotateKeyButton")
    one.type("passwordEdit", "Autre-mot-de-passe-27")
    one.click("rotateButton")
    one.my_keys_jobs.last("rotate").on_failed(Failed(fakes.conflict(Conflict.LOGIN, "Taken."), stayed))
    assert one.find("loginMessage").isVisible() is is_pinned
    assert one.find("messages").isVisible() is not is_pinned


def test_a_rotation_is_told_of_as_long_as_its_record_stands(one: Stage) -> None:
    scenes.key_page(one)
    one.click("rotateKeyButton")
    one.click("rotateButton")
    view = RotationRemainder("r1", known.HASH_KEY.name, known.HASH_KEY.id, Text("Interrupted."))
    scenes.tab(one, 0)
    for unfinished in ((), (view,), ()):
        one.my_keys_jobs.unfinished = unfinished
        one.click("refreshButton")
        one.new_key_jobs.last("load").on_done(known.holdings())
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert len(one.dock.findChildren(QPushButton, "showRotationButton")) == len(unfinished)


def test_a_full_quota_stops_a_rotation_beforehand(one: Stage) -> None:
    scenes.keys(one, known.holdings(quota=5))
    scenes.row(one, known.HASH_KEY)
    one.click("openKeyPageButton")
    one.my_keys_jobs.last("page").on_done(known.page())
    one.click("rotateKeyButton")
    assert not one.find("rotateButton").isEnabled()
    assert one.find("rotationObstacle").isVisible()


@pytest.mark.parametrize("also", [True, False])
def test_a_deletion_says_what_stops_and_asks_once(one: Stage, also: bool) -> None:
    scenes.delete(one)
    effects = text(one, "deleteEffects")
    assert "Estompage SCAN 25" in effects
    assert "1,234 requests" in effects
    assert one.find("removeFromQgisBox").isChecked()
    one.find("removeFromQgisBox").setChecked(also)
    one.click("deleteButton")
    assert one.my_keys_jobs.last("delete").values[2] is also
    reads = one.my_keys_jobs.count("overviews")
    one.my_keys_jobs.last("delete").on_done(Deleted(known.BASIC_KEY.name))
    assert one.find("keysList").isVisible()
    assert known.BASIC_KEY.name not in names(one)
    assert (one.new_key_jobs.count("load"), one.my_keys_jobs.count("overviews")) == (1, reads)


def test_an_ended_session_keeps_the_page_and_asks_to_sign_in(one: Stage) -> None:
    scenes.edit_filters(one)
    one.click("saveButton")
    ended = GpkeysError(ErrorCode.TOKEN_REFUSED, Text("Ended."), "test")
    one.my_keys_jobs.last("edit").on_failed(Failed(ended))
    assert ("token_refused", "") in one.sign_in.calls
    assert "interne" in text(one, "changesLabel")


def test_another_account_finds_nothing_of_the_one_before(one: Stage) -> None:
    scenes.key_page(one)
    one.sign_in.become(SignInState.SIGNED_IN, replace(fakes.account(), id="autre"))
    one.new_key_jobs.last("load").on_done(known.holdings(()))
    scenes.tab(one, scenes.MY_KEYS)
    assert names(one) == []


def test_permissions_tell_their_keys_and_write_the_letter(one: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    scenes.permissions(one)
    model = one.find("permissionsList").model()
    assert model.rowCount() == 4
    one.find("permissionsCombo").setCurrentIndex(1)
    assert text(one, "permissionTitle") == fakes.EXPIRED.licence
    assert known.HASH_KEY.name in text(one, "permissionWords")
    one.click("writeLetterButton")
    (url,) = opened
    assert url.scheme() == "mailto"
    letter = QUrl.fromPercentEncoding(url.toEncoded())
    assert fakes.EXPIRED.id in letter
    assert "ended on" in letter
    assert letter.count("\n") == letter.count("\r\n") > 0
    assert "to the producer" in text(one, "permissionMessage")
    one.click("copyLetterButton")
    assert fakes.ORTHO.layer_name in QApplication.clipboard().text()


def test_without_a_mail_program_the_letter_can_still_be_copied(one: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    scenes.permissions(one)
    one.click("writeLetterButton")
    assert "copy the request" in text(one, "permissionMessage")


def test_no_extension_is_asked_for_where_there_is_no_end(one: Stage) -> None:
    scenes.permissions(one)
    view = one.find("permissionsList")
    for row in range(view.model().rowCount()):
        view.setCurrentIndex(view.model().index(row, 0))
        ends = view.currentIndex().data() != fakes.WATER.licence
        assert [one.find(name).isEnabled() for name in ("writeLetterButton", "copyLetterButton")] == [ends] * 2


def test_permissions_say_until_when_whose_and_who_uses_them(one: Stage) -> None:
    scenes.listed(one)
    scenes.tab(one, scenes.MY_PERMISSIONS)
    assert "who uses it is not known" in text(one, "permissionWords")
    assert "Personal" in text(one, "permissionWords")
    call = one.my_keys_jobs.last("overviews")
    for row in known.rows():
        call.on_part([replace(row, accesses=(), problem=None)])
    call.on_done()
    assert "No key uses it." in text(one, "permissionWords")
