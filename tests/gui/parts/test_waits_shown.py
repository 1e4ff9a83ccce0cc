"""A page whose job waits says why and how long, counted down; with the real jobs, on a platform that asks to wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from gpkeys_plugin.entrepot.request_turns import RequestTurns
from gpkeys_plugin.entrepot.retries import Patience
from gpkeys_plugin.gui.dock_tabs import Tab
from gpkeys_plugin.jobs.running.translate import show
from gpkeys_plugin.jobs.steps import account_sessions
from gpkeys_plugin.jobs.values import ConnectRequest
from tests.benchmarks.account_window import USER, AccountWindow, kept_session
from tests.qgis.jobs.faults.quick_waits import Waits
from tests.qgis.store.conftest import manager, own_settings
from tests.simulator.remote.steering import Simulator

__all__ = ["manager", "own_settings"]

_VARIABLES = ("GPKEYS_API_URL", "GPKEYS_SSO_URL", "GPKEYS_CLIENT_ID", "GPKEYS_CLIENT_SECRET", "GPKEYS_SEARCH_URL")
_WAIT = "The Géoplateforme asks to wait: next attempt in {left} s…"
_NOT_YET = "Not all services know the key yet: next attempt in {left} s…"


class Window(AccountWindow):
    """A signed-in window that has read all, and what it has told of waits."""

    def __init__(self, authcfg: str, qtbot: QtBot) -> None:
        super().__init__(authcfg)
        self._qtbot = qtbot
        self.heard: list[str] = []
        self.runner.waits.listen(self._hear)
        self.resume()
        qtbot.waitUntil(self.is_wizard_shown, timeout=30_000)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self._qtbot.waitUntil(self.is_idle, timeout=30_000)

    def see_wait(self) -> None:
        """Wait until something waits, and until that is over."""
        self._qtbot.waitUntil(lambda: bool(self.heard), timeout=30_000)
        self.settle()

    def shown(self) -> str:
        """Return what the window says of a wait."""
        return self.dock._messages.text("wait")

    def _hear(self, text: Any) -> None:
        self.dock.show_wait(text)
        assert self.shown() == (show(text) if text is not None else "")
        self.heard.append(self.shown())


@pytest.fixture
def window(light_simulator: Simulator, manager: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """Return a window of an account with two keys."""
    for name in _VARIABLES:
        monkeypatch.setenv(name, "")
    light_simulator.sow(USER, permissions=2, offerings=2, keys=2, accesses=1)
    made = Window(kept_session(light_simulator), qtbot)
    yield made
    made.close()
    # What the platform has asked of this account, it has not asked of the next test's.
    account_sessions._turns.cache_clear()


@pytest.fixture
def quick_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have seconds go by at once, each of them told."""
    made = Patience.__init__

    def make(patience: Patience, *values: Any, **named: Any) -> None:
        made(patience, *values, **{**named, "sleep": Waits().wait})

    monkeypatch.setattr(Patience, "__init__", make)
    # A rest of the whole account goes by the clock.
    monkeypatch.setattr(RequestTurns, "rest", lambda _turns, _seconds: None)


def _sign_in(window: Window) -> None:
    window.resume()


def _read_again(window: Window) -> None:
    window.pages.load()


def _read_in_front(window: Window) -> None:
    window.pages.reset()
    window.pages.load()


def _read_list(window: Window) -> None:
    window.pages.show_tab(Tab.MY_KEYS)


def _open_key(window: Window) -> None:
    window.my_keys.open_key(window.holdings.keys[0])


def _opened(window: Window) -> None:
    _open_key(window)
    window.settle()


def _nothing(_window: Window) -> None:
    """Need nothing beforehand."""


def _ask_to_delete(window: Window) -> None:
    window.my_keys._key_page.delete_wanted.emit()


Act = Callable[[Window], None]


@pytest.mark.parametrize(
    ("prepare", "path", "act"),
    [
        pytest.param(_nothing, "/users/me$", _sign_in, id="taking up the session"),
        pytest.param(_nothing, "/users/me/permissions", _read_in_front, id="reading the account"),
        pytest.param(_nothing, "/users/me/permissions", _read_again, id="reading it again beside the form"),
        pytest.param(_nothing, "/accesses", _read_list, id="what the keys open"),
        pytest.param(_nothing, "/stats", _read_list, id="when the keys were last used"),
        pytest.param(_nothing, "/users/me/keys/[^/]*$", _open_key, id="the page of a key"),
        pytest.param(_opened, "/stats", _ask_to_delete, id="what a deletion ends"),
    ],
)
def test_a_page_says_that_the_platform_asks_to_wait(
    window: Window, light_simulator: Simulator, quick_seconds: None, prepare: Act, path: str, act: Act
) -> None:
    prepare(window)
    light_simulator.fail("GET", path, status=429, times=1, headers={"Retry-After": "3"})
    act(window)
    window.see_wait()
    assert window.heard[0] == _WAIT.format(left=3)
    assert set(window.heard) == {*(_WAIT.format(left=left) for left in (3, 2, 1)), ""}
    assert window.shown() == ""


def test_a_page_with_progress_says_there_that_services_do_not_know_the_key_yet(
    window: Window, light_simulator: Simulator, quick_seconds: None
) -> None:
    _opened(window)
    light_simulator.fail("GET", "/private/", status=401, times=1000)
    told: list[str] = []
    window.my_keys_jobs.connect(
        window.page, ConnectRequest(), lambda _share, text: told.append(show(text)), lambda _: None, lambda _: None
    )
    window.settle()
    assert {_NOT_YET.format(left=left) for left in (2, 1)} <= set(told)
    assert window.heard == []


def test_of_a_wait_that_is_cut_off_nothing_stays_shown(
    window: Window, light_simulator: Simulator, qtbot: QtBot
) -> None:
    light_simulator.fail("GET", "/users/me/permissions", status=429, times=1, headers={"Retry-After": "50"})
    _read_again(window)
    qtbot.waitUntil(lambda: bool(window.shown()), timeout=30_000)
    window.wizard._loading.drop()
    window.settle()
    assert window.shown() == ""


def test_of_a_sign_in_that_is_cut_off_while_it_waits_nothing_stays_shown(
    window: Window, light_simulator: Simulator, qtbot: QtBot
) -> None:
    light_simulator.fail("GET", "/users/me$", status=429, times=1, headers={"Retry-After": "50"})
    window.resume()
    qtbot.waitUntil(lambda: bool(window.shown()), timeout=30_000)
    window.sign_in.cancel()
    window.settle()
    assert window.shown() == ""
