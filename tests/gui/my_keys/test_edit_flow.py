"""A key that exists, edited by clicking: what is sent, what is left alone, what a failure leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.models import Access, Filters, KeyUpdate
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.jobs.values import Edited, Failed
from gpkeys_plugin.keys.problem import Field
from gpkeys_plugin.keys.upkeep.key_edits import KeyDifference

from .. import fake_my_keys as known
from .. import fakes
from .. import my_keys_scenes as scenes
from ..scenes import Stage
from .test_my_keys_view import notices, text


def sent(one: Stage) -> KeyDifference:
    """Return what the latest edit asks for."""
    _, wanted = one.my_keys_jobs.last("edit").values
    assert isinstance(wanted, KeyDifference)
    return wanted


def test_an_edit_shows_what_will_change_and_sends_it(one: Stage) -> None:
    scenes.edit(one)
    one.click("nextButton")
    assert not one.find("saveButton").isEnabled()
    one.click("editBackButton")
    scenes_name = "Autre nom"
    one.type("keyNameEdit", scenes_name)
    one.click("nextButton")
    assert scenes_name in text(one, "changesLabel")
    one.click("saveButton")
    assert sent(one) == KeyDifference(update=KeyUpdate(name=scenes_name))
    details = replace(known.page().details, key=replace(known.HASH_KEY, name=scenes_name))
    one.my_keys_jobs.last("edit").on_done(Edited(details))
    assert one.find("keyPageBar").isVisible()
    assert text(one, "pageTitle") == scenes_name
    assert one.new_key_jobs.count("load") == 1


_GIVEN_AGAIN = replace(fakes.EXPIRED, id="p-anew", licence="Orthophotographie, accordée de nouveau", end_date=None)

_OPENED = {
    "ended, and given anew": (Access("a1", fakes.ORTHO, fakes.EXPIRED),),
    "twice": (Access("a1", fakes.PLU, fakes.TOWN), Access("a2", fakes.PLU, fakes.TOWN_OLD)),
    "twice, once ended": (Access("a1", fakes.ORTHO, fakes.EXPIRED), Access("a2", fakes.ORTHO, _GIVEN_AGAIN)),
    "offline": (Access("a1", fakes.GONE, fakes.TOWN_OLD),),
    "without a permission": (Access("a1", replace(fakes.PLU, is_open=True)),),
    "no longer listed": (Access("a1", replace(fakes.PLU, id="of-lost"), replace(fakes.TOWN, id="p-lost")),),
    "with OAuth2 once": (Access("a1", fakes.EAU, fakes.WATER),),
    "nothing": (),
}


@pytest.mark.parametrize("opened", _OPENED.values(), ids=list(_OPENED))
def test_an_edit_that_only_renames_leaves_every_access_alone(one: Stage, opened: tuple[Access, ...]) -> None:
    held = known.holdings()
    scenes.keys(one, replace(held, permissions=(*held.permissions, _GIVEN_AGAIN)))
    scenes.row(one, known.HASH_KEY)
    one.click("openKeyPageButton")
    page = replace(known.page(), accesses=opened)
    one.my_keys_jobs.last("page").on_done(page)
    one.click("editKeyButton")
    one.click("nextButton")
    assert text(one, "changesLabel") == "Nothing has changed yet."
    one.click("editBackButton")
    one.type("keyNameEdit", "Autre nom")
    one.click("nextButton")
    one.click("saveButton")
    assert sent(one) == KeyDifference(update=KeyUpdate(name="Autre nom"))


def test_a_failed_edit_loses_nothing_typed_and_says_what_stayed(one: Stage) -> None:
    scenes.edit_filters(one)
    one.click("saveButton")
    one.my_keys_jobs.last("edit").on_failed(Failed(fakes.error(), (Text("Something stayed."),)))
    assert one.find("saveButton").isVisible()
    assert "interne" in text(one, "changesLabel")
    one.find("stayedNotice")
    one.click("retryButton")
    assert one.my_keys_jobs.count("edit") == 2


@pytest.mark.parametrize(
    ("stayed", "said"), [((Text("Something stayed."),), "Cancelled. Something stayed."), ((), "Cancelled.")]
)
def test_a_cancelled_edit_says_what_stayed_and_promises_nothing_else(
    one: Stage, stayed: tuple[Text, ...], said: str
) -> None:
    scenes.edit_filters(one)
    one.click("saveButton")
    one.my_keys_jobs.last("edit").on_failed(Failed(fakes.error(ErrorCode.CANCELLED), stayed))
    assert notices(one) == [said]


@pytest.mark.parametrize(("stayed", "reads"), [((Text("Something stayed."),), 2), ((), 1)])
def test_an_edit_left_half_done_has_the_key_read_again(one: Stage, stayed: tuple[Text, ...], reads: int) -> None:
    scenes.edit_filters(one)
    one.click("saveButton")
    one.my_keys_jobs.last("edit").on_failed(Failed(fakes.error(), stayed))
    one.click("editBackButton")
    one.click("backToKeyButton")
    assert one.my_keys_jobs.count("page") == reads
    assert one.new_key_jobs.count("load") == reads


def test_a_kept_pattern_can_be_replaced(one: Stage) -> None:
    scenes.edit_filters(one)
    one.find("keepRefererBox").setChecked(False)
    one.type("refererEdit", "exemple.fr")
    one.click("saveButton")
    assert sent(one).update.referer == ".*exemple%.fr.*"


def test_a_proposal_is_ticked_beforehand_and_sent_only_with_a_yes(one: Stage) -> None:
    scenes.key_page(one)
    one.click("removeExpiredButton")
    assert one.my_keys_jobs.count("edit") == 0
    one.click("nextButton")
    one.click("saveButton")
    ended = [access for access in known.accesses() if access.permission == fakes.EXPIRED]
    assert ended
    assert sent(one) == KeyDifference(removals=tuple(ended))


def test_new_services_are_proposed_apart_from_what_has_ended(one: Stage) -> None:
    scenes.key_page(one)
    one.click("addNewButton")
    one.click("nextButton")
    one.click("saveButton")
    wanted = sent(one)
    assert {fakes.SCAN25.id, fakes.ARCHIVE.id} <= {id_ for step in wanted.additions for id_ in step.offering_ids}
    assert replace(wanted, additions=()).is_empty


def test_two_lists_of_addresses_stay_until_one_is_chosen(one: Stage) -> None:
    page = known.page()
    filters = Filters(whitelist=("192.0.2.0/24",), blacklist=("192.0.2.7/32",))
    page = replace(page, details=replace(page.details, filters=filters))
    scenes.key_page(one, page)
    one.click("editKeyButton")
    one.type("keyNameEdit", "Autre nom")
    one.click("nextButton")
    assert "192.0.2.7/32" in text(one, "bothListsWords")
    assert text(one, "changesLabel") == "Name: Portail cartographique → Autre nom"
    one.click("saveButton")
    assert sent(one) == KeyDifference(update=KeyUpdate(name="Autre nom"))
    one.my_keys_jobs.last("edit").on_failed(Failed(fakes.error()))
    combo = one.find("addressesCombo")
    combo.setCurrentIndex(combo.findData(Field.BLACKLIST.name))
    assert one.find("addressesEdit").toPlainText() == "192.0.2.7/32"
    one.click("saveButton")
    assert sent(one) == KeyDifference(update=KeyUpdate(name="Autre nom", whitelist=()))
