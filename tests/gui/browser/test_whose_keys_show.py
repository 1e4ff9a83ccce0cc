"""QGIS's own places show the keys of the account in use, and of no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from pytestqt.qtbot import QtBot

from gpkeys_plugin.gui.browser import key_search
from gpkeys_plugin.jobs.browser import connected_keys, ending_keys
from gpkeys_plugin.store import environments
from gpkeys_plugin.store.configurations import signed_in_accounts
from gpkeys_plugin.store.configurations.signed_in_accounts import SignedInAccount
from gpkeys_plugin.store.records import first_ends, installed_keys
from tests.gui.browser import keys_in_qgis
from tests.gui.browser.test_ending_keys_notice import lines, started
from tests.gui.start.stand_in import StandIn

_WHOSE = {"k2": "camille", "k10": "olga"}


@pytest.fixture(autouse=True)
def _held(iface: StandIn) -> None:
    """Have QGIS hold a key of each of two accounts, both of which soon open less; camille is in use."""
    keys_in_qgis.hold_two()
    for key_id, whose in _WHOSE.items():
        known = installed_keys.find(keys_in_qgis.API, key_id)
        assert known is not None
        installed_keys.remember(replace(known, account_id=whose))
    soon = datetime.now(timezone.utc) + timedelta(days=2)
    first_ends.learn(keys_in_qgis.API, dict.fromkeys(_WHOSE, soon))
    use("olga")
    use("camille")


def use(account_id: str) -> None:
    """Have an account in use."""
    signed_in_accounts.use(environments.current(), SignedInAccount(account_id, ""))


def shown() -> list[str]:
    """Return the names of keys that the Browser panel lists."""
    return [key.name for key in connected_keys.connected_keys()]


def found() -> set[str]:
    """Return the keys that the search bar finds."""
    hits = key_search.search("terrain", has_prefix=True, is_cancelled=lambda: False)
    return {hit.title for hit in hits if hit.icon == "locked.svg"}


def ending() -> list[str]:
    """Return the keys that QGIS is told of when it starts."""
    return [key.name for key in ending_keys.ending_keys(datetime.now(timezone.utc))]


@pytest.mark.parametrize(("account_id", "name"), [("camille", "Terrain 2"), ("olga", "Terrain 10")])
def test_each_account_sees_its_own(account_id: str, name: str) -> None:
    use(account_id)
    assert (shown(), found(), ending()) == ([name], {name}, [name])


def test_with_nobody_in_use_they_all_show() -> None:
    for account_id in ("camille", "olga"):
        signed_in_accounts.forget(environments.current(), account_id)
    assert shown() == ["Terrain 2", "Terrain 10"]


def test_the_line_about_a_key_goes_with_its_account(iface: StandIn, qtbot: QtBot) -> None:
    plugin = started(iface, qtbot)
    assert "Terrain 2" in lines(iface)[0]
    plugin._door.open_window(lambda window: window._accounts.choose_account("olga"))
    assert lines(iface) == []
    assert shown() == ["Terrain 10"]
    plugin.unload()
