"""Another secret for a key: its words, the counts while there are two keys, and its end."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QLabel, QTabBar, QWidget

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.models import Key
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.my_keys.key_menu import ActsFromList
from gpkeys_plugin.gui.notices.notice import Notice
from gpkeys_plugin.jobs.values import Failed

from .. import fake_my_keys as known
from .. import fakes
from .. import my_keys_scenes as scenes
from ..looks.all_scenes import SCENES
from ..scenes import Stage


def words(one: Stage) -> str:
    """Return all that can be read."""
    shown = [widget for widget in one.dock.findChildren(QWidget) if widget.isVisible()]
    said = [widget.text() for widget in shown if isinstance(widget, (QAbstractButton, QLabel, Notice))]
    said += [widget.accessibleName() for widget in shown]
    return "\n".join(said).replace("&", "")


def counts(one: Stage) -> tuple[str, str]:
    """Return how many keys the header and the tab tell of."""
    bar = one.dock.findChild(QTabBar, "dockTabs")
    return one.find("keysUsed").text(), bar.accessibleTabName(scenes.MY_KEYS)


def notices(one: Stage) -> list[str]:
    """Return the messages in sight."""
    return [notice.text() for notice in one.dock.findChildren(Notice) if notice.isVisible()]


@pytest.mark.parametrize("name", ["rotate_basic", "rotated_basic", "rotation_to_end"])
def test_of_a_basic_key_it_is_the_password_that_changes(one: Stage, name: str) -> None:
    SCENES[name](one)
    assert "password" in words(one)
    assert "secret" not in words(one)


@pytest.mark.parametrize(("key", "said"), [(known.BASIC_KEY, "password"), (known.HASH_KEY, "secret")])
def test_what_changes_is_called_by_its_name_wherever_it_is_offered(one: Stage, key: Key, said: str) -> None:
    scenes.key_page(one, known.page(key))
    button = one.find("rotateKeyButton")
    assert button.accessibleName() == button.text().replace("&", "") == f"Change the {said}"
    menu = one.dock.findChild(ActsFromList).menu(key)
    assert f"Change the {said}" in [action.text().replace("&", "") for action in menu.actions()]
    one.click("rotateKeyButton")
    assert one.find("rotateButton").text().replace("&", "") == f"Change the {said}"
    assert f"{said} of the key" in one.find("pageTitle").text()
    one.click("rotateButton")
    assert f"Changing the {said}" in words(one)


def test_the_counts_are_true_while_there_are_two_keys_and_afterwards(one: Stage) -> None:
    scenes.key_page(one)
    assert counts(one) == ("5 of 10 keys used", "My keys (5)")
    scenes.rotated(one)
    assert one.find("rotationLeftNotice").text() == "The old secret still works, until the old key is deleted."
    assert counts(one) == ("6 of 10 keys used", "My keys (6)")
    one.my_keys_jobs.unfinished = ()
    one.click("finishRotationButton")
    one.my_keys_jobs.last("finish_rotation").on_done(Key("k-new", known.HASH_KEY.name, known.HASH_KEY.type))
    assert counts(one) == ("5 of 10 keys used", "My keys (5)")


@pytest.mark.parametrize("scene", ["rotated", "rotation_to_end"])
def test_the_counts_are_true_as_soon_as_it_is_undone(one: Stage, scene: str) -> None:
    SCENES[scene](one)
    assert counts(one) == ("6 of 10 keys used", "My keys (6)")
    one.my_keys_jobs.unfinished = ()
    one.click("undoRotationButton")
    one.my_keys_jobs.last("undo_rotation").on_done()
    assert counts(one) == ("5 of 10 keys used", "My keys (5)")


@pytest.mark.parametrize(("scene", "own"), [("rotated", 2), ("rotation_to_end", 1)])
def test_where_its_page_shows_no_message_says_the_same(one: Stage, scene: str, own: int) -> None:
    SCENES[scene](one)
    assert len(notices(one)) == own
    one.click("laterButton")
    assert one.find("showRotationButton").isVisible()


def test_who_comes_to_end_it_is_told_what_will_be_deleted_and_can_go_on_with_enter(one: Stage) -> None:
    one.dock.activateWindow()
    scenes.rotation_to_end(one)
    said = one.find("rotationOutcomeWords").text()
    assert f"the old key “{known.BASIC_KEY.name}” is deleted for good" in said
    assert "will stop working" in said
    finish = one.find("finishRotationButton")
    assert one.dock.focusWidget() is finish
    assert (finish.font().bold(), one.find("laterButton").font().bold()) == (True, False)
    QTest.keyClick(finish, Qt.Key.Key_Return)
    assert one.my_keys_jobs.count("finish_rotation") == 1


def test_what_is_emphasised_goes_by_the_way_one_came(one: Stage) -> None:
    scenes.rotation_to_end(one)
    one.click("laterButton")
    scenes.rotated(one)
    assert (one.find("finishRotationButton").font().bold(), one.find("laterButton").font().bold()) == (False, True)


def test_esc_is_later(one: Stage) -> None:
    scenes.rotation_to_end(one)
    QTest.keyClick(one.find("finishRotationButton"), Qt.Key.Key_Escape)
    assert one.find("keysList").isVisible()


def test_a_failed_end_keeps_its_page_and_says_why_once(one: Stage) -> None:
    scenes.rotation_to_end(one)
    one.click("finishRotationButton")
    one.my_keys_jobs.last("finish_rotation").on_failed(Failed(fakes.error(ErrorCode.SERVER)))
    assert one.find("finishRotationButton").isVisible()
    assert len(notices(one)) == 2


def test_signing_out_leaves_no_message_of_it(one: Stage, qtbot: Any) -> None:
    scenes.rotation_to_end(one)
    one.choose("signOutAction")
    QApplication.processEvents()
    assert not [text for text in notices(one) if known.BASIC_KEY.name in text]


def test_what_a_failed_change_left_is_offered_to_be_undone_at_once(one: Stage) -> None:
    scenes.key_page(one)
    one.click("rotateKeyButton")
    one.click("rotateButton")
    one.my_keys_jobs.unfinished = (scenes.rotation_remainder(known.HASH_KEY),)
    one.my_keys_jobs.last("rotate").on_failed(Failed(fakes.error(), (Text("The new key may still be there."),)))
    one.click("otherMessagesButton")
    assert one.find("showRotationButton").isVisible()
