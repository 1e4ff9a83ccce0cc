"""Authentication configurations as QGIS really keeps them."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.store import auth_configs, environments, oauth2_json, settings
from gpkeys_plugin.store.auth_configs import OAuth2Setup, TechnicalAccount

PRODUCTION = environments.known()[0]
COMMON_KEYS = {
    "configType",
    "grantFlow",
    "requestUrl",
    "tokenUrl",
    "redirectPort",
    "clientId",
    "clientSecret",
    "scope",
    "persistToken",
    "requestTimeout",
}


def loaded(manager: Any, authcfg: str) -> Any:
    """Return a configuration with its secrets."""
    from qgis.core import QgsAuthMethodConfig

    config = QgsAuthMethodConfig()
    manager.loadAuthenticationConfig(authcfg, config, True)
    return config


def oauth2_content(manager: Any, authcfg: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(loaded(manager, authcfg).config("oauth2config"))
    return content


def without_header_method() -> bool:
    return not auth_configs.has_header_method()


def test_basic_is_stored_and_changed_under_the_same_id(manager: Any) -> None:
    authcfg = auth_configs.store_basic(auth_configs.name_for_key("Réseau d'eau"), "camille", "été/à&=% 1")

    config = loaded(manager, authcfg)
    assert (config.name(), config.method()) == ("GPKeys – Réseau d'eau", "Basic")
    assert (config.config("username"), config.config("password")) == ("camille", "été/à&=% 1")
    assert config.isValid()

    auth_configs.update_basic(authcfg, password="autre")  # pragma: allowlist secret - made up
    config = loaded(manager, authcfg)
    assert (config.config("username"), config.config("password")) == ("camille", "autre")
    assert [entry.id for entry in auth_configs.all_configs()] == [authcfg]


def test_a_qgis_without_the_header_method_refuses_it(manager: Any) -> None:
    if not without_header_method():
        pytest.skip("this QGIS has the APIHeader method")
    with pytest.raises(GpkeysError) as caught:
        auth_configs.store_api_header("clé", "a" * 32)

    assert "APIHeader" in str(caught.value.user)
    assert manager.configIds() == []


def test_a_hash_is_stored_as_the_apikey_header(manager: Any) -> None:
    if without_header_method():
        pytest.skip("this QGIS has no APIHeader method")
    authcfg = auth_configs.store_api_header("clé", "a" * 32)
    auth_configs.update_api_header(authcfg, hash_value="b" * 32)

    assert loaded(manager, authcfg).configMap() == {"apikey": "b" * 32}


def test_the_sign_in_holds_only_keys_that_every_qgis_knows(manager: Any) -> None:
    authcfg = auth_configs.store_oauth2(OAuth2Setup.of(PRODUCTION, "s"))

    content = oauth2_content(manager, authcfg)
    assert set(content) == COMMON_KEYS
    assert content["tokenUrl"] == "https://sso.geopf.fr/realms/geoplateforme/protocol/openid-connect/token"
    assert (content["clientId"], content["clientSecret"]) == ("qgis", "s")
    assert (content["redirectPort"], content["requestTimeout"], content["persistToken"]) == (7070, 30, True)
    assert content["scope"] == "openid"


@pytest.mark.parametrize(
    ("client_secret", "version", "flow"),
    [(None, 32216, 0), (None, 33999, 0), (None, 34000, 3), (None, 34415, 3), ("s", 34415, 0), ("s", 32216, 0)],
)
def test_pkce_only_for_a_public_client_where_qgis_can(client_secret: str | None, version: int, flow: int) -> None:
    content = json.loads(oauth2_json.oauth2_json(OAuth2Setup("n", PRODUCTION, client_secret), version))

    assert content["grantFlow"] == flow


def test_a_technical_account_signs_in_without_a_browser(manager: Any) -> None:
    setup = OAuth2Setup("n", PRODUCTION, "s", account=TechnicalAccount("technique", "mot"))
    authcfg = auth_configs.store_oauth2(setup)

    content = oauth2_content(manager, authcfg)
    assert set(content) == COMMON_KEYS | {"username", "password"}
    assert (content["grantFlow"], content["username"], content["password"]) == (2, "technique", "mot")
    assert auth_configs.own_sign_in_id(PRODUCTION) == ""


def test_secrets_stay_out_of_what_is_printed() -> None:
    setup = OAuth2Setup("n", PRODUCTION, "très-secret", account=TechnicalAccount("technique", "très-secret"))

    assert "très-secret" not in repr(setup)


def test_the_sign_in_follows_the_settings() -> None:
    settings.REPLY_PORTS.set((7081, 7082))
    settings.KEEP_SIGNED_IN.set(False)

    setup = OAuth2Setup.of(PRODUCTION, "s")

    assert (setup.reply_port, setup.keep_session) == (7081, False)


def test_the_reply_port_changes_and_nothing_else(manager: Any) -> None:
    authcfg = auth_configs.store_oauth2(OAuth2Setup.of(PRODUCTION, "s"))
    before = oauth2_content(manager, authcfg)

    auth_configs.update_reply_port(authcfg, 7072)

    assert oauth2_content(manager, authcfg) == {**before, "redirectPort": 7072}
    assert auth_configs.reply_port(authcfg) == 7072


def test_the_same_reply_port_writes_nothing(manager: Any, qtbot: Any) -> None:
    authcfg = auth_configs.store_oauth2(OAuth2Setup.of(PRODUCTION, "s"))

    with qtbot.assertNotEmitted(manager.authDatabaseChanged):
        auth_configs.update_reply_port(authcfg, 7070)


def test_the_client_secret_can_be_replaced(manager: Any) -> None:
    authcfg = auth_configs.store_oauth2(OAuth2Setup.of(PRODUCTION, "s"))
    auth_configs.update_client_secret(authcfg, "t")

    assert oauth2_content(manager, authcfg)["clientSecret"] == "t"


def test_sign_ins_are_found_by_their_service(manager: Any) -> None:
    own = auth_configs.store_oauth2(OAuth2Setup.of(PRODUCTION, "s"))
    other = auth_configs.store_oauth2(OAuth2Setup.of(environments.known()[1], "s"))
    auth_configs.store_basic("une clé", "l", "p")
    by_hand = _store_by_hand(manager, "Officiel", PRODUCTION.grant_url)
    broken = _store_by_hand(manager, "Cassé", None)

    assert auth_configs.own_sign_in_id(PRODUCTION) == own
    assert {id_ for id_, _ in auth_configs.oauth2_configs()} == {own, other, by_hand, broken}
    assert {id_ for id_, _ in auth_configs.oauth2_configs(PRODUCTION.sso_url)} == {own, by_hand}


def test_another_client_of_the_same_service_is_not_the_own_sign_in(manager: Any) -> None:
    from dataclasses import replace

    auth_configs.store_oauth2(OAuth2Setup.of(PRODUCTION, "s"))

    assert auth_configs.own_sign_in_id(replace(PRODUCTION, client_id="autre")) == ""


def test_removing_is_done_once_and_forgiving(manager: Any) -> None:
    authcfg = auth_configs.store_basic("n", "l", "p")
    auth_configs.remove(authcfg)
    auth_configs.remove(authcfg)
    auth_configs.remove("")

    assert not auth_configs.exists(authcfg)


def test_what_is_gone_or_of_another_method_is_said(manager: Any) -> None:
    basic = auth_configs.store_basic("n", "l", "p")
    for authcfg in ("zzzzzzz", basic):
        with pytest.raises(GpkeysError) as caught:
            auth_configs.update_reply_port(authcfg, 7071)
        assert authcfg in str(caught.value.user)
        assert caught.value.advice is not None


def test_a_configuration_that_is_no_json_is_said(manager: Any) -> None:
    with pytest.raises(GpkeysError) as caught:
        auth_configs.update_reply_port(_store_by_hand(manager, "Cassé", None), 7071)

    assert "Cassé" in str(caught.value.user)


def test_a_wanted_id_is_given_where_it_is_free(manager: Any) -> None:
    first = auth_configs.store_basic("un", "l", "p", wanted_ids=("abc1234", "def5678"))
    second = auth_configs.store_basic("deux", "m", "q", wanted_ids=("abc1234", "def5678"))
    third = auth_configs.store_basic("trois", "n", "r", wanted_ids=("abc1234", "def5678"))
    assert (first, second) == ("abc1234", "def5678")
    assert third not in ("", first, second)
    assert [loaded(manager, id_).config("username") for id_ in (first, second, third)] == ["l", "m", "n"]


def test_an_id_taken_by_another_qgis_meanwhile_gives_way_to_the_next(
    manager: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = auth_configs.store_basic("un", "l", "p", wanted_ids=("abc1234",))
    seen = iter([False])
    looked = auth_configs.exists
    monkeypatch.setattr(auth_configs, "exists", lambda authcfg: next(seen, None) is None and looked(authcfg))
    second = auth_configs.store_basic("deux", "m", "q", wanted_ids=("abc1234", "def5678"))
    assert (first, second) == ("abc1234", "def5678")
    assert loaded(manager, first).config("username") == "l"


def test_what_qgis_has_read_of_an_earlier_configuration_of_the_same_id_is_forgotten(manager: Any) -> None:
    from qgis.PyQt.QtCore import QUrl
    from qgis.PyQt.QtNetwork import QNetworkRequest

    def sent() -> bytes:
        request = QNetworkRequest(QUrl("https://exemple.fr"))
        manager.updateNetworkRequest(request, "abc1234")
        return bytes(request.rawHeader(b"Authorization"))

    auth_configs.store_basic("un", "l", "p", wanted_ids=("abc1234",))
    before = sent()
    manager.removeAllAuthenticationConfigs()
    auth_configs.store_basic("deux", "m", "q", wanted_ids=("abc1234",))
    assert sent() not in (b"", before)


def test_writing_off_the_main_thread_is_refused(manager: Any) -> None:
    with ThreadPoolExecutor(max_workers=1) as pool:
        error = pool.submit(auth_configs.store_basic, "n", "l", "p").exception()

    assert isinstance(error, GpkeysError)
    assert error.code is ErrorCode.QGIS
    assert manager.configIds() == []


def test_a_database_that_refuses_is_said(manager: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth_configs, "_is_done", lambda _: False)
    with pytest.raises(GpkeysError) as caught:
        auth_configs.store_basic("ma clé", "l", "p")

    assert "ma clé" in str(caught.value.user)
    assert "damaged" in str(caught.value.advice)


def _store_by_hand(manager: Any, name: str, grant_url: str | None) -> str:
    from qgis.core import QgsAuthMethodConfig

    config = QgsAuthMethodConfig("OAuth2")
    config.setName(name)
    config.setConfig("oauth2config", "rubbish" if grant_url is None else json.dumps({"tokenUrl": grant_url}))
    manager.storeAuthenticationConfig(config)
    return str(config.id())
