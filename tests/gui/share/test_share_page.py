"""Sharing, clicked: what is shown, what is asked for, what is copied, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from qgis.PyQt.QtWidgets import QApplication, QFileDialog, QPlainTextEdit

from gpkeys_plugin.entrepot.errors import ErrorCode
from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.my_keys.acts import share_page
from gpkeys_plugin.gui.my_keys.acts.share_page import SharePage
from gpkeys_plugin.gui.notices.message_area import Messages
from gpkeys_plugin.gui.notices.notice import Notice
from gpkeys_plugin.jobs.repair.repair_values import Repaired, Undone
from gpkeys_plugin.jobs.share.share_values import CopyRequest, SharedCopy, ShareOutlook
from gpkeys_plugin.jobs.values import Failed

from .. import fake_my_keys as known
from .. import fakes, my_keys_scenes
from .. import share_scenes as scenes
from ..fake_share import CARRYING, IN_CLEAR, WITHOUT_SECRET
from ..scenes import Stage

_PHRASE = "Phrase-de-passe-26"  # pragma: allowlist secret - made up


class Asked:
    """Stands in for QGIS's dialog of files."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.proposed: list[str] = []

    def __call__(self, _parent: Any, _title: str, proposed: str, _kinds: str) -> str:
        self.proposed.append(proposed)
        return self.answer


def asked(one: Stage, answer: str) -> Asked:
    """Have the page of a stage ask a stand-in."""
    stand_in = Asked(answer)
    one.dock.findChild(SharePage)._ask = stand_in
    return stand_in


def text(one: Stage, name: str) -> str:
    """Return the words of a widget."""
    return str(one.find(name).text())


def notices(one: Stage) -> str:
    """Return what the messages above the pages say."""
    (messages,) = [found for found in one.dock.findChildren(Messages) if found.isVisible()]
    return "\n".join(notice.text() for notice in messages.findChildren(Notice))


def addresses(one: Stage, typed: str) -> None:
    """Type addresses."""
    edit: QPlainTextEdit = one.find("shareServerAddressesEdit")
    edit.setPlainText(typed)


def test_it_shows_when_it_is_asked_for_from_outside_once_the_keys_are_read(one: Stage) -> None:
    one.dock.show_key(known.HASH_KEY.id, is_to_share=True)
    my_keys_scenes.listed(one)
    asked_for = one.my_keys_jobs.last("page")
    assert asked_for.values[0] == known.HASH_KEY
    asked_for.on_done(known.page())
    assert one.dock.findChild(SharePage).isVisible()


def test_what_the_project_gives_away_is_said_and_taken_out_and_put_back(one: Stage) -> None:
    scenes.share(one)
    assert "in clear: 7 layers" in text(one, "shareWords")
    assert "Ancien fond (GDAL)" in text(one, "shareByHand")
    assert "url_du_fond" in text(one, "shareByHand")
    assert not one.find("undoTakeOutButton").isVisible()
    one.click("takeOutButton")
    assert one.share_jobs.last("take_out").values == (CARRYING,)
    one.share_jobs.found, one.share_jobs.undoable = WITHOUT_SECRET, 6
    why = Text("QGIS does not open it with this key")
    one.share_jobs.last("take_out").on_done(Repaired(("x",) * 5, ((CARRYING[0].found.name, why),)))
    assert "5 layers of the project use a configuration now" in notices(one)
    assert f"“{CARRYING[0].found.name}” keeps its hash: QGIS does not open it" in notices(one)
    assert not one.find("takeOutButton").isVisible()
    assert "q7d2k9z" in text(one, "shareColleagueWords")
    one.share_jobs.found, one.share_jobs.undoable = IN_CLEAR, 0
    one.click("undoTakeOutButton")
    one.share_jobs.last("undo").on_done(Undone(("x",) * 6))
    assert "6 layers of the project carry the hash again" in notices(one)
    assert one.find("takeOutButton").isVisible()


def test_back_after_a_change_the_key_is_read_again(one: Stage) -> None:
    scenes.taken_out(one)
    pages = one.my_keys_jobs.count("page")
    one.click("backToKeyButton")
    assert one.my_keys_jobs.count("page") == pages + 1


