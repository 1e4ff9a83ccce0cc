"""What a key has to download, unfolded in QGIS's Browser: read there, opened in the panel, put on the map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QDockWidget

from gpkeys_plugin.gui.browser import download_items
from gpkeys_plugin.gui.downloads.choice_page import ChoicePage
from gpkeys_plugin.jobs.window import window_memory
from gpkeys_plugin.plugin import GpkeysPlugin
from gpkeys_plugin.store.records import installed_keys, opened_downloads
from gpkeys_plugin.store.records.installed_keys import InstalledKey
from gpkeys_plugin.wiring.window_parts import WindowParts
from tests.benchmarks import account_window
from tests.benchmarks.large_accounts import Watch
from tests.gui.browser.test_browser_entry import Browser
from tests.gui.start.stand_in import StandIn
from tests.qgis.store.conftest import manager
from tests.simulator.downloads.product import SCAN_FILES, editions
from tests.simulator.remote.steering import Simulator

__all__ = ["manager"]

_KEY, _USER = "Téléchargements", "denise"
_PUY_2024, _CANTAL_2025, _PUY_2026 = editions(SCAN_FILES)
_LONGEST_MS = 50


@pytest.fixture
def simulator(light_simulator: Simulator, monkeypatch: pytest.MonkeyPatch) -> Simulator:
    """Return a platform with a person whose key opens files; QGIS holds the key."""
    light_simulator.switch(download_limit_per_s=1000)
    monkeypatch.setattr(account_window, "USER", _USER)
    return light_simulator


@pytest.fixture
def held(iface: StandIn, simulator: Simulator, manager: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """Have QGIS hold the key and a session of last time; return its configuration."""
    for name in ("API_URL", "SSO_URL", "CLIENT_ID", "CLIENT_SECRET", "SEARCH_URL"):
        # To be as before afterwards: what keeps the session sets them, too.
        monkeypatch.setenv(f"GPKEYS_{name}", "")
    authcfg = account_window.kept_session(simulator)
    api, session = f"{simulator.api_url}/users/me", simulator.session_for(_USER)
    key = next(one for one in session.get(f"{api}/keys").json() if one["name"] == _KEY)
    installed_keys.remember(InstalledKey(key["_id"], _KEY, "HASH", simulator.api_url))
    offerings = [one["offering"] for one in session.get(f"{api}/keys/{key['_id']}/accesses").json()]
    scan = next(one["_id"] for one in offerings if one["layer_name"] == SCAN_FILES)
    opened_downloads.learn(simulator.api_url, {key["_id"]: {scan: SCAN_FILES}})
    return authcfg


@pytest.fixture
def browser(held: str, iface: StandIn, plugin: GpkeysPlugin, qtbot: QtBot) -> Browser:
    """Return the Browser of a QGIS where nobody is signed in yet."""
    return Browser(iface, qtbot)


def _sign_in(plugin: GpkeysPlugin, authcfg: str, qtbot: QtBot) -> None:
    opened: list[WindowParts] = []
    plugin._door.open_window(opened.append)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    opened[0]._sign_in.resume(authcfg)
    qtbot.waitUntil(lambda: opened[0]._sign_in.status.account is not None, timeout=20_000)


@pytest.fixture
def signed_in(browser: Browser, held: str, plugin: GpkeysPlugin, qtbot: QtBot) -> Iterator[Browser]:
    """Return the Browser once somebody is signed in."""
    _sign_in(plugin, held, qtbot)
    yield browser
    window_memory.DOWNLOAD_FOLDER.reset()


_SCAN = (_KEY, f"Download: {SCAN_FILES}")


def _edition(browser: Browser, name: str) -> str:
    """Return the words of an edition's item."""
    places = browser.opened(browser.below(*_SCAN))
    return next(
        str(browser.item(place).name())
        for place in places
        if getattr(browser.item(place), "edition", None) is not None and browser.item(place).edition.name == name
    )


def test_a_resource_unfolds_into_editions_and_these_into_files(signed_in: Browser, simulator: Simulator) -> None:
    simulator.clear_requests()
    names = signed_in.names(signed_in.opened(signed_in.below(*_SCAN)))
    assert len(names) == 3
    assert names[0] == "Puy-de-Dôme, 1 Jan 2026, TIFF"
    assert names[1].startswith("Cantal, ")
    files = signed_in.opened(signed_in.below(*_SCAN, _edition(signed_in, _CANTAL_2025.name)))
    assert [name.partition(",")[0] for name in signed_in.names(files)] == [file.name for file in _CANTAL_2025.files]
    asked = len(simulator.requests(service="gateway"))
    assert asked == 2
    signed_in.iface.browser.refresh(signed_in.item(signed_in.below(*_SCAN)).path())
    assert len(signed_in.opened(signed_in.below(*_SCAN))) == 3
    assert len(simulator.requests(service="gateway")) == asked


