"""Step 1, clicked."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QStyle, QStyleOptionViewItem

from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.gui.key_form.services_model import ServicesModel
from gpkeys_plugin.gui.parts import value_words
from gpkeys_plugin.gui.parts.row_content import ROW_ROLE
from gpkeys_plugin.keys.draft import Grant
from gpkeys_plugin.keys.services import catalogue

from .. import fakes, scenes
from ..scenes import Stage

LEFT = Qt.MouseButton.LeftButton
CHECK = Qt.ItemDataRole.CheckStateRole


def box_of(one: Stage, title: str) -> tuple[Any, QPoint]:
    """Return the viewport and the middle of a row's box."""
    view = one.find("servicesTree")
    index = scenes.row(view, title)
    view.scrollTo(index)
    option = QStyleOptionViewItem()
    option.initFrom(view)
    option.rect = view.visualRect(index)
    view.itemDelegate().initStyleOption(option, index)
    box = view.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, view)
    return view.viewport(), box.center()


def state_of(one: Stage, title: str) -> Qt.CheckState:
    return Qt.CheckState(scenes.row(one.find("servicesTree"), title).data(CHECK))


def test_a_click_on_a_box_ticks(one: Stage, qtbot: Any) -> None:
    scenes.signed_in(one)
    viewport, place = box_of(one, fakes.ESTOMPAGE.layer_name)
    qtbot.mouseClick(viewport, LEFT, pos=place)
    assert state_of(one, fakes.ESTOMPAGE.layer_name) == Qt.CheckState.Checked
    assert state_of(one, fakes.SCAN.licence) == Qt.CheckState.PartiallyChecked
    assert one.find("servicesCount").text() == "1 service ticked"


def test_space_ticks_a_whole_group(one: Stage, qtbot: Any) -> None:
    scenes.signed_in(one)
    view = one.find("servicesTree")
    view.setCurrentIndex(scenes.row(view, fakes.TOWN.licence))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert one.find("servicesCount").text() == "3 services ticked"
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert one.find("servicesCount").text() == "No service ticked"


def test_an_offering_of_two_permissions_shows_once_and_can_change(one: Stage) -> None:
    scenes.signed_in(one)
    view = one.find("servicesTree")
    index = scenes.row(view, fakes.PLU.layer_name)
    assert index.parent().data() == fakes.TOWN.licence
    view.setCurrentIndex(index)
    combo = one.find("permissionCombo")
    assert combo.isVisible()
    combo.setCurrentIndex(combo.findData(fakes.TOWN_OLD.id))
    combo.activated.emit(combo.currentIndex())
    one.tick(fakes.PLU.layer_name)
    assert fakes.TOWN_OLD.licence in index.data(ROW_ROLE).details
    assert view.model().grants() == (Grant(fakes.PLU.id, fakes.TOWN_OLD.id),)


def test_a_click_on_a_box_shows_the_permissions_of_its_service(one: Stage, qtbot: Any) -> None:
    scenes.signed_in(one)
    viewport, place = box_of(one, fakes.PLU.layer_name)
    qtbot.mouseClick(viewport, LEFT, pos=place)
    assert [grant.offering_id for grant in one.find("servicesTree").model().grants()] == [fakes.PLU.id]
    assert one.find("permissionCombo").isVisible()


def test_the_context_menu_names_the_permissions(one: Stage) -> None:
    scenes.signed_in(one)
    view = one.find("servicesTree")
    index = scenes.row(view, fakes.PLU.layer_name)
    menu = view.parentWidget().through_menu(index, view.model().choice_at(index))
    assert [action.isChecked() for action in menu.actions()] == [True, False]
    menu.actions()[1].trigger()
    assert view.model().choice_at(index).permission == fakes.TOWN_OLD


