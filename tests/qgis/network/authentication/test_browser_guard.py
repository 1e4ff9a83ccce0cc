"""Which addresses the guard swallows, and how a login ends then."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices

from gpkeys_plugin.network.authentication import browser_guard
from gpkeys_plugin.network.authentication.browser_guard import BrowserGuard
from gpkeys_plugin.network.authentication.qgis_authentication_calls import Passage
from gpkeys_plugin.network.authentication.reply_port import end_login, free_port, is_free
from gpkeys_plugin.network.authentication.sign_in_client import SignInClient
from tests.qgis.network.conftest import free_port as any_port
from tests.qgis.network.conftest import wait_for

SETUP = SignInClient("abc1234", "https://sso.example/auth", "https://sso.example/token", "qgis", "word")
LOGIN = "https://sso.example/auth?response_type=code&client_id=qgis&redirect_uri=http://127.0.0.1:{port}/"


class Opened(list[str]):
    """What reached the browser."""

    def openUrl(self, url: QUrl) -> bool:  # noqa: N802 - Qt's name
        self.append(url.toString())
        return True


@pytest.fixture
def guard(qgis_app: Any) -> Iterator[BrowserGuard]:
    """Return an installed guard that watches SETUP."""
    guard = BrowserGuard()
    guard.install()
    guard.watch(SETUP)
    yield guard
    guard.remove()


@pytest.fixture
def opened(monkeypatch: Any) -> Opened:
    """Return the addresses that the guard lets through."""
    found = Opened()
    monkeypatch.setattr(browser_guard, "QDesktopServices", found)
    return found


def _open(address: str) -> None:
    QDesktopServices.openUrl(QUrl(address))


def test_other_addresses_open_as_usual(guard: BrowserGuard, opened: Opened) -> None:
    others = [
        "https://sso.example/account",
        "https://sso.example/auth?client_id=other",
        "http://sso.example/auth?client_id=qgis",
        "https://other.example/auth?client_id=qgis",
    ]
    for address in others:
        _open(address)
    assert opened == others


def test_an_unasked_login_is_swallowed(guard: BrowserGuard, opened: Opened) -> None:
    swallowed: list[bool] = []
    guard.swallowed.connect(lambda: swallowed.append(True))
    _open(LOGIN.format(port=any_port()))
    wait_for(lambda: bool(swallowed))
    assert not opened


def test_an_asked_login_opens(guard: BrowserGuard, opened: Opened) -> None:
    address = LOGIN.format(port=any_port())
    with guard.letting_through(Passage()):
        _open(address)
    assert opened == [address]
    _open(address)
    assert opened == [address]


def test_a_fresh_login_asks_for_the_password_again(guard: BrowserGuard, opened: Opened) -> None:
    guard.want_fresh_login(True)
    with guard.letting_through(Passage()):
        _open(LOGIN.format(port=7070))
    assert opened[0].endswith("&prompt=login")


def test_an_asked_login_that_waits_on_no_port_stays_shut(guard: BrowserGuard, opened: Opened) -> None:
    passage = Passage()
    with guard.letting_through(passage):
        _open(LOGIN.format(port=0))
    assert passage.has_no_port
    assert not opened


def test_nothing_is_swallowed_when_nothing_is_watched(guard: BrowserGuard, opened: Opened) -> None:
    guard.watch(None)
    _open(LOGIN.format(port=7070))
    assert len(opened) == 1


def test_a_busy_port_is_seen_and_the_next_one_taken(qgis_app: Any) -> None:
    busy, free = any_port(), any_port()
    with socket.socket() as listener:
        listener.bind(("", busy))
        listener.listen()
        assert not is_free(busy)
        assert free_port((busy, free)) == free
        assert free_port((busy,)) is None


def test_a_refusal_goes_to_whoever_listens() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        assert end_login(listener.getsockname()[1])
        connection, _ = listener.accept()
        assert connection.recv(100).startswith(b"GET /?error=access_denied ")
        connection.close()
    assert not end_login(any_port())
