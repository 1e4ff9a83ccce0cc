"""What the pages around a key say is true, said once, and does not stay where it no longer belongs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from gpkeys_plugin.entrepot.models import Hits
from gpkeys_plugin.gui.key_form import draft_check
from gpkeys_plugin.gui.my_keys.key_list_rows import key_row
from gpkeys_plugin.gui.notices.notice import Notice
from gpkeys_plugin.jobs.values import Deleted, DeletionOutlook
from gpkeys_plugin.keys.upkeep.overview import KeyOverview

from .. import fake_my_keys as known
from .. import fakes
from .. import my_keys_scenes as scenes
from ..result.test_result_page import finished
from ..scenes import Stage
from .test_my_keys_view import notices, text


@pytest.mark.parametrize("days", [0, 30, 364])
def test_a_young_key_is_not_said_to_be_unused_for_a_year(days: int) -> None:
    accesses = known.accesses()[:2]
    key = replace(known.HASH_KEY, creation=fakes.NOW - timedelta(days=days))
    row = key_row(KeyOverview(key, accesses, Hits()), fakes.NOW)
    assert "year" not in row.sentence
    assert "not used yet, made on" in row.foot


def test_use_is_told_once() -> None:
    old = Hits(3, 10, fakes.NOW - timedelta(days=300), fakes.NOW - timedelta(days=200))
    for usage in (Hits(), old):
        row = key_row(KeyOverview(known.HASH_KEY, known.accesses()[1:2], usage), fakes.NOW)
        assert "unused for 90 days" in row.sentence
        assert "used" not in row.foot


def _outlook(one: Stage, usage: Hits | None, days: int) -> str:
    created = draft_check.now() - timedelta(days=days)
    page = known.page(replace(known.BASIC_KEY, creation=created))
    scenes.key_page(one, page)
    one.click("deleteKeyButton")
    one.my_keys_jobs.last("deletion_outlook").on_done(DeletionOutlook(page.held, usage=usage))
    return text(one, "deleteEffects")


def test_the_delete_page_says_that_a_new_key_was_not_used_yet(one: Stage) -> None:
    said = _outlook(one, Hits(), days=1)
    assert "Not used yet" in said
    assert "12 months" not in said


def test_the_delete_page_says_that_an_old_key_was_not_used(one: Stage) -> None:
    assert "It was not used in the past 12 months." in _outlook(one, Hits(), days=700)


def test_the_delete_page_names_the_layers_in_sight_first(one: Stage) -> None:
    first, *_ = _outlook(one, None, days=1).split("\n\n")
    assert first == "Layers of the open project that will stop drawing: Estompage SCAN 25, Zonage du PLU."


def test_what_was_done_does_not_follow_to_another_tab(one: Stage) -> None:
    scenes.key_page(one, known.page(known.BASIC_KEY))
    one.click("deleteKeyButton")
    one.my_keys_jobs.last("deletion_outlook").on_done(DeletionOutlook())
    one.click("deleteButton")
    one.my_keys_jobs.last("delete").on_done(Deleted(known.BASIC_KEY.name))
    assert notices(one) != []
    scenes.tab(one, scenes.MY_PERMISSIONS)
    assert one.dock.findChildren(Notice, "deletedNotice") == []


def test_the_result_of_a_key_that_is_gone_does_not_stay(one: Stage) -> None:
    finished(one)
    assert one.find("resultNotice").isVisible()
    scenes.tab(one, scenes.MY_KEYS)
    one.click("refreshKeysButton")
    one.new_key_jobs.last("load").on_done(known.holdings())
    scenes.tab(one, 0)
    assert not one.find("resultNotice").isVisible()
    assert one.find("keyNameEdit").isVisible()


def test_after_a_new_secret_the_safe_answer_has_the_focus(one: Stage, qtbot: Any) -> None:
    one.dock.activateWindow()
    scenes.SCENES["rotated"](one)
    assert one.dock.focusWidget() is one.find("laterButton")
    assert one.find("laterButton").font().bold()
    assert not one.find("finishRotationButton").font().bold()


def test_the_services_of_an_edit_are_named_before_they_are_sent(one: Stage) -> None:
    scenes.key_page(one)
    one.click("addNewButton")
    one.click("nextButton")
    said = text(one, "changesLabel")
    assert "To be opened: 3 services\n•" in said
    assert fakes.COMMUNES.layer_name in said


def test_filters_are_said_as_they_were_and_will_be(one: Stage) -> None:
    scenes.edit(one)
    one.click("nextButton")
    one.type("userAgentEdit", "Lizmap")
    assert "The User-Agent contains: QGIS/ → Lizmap" in text(one, "changesLabel")


def test_a_new_secret_of_two_characters_is_asked_about_once(one: Stage) -> None:
    scenes.SCENES["rotate_basic"](one)
    one.type("loginEdit", "voirie-2")
    one.type("passwordEdit", "x7")
    one.click("rotateButton")
    assert one.my_keys_jobs.count("rotate") == 0
    one.click("rotateButton")
    assert one.my_keys_jobs.count("rotate") == 1


def test_the_dock_first_asks_for_the_width_it_was_laid_out_for(one: Stage) -> None:
    scenes.keys(one)
    assert one.dock.widget().sizeHint().width() == 380
    assert one.dock.minimumSizeHint().width() <= 300


def test_the_tabs_count_keys_and_permissions_at_once(one: Stage) -> None:
    scenes.keys(one)
    bar = one.find("dockTabs")
    assert bar.accessibleTabName(1) == f"My keys ({len(known.KEYS)})"
    assert bar.accessibleTabName(2) == f"Permissions ({len(fakes.PERMISSIONS)})"
    scenes.row(one, known.BASIC_KEY)
    one.click("openKeyPageButton")
    one.my_keys_jobs.last("page").on_done(known.page(known.BASIC_KEY))
    one.click("deleteKeyButton")
    one.my_keys_jobs.last("deletion_outlook").on_done(DeletionOutlook())
    one.click("deleteButton")
    one.my_keys_jobs.last("delete").on_done(Deleted(known.BASIC_KEY.name))
    assert bar.accessibleTabName(1) == f"My keys ({len(known.KEYS) - 1})"
    assert text(one, "keysUsed").startswith(f"{len(known.KEYS) - 1} of")


def test_layers_of_a_deleted_key_go_only_where_that_is_ticked(one: Stage) -> None:
    scenes.delete(one)
    box = one.find("removeLayersBox")
    assert (box.isVisible(), box.isChecked()) == (True, False)
    assert "cannot undo" in text(one, "removeLayersHint")
    one.click("deleteButton")
    assert one.my_keys_jobs.last("delete").values[1].unwanted_layers == ()
    one.my_keys_jobs.last("delete").on_done(Deleted(known.BASIC_KEY.name))
    said = one.find("deletedNotice").text()
    assert "no longer draw: Estompage SCAN 25, Zonage du PLU. Remove them from it, or give them another key" in said
    scenes.tab(one, scenes.MY_PERMISSIONS)
    assert one.dock.findChildren(Notice, "deletedNotice") == []


def test_what_was_removed_is_said_and_what_stays_dark(one: Stage) -> None:
    scenes.delete(one)
    one.find("removeLayersBox").setChecked(True)
    one.click("deleteButton")
    assert one.my_keys_jobs.last("delete").values[1].unwanted_layers == ("estompage_1", "zonage_2")
    one.my_keys_jobs.last("delete").on_done(Deleted(known.BASIC_KEY.name, layer_names=("Zonage du PLU",)))
    said = one.find("deletedNotice").text()
    assert "Removed from the open project: Zonage du PLU." in said
    assert "no longer draw: Estompage SCAN 25." in said


def test_without_layers_there_is_nothing_to_tick(one: Stage) -> None:
    scenes.key_page(one, known.page(known.BASIC_KEY))
    one.click("deleteKeyButton")
    one.my_keys_jobs.last("deletion_outlook").on_done(DeletionOutlook())
    assert not one.find("removeLayersBox").isVisible()
