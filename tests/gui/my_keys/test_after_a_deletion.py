"""What one may want once a key is deleted: another one for the layers of the open project that drew through it."""

from __future__ import annotations

from dataclasses import replace

from qgis.PyQt.QtWidgets import QPushButton

from gpkeys_plugin.gui.notices.notice import Notice
from gpkeys_plugin.gui.repair.group_section import GroupSection
from gpkeys_plugin.jobs.repair.repair_values import LayerFound
from gpkeys_plugin.jobs.values import Deleted, DeletionOutlook

from .. import fake_my_keys as known
from .. import fake_repair
from .. import my_keys_scenes as scenes
from ..scenes import Stage


def offers(one: Stage) -> list[QPushButton]:
    """Return the buttons of what is told of the deletion."""
    notice: Notice = one.find("deletedNotice")
    return notice.findChildren(QPushButton, "repairDarkLayersButton")


def deleted(one: Stage, *gone: str) -> None:
    """Delete a key that two layers of the open project use; those named go with it."""
    scenes.delete(one)
    one.find("removeLayersBox").setChecked(bool(gone))
    one.click("deleteButton")
    one.my_keys_jobs.last("delete").on_done(Deleted(known.BASIC_KEY.name, layer_names=gone))


def found(layer_id: str) -> LayerFound:
    """Return a layer of the open project that nobody’s key is known to open, so that it is not ticked by itself."""
    return replace(fake_repair.FOREIGN, layer_id=layer_id, name=layer_id)


def ticked(one: Stage) -> set[str]:
    """Return the ids of the layers that are ticked where layers are mended."""
    return {id_ for section in one.dock.findChildren(GroupSection) for id_ in section.ticked()}


def test_the_layers_that_stay_are_ticked_where_they_are_mended(one: Stage) -> None:
    one.repair_jobs.layers = (found("estompage_1"), found("zonage_2"), found("d_une_autre_cle"))
    deleted(one)
    (offer,) = offers(one)
    assert "no longer draw" in offer.accessibleDescription()
    offer.click()
    assert one.find("repairTitle").isVisible()
    assert ticked(one) == {"estompage_1", "zonage_2"}
    assert one.dock.findChildren(Notice, "deletedNotice") == []


def test_those_that_went_with_the_key_are_not(one: Stage) -> None:
    one.repair_jobs.layers = (found("estompage_1"), found("zonage_2"))
    deleted(one, "Estompage SCAN 25")
    (offer,) = offers(one)
    offer.click()
    assert ticked(one) == {"zonage_2"}


def test_nothing_is_offered_where_every_layer_went(one: Stage) -> None:
    deleted(one, "Estompage SCAN 25", "Zonage du PLU")
    assert offers(one) == []


def test_nothing_is_offered_where_no_layer_used_the_key(one: Stage) -> None:
    scenes.key_page(one, known.page(known.BASIC_KEY))
    one.click("deleteKeyButton")
    one.my_keys_jobs.last("deletion_outlook").on_done(DeletionOutlook())
    one.click("deleteButton")
    one.my_keys_jobs.last("delete").on_done(Deleted(known.BASIC_KEY.name))
    assert offers(one) == []
