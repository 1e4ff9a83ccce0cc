"""A key shows at once, as far as it is known; what can be done with it waits for the rest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.PyQt.QtWidgets import QApplication, QLabel, QToolButton

from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.gui.my_keys.key_page import KeyPageView
from gpkeys_plugin.gui.notices.notice import Notice
from gpkeys_plugin.jobs.values import Edited, HeldKey
from gpkeys_plugin.keys.upkeep.permission_drift import Synchronisation

from .. import fake_my_keys as known
from .. import fakes
from .. import my_keys_scenes as scenes
from ..scenes import Stage
from .test_my_keys_view import text

_ACTS = ("editKeyButton", "testKeyButton", "connectKeyButton", "rotateKeyButton", "deleteKeyButton")


def said(one: Stage) -> str:
    """Return all that the page of the key says in labels, as far as it is to be seen."""
    page = one.dock.findChild(KeyPageView)
    # What was put into a layout shows from the next turn on.
    QApplication.sendPostedEvents()
    labels = [label for label in page.findChildren(QLabel) if label.isVisible()]
    return "\n".join(label.text() for label in labels)


def opened(one: Stage) -> None:
    """Open a key, its page being read."""
    scenes.keys(one)
    scenes.row(one, known.HASH_KEY)
    one.click("openKeyPageButton")


def test_what_the_list_knows_shows_at_once(one: Stage) -> None:
    opened(one)
    assert text(one, "pageTitle") == known.HASH_KEY.name
    assert one.find("keyPageBar").isVisible()
    assert "HASH" in text(one, "keyKind")
    assert fakes.SCAN.licence in said(one)
    notices = one.dock.findChild(KeyPageView).findChildren(Notice)
    assert any("has ended" in notice.text() for notice in notices if notice.isVisible())


def test_what_the_list_knows_is_not_waited_for_again(one: Stage) -> None:
    opened(one)
    assert one.my_keys_jobs.last("page").values == (known.HASH_KEY, known.accesses())


def test_nothing_is_said_of_what_is_not_read_yet(one: Stage) -> None:
    opened(one)
    assert text(one, "keyFilters") == "Reading…"
    assert "opens no service" not in said(one)
    assert not one.find("usageWords").isVisible()


def test_nothing_can_be_done_before_all_is_known(one: Stage) -> None:
    opened(one)
    assert not any(one.find(name).isEnabled() for name in _ACTS)
    assert not one.dock.findChild(KeyPageView).findChildren(QToolButton, "removeExpiredButton")
    one.my_keys_jobs.last("page").on_done(known.page())
    assert all(one.find(name).isEnabled() for name in _ACTS)
    assert not one.find("keyPageBar").isVisible()
    assert one.find("usageWords").isVisible()
    assert "192.0.2.0/24" in text(one, "keyFilters")


def test_a_page_read_lately_can_be_worked_with_at_once(one: Stage) -> None:
    scenes.keys(one)
    one.my_keys_jobs.kept[known.HASH_KEY.id] = known.page()
    scenes.row(one, known.HASH_KEY)
    one.click("openKeyPageButton")
    assert not one.find("keyPageBar").isVisible()
    one.click("rotateKeyButton")
    assert one.my_keys_jobs.last("page").is_cancelled
    one.my_keys_jobs.last("page").on_done(known.page())
    assert one.find("rotateButton").isVisible()


def test_the_way_back_stops_the_reading(one: Stage) -> None:
    opened(one)
    one.click("backToKeyButton")
    assert one.my_keys_jobs.last("page").is_cancelled
    assert one.find("keysList").isVisible()


def test_of_a_changed_key_nothing_old_shows(one: Stage) -> None:
    scenes.edit_filters(one)
    one.my_keys_jobs.kept[known.HASH_KEY.id] = known.page()
    one.click("saveButton")
    # The job drops what was read of the key, or has read it anew.
    one.my_keys_jobs.kept.clear()
    one.my_keys_jobs.last("edit").on_done(Edited(known.page().details))
    assert one.find("keyPageBar").isVisible()
    assert fakes.SCAN.licence not in said(one)


@pytest.mark.parametrize("is_read", [False, True])
def test_an_ended_session_leaves_what_was_read(one: Stage, is_read: bool) -> None:
    opened(one)
    if is_read:
        one.my_keys_jobs.last("page").on_done(known.page())
    one.sign_in.become(SignInState.EXPIRED)
    assert one.find("keysList").isVisible() is not is_read
    assert one.find("pageTitle").isVisible() is is_read


def test_a_page_read_again_stays_where_it_was_scrolled_to(one: Stage) -> None:
    scenes.key_page(one)
    bar = one.dock.findChild(KeyPageView).scroll.verticalScrollBar()
    one.dock.resize(300, 300)
    one.my_keys_jobs.kept[known.HASH_KEY.id] = known.page()
    bar.setRange(0, 500)
    bar.setValue(100)
    page = replace(known.page(), held=HeldKey())
    one.dock.findChild(KeyPageView).show_page(page, Synchronisation(), fakes.NOW)
    assert bar.value() == 100
