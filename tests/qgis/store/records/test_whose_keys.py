"""Whose the keys are that QGIS holds: one account's are not another's to see."""

from __future__ import annotations

from gpkeys_plugin.store.records import installed_keys
from gpkeys_plugin.store.records.installed_keys import InstalledKey

API = "https://data.geopf.fr/api"
OTHER_API = "https://autre.example/api"


def ids(account_id: str) -> set[str]:
    """Return the keys that may be an account's."""
    return {key.key_id for key in installed_keys.of_account(API, account_id)}


def test_keys_of_another_account_are_not_among_them() -> None:
    for key_id, whose in (("k1", "a"), ("k2", "b"), ("k3", "")):
        installed_keys.remember(InstalledKey(key_id, "Clé", "HASH", API, account_id=whose))
    assert ids("a") == {"k1", "k3"}
    assert ids("b") == {"k2", "k3"}
    assert ids("") == {"k1", "k2", "k3"}


def test_keys_of_an_earlier_version_are_claimed_by_the_account_that_has_them() -> None:
    for api_url, key_id, whose in ((API, "k1", ""), (API, "k2", ""), (API, "k3", "b"), (OTHER_API, "k1", "")):
        installed_keys.remember(InstalledKey(key_id, "Clé", "HASH", api_url, account_id=whose))
    installed_keys.claim(API, "a", {"k1", "k3"})
    assert ids("b") == {"k2", "k3"}
    assert {key.account_id for key in installed_keys.installed(OTHER_API)} == {""}


def test_a_key_stays_whose_it_is_when_it_gets_another_id() -> None:
    installed_keys.remember(InstalledKey("k1", "Clé", "HASH", API, account_id="a"))
    installed_keys.move(API, "k1", key_id="k9", key_name="Autre")
    assert ids("a") == {"k9"}
    assert ids("b") == set()