def test_expired_and_withdrawn_services_cannot_be_ticked(one: Stage) -> None:
    scenes.signed_in(one)
    view = one.find("servicesTree")
    for title in (fakes.ORTHO.layer_name, fakes.EXPIRED.licence, fakes.GONE.layer_name):
        index = scenes.row(view, title)
        assert index.isValid()
        assert index.data(CHECK) is None
        assert not view.model().setData(index, Qt.CheckState.Checked, CHECK)
    fold = view.model().index(view.model().rowCount() - 1, 0)
    assert fold.data() == "Expired permissions (1)"
    assert not view.isExpanded(fold)


def test_a_row_says_what_it_is(one: Stage) -> None:
    scenes.signed_in(one)
    view = one.find("servicesTree")
    scan = scenes.row(view, fakes.SCAN.licence).data(ROW_ROLE)
    assert scan.warning.startswith("expires in 5 days")
    assert "Personal" in scan.details
    assert "Community" in scenes.row(view, fakes.TOWN.licence).data(ROW_ROLE).details
    assert scenes.row(view, fakes.WATER.licence).data(ROW_ROLE).badges == ("OAuth2 only",)
    spoken = scenes.row(view, fakes.ESTOMPAGE.layer_name).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "rochebrune.scan25.estompage, WMS raster"
    several = scenes.row(view, fakes.PLU.layer_name)
    assert several.data(ROW_ROLE).details == "choice of 2 permissions"
    assert "choose below the list through which one" in several.data(Qt.ItemDataRole.ToolTipRole)


