"""The OAuth2 configuration at work in QGIS: the token it gets, and what keeps it."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsBlockingNetworkRequest
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from gpkeys_plugin.store.configurations import auth_configs
from gpkeys_plugin.store.configurations.auth_configs import OAuth2Setup, TechnicalAccount
from gpkeys_plugin.store.environments import Environment
from tests.simulator.remote.steering import Simulator


@pytest.fixture
def authcfg(light_simulator: Simulator, manager: Any) -> str:
    environment = Environment(
        "custom", "essai", light_simulator.api_url, light_simulator.sso_url, light_simulator.client_id
    )
    account = TechnicalAccount(*light_simulator.account("technique"))
    return auth_configs.store_oauth2(OAuth2Setup("essai", environment, light_simulator.client_secret, account=account))


def status_of(url: str, authcfg: str) -> int | None:
    request = QgsBlockingNetworkRequest()
    request.setAuthCfg(authcfg)
    request.get(QNetworkRequest(QUrl(url)), True)
    status = request.reply().attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    return None if status is None else int(status)


def test_qgis_signs_in_with_what_was_written(light_simulator: Simulator, authcfg: str) -> None:
    assert status_of(f"{light_simulator.api_url}/users/me", authcfg) == 200


def test_another_reply_port_keeps_the_session(light_simulator: Simulator, authcfg: str) -> None:
    url = f"{light_simulator.api_url}/users/me"
    status_of(url, authcfg)
    light_simulator.clear_requests()

    auth_configs.update_reply_port(authcfg, 7075)

    assert status_of(url, authcfg) == 200
    assert light_simulator.requests(service="sso") == []
