"""After a change of ours only what it changed is read again: the account and the other keys are known."""

from __future__ import annotations

from dataclasses import replace

from gpkeys_plugin.entrepot.models import Key
from gpkeys_plugin.gui.my_keys.key_page import KeyPageView
from gpkeys_plugin.jobs.values import Deleted, Edited

from .. import fake_my_keys as known
from .. import fakes
from .. import my_keys_scenes as scenes
from .. import scenes as new_key
from ..scenes import Stage
from .test_my_keys_view import names, words


def reads(one: Stage) -> tuple[int, list[tuple[Key, ...]]]:
    """Return how often the account was read, and of which keys the rows were."""
    calls = [call for call in one.my_keys_jobs.calls if call.name == "overviews"]
    return one.new_key_jobs.count("load"), [call.values[0].keys for call in calls]


def test_an_edit_asks_for_the_page_of_its_key_only(one: Stage) -> None:
    scenes.edit_filters(one)
    before = reads(one)
    one.click("saveButton")
    details = replace(known.page().details, key=replace(known.HASH_KEY, name="Portail interne"))
    one.my_keys_jobs.last("edit").on_done(Edited(details))
    changed = known.page()
    one.my_keys_jobs.last("page").on_done(replace(changed, details=details, accesses=changed.accesses[:1]))
    assert reads(one) == before
    one.dock.findChild(KeyPageView).left.emit()
    assert reads(one) == before
    assert "Portail interne" in names(one)
    assert known.HASH_KEY.name not in names(one)
    assert "1 service" in words(one, "Portail interne")


def test_a_deleted_key_leaves_the_list_at_once(one: Stage) -> None:
    scenes.delete(one)
    before = reads(one)
    one.click("deleteButton")
    one.my_keys_jobs.last("delete").on_done(Deleted(known.BASIC_KEY.name))
    assert reads(one) == before
    assert known.BASIC_KEY.name not in names(one)


def test_of_a_key_that_was_made_only_its_row_is_read(one: Stage) -> None:
    new_key.step_2(one)
    scenes.tab(one, scenes.MY_KEYS)
    one.my_keys_jobs.last("overviews").on_done()
    before = reads(one)
    scenes.tab(one, 0)
    one.click("hashRadio")
    one.click("createButton")
    made = fakes.created()
    one.new_key_jobs.last("create").on_done(made)
    scenes.tab(one, scenes.MY_KEYS)
    assert reads(one) == (before[0], [*before[1], (made.key,)])


def test_without_any_key_all_is_known(one: Stage) -> None:
    scenes.listed(one, known.holdings(()))
    assert reads(one) == (1, [])
