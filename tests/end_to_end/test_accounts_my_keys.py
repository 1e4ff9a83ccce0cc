"""My keys for each seeded account: the dock on the real use cases and the simulator."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProject

from gpkeys_plugin.gui.parts.row_content import ROW_ROLE
from tests.end_to_end.inside_qgis import clicking
from tests.end_to_end.test_accounts_new_key import Open, Seat, take_seat
from tests.qgis.jobs.conftest import manager, own_settings
from tests.simulator.memory import seeds

__all__ = ["manager", "own_settings", "take_seat"]

_MY_KEYS, _PERMISSIONS = 1, 2


def open_list(seat: Seat) -> None:
    """Go to my keys, and wait until all is read."""
    clicking.widget(seat.dock, "dockTabs").setCurrentIndex(_MY_KEYS)
    clicking.wait_until(lambda: not clicking.visible(seat.dock, "keysBar"), "the keys read")


def listed(seat: Seat) -> dict[str, Any]:
    """Return the rows of the list by name."""
    model = clicking.widget(seat.dock, "keysList").model()
    indexes = (model.index(row, 0) for row in range(model.rowCount()))
    return {str(index.data()): index for index in indexes}


def open_key(seat: Seat, name: str) -> None:
    """Open the page of a key."""
    clicking.widget(seat.dock, "keysList").setCurrentIndex(listed(seat)[name])
    seat.click("openKeyPageButton")
    clicking.wait_until(lambda: clicking.visible(seat.dock, "editKeyButton"), f"the page of {name}")
    assert seat.text("pageTitle") == name


def test_nadia_has_no_key_and_is_told_how_to_make_one(take_seat: Open) -> None:
    seat = take_seat("nadia")
    open_list(seat)
    assert listed(seat) == {}
    assert "no access key" in seat.text("keysNothing")


def test_hector_opens_his_keys_of_four_types(take_seat: Open) -> None:
    seat = take_seat("hector")
    open_list(seat)
    for name in tuple(listed(seat)):
        open_key(seat, name)
        assert not clicking.visible(seat.dock, "errorNotice")
        seat.click("backToKeyButton")
    open_key(seat, "Passerelle historique")
    assert not clicking.visible(seat.dock, "rotateKeyButton")
    assert not clicking.visible(seat.dock, "testKeyButton")


def test_hector_ticks_the_scan_and_adds_it_with_the_key_he_has(take_seat: Open) -> None:
    seat = take_seat("hector")
    QgsProject.instance().clear()
    seat.tick(seeds.SCAN)
    clicking.wait_until(lambda: clicking.visible(seat.dock, "ownKeyNotice"), "the key that opens it")
    assert "Portail cartographique interne" in str(clicking.widget(seat.dock, "ownKeyNotice").text())
    seat.click("addOwnKeyLayersButton")
    clicking.wait_until(lambda: bool(QgsProject.instance().mapLayers()), "its layer on the map")
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.isValid()
    assert layer.name().startswith("SCAN 25 touristique de Rochebrune")
    assert len(seat.bench.platform_keys()) == 4
    QgsProject.instance().clear()


def test_hector_s_portal_shows_its_consumption(take_seat: Open) -> None:
    seat = take_seat("hector")
    open_list(seat)
    open_key(seat, "Portail cartographique interne")
    clicking.wait_until(lambda: "request" in str(clicking.widget(seat.dock, "usageWords").text()), "the consumption")


def test_quentin_is_told_that_a_rotation_needs_room_and_what_to_do(take_seat: Open) -> None:
    seat = take_seat("quentin")
    open_list(seat)
    assert len(listed(seat)) == 10
    open_key(seat, "Clé numéro 1")
    seat.click("rotateKeyButton")
    clicking.wait_until(lambda: clicking.visible(seat.dock, "rotationObstacle"), "the obstacle")
    assert "10 of 10" in seat.text("rotationObstacle")
    assert not seat.is_enabled("rotateButton")


def test_quentin_deletes_a_key_and_has_room_again(take_seat: Open) -> None:
    seat = take_seat("quentin")
    open_list(seat)
    open_key(seat, "Clé numéro 3")
    seat.click("deleteKeyButton")
    clicking.wait_until(lambda: seat.is_enabled("deleteButton"), "what a deletion does")
    assert "Nothing in this QGIS uses it." in seat.text("deleteEffects")
    seat.click("deleteButton")
    clicking.wait_until(lambda: len(listed(seat)) == 9, "one key less")
    assert "Clé numéro 3" not in listed(seat)
    clicking.wait_until(lambda: "9" in seat.text("keysUsed"), "the count")


def test_edith_has_her_expired_access_removed_with_one_yes(take_seat: Open) -> None:
    seat = take_seat("edith")
    open_list(seat)
    name = "Clé de l'enquête publique"
    assert "1 expired access" in listed(seat)[name].data(ROW_ROLE).sentence
    open_key(seat, name)
    seat.click("removeExpiredButton")
    seat.click("nextButton")
    assert "To be closed: 1 service" in seat.text("changesLabel")
    seat.click("saveButton")
    clicking.wait_until(lambda: clicking.visible(seat.dock, "editedNotice"), "the change")
    clicking.wait_until(lambda: clicking.visible(seat.dock, "editKeyButton"), "the page of the key")
    assert not clicking.visible(seat.dock, "removeExpiredButton")


def test_oscar_gives_his_oauth2_key_what_only_it_may_open(take_seat: Open) -> None:
    seat = take_seat("oscar")
    open_list(seat)
    open_key(seat, "Compte personnel")
    seat.click("editKeyButton")
    clicking.wait_until(lambda: clicking.visible(seat.dock, "servicesTree"), "the services")
    seat.tick(seeds.WATER)
    seat.click("nextButton")
    seat.click("saveButton")
    clicking.wait_until(lambda: clicking.visible(seat.dock, "editedNotice"), "the change")
    (key,) = seat.bench.platform_keys()
    assert seeds.WATER in {access.offering.layer_name for access in seat.bench.accesses(key.id)}


def test_olga_sees_her_permission_and_that_no_key_uses_it(take_seat: Open) -> None:
    seat = take_seat("olga")
    clicking.widget(seat.dock, "dockTabs").setCurrentIndex(_PERMISSIONS)
    clicking.wait_until(lambda: clicking.visible(seat.dock, "permissionTitle"), "the permission")
    assert "eau potable" in seat.text("permissionTitle")
    assert "No key uses it." in seat.text("permissionWords")