def test_the_text_for_a_colleague_names_the_id_and_no_secret_and_is_copied_on_a_click_only(one: Stage) -> None:
    QApplication.clipboard().setText("avant")
    scenes.share(one, WITHOUT_SECRET)
    assert QApplication.clipboard().text() == "avant"
    one.click("copyColleagueTextButton")
    copied = QApplication.clipboard().text()
    assert "q7d2k9z" in copied
    assert fakes.PLU.layer_name in copied
    assert str(known.page().details.hash) not in copied
    assert "no secret" in text(one, "shareColleagueMessage")


def test_a_colleague_needs_the_services_of_the_project_not_all_of_the_key(one: Stage) -> None:
    scenes.share(one, replace(WITHOUT_SECRET, services=(f"{fakes.PLU.layer_name}:zonage",)))
    one.click("copyColleagueTextButton")
    copied = QApplication.clipboard().text()
    assert fakes.PLU.layer_name in copied
    assert fakes.ESTOMPAGE.layer_name not in copied


def test_nothing_is_copied_for_a_colleague_while_the_layers_carry_the_hash(one: Stage) -> None:
    scenes.share(one)
    assert not one.find("copyColleagueTextButton").isVisible()


def test_a_qgis_without_headers_says_so_and_offers_nothing(one: Stage) -> None:
    scenes.SCENES["share_old_qgis"](one)
    assert "from 3.24 on" in text(one, "shareWords")
    assert not one.find("takeOutButton").isVisible()


def test_where_an_administrator_has_switched_copies_off_none_is_offered(one: Stage) -> None:
    scenes.SCENES["share_without_copies"](one)
    assert "administrator does not allow" in one.find("shareServerWords").text()
    for name in ("NameEdit", "AddressesEdit", "File", "MakeButton"):
        assert not one.find(f"shareServer{name}").isVisible(), name


def test_a_configuration_is_exported_with_a_password_that_is_forgotten_then(one: Stage) -> None:
    scenes.computer(one)
    stand_in = asked(one, "/tmp/clé.xml")  # noqa: S108 - nothing is written there
    one.click("exportConfigurationButton")
    assert "at least 8 characters" in text(one, "exportMessage")
    assert (stand_in.proposed, one.share_jobs.exports) == ([], [])
    one.type("exportPasswordEdit", _PHRASE)
    one.click("exportConfigurationButton")
    assert one.share_jobs.exports == [(Path("/tmp/clé.xml"), _PHRASE)]  # noqa: S108
    assert stand_in.proposed == [f"{known.BASIC_KEY.name}.xml"]
    assert one.find("exportPasswordEdit").text() == ""
    assert "/tmp/clé.xml" in text(one, "exportMessage")  # noqa: S108
    one.share_jobs.fault = fakes.error(ErrorCode.QGIS)
    one.type("exportPasswordEdit", _PHRASE)
    one.click("exportConfigurationButton")
    assert "answered with an error" in text(one, "exportMessage")


def test_no_file_chosen_nothing_happens(one: Stage) -> None:
    scenes.computer(one)
    asked(one, "")
    one.type("exportPasswordEdit", _PHRASE)
    one.click("exportConfigurationButton")
    assert one.share_jobs.exports == []


def test_a_key_without_a_configuration_has_nothing_to_export(one: Stage) -> None:
    scenes.share(one)
    one.click("shareComputerFold")
    assert not one.find("exportConfigurationButton").isVisible()
    assert "Your account knows the hash" in text(one, "shareComputerWords")


