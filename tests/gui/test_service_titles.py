"""Titles of services: first, with the technical name second, whenever they come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QApplication, QCheckBox, QLabel

from gpkeys_plugin.entrepot.models import Access, KeyType, Offering, OfferingType, Permission
from gpkeys_plugin.entrepot.sign_in_status import SignInState
from gpkeys_plugin.gui.key_form.services_model import ServicesModel
from gpkeys_plugin.gui.options_page import OptionsPage
from gpkeys_plugin.gui.parts.row_content import ROW_ROLE
from gpkeys_plugin.keys.services import catalogue
from gpkeys_plugin.keys.services.titles import ServiceTitle, TitleBook
from gpkeys_plugin.keys.upkeep.overview import KeyOverview

from . import fake_my_keys, fakes, my_keys_scenes, result_scenes, scenes
from .fake_set_up import FakePreferences
from .scenes import Stage

TITLE, TIP, SPOKEN = "Estompage du SCAN 25", Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
BOOK = TitleBook.of(
    {
        fakes.ESTOMPAGE.layer_name: ServiceTitle(TITLE, "Ombres <b>portées</b>", ("IGN", "Rochebrune")),
        f"{fakes.PLU.layer_name}:zonage": ServiceTitle("Zonage du plan local d’urbanisme"),
        fakes.ARCHIVE.layer_name: ServiceTitle("Archive du plan local d’urbanisme"),
        fakes.ORTHO.layer_name: ServiceTitle("Orthophotographie de la vallée"),
    }
)


def titles_come(one: Stage, book: TitleBook = BOOK) -> None:
    """Answer the latest question for titles."""
    one.new_key_jobs.last("look_up_titles").on_done(book)


def words_of(one: Stage) -> str:
    """Return all that the labels in sight say, once those that were just made are laid out."""
    QApplication.processEvents()
    return "\n".join(label.text() for label in one.dock.findChildren(QLabel) if label.isVisible())


def test_names_show_at_once_and_titles_when_they_come(one: Stage) -> None:
    scenes.signed_in(one)
    view = one.find("servicesTree")
    index = scenes.row(view, fakes.ESTOMPAGE.layer_name)
    assert index.isValid()
    titles_come(one)
    assert index.data() == TITLE
    assert index.data(ROW_ROLE).name == fakes.ESTOMPAGE.layer_name
    assert index.data(SPOKEN) == f"{TITLE}, WMS raster, {fakes.ESTOMPAGE.layer_name}"
    assert scenes.row(view, "Zonage du plan local d’urbanisme").data(ROW_ROLE).name == fakes.PLU.layer_name
    assert scenes.row(view, fakes.SCAN25.layer_name).data(ROW_ROLE).name == ""


def test_all_services_of_the_account_are_asked_for_once(one: Stage) -> None:
    scenes.signed_in(one)
    (asked,) = one.new_key_jobs.last("look_up_titles").values
    assert {offering.id for permission in fakes.PERMISSIONS for offering in permission.offerings} == {
        offering.id for offering in asked
    }
    assert one.new_key_jobs.count("look_up_titles") == 1


def test_titles_that_are_known_show_from_the_start(one: Stage) -> None:
    one.sign_in.become(SignInState.SIGNED_IN, fakes.account())
    one.new_key_jobs.last("load").on_done(replace(fakes.holdings(), titles=BOOK))
    assert scenes.row(one.find("servicesTree"), TITLE).isValid()


def test_ticks_place_fold_and_current_row_stay(one: Stage, qtbot: Any) -> None:
    scenes.signed_in(one, permissions=scenes.many(12, 12))
    view = one.find("servicesTree")
    one.tick("collectivite_0003.couche_004")
    folded = scenes.row(view, "Licence numéro 0001 d’un producteur au nom long")
    view.collapse(folded)
    view.setCurrentIndex(scenes.row(view, "collectivite_0007.couche_002"))
    view.verticalScrollBar().setValue(37)
    view.setFocus()
    with qtbot.assertNotEmitted(view.model().modelReset):
        titles_come(one, TitleBook.of({"collectivite_0007.couche_002": ServiceTitle("La deuxième")}))
    assert view.currentIndex().data() == "La deuxième"
    assert view.verticalScrollBar().value() == 37
    assert not view.isExpanded(folded)
    assert view.hasFocus()
    assert [grant.offering_id for grant in view.model().grants()] == ["o3-4"]


def test_the_search_finds_titles_and_names(one: Stage, qtbot: Any) -> None:
    scenes.signed_in(one)
    titles_come(one)
    view = one.find("servicesTree")
    for text in ("ESTOMPAGE DU", "25.estompage"):
        one.type("servicesSearch", text)
        qtbot.waitUntil(lambda: not scenes.row(view, fakes.WATER.licence).isValid())
        assert scenes.row(view, TITLE).isValid()
        one.type("servicesSearch", "")
        qtbot.waitUntil(lambda: scenes.row(view, fakes.WATER.licence).isValid())


def test_a_search_under_way_finds_what_titles_bring(one: Stage, qtbot: Any) -> None:
    scenes.signed_in(one)
    one.tick(fakes.SCAN25.layer_name)
    one.type("servicesSearch", "urbanisme")
    qtbot.waitUntil(lambda: one.find("servicesNothingFound").isVisible())
    one.find("servicesSearch").setFocus()
    titles_come(one)
    view = one.find("servicesTree")
    assert scenes.row(view, "Zonage du plan local d’urbanisme").isValid()
    assert view.isExpanded(view.model().index(0, 0))
    assert not one.find("servicesNothingFound").isVisible()
    assert (one.find("servicesSearch").text(), one.find("servicesSearch").hasFocus()) == ("urbanisme", True)
    assert one.find("servicesCount").text() == "1 service ticked (1 hidden by the search)"


def test_the_current_row_of_a_search_stays(one: Stage, qtbot: Any) -> None:
    scenes.signed_in(one)
    one.type("servicesSearch", "plu")
    view = one.find("servicesTree")
    qtbot.waitUntil(lambda: not scenes.row(view, fakes.SCAN25.layer_name).isValid())
    view.setCurrentIndex(scenes.row(view, fakes.PLU.layer_name))
    assert one.find("permissionCombo").isVisible()
    titles_come(one, BOOK.extended({fakes.COMMUNES.layer_name: ServiceTitle("Plus de communes")}))
    assert scenes.row(view, "Plus de communes").isValid()
    assert view.currentIndex().data() == "Zonage du plan local d’urbanisme"
    assert one.find("permissionCombo").isVisible()


def test_the_tooltip_tells_more_in_plain_text(one: Stage) -> None:
    scenes.signed_in(one)
    titles_come(one)
    tip = scenes.row(one.find("servicesTree"), TITLE).data(TIP)
    assert fakes.ESTOMPAGE.layer_name in tip
    assert "Ombres &lt;b&gt;portées&lt;/b&gt;" in tip
    assert "Producer: IGN, Rochebrune" in tip


def test_a_long_description_is_cut_in_the_tooltip(one: Stage) -> None:
    scenes.signed_in(one)
    titles_come(one, TitleBook.of({fakes.ESTOMPAGE.layer_name: ServiceTitle(TITLE, "mot " * 200)}))
    tip = scenes.row(one.find("servicesTree"), TITLE).data(TIP)
    assert len(tip) < 400
    assert "…" in tip


def test_what_looks_like_markup_in_a_licence_stays_text(one: Stage) -> None:
    strange = Permission("p", "Licence <img src=x>", None, False, (fakes.ESTOMPAGE,))
    scenes.signed_in(one, permissions=(strange,))
    assert "&lt;img src=x&gt;" in scenes.row(one.find("servicesTree"), strange.licence).data(TIP)
    my_keys_scenes.tab(one, my_keys_scenes.MY_PERMISSIONS)
    assert "&lt;img src=x&gt;" in one.find("permissionsList").model().index(0, 0).data(TIP)


def test_keys_are_found_by_the_titles_of_their_services(one: Stage, qtbot: Any) -> None:
    my_keys_scenes.keys(one)
    titles_come(one)
    view = one.find("keysList")
    assert scenes.row(view, fake_my_keys.BASIC_KEY.name).data(ROW_ROLE).details.startswith(TITLE)
    one.type("keysSearch", "zonage")
    qtbot.waitUntil(lambda: view.model().rowCount() == 2)
    tip = scenes.row(view, fake_my_keys.HASH_KEY.name).data(TIP)
    assert f"{TITLE} – {fakes.ESTOMPAGE.layer_name}" in tip


def test_titles_that_come_late_change_what_the_search_of_keys_finds(one: Stage, qtbot: Any) -> None:
    my_keys_scenes.keys(one)
    one.type("keysSearch", "zonage")
    view = one.find("keysList")
    qtbot.waitUntil(lambda: view.model().rowCount() == 0)
    titles_come(one)
    assert view.model().rowCount() == 2
    assert not one.find("keysNothing").isVisible()


def test_the_page_of_a_key_says_title_and_name(one: Stage) -> None:
    my_keys_scenes.key_page(one)
    titles_come(one)
    words = words_of(one)
    assert f"• {TITLE} – {fakes.ESTOMPAGE.layer_name} (WMS raster)" in words
    assert f"Zonage du plan local d’urbanisme – {fakes.PLU.layer_name}:zonage" in words
    assert f"Orthophotographie de la vallée – {fakes.ORTHO.layer_name}" in words


def test_services_outside_the_permissions_are_asked_for_too(one: Stage) -> None:
    my_keys_scenes.listed(one)
    strange = Offering("o-x", OfferingType.WFS, "ailleurs.couche")
    call = one.my_keys_jobs.last("overviews")
    call.on_part([KeyOverview(fake_my_keys.HASH_KEY, (Access("a", strange),))])
    call.on_done()
    assert one.new_key_jobs.count("look_up_titles") == 2
    (asked,) = one.new_key_jobs.last("look_up_titles").values
    assert strange in asked
    assert fakes.SCAN25 in asked


def test_the_permissions_say_title_and_name(one: Stage) -> None:
    my_keys_scenes.permissions(one)
    one.type("permissionsSearch", "zonage")
    assert one.find("permissionsList").model().rowCount() == 0
    titles_come(one)
    view = one.find("permissionsList")
    assert view.model().rowCount() == 2
    assert f"• Zonage du plan local d’urbanisme – {fakes.PLU.layer_name} (WFS)" in one.find("permissionWords").text()


def test_the_permission_that_is_selected_stays_so(one: Stage, qtbot: Any) -> None:
    my_keys_scenes.permissions(one)
    view = one.find("permissionsList")
    view.setCurrentIndex(scenes.row(view, fakes.WATER.licence))
    with qtbot.assertNotEmitted(view.model().modelReset):
        titles_come(one)
    assert view.currentIndex().data() == fakes.WATER.licence


def test_the_result_names_services_without_connection(one: Stage) -> None:
    result_scenes.SCENES["result"](one)
    titles_come(one)
    words = words_of(one).splitlines()
    assert "Archive du plan local d’urbanisme" in words
    assert f"{fakes.ARCHIVE.layer_name} (Download)" in words


def test_titles_stay_once_a_key_is_made(one: Stage) -> None:
    scenes.basic(one)
    titles_come(one)
    one.click("createButton")
    one.new_key_jobs.last("create").on_done(fakes.created(KeyType.BASIC))
    my_keys_scenes.tab(one, my_keys_scenes.MY_PERMISSIONS)
    one.type("permissionsSearch", "zonage")
    assert f"• Zonage du plan local d’urbanisme – {fakes.PLU.layer_name} (WFS)" in one.find("permissionWords").text()


def test_titles_that_come_after_the_sign_out_are_dropped(one: Stage) -> None:
    scenes.signed_in(one)
    late = one.new_key_jobs.last("look_up_titles")
    one.choose("signOutAction")
    assert late.is_cancelled
    late.on_done(BOOK)
    scenes.signed_in(one)
    assert scenes.row(one.find("servicesTree"), fakes.ESTOMPAGE.layer_name).isValid()


def test_without_a_catalogue_names_stay(one: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one.new_key_jobs, "look_up_titles", lambda _offerings, _on_found: None)
    scenes.signed_in(one)
    assert scenes.row(one.find("servicesTree"), fakes.ESTOMPAGE.layer_name).isValid()


def test_twenty_thousand_titles_are_shown_without_a_new_layout(qgis_app: Any, qtbot: Any) -> None:
    model = ServicesModel()
    permissions = scenes.many(1000, 20)
    model.show_catalogue(catalogue.build(permissions, fakes.NOW), fakes.NOW)
    book = TitleBook.of(
        {
            offering.layer_name: ServiceTitle(f"Couche {offering.id}")
            for permission in permissions
            for offering in permission.offerings
        }
    )
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.dataChanged):
        assert not model.show_titles(book)
    assert model.index(0, 0, model.index(0, 0)).data() == "Couche o0-0"


def test_the_options_turn_the_lookup_off(qgis_app: Any, qtbot: Any) -> None:
    preferences = FakePreferences()
    page = OptionsPage(preferences)
    qtbot.addWidget(page)
    box = page.findChild(QCheckBox, "lookUpTitlesBox")
    assert box.isChecked()
    box.click()
    page.apply()
    assert not preferences.kept.looks_up_titles
    again = OptionsPage(preferences)
    qtbot.addWidget(again)
    assert not again.findChild(QCheckBox, "lookUpTitlesBox").isChecked()
