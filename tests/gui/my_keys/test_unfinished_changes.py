"""Edits and deletions that stopped half-way: a notice each with its ways out, at sign-in and at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QApplication, QPushButton

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.notices.notice import Notice
from gpkeys_plugin.jobs.values import Deleted, Edited, Failed

from .. import fake_my_keys as known
from .. import fakes
from .. import my_keys_scenes as scenes
from ..scenes import Stage, signed_in
from .test_my_keys_view import notices, text

_BUTTONS = ("finishChangeButton", "undoChangeButton", "finishDeletionButton", "leaveDeletionButton")
_NOTICE = f"change-{scenes.EDIT_LEFT.id}Notice"


def shown(one: Stage) -> set[str]:
    """Return the buttons of the notices."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return {name for name in _BUTTONS if one.dock.findChildren(QPushButton, name)}


def test_what_stopped_half_way_is_told_as_long_as_its_record_stands(one: Stage) -> None:
    scenes.changes_left(one)
    assert shown(one) == set(_BUTTONS)
    assert notices(one) == [str(scenes.EDIT_LEFT.text), str(scenes.DELETION_LEFT.text)]
    one.my_keys_jobs.unfinished_changes.left = (scenes.DELETION_LEFT,)
    scenes.tab(one, 0)
    one.click("refreshButton")
    one.new_key_jobs.last("load").on_done(known.holdings())
    assert shown(one) == {"finishDeletionButton", "leaveDeletionButton"}


@pytest.mark.parametrize(
    ("button", "call", "words"),
    [
        ("finishChangeButton", "finish_edit", f"The key “{known.HASH_KEY.name}” was changed."),
        ("undoChangeButton", "undo_edit", f"Undone: the key “{known.HASH_KEY.name}” is as it was."),
    ],
)
def test_an_edit_is_finished_or_undone_in_front(one: Stage, button: str, call: str, words: str) -> None:
    scenes.changes_left(one)
    scenes.tab(one, 0)
    one.my_keys_jobs.unfinished_changes.left = ()
    one.click(button)
    assert one.find("progressTitle").isVisible()
    assert one.my_keys_jobs.last(call).values == (scenes.EDIT_LEFT,)
    one.my_keys_jobs.last(call).on_done(Edited(known.page().details, (Text("One warning."),)))
    assert f"{words}\nOne warning." in notices(one)
    assert one.my_keys_jobs.last("page").values[0] == known.HASH_KEY
    assert shown(one) == set()


def test_a_way_out_that_fails_stays_open(one: Stage) -> None:
    scenes.changes_left(one)
    one.click("undoChangeButton")
    one.click("finishChangeButton")
    assert one.my_keys_jobs.count("finish_edit") == 0
    failure = Failed(fakes.error(ErrorCode.FORBIDDEN), remainder=scenes.EDIT_LEFT)
    one.my_keys_jobs.last("undo_edit").on_failed(failure)
    assert one.find("errorNotice").isVisible()
    assert {"finishChangeButton", "undoChangeButton"} <= shown(one)
    assert one.new_key_jobs.count("load") == 2
    assert one.find("keysList").isVisible()


def test_an_ended_session_keeps_the_ways_out(one: Stage) -> None:
    scenes.changes_left(one)
    one.click("finishChangeButton")
    failure = Failed(fakes.error(ErrorCode.TOKEN_REFUSED), remainder=scenes.EDIT_LEFT)
    one.my_keys_jobs.last("finish_edit").on_failed(failure)
    assert shown(one) == set(_BUTTONS)
    assert one.new_key_jobs.count("load") == 1


def test_a_deletion_is_finished_or_left_as_it_is(one: Stage) -> None:
    scenes.changes_left(one)
    one.click("finishDeletionButton")
    name, warning = known.BASIC_KEY.name, Text("One thing stayed.")
    one.my_keys_jobs.last("finish_deletion").on_done(Deleted(name, warnings=(warning,)))
    assert f"The key “{name}” is deleted.\nOne thing stayed." in notices(one)
    one.click("leaveDeletionButton")
    one.my_keys_jobs.unfinished_changes.left = (scenes.EDIT_LEFT,)
    one.my_keys_jobs.last("leave_deletion").on_done()
    assert shown(one) == {"finishChangeButton", "undoChangeButton"}
    assert one.find("keysList").isVisible()


def test_an_edit_that_stops_is_told_at_once_with_what_stayed(one: Stage) -> None:
    scenes.edit_stopped(one)
    assert one.find("errorNotice").isVisible()
    assert not one.dock.findChildren(QPushButton, "retryButton")
    assert not one.dock.findChildren(Notice, "stayedNotice")
    assert text(one, _NOTICE).startswith(str(scenes.EDIT_LEFT.text))
    assert "still open to the key: rochebrune.plu_2026" in text(one, _NOTICE)
    one.click("finishChangeButton")
    assert one.my_keys_jobs.last("finish_edit").values == (scenes.EDIT_LEFT,)


def test_leaving_an_edit_that_stopped_has_the_key_read_again(one: Stage) -> None:
    scenes.edit_stopped(one)
    one.click("editBackButton")
    one.click("backToKeyButton")
    assert one.my_keys_jobs.count("page") == 2


def test_services_that_stayed_with_the_oauth2_key_are_told_with_both_ways_out(one: Stage, qtbot: Any) -> None:
    signed_in(one, oauth2="SIG")
    one.tick(fakes.EAU.layer_name)
    one.click("nextButton")
    one.click("extendKeyButton")
    left = replace(scenes.EDIT_LEFT, key_name="SIG")
    one.new_key_jobs.last("extend").on_failed(Failed(fakes.error(ErrorCode.CANCELLED), (Text("Stayed."),), left))
    assert notices(one) == [f"{left.text} Stayed."]
    one.click("undoChangeButton")
    assert one.find("dockTabs").currentIndex() == scenes.MY_KEYS
    assert one.my_keys_jobs.last("undo_edit").values == (left,)
