"""What narrows the list of keys and what sorts it stand apart; with little room the filters are folded, and counted."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtWidgets import QApplication, QToolButton, QWidget

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.gui.keyboard.reading_order import stops
from gpkeys_plugin.gui.my_keys.key_list import KeysPage
from gpkeys_plugin.gui.my_keys.key_list_model import Order
from gpkeys_plugin.jobs.window import window_memory

from .. import fake_my_keys as known
from .. import my_keys_scenes as scenes
from ..scenes import Stage, stage

_NARROW, _WIDE = 300, 700
_FILTERS = ["keyTypeCombo", "keyServiceCombo", "attentionBox"]


def listed(one: Stage, width: int) -> None:
    """Show the list of keys in a dock of a width."""
    one.dock.resize(width, 760)
    scenes.keys(one)
    for _ in range(12):
        QApplication.processEvents()


def read(one: Stage) -> list[str]:
    """Return where Tab stops on the page, in order."""
    page: QWidget = one.dock.findChild(KeysPage)
    return [stop.objectName() for stop in stops(page) if stop.objectName().startswith(("key", "att"))]


def choose(one: Stage, combo: str, data: object) -> None:
    """Choose an entry of a combo box."""
    box = one.find(combo)
    box.setCurrentIndex(next(row for row in range(box.count()) if box.itemData(row) == data))


def names(one: Stage) -> list[str]:
    """Return the keys in the list, from above."""
    model = one.find("keysList").model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def heading(one: Stage) -> QToolButton:
    """Return the heading of the filters."""
    button: QToolButton = one.find("keyFiltersFold")
    return button


def test_wide_the_filters_stand_in_a_row_above_the_order(one: Stage) -> None:
    listed(one, _WIDE)
    assert read(one) == ["keysSearch", *_FILTERS, "keyOrderCombo", "keyOrderEndButton", "keysList"]
    tops = {one.find(name).mapTo(one.dock, one.find(name).rect().center()).y() // 8 for name in _FILTERS}
    assert len(tops) == 1


def test_narrow_they_are_folded_and_read_below_their_heading(one: Stage) -> None:
    listed(one, _NARROW)
    assert read(one) == ["keysSearch", "keyFiltersFold", "keyOrderCombo", "keyOrderEndButton", "keysList"]
    one.click("keyFiltersFold")
    QApplication.processEvents()
    assert read(one) == ["keysSearch", "keyFiltersFold", *_FILTERS, "keyOrderCombo", "keyOrderEndButton", "keysList"]
    assert window_memory.KEY_FILTERS_OPEN.get()
    again = stage()
    again.dock.show()
    listed(again, _NARROW)
    assert again.find("keyTypeCombo").isVisible()
    again.dock.shut_down()
    again.dock.deleteLater()


def test_room_that_comes_and_goes_changes_nothing_of_what_was_chosen(one: Stage) -> None:
    listed(one, _NARROW)
    choose(one, "keyTypeCombo", KeyType.HASH)
    for width, is_laid_open in ((_WIDE, True), (_NARROW, False)):
        listed(one, width)
        assert one.find("keyTypeCombo").isVisible() is is_laid_open
        assert heading(one).isVisible() is not is_laid_open
        assert names(one) == [known.HASH_KEY.name]


def test_folded_filters_that_narrow_the_list_are_counted_and_named(one: Stage) -> None:
    listed(one, _NARROW)
    assert (heading(one).text(), heading(one).accessibleDescription()) == ("Filters", "")
    choose(one, "keyTypeCombo", KeyType.HASH)
    one.click("attentionBox")
    assert heading(one).text() == "Filters (2)"
    assert heading(one).accessibleDescription() == "HASH, To be looked at"
    assert "HASH" in heading(one).toolTip()
    choose(one, "keyTypeCombo", None)
    assert heading(one).text() == "Filters (1)"
    again = stage()
    again.dock.show()
    listed(again, _NARROW)
    assert heading(again).text() == "Filters (1)"
    again.dock.shut_down()
    again.dock.deleteLater()


def test_each_control_says_what_it_is(one: Stage) -> None:
    listed(one, _NARROW)
    said = [one.find(name).accessibleName() for name in ("keyTypeCombo", "keyServiceCombo", "keyOrderCombo")]
    assert said == ["Type of key", "Type of service", "Order"]
    end = one.find("keyOrderEndButton")
    assert (end.accessibleName(), end.accessibleDescription()) == ("Reverse the order", "From A to Z")
    end.click()
    assert end.accessibleDescription() == "From Z to A"
    choose(one, "keyOrderCombo", Order.END)
    assert end.accessibleDescription() == "Soonest end first"


@pytest.mark.parametrize("order", [Order.NAME, Order.END, Order.LAST_USE])
def test_the_order_is_turned_round_and_remembered_until_another_is_chosen(one: Stage, order: Order) -> None:
    scenes.keys(one)
    choose(one, "keyOrderCombo", order)
    first = names(one)
    one.click("keyOrderEndButton")
    turned = names(one)
    assert turned != first
    assert order is not Order.NAME or turned == first[::-1]
    again = stage()
    scenes.keys(again)
    assert names(again) == turned
    again.dock.shut_down()
    again.dock.deleteLater()
    choose(one, "keyOrderCombo", Order.TYPE)
    assert not one.find("keyOrderEndButton").isChecked()
    choose(one, "keyOrderCombo", order)
    assert names(one) == first


def test_of_what_is_alike_names_go_from_a_to_z_either_way(one: Stage, qtbot: Any) -> None:
    scenes.keys(one)
    choose(one, "keyOrderCombo", Order.LAST_USE)
    model = one.find("keysList").model()
    unused = {row.key.name for row in model.overviews() if row.last_use is None}
    assert len(unused) > 1
    for _ in range(2):
        assert [name for name in names(one) if name in unused] == sorted(unused)
        one.click("keyOrderEndButton")
    # What is read later finds its place from that end too.
    one.click("keyOrderEndButton")
    turned = names(one)
    model.update_keys(model.overviews())
    assert names(one) == turned
