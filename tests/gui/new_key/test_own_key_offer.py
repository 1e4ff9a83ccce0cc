"""A key of the account that opens already what is ticked is named in the first step."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication

from gpkeys_plugin.entrepot.models import Access, Key, KeyType
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.gui.my_keys.overview_reader import FEW_KEYS
from gpkeys_plugin.gui.notices.notice import Notice
from gpkeys_plugin.gui.own_key_offer import OwnKeyOffer
from gpkeys_plugin.jobs.values import Deleted, DeletionOutlook
from gpkeys_plugin.keys.upkeep.overview import KeyOverview

from .. import fake_my_keys as known
from .. import fakes, scenes
from .. import my_keys_scenes as keys_scenes
from ..scenes import Stage
from .own_key_scenes import NEW_KEY, keys_known, named

HASH_NAME, BASIC_NAME = known.HASH_KEY.name, known.BASIC_KEY.name


def notice(one: Stage) -> Notice:
    found = one.dock.findChild(Notice, "ownKeyNotice")
    assert isinstance(found, Notice)
    return found


def said(one: Stage) -> str:
    """Return the line that shows, empty where none does."""
    return notice(one).text() if notice(one).isVisible() else ""


def settled(one: Stage, qtbot: Any) -> str:
    """Return the line once it was looked for."""
    timers = one.dock.findChild(OwnKeyOffer).findChildren(QTimer)
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in timers))
    return said(one)


def untick_all(one: Stage) -> None:
    one.click("untickShownButton")


def holdings(*keys: Key) -> Any:
    return known.holdings(keys)


def opens(key: Key, *offerings: Any, is_connected: bool = False) -> KeyOverview:
    """Return what is read of a key that opens these for a long time."""
    accesses = tuple(Access(f"{key.id}-{offering.id}", offering, fakes.TOWN) for offering in offerings)
    return KeyOverview(key, accesses, is_connected=is_connected)


def listed(one: Stage, *rows: KeyOverview) -> None:
    """Show the first step, all keys read."""
    keys_scenes.listed(one, holdings(*(row.key for row in rows)))
    one.my_keys_jobs.last("overviews").on_part(rows)
    one.my_keys_jobs.last("overviews").on_done()
    keys_scenes.tab(one, NEW_KEY)


def test_the_key_is_named_once_the_ticks_settle(one: Stage, qtbot: Any) -> None:
    named(one)
    assert said(one) == f"The key “{HASH_NAME}” opens these 2 services already."
    assert not one.find("openOwnKeyButton").isVisible()


def test_it_goes_at_once_when_it_is_no_longer_true_and_comes_back(one: Stage, qtbot: Any) -> None:
    keys_known(one)
    one.tick(fakes.ESTOMPAGE.layer_name, fakes.PLU.layer_name)
    assert settled(one, qtbot) != ""
    one.tick(fakes.SCAN25.layer_name)
    assert said(one) == ""
    assert settled(one, qtbot) == ""
    untick_all(one)
    assert settled(one, qtbot) == ""
    one.tick(fakes.PLU.layer_name)
    assert settled(one, qtbot).endswith("opens this service already.")


def test_it_stays_while_it_is_true(one: Stage, qtbot: Any) -> None:
    key = replace(known.HASH_KEY, type=KeyType.HASH)
    listed(one, opens(key, fakes.PLU, fakes.COMMUNES))
    one.tick(fakes.PLU.layer_name)
    assert settled(one, qtbot).endswith("opens this service already.")
    one.tick(fakes.COMMUNES.layer_name)
    assert said(one).endswith("opens these 2 services already.")


def test_the_newest_of_those_that_qgis_holds_is_named(one: Stage, qtbot: Any) -> None:
    keys_known(one)
    one.tick(fakes.ESTOMPAGE.layer_name)
    assert settled(one, qtbot) == f"The key “{BASIC_NAME}” opens this service already."


def test_an_ended_access_does_not_count(one: Stage, qtbot: Any) -> None:
    row = opens(known.HASH_KEY, fakes.PLU)
    ended = replace(fakes.TOWN, end_date=fakes.NOW - timedelta(days=1))
    listed(one, replace(row, accesses=tuple(replace(access, permission=ended) for access in row.accesses or ())))
    one.tick(fakes.PLU.layer_name)
    assert settled(one, qtbot) == ""


def test_its_layers_are_added_as_from_the_list(one: Stage, qtbot: Any) -> None:
    named(one)
    one.click("addOwnKeyLayersButton")
    assert one.find("dockTabs").currentIndex() == keys_scenes.MY_KEYS
    page = known.page()
    plu, estompage = (
        replace(page.served[place], offering_id=offering.id)
        for place, offering in ((1, fakes.PLU), (0, fakes.ESTOMPAGE))
    )
    one.my_keys_jobs.last("page").on_done(replace(page, served=(estompage, plu, *page.served)))
    assert one.my_keys_jobs.count("connect") == 1
    made = fakes.created()
    one.my_keys_jobs.last("connect").on_done(made)
    added = one.new_key_jobs.last("add_to_map").values[1]
    assert [recipe.name for recipe in added] == [estompage.name, plu.name]


def test_a_key_whose_services_are_not_drawn_is_opened(one: Stage, qtbot: Any) -> None:
    listed(one, opens(known.HASH_KEY, fakes.ARCHIVE))
    one.tick(fakes.ARCHIVE.layer_name)
    assert settled(one, qtbot) != ""
    assert not one.find("addOwnKeyLayersButton").isVisible()
    one.click("openOwnKeyButton")
    assert one.find("dockTabs").currentIndex() == keys_scenes.MY_KEYS
    assert one.my_keys_jobs.last("page").values[0] == known.HASH_KEY
    one.my_keys_jobs.last("page").on_done(known.page())
    assert one.my_keys_jobs.count("connect") == 0


def test_the_keyboard_and_the_way_on_stay_where_they_are(one: Stage, qtbot: Any) -> None:
    one.dock.activateWindow()
    keys_known(one)
    view = one.find("servicesTree")
    view.setFocus()
    one.tick(fakes.ESTOMPAGE.layer_name)
    assert settled(one, qtbot) != ""
    assert one.dock.focusWidget() is view
    one.click("nextButton")
    assert one.find("createButton").isVisible()


def test_it_goes_with_the_key(one: Stage, qtbot: Any) -> None:
    keys_scenes.key_page(one, known.page(known.BASIC_KEY))
    one.click("deleteKeyButton")
    one.my_keys_jobs.last("deletion_outlook").on_done(DeletionOutlook())
    keys_scenes.tab(one, NEW_KEY)
    one.tick(fakes.ESTOMPAGE.layer_name)
    assert BASIC_NAME in settled(one, qtbot)
    keys_scenes.tab(one, keys_scenes.MY_KEYS)
    one.click("deleteButton")
    one.my_keys_jobs.last("delete").on_done(Deleted(BASIC_NAME))
    keys_scenes.tab(one, NEW_KEY)
    assert HASH_NAME in settled(one, qtbot)


def test_without_a_session_there_is_no_way_to_the_key(one: Stage, qtbot: Any) -> None:
    named(one)
    one.sign_in.become(SignInState.EXPIRED)
    assert said(one) == ""
    assert settled(one, qtbot) == ""
    one.sign_in.become(SignInState.SIGNED_IN, fakes.account())
    assert HASH_NAME in settled(one, qtbot)


def test_signed_out_nothing_is_left_of_it(one: Stage, qtbot: Any) -> None:
    named(one)
    one.sign_in.sign_out()
    assert notice(one).isHidden()
    assert settled(one, qtbot) == ""


# What is not known yet


def unread(one: Stage, count: int = 3) -> None:
    """Show the first step; nothing is read of the keys."""
    scenes.signed_in(one, used=count)


def test_nothing_is_asked_before_anything_is_ticked(one: Stage, qtbot: Any) -> None:
    unread(one)
    assert settled(one, qtbot) == ""
    assert one.my_keys_jobs.count("overviews") == 0


def test_few_keys_are_read_behind_all_else_and_once(one: Stage, qtbot: Any) -> None:
    unread(one)
    one.tick(fakes.PLU.layer_name)
    assert settled(one, qtbot) == ""
    call = one.my_keys_jobs.last("overviews")
    has, is_behind = call.values
    assert is_behind
    one.tick(fakes.COMMUNES.layer_name)
    settled(one, qtbot)
    call.on_part([opens(has.keys[1], fakes.PLU, fakes.COMMUNES)])
    call.on_done()
    assert has.keys[1].name in settled(one, qtbot)
    keys_scenes.tab(one, keys_scenes.MY_KEYS)
    assert one.my_keys_jobs.count("overviews") == 1


def test_of_many_keys_nothing_is_asked(one: Stage, qtbot: Any) -> None:
    unread(one, FEW_KEYS + 1)
    one.tick(fakes.PLU.layer_name)
    settled(one, qtbot)
    assert one.my_keys_jobs.count("overviews") == 0


def test_nothing_is_asked_while_another_page_shows(one: Stage, qtbot: Any) -> None:
    unread(one)
    one.tick(fakes.PLU.layer_name)
    one.click("nextButton")
    settled(one, qtbot)
    assert one.my_keys_jobs.count("overviews") == 0


@pytest.mark.parametrize("is_looked_at", [False, True])
def test_a_failure_is_told_where_the_keys_are_looked_at(one: Stage, qtbot: Any, is_looked_at: bool) -> None:
    unread(one)
    one.tick(fakes.PLU.layer_name)
    settled(one, qtbot)
    call = one.my_keys_jobs.last("overviews")
    if is_looked_at:
        keys_scenes.tab(one, keys_scenes.MY_KEYS)
    call.on_failed(fakes.error())
    assert bool(one.dock.findChildren(Notice, "errorNotice")) is is_looked_at
    one.tick(fakes.COMMUNES.layer_name)
    settled(one, qtbot)
    assert one.my_keys_jobs.count("overviews") == 1
    keys_scenes.tab(one, NEW_KEY)
    keys_scenes.tab(one, keys_scenes.MY_KEYS)
    assert one.my_keys_jobs.count("overviews") == 2
    assert one.my_keys_jobs.last("overviews").values[1] is False


def test_when_they_were_last_used_is_not_asked_meanwhile(one: Stage, qtbot: Any) -> None:
    unread(one)
    one.tick(fakes.PLU.layer_name)
    settled(one, qtbot)
    one.my_keys_jobs.last("overviews").on_done()
    for timer in one.dock.findChildren(QTimer):
        if timer.isSingleShot() and timer.isActive():
            qtbot.waitUntil(lambda timer=timer: not timer.isActive())
    assert one.my_keys_jobs.count("last_uses") == 0
    keys_scenes.tab(one, keys_scenes.MY_KEYS)
    qtbot.waitUntil(lambda: one.my_keys_jobs.count("last_uses") == 1)


def test_nothing_is_looked_for_once_the_dock_is_shut_down(one: Stage, qtbot: Any) -> None:
    unread(one)
    one.tick(fakes.PLU.layer_name)
    one.dock.shut_down()
    QApplication.processEvents()
    assert not any(timer.isActive() for timer in one.dock.findChild(OwnKeyOffer).findChildren(QTimer))
    assert one.my_keys_jobs.count("overviews") == 0
