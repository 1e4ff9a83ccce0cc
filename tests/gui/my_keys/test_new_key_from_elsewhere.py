"""A key is made from the empty list, or from a permission, with that one ticked."""

from __future__ import annotations

from dataclasses import replace

from qgis.PyQt.QtWidgets import QAbstractButton, QMenu

from gpkeys_plugin.gui.new_key.wizard import KeyWizard
from gpkeys_plugin.gui.permissions.permissions_page import PermissionsPage
from gpkeys_plugin.jobs.values import Edited
from gpkeys_plugin.keys.draft import Grant

from .. import fake_my_keys as known
from .. import fakes
from .. import my_keys_scenes as scenes
from ..scenes import Stage


def ticked(one: Stage) -> set[Grant]:
    wizard = one.dock.findChild(KeyWizard)
    wizard.findChild(type(one.find("nextButton")), "nextButton").click()
    one.click("createButton")
    return set(one.new_key_jobs.last("create").values[0].grants)


def menu_of(one: Stage) -> QMenu:
    return one.dock.findChild(PermissionsPage).menu()


def choose_permission(one: Stage, licence: str) -> None:
    view = one.find("permissionsList")
    rows = (view.model().index(row, 0) for row in range(view.model().rowCount()))
    view.setCurrentIndex(next(index for index in rows if index.data() == licence))


def test_an_empty_list_leads_to_the_first_step(one: Stage) -> None:
    scenes.listed(one, known.holdings(()))
    one.click("newKeyFromListButton")
    assert one.find("keyNameEdit").isVisible()


def test_a_list_with_keys_does_not(one: Stage) -> None:
    scenes.keys(one)
    assert not one.find("newKeyFromListButton").isVisible()


def test_a_permission_is_ticked_and_its_licence_proposed_as_name(one: Stage) -> None:
    scenes.permissions(one)
    choose_permission(one, fakes.TOWN.licence)
    one.click("keyFromPermissionButton")
    assert one.find("keyNameEdit").text() == fakes.TOWN.licence
    assert ticked(one) == {Grant(offering.id, fakes.TOWN.id) for offering in fakes.TOWN.offerings}
    assert one.find("addLayersBox").isChecked()


def test_it_is_ticked_through_itself_even_where_another_opens_the_same(one: Stage) -> None:
    scenes.permissions(one)
    choose_permission(one, fakes.TOWN_OLD.licence)
    entry = next(action for action in menu_of(one).actions() if action.text() == "Create a key with it")
    entry.trigger()
    # What its producer has taken offline cannot be ticked.
    assert ticked(one) == {Grant(fakes.PLU.id, fakes.TOWN_OLD.id)}


def test_an_ended_permission_makes_no_key(one: Stage) -> None:
    scenes.permissions(one)
    one.find("permissionsCombo").setCurrentIndex(1)
    choose_permission(one, fakes.EXPIRED.licence)
    assert not one.find("keyFromPermissionButton").isEnabled()
    assert not menu_of(one).actions()[0].isEnabled()


def test_signed_out_none_is_offered(one: Stage) -> None:
    scenes.permissions(one)
    choose_permission(one, fakes.TOWN.licence)
    assert one.find("keyFromPermissionButton").isEnabled()
    one.sign_in.token_refused()
    assert not one.find("keyFromPermissionButton").isEnabled()


def test_an_edit_that_opens_services_offers_their_layers(one: Stage) -> None:
    scenes.edit(one)
    one.tick(fakes.SCAN25.layer_name)
    one.click("nextButton")
    one.click("saveButton")
    page = known.page()
    one.my_keys_jobs.last("edit").on_done(Edited(known.page().details))
    one.click("addNewLayersButton")
    assert not any(button.isVisible() for button in one.dock.findChildren(QAbstractButton, "addNewLayersButton"))
    new = replace(page.served[0], offering_id=fakes.SCAN25.id, name=fakes.SCAN25.layer_name)
    one.my_keys_jobs.last("page").on_done(replace(page, served=(*page.served, new)))
    assert one.my_keys_jobs.count("connect") == 1
    made = fakes.created()
    recipe = replace(made.layers[0], name=fakes.SCAN25.layer_name)
    one.my_keys_jobs.last("connect").on_done(replace(made, layers=(*made.layers, recipe)))
    assert one.new_key_jobs.last("add_to_map").values[1] == (recipe,)


def test_an_edit_that_opens_none_offers_nothing(one: Stage) -> None:
    scenes.edit(one)
    one.type("keyNameEdit", "Un autre nom")
    one.click("nextButton")
    one.click("saveButton")
    one.my_keys_jobs.last("edit").on_done(Edited(known.page().details))
    assert one.dock.findChildren(type(one.find("nextButton")), "addNewLayersButton") == []
