"""Where the authentication configuration goes, and where it never goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gpkeys_plugin.entrepot.errors import SignInFailed, SignInRequired
from gpkeys_plugin.network.http.allowed_addresses import is_below
from gpkeys_plugin.network.open_session import open_session
from tests.qgis.network.conftest import Heard, LocalServer, in_thread, result_of


@pytest.fixture
def basic(manager: Any) -> Iterator[str]:
    """Return a Basic configuration."""
    from qgis.core import QgsAuthMethodConfig

    config = QgsAuthMethodConfig("Basic")
    config.setName("essai")
    config.setConfig("username", "agent")
    config.setConfig("password", "Cle-1")
    assert manager.storeAuthenticationConfig(config)[0]
    yield str(config.id())
    manager.removeAuthenticationConfig(config.id())


def test_the_configuration_goes_below_the_guarded_address_only(server: LocalServer, basic: str) -> None:
    session = open_session(basic, guarded_url=server.url("/api"))
    for path in ("/api", "/api/users/me", "/api/x?y=/api", "/apis", "/other", "/api/../other"):
        session.get(server.url(path))
    session.get(server.url("/api/there", host="localhost"))
    with_credentials = [seen.path for seen in server.heard if "Authorization" in seen.headers]
    assert with_credentials == ["/api", "/api/users/me", "/api/x?y=/api"]


def test_the_configuration_never_follows_a_redirect_to_another_host(server: LocalServer, basic: str) -> None:
    def answer(request: Heard, _: Any) -> tuple[int, dict[str, str], bytes]:
        if request.path == "/api/go":
            return 302, {"Location": server.url("/api/there", host="localhost")}, b""
        return 200, {}, b"there"

    server.answer = answer
    assert open_session(basic, guarded_url=server.url("/api")).get(server.url("/api/go")).text == "there"
    assert ["Authorization" in seen.headers for seen in server.heard] == [True, False]


def test_a_guarded_header_goes_below_the_guarded_address_only(server: LocalServer) -> None:
    def answer(request: Heard, _: Any) -> tuple[int, dict[str, str], bytes]:
        if request.path == "/private/go":
            return 302, {"Location": server.url("/private/there", host="localhost")}, b""
        return 200, {}, b"there"

    server.answer = answer
    session = open_session(guarded_url=server.url("/private"), guarded_headers={"apikey": "abc"})
    for path in ("/private/wfs", "/private/go", "/other", "/private/../other"):
        session.get(server.url(path))
    heard = [(seen.path, seen.headers.get("apikey")) for seen in server.heard]
    assert heard == [
        ("/private/wfs", "abc"),
        ("/private/go", "abc"),
        ("/private/there", None),
        ("/other", None),
        ("/other", None),
    ]


@pytest.mark.parametrize(
    ("address", "guarded", "expected"),
    [
        ("https://data.geopf.fr/api/users/me", "https://data.geopf.fr/api", True),
        ("https://data.geopf.fr:443/api/users", "https://data.geopf.fr/api/", True),
        ("https://DATA.geopf.fr/api", "https://data.geopf.fr/api", True),
        ("http://data.geopf.fr/api", "https://data.geopf.fr/api", False),
        ("https://data.geopf.fr:8443/api", "https://data.geopf.fr/api", False),
        ("https://data.geopf.fr/api-evil", "https://data.geopf.fr/api", False),
        ("https://data.geopf.fr/api/../private", "https://data.geopf.fr/api", False),
        ("https://data.geopf.fr@evil.example/api", "https://data.geopf.fr/api", False),
        ("https://data.geopf.fr/api", "", False),
    ],
)
def test_what_is_below(address: str, guarded: str, expected: bool) -> None:
    assert is_below(address, guarded) is expected


def test_an_unknown_configuration_fails_without_a_request(server: LocalServer, manager: Any) -> None:
    session = open_session("zzzzzz9", guarded_url=server.url())
    with pytest.raises(SignInFailed):
        result_of(in_thread(lambda: session.get(server.url())))
    assert not server.heard


def test_without_a_session_no_login_is_begun(server: LocalServer, make_config: Callable[..., str]) -> None:
    authcfg = make_config()
    session = open_session(authcfg, guarded_url=server.url())
    with pytest.raises(SignInRequired):
        result_of(in_thread(lambda: session.get(server.url())))
    with pytest.raises(SignInRequired):
        session.get(server.url())
    assert not server.heard
