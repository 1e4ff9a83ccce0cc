"""The accounts that were signed in, and the OAuth2 configuration of each one's session."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from qgis.core import QgsSettings

from gpkeys_plugin.store import environments, settings
from gpkeys_plugin.store.configurations import account_configurations, auth_configs, signed_in_accounts
from gpkeys_plugin.store.configurations.auth_configs import OAuth2Setup
from gpkeys_plugin.store.configurations.signed_in_accounts import SignedInAccount
from gpkeys_plugin.store.environments import Environment
from gpkeys_plugin.store.records import installed_keys
from gpkeys_plugin.store.records.installed_keys import InstalledKey

PRODUCTION, QUALIFICATION = environments.known()
CAMILLE = SignedInAccount("c/1", "cam1234", "Camille Martin", "camille@rochebrune.example")
OLGA = SignedInAccount("o2", "olg1234", "Olga", "olga@rochebrune.example")


@pytest.fixture(autouse=True)
def _moments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have each use be a moment after the one before."""
    moments = iter(range(1, 1000))
    monkeypatch.setattr("gpkeys_plugin.store.configurations.signed_in_accounts.time.time", lambda: next(moments))


def ids(environment: Environment = PRODUCTION) -> list[str]:
    """Return the accounts of an environment, the one used last first."""
    return [account.id for account in signed_in_accounts.recent(environment)]


def own(secret: str = "du client") -> str:
    """Make the plugin's own sign-in."""
    return auth_configs.store_oauth2(OAuth2Setup.of(PRODUCTION, secret))


def test_an_account_is_remembered_and_in_use() -> None:
    signed_in_accounts.use(PRODUCTION, CAMILLE)
    (found,) = signed_in_accounts.recent(PRODUCTION)
    assert replace(found, used_s=0.0) == CAMILLE
    assert signed_in_accounts.in_use(PRODUCTION) == CAMILLE.id
    assert settings.sign_in_authcfg("production").get() == CAMILLE.authcfg


def test_the_one_used_last_comes_first() -> None:
    for account in (CAMILLE, OLGA, CAMILLE):
        signed_in_accounts.use(PRODUCTION, account)
    assert ids() == [CAMILLE.id, OLGA.id]


def test_environments_are_kept_apart() -> None:
    signed_in_accounts.use(PRODUCTION, CAMILLE)
    signed_in_accounts.use(QUALIFICATION, OLGA)
    assert ids() == [CAMILLE.id]
    assert ids(QUALIFICATION) == [OLGA.id]
    assert signed_in_accounts.in_use(PRODUCTION) == CAMILLE.id


def test_environments_of_one_s_own_are_kept_apart_from_each_other() -> None:
    one = replace(PRODUCTION, name=environments.CUSTOM, api_url="https://un.example/api")
    two = replace(one, api_url="https://deux.example/api")
    signed_in_accounts.use(one, CAMILLE)
    assert ids(two) == []
    assert signed_in_accounts.in_use(two) == ""
    assert signed_in_accounts.authcfg_in_use(two) == ""


def test_what_is_kept_cannot_be_read_is_none() -> None:
    signed_in_accounts.use(PRODUCTION, CAMILLE)
    for name, text in {"a": "{", "b": "[]", "c": "{}", "d": '{"id": "x", "authcfg": "y", "used_s": "hier"}'}.items():
        QgsSettings().setValue(f"gpkeys/sign_in/production/accounts/{name}", text)
    assert ids() == [CAMILLE.id]


def test_those_used_longest_ago_are_too_many_unless_they_have_keys_here() -> None:
    for number in range(9):
        signed_in_accounts.use(PRODUCTION, replace(OLGA, id=f"a{number}"))
    installed_keys.remember(InstalledKey("k1", "Clé", "HASH", PRODUCTION.api_url, account_id="a1"))
    installed_keys.remember(InstalledKey("k2", "Clé", "HASH", QUALIFICATION.api_url, account_id="a2"))
    assert {account.id for account in signed_in_accounts.superfluous(PRODUCTION)} == {"a0", "a2", "a3"}


def test_a_forgotten_one_is_in_use_no_more() -> None:
    signed_in_accounts.use(PRODUCTION, OLGA)
    signed_in_accounts.use(PRODUCTION, CAMILLE)
    signed_in_accounts.forget(PRODUCTION, OLGA.id)
    assert (ids(), signed_in_accounts.in_use(PRODUCTION)) == ([CAMILLE.id], CAMILLE.id)
    signed_in_accounts.forget(PRODUCTION, CAMILLE.id)
    assert (ids(), signed_in_accounts.in_use(PRODUCTION)) == ([], "")
    assert settings.sign_in_authcfg("production").get() == ""


