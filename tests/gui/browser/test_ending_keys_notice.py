"""The line in the message bar when a key will soon open less: at QGIS's start, from what was last read."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from pytestqt.qtbot import QtBot
from qgis.PyQt.QtWidgets import QPushButton

from gpkeys_plugin.plugin import GpkeysPlugin
from gpkeys_plugin.store import window_settings
from gpkeys_plugin.store.records import first_ends
from tests.gui.browser import keys_in_qgis
from tests.gui.start.stand_in import StandIn

_LINE = "gpkeysEndingKeysLine"


def end(days: float) -> datetime:
    """Return a moment some days from now."""
    return datetime.now(timezone.utc) + timedelta(days=days)


@pytest.fixture
def held(iface: StandIn) -> None:
    """Have QGIS hold two keys."""
    keys_in_qgis.hold_two()


def lines(iface: StandIn) -> list[str]:
    """Return what the lines of ours say."""
    return [item.text() for item in iface.bar.items() if item.objectName() == _LINE]


def started(iface: StandIn, qtbot: QtBot) -> GpkeysPlugin:
    """Return the plugin once QGIS is there."""
    window_settings.KEYS_END.set(True)
    plugin = GpkeysPlugin(iface)
    plugin.initGui()
    assert lines(iface) == []
    iface.window.show()
    iface.initializationCompleted.emit()
    ready: list[bool] = []
    plugin._door.open_window(lambda _window: ready.append(True))
    qtbot.waitUntil(lambda: bool(ready), timeout=20_000)
    return plugin


def test_a_key_that_soon_opens_less_is_told_of_once_qgis_is_there(
    held: None, iface: StandIn, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_ends.learn(keys_in_qgis.API, {"k2": end(3), "k10": end(30)})
    plugin = started(iface, qtbot)
    (line,) = lines(iface)
    assert "Terrain 2" in line
    assert "Terrain 10" not in line
    wanted: list[str] = []
    show = "gpkeys_plugin.gui.dock.KeysDock.show_key"
    monkeypatch.setattr(show, lambda _dock, key_id, _download, **_how: wanted.append(key_id))
    iface.window.findChild(QPushButton, "showEndingKeyButton").click()
    qtbot.waitUntil(lambda: wanted == ["k2"], timeout=20_000)
    assert lines(iface) == []
    plugin.unload()


def test_of_several_the_first_is_named(held: None, iface: StandIn, qtbot: QtBot) -> None:
    first_ends.learn(keys_in_qgis.API, {"k2": end(6), "k10": end(2)})
    plugin = started(iface, qtbot)
    (line,) = lines(iface)
    assert line.startswith("2 keys will soon open less; the first is “Terrain 10”")
    plugin.unload()
    assert lines(iface) == []


@pytest.mark.parametrize("days", [-1, 9])
def test_what_has_ended_or_ends_later_is_not_told(held: None, iface: StandIn, qtbot: QtBot, days: float) -> None:
    first_ends.learn(keys_in_qgis.API, {"k2": end(days)})
    plugin = started(iface, qtbot)
    assert lines(iface) == []
    plugin.unload()


def test_with_the_panel_open_nothing_is_told(held: None, iface: StandIn, qtbot: QtBot) -> None:
    """It says so itself."""
    window_settings.DOCK_VISIBLE.set(True)
    first_ends.learn(keys_in_qgis.API, {"k2": end(3)})
    plugin = started(iface, qtbot)
    assert lines(iface) == []
    plugin.unload()


def test_the_ends_of_keys_that_qgis_does_not_hold_are_forgotten(held: None, iface: StandIn) -> None:
    first_ends.learn(keys_in_qgis.API, {"k2": end(3), "unknown": end(3)})
    assert set(first_ends.known(keys_in_qgis.API)) == {"k2"}
    first_ends.learn(keys_in_qgis.API, {"k2": None})
    assert first_ends.known(keys_in_qgis.API) == {}
