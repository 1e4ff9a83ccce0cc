"""The environment the plugin works with: presets, options, GPKEYS_* variables, and the client secret."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gpkeys_plugin.entrepot.errors import GpkeysError
from gpkeys_plugin.keys.protected_addresses import url_problem
from gpkeys_plugin.store import environments, settings
from gpkeys_plugin.store.environments import Environment

LOOPBACK = {
    "GPKEYS_API_URL": "http://127.0.0.1:8000/api/",
    "GPKEYS_SSO_URL": "http://localhost:8001/realms/geoplateforme",
}


def test_production_comes_first_and_is_what_one_gets() -> None:
    environment = environments.current({})

    assert environment == environments.known()[0]
    assert environment.api_url == "https://data.geopf.fr/api"
    assert environment.authorisation_url == ("https://sso.geopf.fr/realms/geoplateforme/protocol/openid-connect/auth")
    assert (environment.client_id, environment.needs_secret) == ("qgis", True)
    assert environment.help_url.startswith("https://cartes.gouv.fr/aide/fr/")


def test_a_preset_is_chosen_by_the_settings_or_by_the_variable() -> None:
    settings.ENVIRONMENT.set("qualification")

    assert environments.current({}).name == "qualification"
    assert environments.current({"GPKEYS_ENVIRONMENT": "production"}).name == "production"


def test_an_unknown_name_falls_back_on_production() -> None:
    assert environments.current({"GPKEYS_ENVIRONMENT": "gone"}).name == "production"


def test_the_variables_make_a_custom_environment() -> None:
    environment = environments.current(LOOPBACK)

    assert (environment.name, environment.label) == ("custom", "127.0.0.1:8000")
    assert environment.api_url == "http://127.0.0.1:8000/api"
    assert environment.grant_url == "http://localhost:8001/realms/geoplateforme/protocol/openid-connect/token"


def test_variables_that_change_nothing_leave_the_preset() -> None:
    assert environments.current({"GPKEYS_API_URL": "https://data.geopf.fr/api"}).name == "production"


def test_a_custom_environment_comes_from_the_settings() -> None:
    settings.ENVIRONMENT.set(environments.CUSTOM)
    settings.CUSTOM_API_URL.set("https://entrepot.example.fr/api/")
    settings.CUSTOM_SSO_URL.set("https://sso.example.fr/realms/x")
    settings.CUSTOM_IS_CONFIDENTIAL.set(False)

    environment = environments.current({})

    assert environment.api_url == "https://entrepot.example.fr/api"
    assert environment.label == "entrepot.example.fr"
    assert not environment.needs_secret


def test_titles_are_looked_up_where_the_platform_has_a_catalogue() -> None:
    production, qualification = environments.known()[:2]

    assert production.search_url == "https://data.geopf.fr/recherche"
    assert qualification.search_url == ""


def test_another_platform_s_services_are_not_looked_up_in_production() -> None:
    assert environments.current(LOOPBACK).search_url == ""
    assert environments.current({"GPKEYS_CLIENT_ID": "essai"}).search_url == "https://data.geopf.fr/recherche"


def test_the_catalogue_may_be_given_with_the_platform() -> None:
    given = {**LOOPBACK, "GPKEYS_SEARCH_URL": "http://127.0.0.1:8000/recherche/"}

    assert environments.current(given).search_url == "http://127.0.0.1:8000/recherche"


def test_an_unprotected_catalogue_is_none() -> None:
    assert environments.current({"GPKEYS_SEARCH_URL": "http://data.example.fr/recherche"}).search_url == ""


UNPROTECTED = ["http://data.geopf.fr/api", "https://[::1", "ftp://127.0.0.1/api", "data.geopf.fr/api", "https://", ""]


@pytest.mark.parametrize("url", UNPROTECTED)
def test_only_https_and_loopback_are_accepted(url: str) -> None:
    assert url_problem(url) is not None


@pytest.mark.parametrize(
    "url", ["https://data.geopf.fr/api", "http://127.0.0.1:1/api", "http://[::1]:1", "http://localhost"]
)
def test_protected_and_local_addresses_are_accepted(url: str) -> None:
    assert url_problem(url) is None


def test_an_unprotected_environment_is_refused_with_advice() -> None:
    with pytest.raises(GpkeysError) as caught:
        environments.current({"GPKEYS_SSO_URL": "http://sso.example.fr/realms/x"})

    assert "http://sso.example.fr/realms/x" in str(caught.value.user)
    assert caught.value.advice is not None


def test_the_secret_comes_from_the_variable_first(tmp_path: Path) -> None:
    packaged = _packaged(tmp_path, client_id="qgis", client_secret="packaged")
    production = environments.known()[0]

    variables = {"GPKEYS_CLIENT_SECRET": "given"}  # pragma: allowlist secret - made up
    assert environments.client_secret(production, variables, packaged) == "given"
    assert environments.client_secret(production, {}, packaged) == "packaged"


@pytest.mark.parametrize(
    "content",
    [
        {"client_id": "another", "client_secret": "s"},
        {"client_id": "qgis", "client_secret": "s", "environment": "qualification"},
        {"client_id": "qgis"},
        ["qgis"],
    ],
)
def test_the_packaged_secret_goes_to_its_own_client_only(tmp_path: Path, content: object) -> None:
    packaged = tmp_path / "client.json"
    packaged.write_text(json.dumps(content))

    assert environments.client_secret(environments.known()[0], {}, packaged) is None


def test_without_a_packaged_secret_it_must_be_asked_for(tmp_path: Path) -> None:
    assert environments.client_secret(environments.known()[0], {}, tmp_path / "client.json") is None


def test_an_empty_secret_variable_says_that_the_client_is_public() -> None:
    assert not environments.current({**LOOPBACK, "GPKEYS_CLIENT_SECRET": ""}).needs_secret
    assert environments.current({**LOOPBACK, "GPKEYS_CLIENT_SECRET": "s"}).needs_secret


def test_a_public_client_is_given_no_secret(tmp_path: Path) -> None:
    public = replace(environments.known()[0], needs_secret=False)
    variables = {"GPKEYS_CLIENT_SECRET": "another"}  # pragma: allowlist secret - made up
    packaged = _packaged(tmp_path, client_id="qgis", client_secret="packaged")
    assert environments.client_secret(public, variables, packaged) is None


def test_no_preset_carries_a_secret() -> None:
    assert "secret" not in (environments.RESOURCES / "environments.json").read_text(encoding="utf-8")
    assert not hasattr(Environment, "client_secret")


def _packaged(folder: Path, **content: str) -> Path:
    path = folder / "client.json"
    path.write_text(json.dumps(content))
    return path
