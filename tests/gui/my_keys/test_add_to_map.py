"""The layers of a key on the map, from the list and from the key's page, without connecting it first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication, QMenu, QWidget

from gpkeys_plugin.entrepot.models import Key, KeyType
from gpkeys_plugin.gui.my_keys.key_menu import ActsFromList
from gpkeys_plugin.gui.parts.secret_copy import clear_copies
from gpkeys_plugin.jobs.values import AddedLayers, CreatedKey, HeldKey
from gpkeys_plugin.jobs.window import window_memory
from gpkeys_plugin.keys.draft import HashStorage

from .. import fake_my_keys as known
from .. import fakes
from .. import my_keys_scenes as scenes
from ..scenes import Stage, stage


def read(one: Stage, key: Key, **held: Any) -> None:
    """Answer with the page of a key."""
    page = known.page(key)
    one.my_keys_jobs.last("page").on_done(replace(page, **held) if held else page)


def connected(one: Stage) -> CreatedKey:
    """Answer that the key is connected."""
    created = fakes.created(KeyType.BASIC)
    one.my_keys_jobs.last("connect").on_done(created)
    return created


def menu_of(one: Stage, key: Key) -> QMenu:
    """Return the menu of a key in the list."""
    return one.dock.findChild(ActsFromList).menu(key)


def words(menu: QMenu) -> list[str]:
    return [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text().replace("&", "") == text).trigger()


def added(one: Stage) -> tuple[str, ...]:
    """The layers that were asked to be added."""
    return tuple(recipe.name for recipe in one.new_key_jobs.last("add_to_map").values[1])


def test_a_connected_key_s_layers_are_added_from_the_list(one: Stage) -> None:
    scenes.keys(one)
    scenes.row(one, known.BASIC_KEY)
    one.click("addToMapFromListButton")
    read(one, known.BASIC_KEY, held=HeldKey(authcfg="q7d2k9z"))
    assert one.my_keys_jobs.last("connect").values[1].password == ""
    created = connected(one)
    assert added(one) == tuple(recipe.name for recipe in created.layers)


def test_a_hash_goes_where_it_is_or_else_where_the_options_say(one: Stage) -> None:
    one.set_up.storage = HashStorage.HEADER
    scenes.keys(one)
    for held, storage in ((HeldKey(), HashStorage.HEADER), (HeldKey(hash_storage=HashStorage.URL), HashStorage.URL)):
        scenes.row(one, known.HASH_KEY)
        one.click("addToMapFromListButton")
        read(one, known.HASH_KEY, held=held)
        assert one.my_keys_jobs.last("connect").values[1].hash_storage is storage
        connected(one)
        one.new_key_jobs.last("add_to_map").on_done(AddedLayers(added=3))
        one.click("anotherKeyButton")
        read(one, known.HASH_KEY)
        one.click("backToKeyButton")


def test_a_password_that_is_not_here_is_asked_for_and_nothing_else(one: Stage, qtbot: Any) -> None:
    scenes.keys(one)
    scenes.row(one, known.BASIC_KEY)
    one.click("addToMapFromListButton")
    read(one, known.BASIC_KEY, held=HeldKey())
    assert one.my_keys_jobs.count("connect") == 0
    edit = one.find("connectPasswordEdit")
    assert edit.isVisible()
    assert edit.window().focusWidget() is edit
    typed = "essai"
    one.type("connectPasswordEdit", typed)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert one.my_keys_jobs.last("connect").values[1].password == typed
    connected(one)
    assert one.new_key_jobs.count("add_to_map") == 1


def test_a_key_that_is_only_connected_leaves_the_map_alone(one: Stage) -> None:
    scenes.keys(one)
    scenes.row(one, known.OAUTH2_KEY)
    one.click("openKeyPageButton")
    read(one, known.OAUTH2_KEY)
    one.click("addKeyToMapButton")
    connected(one)
    assert one.new_key_jobs.count("add_to_map") == 1
    one.new_key_jobs.last("add_to_map").on_done(AddedLayers(added=3))
    one.click("anotherKeyButton")
    read(one, known.OAUTH2_KEY)
    one.click("connectKeyButton")
    one.click("connectButton")
    connected(one)
    assert one.new_key_jobs.count("add_to_map") == 1


def test_a_double_click_on_a_service_adds_its_layers_only(one: Stage, qtbot: Any) -> None:
    scenes.keys(one)
    scenes.row(one, known.OAUTH2_KEY)
    one.click("openKeyPageButton")
    read(one, known.OAUTH2_KEY)
    QApplication.processEvents()
    rows = [row for row in one.dock.findChildren(QWidget, "serviceRow") if row.isVisible()]
    row = next(found for found in rows if found.findChildren(QWidget, "addServiceButton"))
    qtbot.mouseDClick(row, Qt.MouseButton.LeftButton)
    wanted = one.my_keys_jobs.last("connect")
    assert wanted.values[0].details.key == known.OAUTH2_KEY
    created = connected(one)
    assert 0 < len(added(one)) < len(created.layers)
    assert words_of(row)[0] == "Add to the map"
    assert "URL" in words_of(row)


def words_of(row: QWidget) -> list[str]:
    return [action.text().replace("&", "") for action in row.actions()]


def test_the_menu_has_what_can_be_done_with_a_key(one: Stage) -> None:
    scenes.keys(one)
    assert words(menu_of(one, known.HASH_KEY)) == [
        "Open the key",
        "Copy the name",
        "Add to the map",
        "Test",
        "Edit",
        "Change the secret",
        "Share a project",
        "Delete",
        "Open on the web",
    ]
    strange = words(menu_of(one, known.STRANGE_KEY))
    assert strange == ["Open the key", "Copy the name", "Edit", "Delete", "Open on the web"]
    choose(menu_of(one, known.HASH_KEY), "Copy the name")
    assert QApplication.clipboard().text() == known.HASH_KEY.name


@pytest.mark.parametrize(
    ("text", "button"),
    [("Edit", "nextButton"), ("Change the secret", "rotateButton"), ("Delete", "cancelButton")],
)
def test_an_act_of_the_menu_begins_once_the_key_is_read(one: Stage, text: str, button: str) -> None:
    scenes.keys(one)
    choose(menu_of(one, known.HASH_KEY), text)
    assert one.my_keys_jobs.last("page").values[0] == known.HASH_KEY
    read(one, known.HASH_KEY)
    assert one.find(button).isVisible()


def test_an_act_whose_key_could_not_be_read_does_not_begin_later(one: Stage) -> None:
    scenes.keys(one)
    choose(menu_of(one, known.HASH_KEY), "Delete")
    one.my_keys_jobs.last("page").on_failed(fakes.error())
    scenes.row(one, known.HASH_KEY)
    one.click("openKeyPageButton")
    read(one, known.HASH_KEY)
    assert one.find("editKeyButton").isVisible()
    assert not one.shows("deleteButton")


def test_the_order_of_the_list_is_remembered(one: Stage) -> None:
    scenes.keys(one)
    one.find("keyOrderCombo").setCurrentIndex(3)
    assert window_memory.KEY_ORDER.get() == "type"
    again = stage()
    scenes.keys(again)
    assert again.find("keyOrderCombo").currentIndex() == 3
    again.dock.shut_down()
    again.dock.deleteLater()


def test_the_menu_of_a_service_has_the_commands_and_the_secret_only_where_it_is_asked_for(one: Stage) -> None:
    scenes.key_page(one)
    QApplication.processEvents()
    row = next(found for found in one.dock.findChildren(QWidget, "serviceRow") if found.isVisible())
    secret = known.page().details.hash
    assert secret is not None
    copied = {}
    for action in row.actions()[1:]:
        action.trigger()
        copied[action.text()] = QApplication.clipboard().text()
        assert secret not in one.find("keyPageMessage").text()
    assert list(copied) == [
        "URL",
        "URL with the secret",
        "curl command",
        "GDAL command",
        "GDAL command with the secret",
    ]
    assert copied["GDAL command"].startswith("gdalinfo")
    assert [words for words, text in copied.items() if secret in text] == ["URL with the secret"]
    assert copied["GDAL command with the secret"].endswith('+"')
    clear_copies(one.dock)
    assert QApplication.clipboard().text() == ""