def test_the_search_knows_what_types_are_called_here(one: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(value_words, "offering_type", lambda kind: "Téléchargement" if kind.value == "DOWNLOAD" else "")
    model = ServicesModel()
    model.show_catalogue(catalogue.build(fakes.PERMISSIONS, fakes.NOW), fakes.NOW)
    model.search("telech")
    found = [model.index(row, 0, model.index(0, 0)).data() for row in range(model.rowCount(model.index(0, 0)))]
    assert found == [fakes.ARCHIVE.layer_name]


def test_the_search_narrows_and_keeps_ticks(one: Stage, qtbot: Any) -> None:
    scenes.signed_in(one)
    one.tick(fakes.ESTOMPAGE.layer_name)
    one.type("servicesSearch", "RÉSEAUX")
    qtbot.waitUntil(lambda: one.find("servicesTree").model().rowCount() == 1)
    assert one.find("servicesCount").text() == "1 service ticked (1 hidden by the search)"
    one.tick(fakes.WATER.licence)
    one.find("servicesSearch").clear()
    qtbot.waitUntil(lambda: one.find("servicesTree").model().rowCount() > 1)
    assert one.find("servicesCount").text() == "3 services ticked"


def test_all_that_the_search_shows_is_ticked_and_unticked(one: Stage, qtbot: Any) -> None:
    scenes.signed_in(one)
    one.tick(fakes.ESTOMPAGE.layer_name)
    one.type("servicesSearch", "RÉSEAUX")
    qtbot.waitUntil(lambda: one.find("servicesTree").model().rowCount() == 1)
    qtbot.mouseClick(one.find("tickShownButton"), LEFT)
    assert one.find("servicesCount").text() == "3 services ticked (1 hidden by the search)"
    assert state_of(one, fakes.WATER.licence) == Qt.CheckState.Checked
    qtbot.mouseClick(one.find("untickShownButton"), LEFT)
    assert one.find("servicesCount").text() == "1 service ticked (1 hidden by the search)"


def test_a_search_without_result_says_so(one: Stage, qtbot: Any) -> None:
    scenes.signed_in(one)
    qtbot.keyClicks(one.find("servicesSearch"), "nowhere")
    qtbot.waitUntil(lambda: one.find("servicesNothingFound").isVisible())


def test_the_name_is_checked_while_typing(one: Stage, qtbot: Any) -> None:
    scenes.signed_in(one)
    assert not one.find("keyNameMessage").isVisible()
    one.type("keyNameEdit", "Clé ")
    qtbot.keyClicks(one.find("keyNameEdit"), "1")
    assert "already" in one.find("keyNameMessage").text()
    qtbot.keyClicks(one.find("keyNameEdit"), "2")
    assert not one.find("keyNameMessage").isVisible()


def test_next_explains_what_is_missing(one: Stage, qtbot: Any) -> None:
    scenes.signed_in(one)
    one.find("keyNameEdit").clear()
    qtbot.mouseClick(one.find("nextButton"), LEFT)
    assert one.find("keyNameMessage").isVisible()
    assert one.find("servicesMessage").isVisible()
    assert one.find("keyNameEdit").isVisible()


def test_no_permission_tells_what_to_send(one: Stage, qtbot: Any) -> None:
    scenes.signed_in(one, permissions=())
    assert one.find("noPermissionReason").isVisible()
    qtbot.mouseClick(one.find("copyIdentityButton"), LEFT)
    copied = QGuiApplication.clipboard().text()
    assert fakes.account().id in copied
    assert fakes.account().email in copied
    one.click("lookAgainButton")
    one.new_key_jobs.last("load").on_done(fakes.holdings())
    assert one.find("servicesTree").isVisible()


def test_expired_permissions_are_named(one: Stage) -> None:
    scenes.signed_in(one, permissions=(fakes.EXPIRED,))
    assert fakes.EXPIRED.licence in one.find("noPermissionReason").text()


def test_a_reached_quota_stops_here(one: Stage) -> None:
    scenes.signed_in(one, used=10)
    assert one.find("quotaNotice").isVisible()
    assert not one.find("nextButton").isEnabled()


def test_a_reached_quota_leaves_the_oauth2_key(one: Stage) -> None:
    scenes.signed_in(one, used=10, oauth2="SIG")
    one.tick(fakes.ESTOMPAGE.layer_name)
    one.click("nextButton")
    assert not one.find("createButton").isVisible()
    one.click("extendKeyButton")
    assert one.new_key_jobs.last("extend").values[0].name == "SIG"


def test_loading_can_be_cancelled_and_late_answers_are_dropped(one: Stage, qtbot: Any) -> None:
    one.sign_in.become(SignInState.SIGNED_IN, fakes.account())
    late = one.new_key_jobs.last("load")
    qtbot.mouseClick(one.find("cancelButton"), LEFT)
    assert late.is_cancelled
    late.on_done(fakes.holdings())
    assert not one.find("servicesTree").isVisible()
    one.click("loadAgainButton")
    late.on_failed(fakes.error())
    assert not one.find("messages").isVisible()
    one.new_key_jobs.last("load").on_done(fakes.holdings())
    assert one.find("servicesTree").isVisible()


def test_a_failed_reading_can_be_tried_again(one: Stage, qtbot: Any) -> None:
    one.sign_in.become(SignInState.SIGNED_IN, fakes.account())
    one.new_key_jobs.last("load").on_failed(fakes.error())
    one.click("noticeDetailsButton")
    assert "502" in one.find("noticeDetails").text()
    qtbot.mouseClick(one.find("retryButton"), LEFT)
    assert one.new_key_jobs.count("load") == 2
    one.new_key_jobs.last("load").on_done(fakes.holdings())
    assert not one.find("messages").isVisible()


def test_a_refresh_keeps_ticks_and_tells_what_is_gone(one: Stage) -> None:
    scenes.signed_in(one)
    one.tick(fakes.ESTOMPAGE.layer_name, fakes.TOWN.licence)
    one.click("refreshButton")
    assert one.find("refreshBar").isVisible()
    one.new_key_jobs.last("load").on_done(fakes.holdings((fakes.TOWN,)))
    assert one.find("servicesCount").text() == "3 services ticked"
    assert "1 service" in one.find("lostNotice").text()
    assert not one.find("refreshBar").isVisible()


def test_the_model_is_sound(qgis_app: Any, qtmodeltester: Any) -> None:
    model = ServicesModel()
    model.show_catalogue(catalogue.build(fakes.PERMISSIONS, fakes.NOW), fakes.NOW)
    qtmodeltester.check(model)
    model.search("plu")
    qtmodeltester.check(model)
