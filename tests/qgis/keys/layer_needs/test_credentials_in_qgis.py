"""A source with a new credential, as QGIS reads it: what it sends is that credential and nothing of the old one."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from gpkeys_plugin.keys.layer_needs.credential_replacement import Configuration, HashInUrl, with_credential
from gpkeys_plugin.keys.layer_needs.platform_hosts import Platform

OLD, NEW, AUTHCFG = "FauxHashAncien0001", "FauxHash-Nouveau_002", "needcf1"  # pragma: allowlist secret - made up
LOGIN, OTHER_LOGIN = ("nouveau", "mot"), "ancien:autre"


class Asked:
    """A server that refuses everything, and what it was asked: parameters, and the Authorization header."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], str | None]] = []
        requests = self.requests

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parameters = {name.lower(): value for name, value in parse_qsl(urlsplit(self.path).query)}
                requests.append((parameters, self.headers.get("Authorization")))
                self.send_error(404)

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base_url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def asked() -> Iterator[Asked]:
    found = Asked()
    thread = Thread(target=found.server.serve_forever, args=(0.01,))
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


@pytest.fixture
def configuration(qgis_app: Any) -> Iterator[str]:
    """Return the id of a Basic configuration that holds `LOGIN`."""
    from qgis.core import QgsApplication, QgsAuthMethodConfig

    manager = QgsApplication.authManager()
    assert manager.masterPasswordIsSet() or manager.setMasterPassword("essai", True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("essai")
    config.setId(AUTHCFG)
    config.setConfigMap({"username": LOGIN[0], "password": LOGIN[1], "realm": ""})
    assert manager.storeAuthenticationConfig(config, True)[0]
    yield AUTHCFG
    manager.removeAuthenticationConfig(AUTHCFG)


_WMS = "layers=a&styles&format=image/png&crs=EPSG:3857&"


def sources(base: str) -> dict[str, tuple[str, str]]:
    """Return sources that ask a server, each with its provider, by what is special about them."""
    wms, wfs = f"{base}/private/wms-r", f"{base}/private/wfs"
    url = f"{wms}?VERSION=1.3.0&apikey={OLD}"
    with_login = wms.replace("://", f"://{OTHER_LOGIN}@")
    return {
        "as QGIS writes it": ("wms", f"{_WMS}url={wms}?VERSION%3D1.3.0%26apikey%3D{OLD}"),
        "as written by hand": ("wms", f"{_WMS}url={wms}?apikey={OLD}"),
        "cut off": ("wms", f"{_WMS}url={url}"),
        "whole": ("wms", f"{_WMS}url={quote(url, safe='')}"),
        # Of these two 3.22 asks what it should, 3.40 and 3.44 nothing, or without the query: mended, all read them.
        "twice": ("wms", f"{_WMS}url={quote(quote(url, safe=''), safe='')}"),
        "query twice": ("wms", f"{_WMS}url={wms}?{quote(quote(f'VERSION=1.3.0&apikey={OLD}', safe=''), safe='')}"),
        "header": ("wms", f"http-header:apikey={OLD}&{_WMS}url={wms}"),
        "another configuration": ("wms", f"authcfg=absente&{_WMS}url={wms}"),
        "login": ("wms", f"{_WMS}username=ancien&password=autre&url={wms}"),
        "login in the URL": ("wms", f"{_WMS}url={with_login}"),
        "WMTS": ("wms", f"{_WMS}tileMatrixSet=PM&url={base}/private/wmts?SERVICE%3DWMTS%26apikey%3D{OLD}"),
        "WFS": ("WFS", f" url='{wfs}?apikey={OLD}' typename='t' filter='a=1'"),
        "WFS without quotes": ("WFS", f"url={wfs} typename=t"),
        "WFS as a URL": ("WFS", f"{wfs}?APIKEY={OLD}&SERVICE=WFS&TYPENAME=t&username=a&password=b"),
    }


FORMS = tuple(sources(""))


def first_request(asked: Asked, provider: str, source: str) -> tuple[dict[str, str], str | None]:
    """Make a layer and return the first thing it asked."""
    from qgis.core import QgsRasterLayer, QgsVectorLayer

    layer = QgsVectorLayer(source, "a", "WFS") if provider == "WFS" else QgsRasterLayer(source, "a", "wms")
    assert not layer.isValid()
    return asked.requests[0]


@pytest.mark.parametrize("form", FORMS)
def test_the_new_hash_is_sent(asked: Asked, configuration: str, form: str) -> None:
    provider, source = sources(asked.base_url)[form]
    changed = with_credential(provider, source, HashInUrl(NEW), Platform.of(f"{asked.base_url}/api"))
    parameters, authorization = first_request(asked, provider, changed)
    assert (parameters["apikey"], authorization) == (NEW, None)


@pytest.mark.parametrize("form", FORMS)
def test_the_new_configuration_is_used(asked: Asked, configuration: str, form: str) -> None:
    provider, source = sources(asked.base_url)[form]
    changed = with_credential(provider, source, Configuration(configuration), Platform.of(f"{asked.base_url}/api"))
    parameters, authorization = first_request(asked, provider, changed)
    assert "apikey" not in parameters
    assert authorization == "Basic bm91dmVhdTptb3Q="