def test_a_server_gets_a_key_for_its_addresses_and_a_copy(one: Stage) -> None:
    scenes.server(one)
    name = f"{known.HASH_KEY.name} – QGIS Server"
    assert one.find("shareServerNameEdit").text() == name
    stand_in = asked(one, "/projets/serveur.qgz")
    one.click("shareServerMakeButton")
    assert stand_in.proposed == [f"/projets/Plan de situation – {name}.qgz"]
    (request,) = one.share_jobs.last("make_copy").values
    assert request == CopyRequest(name, ("192.0.2.17", "2001:db8::/32"), IN_CLEAR.file, Path("/projets/serveur.qgz"))
    key = known.BASIC_KEY
    loads = one.new_key_jobs.count("load")
    one.share_jobs.last("make_copy").on_done(SharedCopy(key, request.copy, 6, (fakes.EAU.layer_name,)))
    said = notices(one)
    for words in (key.name, "/projets/serveur.qgz", "192.0.2.17, 2001:db8::/32 only", fakes.EAU.layer_name):
        assert words in said
    assert one.new_key_jobs.count("load") == loads + 1


def test_without_addresses_a_server_gets_no_key(one: Stage) -> None:
    scenes.server(one, "")
    stand_in = asked(one, "/projets/serveur.qgz")
    one.click("shareServerMakeButton")
    assert "Type the addresses" in text(one, "shareServerWhitelistMessage")
    assert stand_in.proposed == []


def test_what_is_typed_is_checked_as_it_is_typed(one: Stage) -> None:
    scenes.server(one, "192.0.2.300")
    assert "neither an address nor a range" in text(one, "shareServerWhitelistMessage")
    one.type("shareServerNameEdit", known.BASIC_KEY.name)
    assert "already called" in text(one, "shareServerNameMessage")
    one.click("shareServerMakeButton")
    assert [call.name for call in one.share_jobs.calls] == []
    addresses(one, "10.0.0.1")
    assert "private network" in text(one, "shareServerWhitelistMessage")


def test_a_name_that_is_taken_gets_a_number(one: Stage) -> None:
    scenes.made(one)
    one.click("shareDeviceFold")
    assert one.find("shareServerNameEdit").text() == f"{known.HASH_KEY.name} – QGIS Server 2"


def test_without_a_file_only_the_key_is_made(one: Stage) -> None:
    scenes.share(one, ShareOutlook(file_problem=Text("The open project has not been saved yet: save it first.")))
    one.click("shareDeviceFold")
    assert "has not been saved yet" in text(one, "shareDeviceFile")
    stand_in = asked(one, "/projets/autre.qgz")
    one.click("shareDeviceMakeButton")
    assert one.share_jobs.last("make_copy").values == (CopyRequest(f"{known.HASH_KEY.name} – QField"),)
    assert stand_in.proposed == []


def test_a_failure_leaves_the_form_as_it_was_and_can_be_tried_again(one: Stage) -> None:
    scenes.server(one)
    asked(one, "/projets/serveur.qgz")
    one.click("shareServerMakeButton")
    stayed = (Text("The new key “{name}” may still be on the Géoplateforme.", {"name": "x"}),)
    one.share_jobs.last("make_copy").on_failed(Failed(fakes.error(), stayed))
    assert "answered with an error" in notices(one)
    assert "may still be on the Géoplateforme" in notices(one)
    assert one.find("shareServerAddressesEdit").toPlainText() == scenes.ADDRESSES
    one.click("retryButton")
    assert len([call for call in one.share_jobs.calls if call.name == "make_copy"]) == 2


@pytest.mark.parametrize("key", [known.HEADER_KEY, known.STRANGE_KEY])
def test_a_key_that_qgis_cannot_use_is_not_shared(one: Stage, key: Any) -> None:
    my_keys_scenes.key_page(one, known.page(key))
    assert not one.find("shareKeyButton").isVisible()


def test_the_dialog_is_qgis_own(monkeypatch: pytest.MonkeyPatch, one: Stage) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (given[2], given[3]))
    assert share_page.ask_file(one.dock, "titre", "proposé", "*.xml") == "proposé"


def test_the_sign_in_is_not_carried_and_has_another_id_elsewhere(one: Stage) -> None:
    one.share_jobs.found = WITHOUT_SECRET
    my_keys_scenes.key_page(one, known.page(known.OAUTH2_KEY))
    one.click("shareKeyButton")
    one.click("shareComputerFold")
    assert "has another id there" in text(one, "shareComputerWords")
    assert not one.find("exportConfigurationButton").isVisible()
