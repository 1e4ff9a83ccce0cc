"""What the next session of QGIS finds as it was left: the tab, the filters of the lists."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gpkeys_plugin.entrepot.models import Access, Key, KeyType
from gpkeys_plugin.jobs.window import window_memory
from gpkeys_plugin.keys.upkeep.overview import KeyOverview

from .. import fake_my_keys as known
from .. import fakes
from .. import my_keys_scenes as scenes
from ..scenes import Stage, stage


@pytest.fixture
def next_one(one: Stage) -> Iterator[list[Stage]]:
    """Collect docks made after the first; they are shut down after the test."""
    made: list[Stage] = []
    yield made
    for other in made:
        other.dock.shut_down()
        other.dock.deleteLater()


def again(made: list[Stage]) -> Stage:
    other = stage()
    made.append(other)
    other.dock.show()
    return other


def names(one: Stage) -> list[str]:
    model = one.find("keysList").model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_tab_in_front(one: Stage, next_one: list[Stage]) -> None:
    scenes.keys(one)
    scenes.tab(one, scenes.MY_PERMISSIONS)
    other = again(next_one)
    assert other.find("dockTabs").currentIndex() == scenes.MY_PERMISSIONS


def test_a_page_that_is_no_more_is_the_first(one: Stage, next_one: list[Stage]) -> None:
    window_memory.LAST_TAB.set("GONE")
    assert again(next_one).find("dockTabs").currentIndex() == 0


def test_the_filters_of_the_keys_as_soon_as_they_apply(one: Stage, next_one: list[Stage]) -> None:
    scenes.keys(one)
    for name, words in (("keyTypeCombo", "HASH"), ("keyServiceCombo", "WFS")):
        one.find(name).setCurrentIndex(one.find(name).findText(words))
    assert names(one) == [known.HASH_KEY.name]
    other = again(next_one)
    scenes.listed(other)
    assert other.find("keyTypeCombo").currentData() is KeyType.HASH
    scenes.keys(other)
    assert other.find("keyServiceCombo").currentText() == "WFS"
    assert names(other) == [known.HASH_KEY.name]
    other.find("keyTypeCombo").setCurrentIndex(0)
    other.find("keyServiceCombo").setCurrentIndex(0)
    last = again(next_one)
    scenes.keys(last)
    assert len(names(last)) == len(known.KEYS)


def read_with_a_fine_one(one: Stage) -> None:
    """Show the list with a key that calls for nothing."""
    fine = Key("k-fine", "Rien à signaler", KeyType.BASIC, fakes.NOW)
    scenes.listed(one, known.holdings((*known.KEYS, fine)))
    opens = (Access("f1", fakes.PLU, fakes.TOWN),)
    one.my_keys_jobs.last("overviews").on_part([*known.rows(), KeyOverview(fine, opens)])
    one.my_keys_jobs.last("overviews").on_done()


def test_that_only_what_is_to_be_looked_at_shows(one: Stage, next_one: list[Stage]) -> None:
    read_with_a_fine_one(one)
    shown = len(names(one))
    one.click("attentionBox")
    assert len(names(one)) == shown - 1
    other = again(next_one)
    read_with_a_fine_one(other)
    assert other.find("attentionBox").isChecked()
    assert names(other) == names(one)


def test_which_permissions_show(one: Stage, next_one: list[Stage]) -> None:
    scenes.permissions(one)
    one.find("permissionsCombo").setCurrentIndex(1)
    other = again(next_one)
    scenes.permissions(other)
    assert other.find("permissionsCombo").currentIndex() == 1
