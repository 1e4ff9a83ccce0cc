"""The page that mends the layers of the open project."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.keyboard.reading_order import stops
from gpkeys_plugin.gui.repair.group_section import GroupSection
from gpkeys_plugin.gui.repair.repair_page import RepairPage
from gpkeys_plugin.jobs.repair.repair_values import Undone, WhereKept
from gpkeys_plugin.jobs.running.translate import written_day
from gpkeys_plugin.jobs.values import ConnectRequest, Failed
from gpkeys_plugin.keys.draft import Grant
from gpkeys_plugin.keys.layer_needs.needs import Cause
from gpkeys_plugin.keys.layer_needs.remedies import CouldBeOpenedBy, MayBeOpened
from tests.cpu_time import times_as_long
from tests.gui import fake_my_keys, fake_repair, fakes, repair_scenes
from tests.gui.scenes import Stage

_ENDED = written_day(date(2026, 10, 26))
# What is shown of many layers takes less than so many times what it takes to find them.
_MOST_FINDS = 20
_NAMES = tuple(found.name for found in fake_repair.SHEETS)


def sections(one: Stage) -> list[GroupSection]:
    """Return the groups as they stand on the page."""
    QApplication.processEvents()
    found = [section for section in one.dock.findChildren(GroupSection) if section.isVisible()]
    return sorted(found, key=lambda section: section.mapTo(one.dock, section.rect().topLeft()).y())


def within(section: GroupSection, name: str) -> Any:
    """Return a widget of a group."""
    return section.findChild(QWidget, name)


def news(one: Stage, key: str) -> str:
    """Return the words of a notice of the page."""
    return str(one.find("repairMessages").text(key))


def mended_ids(one: Stage) -> set[str]:
    """Return the layers that the page has asked to mend."""
    return {plan.found.layer_id for plan in one.repair_jobs.last("repair").values[0]}


def test_layers_stand_in_groups_by_cause_and_remedy(one: Stage) -> None:
    repair_scenes.ready(one)
    shown = [(within(found, "repairCause").text(), within(found, "repairRemedy").text()) for found in sections(one)]
    name = fake_repair.HASH_KEY.name
    assert shown[0] == (
        f"Shared key of SCAN 25, SCAN 100, SCAN OACI, ended on {_ENDED}",
        f"Opened by your key “{name}”.",
    )
    assert [len(found.group.plans) for found in sections(one)[:2]] == [8, 2]
    assert "a1b2c3d" in shown[1][0]
    mendable = [found.group.is_mendable for found in sections(one)]
    assert mendable == sorted(mendable, reverse=True)
    assert one.find("repairTitle").text() == "14 layers of this project need your key."


def test_all_that_surely_draws_nothing_is_ticked(one: Stage) -> None:
    repair_scenes.ready(one)
    assert one.find("mendButton").text() == "Me&nd 12 layers"
    one.click("mendButton")
    assert mended_ids(one) == {found.layer_id for found in repair_scenes.EVERYTHING} - {
        fake_repair.FOREIGN.layer_id,
        fake_repair.OACI.layer_id,
        fake_repair.PARCELS.layer_id,
        fake_repair.OURS.layer_id,
    }
    assert one.repair_jobs.last("repair").values[1] is WhereKept.AS_THE_KEY


def test_a_layer_is_unticked_by_itself_and_a_group_as_a_whole(one: Stage, qtbot: Any) -> None:
    repair_scenes.ready(one, (*fake_repair.SHEETS, *fake_repair.UNKNOWN))
    first, second = sections(one)
    qtbot.keyClick(within(second, "repairLayersCheck"), Qt.Key.Key_Space)
    assert one.find("mendButton").text() == "Me&nd 8 layers"
    first.unfold()
    model = within(first, "repairLayersList").model()
    model.setData(model.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    check = within(first, "repairLayersCheck")
    assert (check.text(), check.isChecked()) == ("7 of 8 layers", False)
    one.click("mendButton")
    assert mended_ids(one) == set(_NAMES[1:])
    one.repair_jobs.last("repair").on_failed(Failed(fakes.error()))
    check.click()
    assert (one.find("mendButton").text(), check.text(), check.isChecked()) == ("Me&nd 8 layers", "8 layers", True)
    check.click()
    assert (one.find("mendButton").text(), one.find("mendButton").isEnabled()) == ("Mend", False)


def test_where_the_key_goes_is_said_and_handed_on(one: Stage) -> None:
    repair_scenes.ready(one)
    said = set()
    for where in WhereKept:
        one.find("whereCombo").setCurrentIndex(one.find("whereCombo").findData(where.name))
        said.add(one.find("whereWords").text())
    assert len(said) == 3
    one.click("mendButton")
    assert one.repair_jobs.last("repair").values[1] is list(WhereKept)[-1]


def test_once_the_project_is_saved_it_is_not_said_to_be_unsaved(one: Stage) -> None:
    repair_scenes.mended(one)
    QgsProject.instance().projectSaved.emit()
    assert news(one, "mended") == "8 layers draw again."
    assert one.find("undoRepairButton").isEnabled()


def test_what_was_mended_can_be_undone_in_the_same_place(one: Stage) -> None:
    repair_scenes.mended(one)
    assert news(one, "mended") == "8 layers draw again. The project is changed, but not saved."
    assert QApplication.focusWidget() is one.find("noticeCloseButton")
    assert one.find("repairTitle").text() == "No layer to mend"
    one.click("undoRepairButton")
    one.repair_jobs.undoable, one.repair_jobs.layers = 0, fake_repair.SHEETS
    one.repair_jobs.last("undo").on_done(Undone(_NAMES))
    assert news(one, "mended") == "8 layers are as they were before."
    assert one.find("mendButton").text() == "Me&nd 8 layers"
    assert not any(button.isVisible() for button in one.dock.findChildren(QWidget, "undoRepairButton"))


def test_what_was_left_is_told_once_a_reason(one: Stage) -> None:
    repair_scenes.ready(one, fake_repair.SHEETS)
    one.click("mendButton")
    down, refused = Text("The service is down."), Text("The key is refused.")
    one.repair_jobs.mend(((_NAMES[0], down), (_NAMES[1], refused), (_NAMES[2], down), (_NAMES[3], down)))
    lines = news(one, "mended").splitlines()
    assert lines[1:] == [
        f"Unchanged: {_NAMES[0]}, {_NAMES[2]} and 1 more. The service is down.",
        f"Unchanged: {_NAMES[1]}. The key is refused.",
    ]
    one.click("noticeDetailsButton")
    assert _NAMES[3] in one.find("noticeDetails").text()
    assert one.find("mendButton").text() == "Me&nd 4 layers"


def test_a_repair_shows_how_far_it_is_and_can_be_stopped(one: Stage) -> None:
    repair_scenes.mending(one)
    assert one.find("repairProgressBar").value() == 30
    assert not one.find("mendButton").isEnabled()
    assert QApplication.focusWidget() is one.find("cancelRepairButton")
    one.click("cancelRepairButton")
    assert one.repair_jobs.last("repair").is_cancelled
    one.repair_jobs.mend(is_cancelled=True)
    assert news(one, "mended").startswith("Stopped. 12 layers draw again.")
    assert not one.find("repairProgressBar").isVisible()


def test_a_failure_is_said_and_can_be_tried_again(one: Stage) -> None:
    repair_scenes.mending(one)
    one.repair_jobs.last("repair").on_failed(Failed(fakes.error()))
    assert "error" in news(one, "error")
    one.click("retryButton")
    assert one.repair_jobs.count("repair") == 2
    assert news(one, "error") == ""


def test_an_ended_session_asks_for_another_sign_in(one: Stage) -> None:
    repair_scenes.mending(one)
    one.repair_jobs.last("repair").on_failed(Failed(fakes.error(ErrorCode.TOKEN_REFUSED)))
    assert ("token_refused", "") in one.sign_in.calls


def test_signed_out_all_is_said_that_can_be_said(one: Stage) -> None:
    repair_scenes.signed_out(one)
    assert one.find("repairTitle").text() == "11 layers of this project need your key."
    assert not one.find("mendButton").isVisible()
    assert within(sections(one)[0], "roadFold").isVisible()
    one.click("repairSignInButton")
    assert one.sign_in.calls == [("sign_in", "abc1234")]
    assert one.find("cancelSignInAgainButton").isVisible()
    repair_scenes.sign_in(one)
    assert one.find("dockTabs").currentIndex() == repair_scenes.REPAIR
    assert one.find("mendButton").text() == "Me&nd 10 layers"
    assert not one.find("repairSignInButton").isVisible()


def test_while_the_keys_are_read_nobody_is_told_to_sign_in(one: Stage) -> None:
    repair_scenes.SCENES["repair_reading"](one)
    assert one.find("repairAccount").text() == "Reading what your keys open…"
    assert not within(sections(one)[0], "repairRemedy").isVisible()
    one.my_keys_jobs.last("overviews").on_failed(fakes.error())
    assert one.find("repairAccount").text() == "What your keys open could not be read."


def test_a_missing_client_secret_is_asked_for_where_one_signs_in(one: Stage) -> None:
    one.set_up.is_secret_needed = True
    one.sign_in.become(SignInState.SIGNED_OUT)
    repair_scenes.signed_out(one)
    one.click("repairSignInButton")
    assert one.find("clientSecretEdit").isVisible()


def test_nothing_of_an_account_stays_after_it_signs_out(one: Stage) -> None:
    repair_scenes.ready(one)
    one.choose("signOutAction")
    assert one.find("dockTabs").currentIndex() == repair_scenes.REPAIR
    words = " ".join(within(found, "repairRemedy").text() for found in sections(one))
    assert fake_repair.HASH_KEY.name not in words


def test_a_key_is_made_for_layers_and_the_page_comes_back(one: Stage) -> None:
    repair_scenes.may_be_opened(one)
    one.click("makeKeyButton")
    assert one.find("keyNameEdit").text() == fakes.SCAN.licence
    one.click("nextButton")
    one.click("hashRadio")
    one.click("createButton")
    draft = one.new_key_jobs.last("create").values[0]
    assert draft.grants == (fake_repair.GRANT,)
    one.repair_jobs.remedies.update({found.layer_id: fake_repair.OPENED for found in fake_repair.SHEETS})
    one.new_key_jobs.last("create").on_done(fakes.created())
    assert one.find("dockTabs").currentIndex() == repair_scenes.REPAIR
    one.new_key_jobs.last("load").on_done(fake_my_keys.holdings())
    repair_scenes.keys_read(one)
    assert one.find("mendButton").text() == "Me&nd 8 layers"


def test_services_of_all_groups_that_one_new_key_opens_are_ticked_together(one: Stage) -> None:
    other = replace(fake_repair.MAY, grants=(Grant(fakes.ESTOMPAGE.id, fakes.SCAN.id),))
    layers = (fake_repair.SHEETS[0], fake_repair.WATER)
    one.repair_jobs.remedies.update({layers[0].layer_id: fake_repair.MAY, layers[1].layer_id: other})
    repair_scenes.ready(one, layers)
    assert len(sections(one)) == 2
    wanted: list[tuple[str, Any]] = []
    one.dock.findChild(RepairPage).new_key_wanted.connect(lambda name, grants: wanted.append((name, grants)))
    one.click("makeKeyButton")
    assert wanted == [(fake_repair.MAY.proposed_name, (*fake_repair.MAY.grants, *other.grants))]


def test_licences_that_are_alike_in_short_are_not_taken_for_one(one: Stage) -> None:
    other = replace(fake_repair.MAY, grants=(Grant(fakes.PLU.id, fakes.TOWN.id),))
    layers = fake_repair.SHEETS[:2]
    one.repair_jobs.remedies.update({layers[0].layer_id: fake_repair.MAY, layers[1].layer_id: other})
    repair_scenes.ready(one, layers)
    assert len(sections(one)) == 2
    wanted: list[Any] = []
    one.dock.findChild(RepairPage).new_key_wanted.connect(lambda _name, grants: wanted.append(grants))
    one.click("makeKeyButton")
    assert wanted in ([fake_repair.MAY.grants], [other.grants])


def test_a_missing_password_is_asked_for_and_the_key_connected_with_it(one: Stage, qtbot: Any) -> None:
    repair_scenes.password(one)
    assert not one.find("repairPasswordButton").isEnabled()
    qtbot.keyClicks(one.find("repairPasswordEdit"), "falsch")
    one.click("repairPasswordButton")
    page = fake_my_keys.page(fake_repair.BASIC_KEY, is_held=False)
    assert one.my_keys_jobs.last("page").values[0] == fake_repair.BASIC_KEY
    one.my_keys_jobs.last("page").on_done(page)
    typed = "falsch"
    assert one.my_keys_jobs.last("connect").values == (page, ConnectRequest(password=typed))
    one.my_keys_jobs.last("connect").on_failed(Failed(fakes.error(ErrorCode.INVALID, "The password is wrong.")))
    assert "The password is wrong." in one.find("repairPasswordMessage").text()
    qtbot.keyClick(one.find("repairPasswordEdit"), Qt.Key.Key_Return)
    one.my_keys_jobs.last("page").on_done(page)
    one.repair_jobs.without_password = frozenset()
    one.my_keys_jobs.last("connect").on_done(fakes.created())
    assert one.find("mendButton").text() == "Me&nd 8 layers"
    assert one.new_key_jobs.count("load") == 2


def test_the_road_to_a_permission_has_its_pages_and_the_identifier(one: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "gpkeys_plugin.gui.repair.road_box.QDesktopServices.openUrl", lambda url: opened.append(url.toString())
    )
    repair_scenes.ready(one, (fake_repair.OACI,))
    for number in (1, 2, 3):
        one.click(f"roadStep{number}Button")
    steps = fake_repair.REMEDIES[fake_repair.OACI.layer_id].road.steps  # type: ignore[union-attr]
    assert opened == [step.url for step in steps]
    one.click("copyAccountIdButton")
    assert QApplication.clipboard().text() == fakes.account().id
    assert not one.find("mendButton").isVisible()


def test_services_added_to_a_key_are_told_and_read_again(one: Stage) -> None:
    repair_scenes.ready(one, (fake_repair.WATER,))
    assert isinstance(sections(one)[0].group.remedy, CouldBeOpenedBy)
    one.click("mendButton")
    one.repair_jobs.mend(added=(Text("1 service was added to “Portail”."),))
    assert "1 service was added to “Portail”." in news(one, "mended")
    assert one.new_key_jobs.count("load") == 2


def test_asked_from_a_layer_only_that_one_is_ticked(one: Stage) -> None:
    repair_scenes.ready(one)
    one.dock.show_repair((fake_repair.FOREIGN.layer_id,))
    assert one.find("mendButton").text() == "Me&nd 1 layer"
    one.click("mendButton")
    assert mended_ids(one) == {fake_repair.FOREIGN.layer_id}


def test_asked_from_a_layer_that_works_it_says_so(one: Stage) -> None:
    repair_scenes.ready(one)
    one.dock.show_repair((fake_repair.OURS.layer_id,))
    assert "This layer has what it needs" in news(one, "works")


def test_500_layers_are_shown_at_once(one: Stage) -> None:
    repair_scenes.ready(one, fake_repair.shared_layers(5))
    page = one.dock.findChild(RepairPage)
    widgets_of_five = len(page.findChildren(QWidget))
    one.repair_jobs.layers = fake_repair.shared_layers(500)

    def show() -> None:
        page.refresh()
        QApplication.processEvents()

    def find_only() -> None:
        one.repair_jobs.plans(one.repair_jobs.look(), (), fake_my_keys.holdings())

    assert times_as_long(show, find_only) < _MOST_FINDS
    assert len(page.findChildren(QWidget)) == widgets_of_five
    assert one.find("mendButton").text() == "Me&nd 500 layers"


def test_the_empty_page_says_what_it_is_for(one: Stage) -> None:
    repair_scenes.signed_out(one, ())
    assert one.find("repairTitle").text() == "No layer to mend"
    assert one.find("repairWords").text().startswith("Layers whose key has ended")
    assert not one.find("repairSignInButton").isVisible()
    assert not one.find("whereCombo").isVisible()


def test_tab_goes_down_the_page(one: Stage) -> None:
    one.repair_jobs.found_connections = fake_repair.CONNECTIONS
    repair_scenes.ready(one)
    for section in sections(one):
        section.unfold()
    QApplication.processEvents()
    page = one.dock.findChild(RepairPage)
    ours = [stop for stop in stops(one.dock.widget()) if page.isAncestorOf(stop) and stop is not page.scroll]
    tops = [(stop.mapTo(one.dock, stop.rect().center()).y()) for stop in ours]
    assert within(sections(one)[0], "repairLayersCheck") is ours[0]
    assert ours[-1].objectName() == "mendButton"
    assert tops[:-1] == sorted(tops[:-1])


def test_everything_to_use_has_a_name(one: Stage) -> None:
    one.repair_jobs.found_connections = fake_repair.CONNECTIONS
    repair_scenes.ready(one)
    kinds = ("QPushButton", "QToolButton", "QLineEdit", "QComboBox", "QCheckBox", "QListView", "QProgressBar")
    page = one.dock.findChild(RepairPage)
    found = [widget for widget in page.findChildren(QWidget) if widget.metaObject().className() in kinds]
    assert [widget for widget in found if not widget.objectName()] == []
    silent = [w.objectName() for w in found if not (w.accessibleName() or getattr(w, "text", str)())]
    assert silent == ["repairProgressBar"]
    check = within(sections(one)[0], "repairLayersCheck")
    assert check.text() == "8 layers"
    assert check.accessibleDescription() == f"Shared key of SCAN 25, SCAN 100, SCAN OACI, ended on {_ENDED}"


def test_no_hash_is_shown_or_told(one: Stage) -> None:
    secret = "Zq9SecretOfSomebody"  # pragma: allowlist secret - made up
    found = fake_repair.layer("Voisin", Cause.FOREIGN_HASH, fake_repair.source(hash_=secret))
    repair_scenes.ready(one, (found,))
    words = [widget.text() for kind in (QLabel, QAbstractButton) for widget in one.dock.findChildren(kind)]
    section = sections(one)[0]
    section.unfold()
    model = within(section, "repairLayersList").model()
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    words += [model.index(0, 0).data(role) for role in roles]
    assert secret not in " ".join(map(str, [*words, section.group]))


def test_a_group_that_may_be_opened_has_no_boxes(one: Stage) -> None:
    repair_scenes.may_be_opened(one)
    section = sections(one)[0]
    assert isinstance(section.group.remedy, MayBeOpened)
    assert not within(section, "repairLayersCheck").isVisible()
    assert within(section, "repairLayersCount").text() == "8 layers"