def test_an_earlier_version_s_sign_in_to_one_s_own_environment_is_taken_up_where_it_is_this_one_s(manager: Any) -> None:
    one = replace(PRODUCTION, name=environments.CUSTOM, sso_url="https://un.example/realms/a")
    authcfg = auth_configs.store_oauth2(OAuth2Setup.of(one, None))
    settings.sign_in_authcfg(environments.CUSTOM).set(authcfg)
    assert signed_in_accounts.authcfg_in_use(one) == authcfg
    assert signed_in_accounts.authcfg_in_use(replace(one, sso_url="https://deux.example/realms/a")) == ""


# An account's configuration


def test_the_first_account_has_the_plugin_s_own(manager: Any) -> None:
    authcfg = own()
    assert account_configurations.home_of(PRODUCTION, authcfg, CAMILLE) == authcfg


def test_the_next_one_has_a_copy_with_its_name_and_the_same_client(manager: Any) -> None:
    authcfg = own()
    signed_in_accounts.use(PRODUCTION, replace(CAMILLE, authcfg=authcfg))
    home = account_configurations.home_of(PRODUCTION, authcfg, OLGA)
    assert home != authcfg
    assert auth_configs.own_sign_in_ids(PRODUCTION) == (authcfg, home)
    one, two = (auth_configs.loaded(id_) for id_ in (authcfg, home))
    assert two.name() == "GPKeys – Géoplateforme (olga@rochebrune.example)"
    assert json.loads(one.config("oauth2config")) == json.loads(two.config("oauth2config"))
    signed_in_accounts.use(PRODUCTION, replace(OLGA, authcfg=home))
    assert account_configurations.home_of(PRODUCTION, authcfg, OLGA) == home
    assert account_configurations.home_of(PRODUCTION, authcfg, CAMILLE) == authcfg


def test_tokens_are_not_put_beside_another_client(manager: Any) -> None:
    first, other = own("un"), own("deux")
    signed_in_accounts.use(PRODUCTION, replace(OLGA, authcfg=other))
    signed_in_accounts.use(PRODUCTION, replace(CAMILLE, authcfg=first))
    assert account_configurations.home_of(PRODUCTION, first, OLGA) not in (first, other)


def test_a_configuration_is_another_s_whatever_environment_it_is_in_use_for(
    manager: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    authcfg = own()
    signed_in_accounts.use(QUALIFICATION, replace(CAMILLE, authcfg=authcfg))
    assert account_configurations.is_anothers(PRODUCTION, authcfg, OLGA.id, OLGA.email)
    # The same person, to whom the other API gives another id.
    assert not account_configurations.is_anothers(PRODUCTION, authcfg, "c-autre", CAMILLE.email)


def test_a_configuration_that_nothing_uses_goes_with_its_account(manager: Any) -> None:
    first, second = own(), own()
    account_configurations.let_go(PRODUCTION, second)
    assert auth_configs.ids() == (first,)


def test_the_last_one_keeps_the_client_secret_but_not_the_name(manager: Any) -> None:
    authcfg = own()
    auth_configs.change(authcfg, auth_configs.OAUTH2, lambda config: config.setName("GPKeys – olga"))
    account_configurations.let_go(PRODUCTION, authcfg)
    assert auth_configs.loaded(authcfg).name() == "GPKeys – Géoplateforme"


def test_one_that_a_key_uses_stays(manager: Any) -> None:
    own()
    authcfg = own()
    installed_keys.remember(InstalledKey("k1", "Clé", "OAUTH2", PRODUCTION.api_url, authcfg))
    account_configurations.let_go(PRODUCTION, authcfg)
    assert authcfg in auth_configs.ids()


def test_one_that_the_user_made_stays(manager: Any) -> None:
    authcfg = auth_configs.store("Mienne", auth_configs.OAUTH2, {"oauth2config": "{}"})
    account_configurations.let_go(PRODUCTION, authcfg)
    assert authcfg in auth_configs.ids()


def test_one_that_a_layer_of_the_project_uses_stays(manager: Any, project: Any) -> None:
    from qgis.core import QgsVectorLayer

    own()
    authcfg = own()
    project.addMapLayer(QgsVectorLayer(f"authcfg={authcfg} nulle-part.gpkg", "Couche", "ogr"), False)
    account_configurations.let_go(PRODUCTION, authcfg)
    assert authcfg in auth_configs.ids()


# The environments to choose from


def test_environments_to_choose_from() -> None:
    assert environments.choosable({}) == (PRODUCTION, QUALIFICATION)
    settings.CUSTOM_API_URL.set("https://un.example/api")
    assert environments.choosable({}) == (PRODUCTION, QUALIFICATION)
    settings.CUSTOM_SSO_URL.set("https://un.example/realms/a")
    assert environments.choosable({}) == (PRODUCTION, QUALIFICATION, environments.custom())


@pytest.mark.parametrize("name", ["GPKEYS_ENVIRONMENT", "GPKEYS_CLIENT_ID", "GPKEYS_API_URL"])
def test_a_variable_leaves_no_choice(name: str) -> None:
    value = {"GPKEYS_API_URL": "https://un.example/api", "GPKEYS_ENVIRONMENT": "qualification"}.get(name, "autre")
    assert environments.choosable({name: value}) == (environments.current({name: value}),)
