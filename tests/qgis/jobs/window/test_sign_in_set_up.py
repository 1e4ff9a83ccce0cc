"""What stands before a sign-in, on the real store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.jobs.window.sign_in_set_up import SetUp, VaultState
from gpkeys_plugin.store import environments
from gpkeys_plugin.store.configurations import auth_configs, signed_in_accounts
from gpkeys_plugin.store.configurations.oauth2_json import OAuth2Setup
from gpkeys_plugin.store.configurations.signed_in_accounts import SignedInAccount


def test_the_secret_is_needed_once(set_up: SetUp) -> None:
    assert set_up.vault_state() is VaultState.UNLOCKED
    assert set_up.needs_secret()
    with pytest.raises(GpkeysError) as refused:
        set_up.prepare(None, None)
    assert refused.value.code is ErrorCode.INVALID
    authcfg = set_up.prepare(None, "un secret")
    assert not set_up.needs_secret()
    assert set_up.current_authcfg() == authcfg
    assert set_up.prepare(None, None) == authcfg


def test_a_refused_secret_is_replaced_in_the_same_configuration(set_up: SetUp) -> None:
    authcfg = set_up.prepare(None, "faux")
    set_up.secret_refused()
    assert set_up.needs_secret()
    assert set_up.prepare(None, "juste") == authcfg
    assert not set_up.needs_secret()
    assert auth_configs.ids() == (authcfg,)


def test_a_configuration_that_is_there_can_be_chosen(set_up: SetUp) -> None:
    own = set_up.prepare(None, "un secret")
    other = auth_configs.store_oauth2(replace(OAuth2Setup.of(environments.known()[1], "autre"), name="Autre"))
    assert [choice.authcfg for choice in set_up.oauth2_choices()] == [other]
    assert set_up.prepare(other, None) == other
    assert set_up.current_authcfg() == other != own


def test_the_configuration_of_the_account_in_use_is_signed_in_with(set_up: SetUp) -> None:
    environment = environments.current()
    first = set_up.prepare(None, "un secret")
    second = auth_configs.store_oauth2(OAuth2Setup.of(environment, "un secret"))
    for account_id, authcfg in (("camille", first), ("olga", second)):
        signed_in_accounts.use(environment, SignedInAccount(account_id, authcfg))
        assert set_up.prepare(None, None) == authcfg
    assert set_up.oauth2_choices() == ()


def test_the_configuration_of_another_account_is_not_that_of_the_one_in_use(set_up: SetUp) -> None:
    environment = environments.current()
    first = set_up.prepare(None, "un secret")
    signed_in_accounts.use(environment, SignedInAccount("camille", first))
    signed_in_accounts.use(environment, SignedInAccount("olga", "gone123"))
    assert set_up.prepare(None, None) == first
    assert set_up.current_authcfg() == ""


def test_a_refused_secret_is_one_platform_s(set_up: SetUp, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up.prepare(None, "faux")
    set_up.secret_refused()
    monkeypatch.setenv("GPKEYS_ENVIRONMENT", "qualification")
    set_up.prepare(None, "autre")
    assert not set_up.needs_secret()
    monkeypatch.delenv("GPKEYS_ENVIRONMENT")
    assert set_up.needs_secret()
