"""Layers that have got what they need while the page did nothing for them are told of, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.gui.new_key.wizard import KeyWizard
from gpkeys_plugin.gui.repair.former_needs import FormerNeeds
from gpkeys_plugin.jobs.repair.repair_values import LayerFound
from gpkeys_plugin.keys.layer_needs.needs import Cause, LayerNeed
from tests.gui import fake_my_keys, fake_repair, fakes, repair_scenes
from tests.gui.scenes import Stage

from .test_repair_page import news


def good(found: LayerFound, key_id: str = fake_repair.HASH_KEY.id) -> LayerFound:
    """Return the layer with a key of ours that opens it."""
    return replace(found, is_valid=True, need=LayerNeed(found.need.source, Cause.NONE, key_id))


def test_a_key_created_from_the_page_is_told_with_what_it_has_revived(one: Stage) -> None:
    layer = fake_repair.UNKNOWN[0]
    one.repair_jobs.remedies = {layer.layer_id: fake_repair.MAY}
    repair_scenes.ready(one, (layer, fake_repair.PARCELS))
    one.click("makeKeyButton")
    one.repair_jobs.layers = (good(layer), fake_repair.PARCELS)
    assert news(one, "drawn") == ""
    one.dock.findChild(KeyWizard).key_made.emit(fake_my_keys.holdings(), fake_repair.HASH_KEY)
    assert one.find("dockTabs").currentIndex() == repair_scenes.REPAIR
    assert news(one, "drawn") == "1 layer draws again."
    one.find("repairMessages").withdraw("drawn")
    one.dock.show_repair()
    assert news(one, "drawn") == ""


def test_what_the_page_has_mended_is_told_once(one: Stage) -> None:
    repair_scenes.ready(one, fake_repair.UNKNOWN)
    one.click("mendButton")
    one.repair_jobs.mend()
    one.repair_jobs.layers = tuple(map(good, fake_repair.UNKNOWN))
    one.dock.show_repair()
    assert "2 layers draw again." in news(one, "mended")
    assert news(one, "drawn") == ""


def test_nothing_is_told_to_another_account(one: Stage) -> None:
    repair_scenes.ready(one, fake_repair.UNKNOWN)
    one.repair_jobs.layers = tuple(map(good, fake_repair.UNKNOWN))
    other = replace(fakes.account(), id="other", email="other@example.org")
    held = replace(fake_my_keys.holdings(), account=other)
    one.sign_in.become(SignInState.SIGNED_IN, other)
    one.new_key_jobs.last("load").on_done(held)
    assert news(one, "drawn") == ""


ENDED = fake_repair.layer("Cadastre", Cause.ENDED_KEY, fake_repair.source(authcfg="a1b2c3d"), is_valid=True)
LACKING = replace(ENDED, need=replace(ENDED.need, key_id="k"))


@pytest.mark.parametrize(
    ("before", "now", "read", "count"),
    [
        (fake_repair.UNKNOWN[0], good(fake_repair.UNKNOWN[0], "k"), (), 1),
        (LACKING, good(LACKING, "new"), (), 1),
        (LACKING, good(LACKING, "k"), (), 0),
        (LACKING, good(LACKING, "k"), ("k",), 1),
        (fake_repair.DARK, replace(fake_repair.DARK, is_valid=True), (), 1),
        (fake_repair.FOREIGN, good(fake_repair.FOREIGN, "k"), ("k",), 0),
        (fake_repair.OURS, fake_repair.OURS, ("k",), 0),
    ],
)
def test_only_what_surely_drew_nothing_and_draws_now_counts(
    before: LayerFound, now: LayerFound, read: tuple[str, ...], count: int
) -> None:
    needs = FormerNeeds()
    assert needs.come_good([before], read) == 0
    assert needs.come_good([now], read) == count
    assert needs.come_good([now], read) == 0


def test_what_is_not_sure_yet_is_told_once_it_is() -> None:
    needs = FormerNeeds()
    needs.come_good([LACKING], ())
    assert [needs.come_good([good(LACKING, "k")], read) for read in ((), ("k",), ("k",))] == [0, 1, 0]


def test_a_layer_that_was_taken_out_of_the_project_is_not_counted() -> None:
    needs = FormerNeeds()
    needs.come_good([LACKING], ())
    assert needs.come_good([], ("k",)) == 0
