"""The page that shows what was made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QGuiApplication
from qgis.PyQt.QtWidgets import QLabel, QListWidget, QPushButton, QWidget

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.parts.secret_copy import clear_copies
from gpkeys_plugin.gui.result.layers_box import LayersBox
from gpkeys_plugin.jobs.values import AddedLayers
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind, ServedLayer
from gpkeys_plugin.keys.services.layer_recipes import WrittenConnection

from .. import fakes, result_scenes, scenes
from ..scenes import Stage

LEFT = Qt.MouseButton.LeftButton


def finished(one: Stage, kind: KeyType = KeyType.HASH) -> None:
    scenes.step_2(one)
    one.click("hashRadio")
    one.click("createButton")
    one.new_key_jobs.last("create").on_done(fakes.created(kind, (Text("Something to know."),)))


def test_all_layers_are_added(one: Stage, qtbot: Any) -> None:
    finished(one)
    qtbot.mouseClick(one.find("addToMapButton"), LEFT)
    call = one.new_key_jobs.last("add_to_map")
    assert len(call.values[1]) == 3
    assert one.find("addProgressBar").isVisible()
    call.on_done(AddedLayers(3))
    assert one.find("addedNotice").text() == "3 layers added."
    assert not one.find("addProgressBar").isVisible()


def test_only_ticked_layers_are_added(one: Stage, qtbot: Any) -> None:
    finished(one)
    one.find("layersList").item(0).setCheckState(Qt.CheckState.Unchecked)
    one.click("addToMapButton")
    assert one.new_key_jobs.last("add_to_map").values[1][0].title == "SCAN 25 touristique"
    one.new_key_jobs.last("add_to_map").on_done(AddedLayers(1, problems=(Text("One of them did not load."),)))
    assert one.find("addedNotice").text() == "1 layer added.\nOne of them did not load."
    for row in range(3):
        one.find("layersList").item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not one.find("addToMapButton").isEnabled()


def test_the_second_way_to_the_same_data_is_not_ticked(one: Stage) -> None:
    scenes.step_2(one)
    one.click("hashRadio")
    one.click("createButton")
    made = fakes.created(KeyType.HASH)
    second = replace(made.layers[1], is_proposed=False)
    one.new_key_jobs.last("create").on_done(replace(made, layers=(made.layers[0], second)))
    one.click("addToMapButton")
    assert one.new_key_jobs.last("add_to_map").values[1] == (made.layers[0],)


def test_adding_can_be_cancelled(one: Stage, qtbot: Any) -> None:
    finished(one)
    one.click("addToMapButton")
    call = one.new_key_jobs.last("add_to_map")
    qtbot.mouseClick(one.find("cancelAddButton"), LEFT)
    assert call.is_cancelled
    call.on_done(AddedLayers(3))
    assert "cancelled" in one.find("resultMessage").text()


@pytest.mark.parametrize(
    ("added", "words"),
    [
        (AddedLayers(2, 1), "2 layers added, 1 already there."),
        (AddedLayers(1, 2), "1 layer added, 2 already there."),
        (AddedLayers(0, 1), "1 layer was already there."),
        (AddedLayers(0, 3), "3 layers were already there."),
        (AddedLayers(problems=(Text("No."), Text("Nor that."))), "No.\nNor that."),
    ],
)
def test_the_counts_are_what_happened_whatever_was_ticked(one: Stage, added: AddedLayers, words: str) -> None:
    finished(one)
    one.click("addToMapButton")
    one.new_key_jobs.last("add_to_map").on_done(added)
    assert one.find("addedNotice").text() == words
    assert one.dock.findChild(QWidget, "showLayersButton") is None


def test_layers_out_of_sight_are_moved_to_on_demand_only(one: Stage, qtbot: Any) -> None:
    finished(one)
    one.click("addToMapButton")
    one.new_key_jobs.last("add_to_map").on_done(AddedLayers(1, 2, extent=(2.0, 45.0, 3.0, 46.0), is_out_of_sight=True))
    assert one.find("addedNotice").text().endswith("\nThe map shows another place.")
    assert one.new_key_jobs.shown_on_map == []

    qtbot.mouseClick(one.find("showLayersButton"), LEFT)
    assert one.new_key_jobs.shown_on_map == [(2.0, 45.0, 3.0, 46.0)]
    assert one.find("addedNotice").text() == "1 layer added, 2 already there."
    assert one.dock.findChild(QWidget, "showLayersButton") is None

    one.click("addToMapButton")
    assert not any(notice.isVisible() for notice in one.dock.findChildren(QWidget, "addedNotice"))


def test_the_hash_is_copied_on_demand_only(one: Stage, qtbot: Any) -> None:
    QGuiApplication.clipboard().setText("before")
    finished(one)
    secret = fakes.created().hash
    assert QGuiApplication.clipboard().text() == "before"
    qtbot.mouseClick(one.find("copyUrlButton"), LEFT)
    assert "apikey" not in QGuiApplication.clipboard().text()
    qtbot.mouseClick(one.find("copyUrlWithHashButton"), LEFT)
    assert QGuiApplication.clipboard().text().endswith(f"apikey={secret}")
    qtbot.mouseClick(one.find("copyHashButton"), LEFT)
    assert QGuiApplication.clipboard().text() == secret
    one.click("copyServiceUrlButton")
    assert QGuiApplication.clipboard().text().endswith("rochebrune_plu_2026_archive")


def test_a_basic_key_has_no_hash_to_copy(one: Stage) -> None:
    finished(one, KeyType.BASIC)
    assert not one.find("copyHashButton").isVisible()
    assert not one.find("copyUrlWithHashButton").isVisible()


def test_what_was_made_can_be_opened(one: Stage) -> None:
    finished(one, KeyType.BASIC)
    one.click("openAuthcfgButton")
    one.click("openConnectionButton")
    assert one.new_key_jobs.opened == ["q7d2k9z", "QGIS, service voirie – WMS raster"]


def test_another_key_starts_afresh(one: Stage, qtbot: Any) -> None:
    finished(one)
    assert one.find("resultNotice").isVisible()
    assert one.find("keysUsed").text() == "4 of 10 keys used"
    qtbot.mouseClick(one.find("anotherKeyButton"), LEFT)
    assert one.find("keyNameEdit").isVisible()
    assert one.find("keyNameEdit").text() == "QGIS"
    assert not one.find("keyNameMessage").isVisible()
    assert one.find("servicesCount").text() == "No service ticked"
    assert one.find("loginEdit").text() == ""


def test_the_technical_name_of_the_layer_at_hand_stays_to_be_seen(one: Stage) -> None:
    result_scenes.SCENES["result"](one)
    layers, label = one.find("layersList"), one.find("layerNameLabel")
    names = [recipe.name for recipe in fakes.created(KeyType.BASIC).layers]
    layers.setCurrentRow(1)
    assert label.text() == names[1]
    layers.setCurrentRow(0)
    assert label.text() == names[0]


def test_the_layer_at_hand_is_one_to_be_added(one: Stage) -> None:
    result_scenes.SCENES["result"](one)
    layers = one.find("layersList")
    box = layers.parentWidget()
    box.tick_only(())
    assert layers.currentRow() == 0
    first, *others = fakes.created(KeyType.BASIC).layers
    box.show_layers((replace(first, is_proposed=False), *others), has_hash=False)
    assert layers.currentRow() == 1


def test_of_two_ways_to_the_same_data_one_is_ticked_unless_only_the_other_is_wanted(one: Stage) -> None:
    _, wmts, _ = fakes.created().layers
    tiles = replace(wmts, connection=WrittenConnection(ConnectionKind.XYZ, "tuiles"), is_proposed=False)
    box = LayersBox()
    box.show_layers((tiles, wmts), has_hash=False)
    ways = [
        ServedLayer("of", wmts.name, kind, "", "", service)
        for kind, service in ((ConnectionKind.XYZ, "TMS"), (ConnectionKind.WMTS, "WMTS"))
    ]
    box.tick_only(ways)
    assert box.chosen() == (wmts,)
    box.tick_only(ways[:1])
    assert box.chosen() == (tiles,)


def test_a_title_is_no_markup(one: Stage) -> None:
    recipe = replace(fakes.created(KeyType.BASIC).layers[0], title="<img src='x'>")
    box = LayersBox()
    box.show_layers((recipe,), has_hash=False)
    assert "<img" not in box.findChild(QListWidget, "layersList").item(0).toolTip()


def test_user_name_and_password_are_copied_as_the_hash_is(one: Stage) -> None:
    finished(one, KeyType.BASIC)
    assert not one.find("copyHashButton").isVisible()
    user = one.new_key_jobs.user
    assert user is not None
    one.click("copyLoginButton")
    assert QGuiApplication.clipboard().text() == user[0]
    assert user[0] in one.find("resultMessage").text()
    one.click("copyKeyPasswordButton")
    assert QGuiApplication.clipboard().text() == user[1]
    assert user[1] not in one.find("resultMessage").text()
    clear_copies(one.dock)
    assert QGuiApplication.clipboard().text() == ""


def test_a_password_that_cannot_be_read_is_told(one: Stage) -> None:
    finished(one, KeyType.BASIC)
    one.new_key_jobs.user = None
    QGuiApplication.clipboard().setText("before")
    one.click("copyKeyPasswordButton")
    assert QGuiApplication.clipboard().text() == "before"
    assert one.find("resultMessage").text() == "QGIS is locked."


def test_a_key_without_a_password_offers_none(one: Stage) -> None:
    finished(one, KeyType.OAUTH2)
    assert not one.find("copyLoginButton").isVisible()


def test_a_configuration_is_told_by_its_name(one: Stage) -> None:
    finished(one, KeyType.BASIC)
    shown = [label.text() for label in one.dock.findChildren(QLabel) if label.isVisible()]
    name = one.new_key_jobs.authcfg_name("q7d2k9z")
    assert name in shown
    assert "q7d2k9z" not in shown


@pytest.mark.parametrize("kind", [KeyType.HASH, KeyType.BASIC])
def test_a_layer_s_menu_copies_its_url_and_the_secret_only_where_there_is_one(one: Stage, kind: KeyType) -> None:
    finished(one, kind)
    actions = {action.text(): action for action in one.find("layersList").actions() if action.isVisible()}
    assert ("URL with the secret" in actions) is (kind is KeyType.HASH)
    one.find("layersList").setCurrentRow(1)
    actions["Copy the URL"].trigger()
    assert QGuiApplication.clipboard().text() == "https://example.org/rochebrune.scan25.touristique"


def bold(one: Stage) -> list[str]:
    """Return the buttons that stand out."""
    buttons = [button for button in one.dock.findChildren(QPushButton) if button.isVisible()]
    return [button.objectName() for button in buttons if button.font().bold()]


@pytest.mark.parametrize(
    ("added", "main"),
    [
        (AddedLayers(3), "anotherKeyButton"),
        (AddedLayers(2, problems=(Text("One of them did not load."),)), "addToMapButton"),
        (AddedLayers(3, extent=(2.87, 45.46, 3.03, 45.57), is_out_of_sight=True), "showLayersButton"),
    ],
)
def test_what_stands_out_is_what_comes_next(one: Stage, added: AddedLayers, main: str) -> None:
    one.dock.activateWindow()
    finished(one)
    assert bold(one) == ["addToMapButton"]
    one.find("addToMapButton").setFocus()
    one.click("addToMapButton")
    one.new_key_jobs.last("add_to_map").on_done(added)
    assert bold(one) == [main]
    assert one.dock.focusWidget() is one.find(main)
    one.find("layersList").item(0).setCheckState(Qt.CheckState.Unchecked)
    assert "addToMapButton" in bold(one)
