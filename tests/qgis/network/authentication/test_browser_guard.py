"""Which addresses the guard swallows, and how a login ends then."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices

from gpkeys_plugin.network.authentication import browser_guard
from gpkeys_plugin.network.authentication.browser_guard import BrowserGuard
from gpkeys_plugin.network.authentication.reply_port import end_login
from gpkeys_plugin.network.authentication.sign_in_client import SignInClient
from tests.qgis.network.conftest import free_port as any_port
from tests.qgis.network.conftest import wait_for

SETUP = SignInClient("abc1234", "https://sso.example/auth", "https://sso.example/token", "qgis", "word")
LOGIN = "https://sso.example/auth?response_type=code&client_id=qgis&redirect_uri=http://127.0.0.1:{port}/"


class Opened(list[str]):
    """What reached the browser; the guard's own wish goes through Qt first, as in the application."""

    is_wished = False

    def openUrl(self, url: QUrl) -> bool:  # noqa: N802 - Qt's name
        if self.is_wished:
            self.is_wished = False
            return bool(QDesktopServices.openUrl(url))
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


def test_an_asked_login_opens_once(guard: BrowserGuard, opened: Opened) -> None:
    address = LOGIN.format(port=any_port()) + "&state=drawn"
    passed: list[str] = []
    guard.passed.connect(lambda url: passed.append(url.toString()))
    opened.is_wished = True
    guard.open_login(address)
    assert opened == passed == [address]
    _open(address)
    assert opened == [address]


def test_a_login_of_qgis_stays_shut_while_another_one_is_asked_for(guard: BrowserGuard, opened: Opened) -> None:
    swallowed: list[bool] = []
    guard.swallowed.connect(lambda: swallowed.append(True))
    asked, unasked = LOGIN.format(port=any_port()) + "&state=drawn", LOGIN.format(port=any_port())
    guard.passed.connect(lambda _: guard.open(QUrl(unasked)))
    opened.is_wished = True
    guard.open_login(asked)
    assert opened == [asked]
    wait_for(lambda: bool(swallowed))


def test_nothing_is_swallowed_when_nothing_is_watched(guard: BrowserGuard, opened: Opened) -> None:
    guard.leave(SETUP.authcfg)
    _open(LOGIN.format(port=7070))
    assert len(opened) == 1


def test_a_refusal_goes_to_whoever_listens() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        assert end_login(listener.getsockname()[1])
        connection, _ = listener.accept()
        assert connection.recv(100).startswith(b"GET /?error=access_denied ")
        connection.close()
    assert not end_login(any_port())


def test_several_clients_are_watched_and_left_one_by_one(guard: BrowserGuard, opened: Opened) -> None:
    elsewhere = replace(SETUP, authcfg="autre12", authorize_url="https://autre.example/auth")
    guard.watch(elsewhere)
    address = LOGIN.format(port=any_port())
    other = address.replace(SETUP.authorize_url, elsewhere.authorize_url)
    for each in (address, other):
        _open(each)
    assert opened == []
    guard.leave(SETUP.authcfg)
    for each in (address, other):
        _open(each)
    assert opened == [address]
