"""The page in QGIS's options."""

from __future__ import annotations

from typing import Any

from qgis.PyQt.QtWidgets import QWidget

from gpkeys_plugin.gui.qgis_places import OptionsFactory
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
