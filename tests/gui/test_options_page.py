"""The page in QGIS's options."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractButton, QLabel, QWidget

from gpkeys_plugin.entrepot.translatable_text import Text
from gpkeys_plugin.gui.notices.notice import Notice
from gpkeys_plugin.gui.qgis_places import OptionsFactory
from gpkeys_plugin.jobs.window.preferences import FixedOptions, Preferences
from gpkeys_plugin.keys.draft import HashStorage

from .fake_set_up import FakePreferences


def test_the_options_are_kept(qtbot: Any, qgis_app: Any) -> None:
    preferences = FakePreferences()
    factory = OptionsFactory(lambda: preferences)
    page = factory.createWidget()
    qtbot.addWidget(page)

    def find(name: str) -> Any:
        return page.findChild(QWidget, name)

    assert find("apiUrlEdit").isReadOnly()
    find("platformCombo").setCurrentIndex(1)
    assert not page.isValid()
    find("apiUrlEdit").setText("https://api.example.org")
    find("ssoUrlEdit").setText("https://sso.example.org/realms/x")
    find("clientIdEdit").setText("qgis")
    find("replyPortSpin").setValue(7080)
    find("hashStorageCombo").setCurrentIndex(1)
    assert page.isValid()
    find("replyPortSpin").setValue(70700)
    assert not page.isValid()
    assert find("replyPortMessage").text() == "That port does not exist."
    find("replyPortSpin").setValue(7080)
    find("onlyReplyPortCheck").setChecked(True)
    assert find("tellOfLayersBox").isChecked()
    find("tellOfLayersBox").setChecked(False)
    assert page.isValid()
    page.apply()
    kept = preferences.kept
    assert (kept.environment_id, kept.api_url, kept.reply_port) == ("", "https://api.example.org", 7080)
    assert kept.only_reply_port
    assert not kept.tells_of_layers
    assert kept.hash_storage is HashStorage.HEADER


_FIELDS = {
    "platform": ("platformCombo",),
    "reply_port": ("replyPortSpin", "onlyReplyPortCheck"),
    "hash_storage": ("hashStorageCombo",),
    "looks_up_titles": ("lookUpTitlesBox",),
    "tells_of_layers": ("tellOfLayersBox",),
    "tells_of_hashes": ("tellOfHashesBox",),
    "tells_of_keys": ("tellOfKeysBox",),
}


@pytest.mark.parametrize("name", list(_FIELDS))
def test_what_is_fixed_cannot_be_changed_and_says_so(qtbot: Any, qgis_app: Any, name: str) -> None:
    fixed = FixedOptions(frozenset({name}), "/etc/gpkeys.json", (7070, 7090))
    page = OptionsFactory(lambda: FakePreferences(fixed_options=fixed)).createWidget()
    qtbot.addWidget(page)
    for other, fields in _FIELDS.items():
        assert {page.findChild(QWidget, field).isEnabled() for field in fields} == {other != name}
        line = page.findChild(QWidget, f"{other}FixedLine")
        assert (line is not None) is (other == name)
    page.findChild(QWidget, "platformCombo").setCurrentIndex(1)
    assert page.findChild(QWidget, "apiUrlEdit").isReadOnly() is (name == "platform")
    page.findChild(QWidget, "platformCombo").setCurrentIndex(0)
    assert "/etc/gpkeys.json" in page.findChild(Notice, "fixedOptionsNotice").text()
    assert page.isValid()


def test_all_fixed_ports_and_a_header_that_this_qgis_lacks_are_shown(qtbot: Any, qgis_app: Any) -> None:
    fixed = FixedOptions(frozenset({"reply_port", "hash_storage"}), "/etc/gpkeys.json", (7070, 7090))
    kept = Preferences(environment_id="production", reply_port=7070, hash_storage=HashStorage.HEADER)
    preferences = FakePreferences(kept=kept, fixed_options=fixed, has_header=False)
    page = OptionsFactory(lambda: preferences).createWidget()
    qtbot.addWidget(page)
    assert "7070, 7090" in page.findChild(QWidget, "reply_portFixedLine").text()
    assert "in a header" in page.findChild(QWidget, "hash_storageFixedLine").text()
    page.apply()
    assert preferences.kept.hash_storage is HashStorage.HEADER


def test_why_the_administrator_s_file_is_not_used_is_said(qtbot: Any, qgis_app: Any) -> None:
    fixed = FixedOptions(problem=Text("It is not <b>JSON</b>."))
    page = OptionsFactory(lambda: FakePreferences(fixed_options=fixed)).createWidget()
    qtbot.addWidget(page)
    assert [notice.text() for notice in page.findChildren(Notice)] == ["It is not <b>JSON</b>."]
    assert page.findChild(QWidget, "platformCombo").isEnabled()


def test_a_click_on_the_words_ticks_but_what_is_fixed(qtbot: Any, qgis_app: Any) -> None:
    fixed = FixedOptions(frozenset({"tells_of_layers"}), "/etc/gpkeys.json")
    page = OptionsFactory(lambda: FakePreferences(fixed_options=fixed)).createWidget()
    qtbot.addWidget(page)
    page.show()
    for name, can_change in (("tellOfHashesBox", True), ("tellOfLayersBox", False)):
        box = page.findChild(QAbstractButton, name)
        (words,) = [label for label in page.findChildren(QLabel) if label.buddy() is box]
        before = box.isChecked()
        qtbot.mouseClick(words, Qt.MouseButton.LeftButton)
        assert (box.isChecked() != before) is can_change
        assert box.accessibleName() == words.text().replace("&", "")