def test_the_window_lives_while_it_is_read(signed_in: Browser, simulator: Simulator) -> None:
    simulator.latency(300)
    place = signed_in.below(*_SCAN)
    # The item's thread and what it imports have their first turn before.
    found = Watch().settle("unfolding", lambda: signed_in.model.fetchMore(place), 1500)
    simulator.latency(0)
    assert len(signed_in.opened(place)) == 3
    assert found.stretch_ms < _LONGEST_MS


def test_nobody_signed_in_is_said_and_read_after_a_refresh(
    browser: Browser, held: str, plugin: GpkeysPlugin, qtbot: QtBot
) -> None:
    (note,) = browser.names(browser.opened(browser.below(*_SCAN)))
    assert note == "Nobody is signed in. Sign in, in the panel, then refresh this entry."
    _sign_in(plugin, held, qtbot)
    item = browser.item(browser.below(*_SCAN))
    item.refresh()
    qtbot.waitUntil(lambda: browser.model.rowCount(browser.below(*_SCAN)) == 3, timeout=20_000)


def test_what_cannot_be_read_is_said(signed_in: Browser, simulator: Simulator) -> None:
    simulator.fail("GET", "/telechargement/resource/", status=403, times=9)
    (note,) = signed_in.names(signed_in.opened(signed_in.below(*_SCAN)))
    assert "does not open" in note
    simulator.reset_faults()


def test_of_very_many_the_newest_show(
    signed_in: Browser, simulator: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download_items, "MOST_EDITIONS", 2)
    names = signed_in.names(signed_in.opened(signed_in.below(*_SCAN)))
    assert len(names) == 3
    assert "2026" in names[0]
    assert names[2] == "3 editions in all: search them in the panel."


def test_a_file_opens_in_the_panel_ticked(signed_in: Browser, qtbot: QtBot) -> None:
    way = (*_SCAN, _edition(signed_in, _PUY_2024.name))
    file = signed_in.opened(signed_in.below(*way))[0]
    signed_in.entry("Download", file).trigger()
    window = signed_in.iface.window
    qtbot.waitUntil(lambda: window.findChild(QDockWidget, "GpkeysDock") is not None, timeout=20_000)
    dock: Any = window.findChild(QDockWidget, "GpkeysDock")
    qtbot.waitUntil(lambda: dock.findChild(ChoicePage) is not None, timeout=20_000)
    chosen = dock.findChild(ChoicePage).model.chosen
    qtbot.waitUntil(lambda: chosen.count().files == 1, timeout=30_000)
    (ordered,) = chosen.order(Path()).editions
    assert (ordered.edition.name, ordered.names) == (_PUY_2024.name, frozenset({_PUY_2024.files[0].name}))


def test_a_file_is_downloaded_and_added_from_its_menu(
    signed_in: Browser, tmp_path: Path, qtbot: QtBot, simulator: Simulator
) -> None:
    folder = tmp_path / "données"
    folder.mkdir()
    window_memory.DOWNLOAD_FOLDER.set(str(folder))
    file = signed_in.opened(signed_in.below(*_SCAN, _edition(signed_in, _PUY_2024.name)))[0]
    signed_in.entry("DownloadAndAdd", file).trigger()
    qtbot.waitUntil(lambda: len(QgsProject.instance().mapLayers()) == 1, timeout=30_000)
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.source() == str(folder / _PUY_2024.name / _PUY_2024.files[0].name)
    assert Path(layer.source()).read_bytes() == _PUY_2024.files[0].content
    qtbot.waitUntil(lambda: any("1 layer added" in one.text() for one in signed_in.iface.bar.items()), timeout=20_000)


def test_what_could_not_be_had_is_told_and_nothing_is_added(
    signed_in: Browser, tmp_path: Path, qtbot: QtBot, simulator: Simulator
) -> None:
    window_memory.DOWNLOAD_FOLDER.set(str(tmp_path))
    file = signed_in.opened(signed_in.below(*_SCAN, _edition(signed_in, _CANTAL_2025.name)))[3]
    signed_in.entry("DownloadAndAdd", file).trigger()
    bar = signed_in.iface.bar
    qtbot.waitUntil(lambda: any("another checksum" in one.text() for one in bar.items()), timeout=30_000)
    assert QgsProject.instance().mapLayers() == {}


def test_unloaded_while_it_is_read_nobody_waits(
    browser: Browser, held: str, iface: StandIn, plugin: GpkeysPlugin, qtbot: QtBot, simulator: Simulator
) -> None:
    _sign_in(plugin, held, qtbot)
    simulator.fail("GET", "/telechargement/resource/", "timeout", times=9)
    place = browser.below(*_SCAN)
    browser.model.fetchMore(place)
    qtbot.waitUntil(lambda: bool(simulator.requests(path="/telechargement/resource/")), timeout=20_000)
    plugin.unload()
    assert browser.root() is None
    simulator.reset_faults()
