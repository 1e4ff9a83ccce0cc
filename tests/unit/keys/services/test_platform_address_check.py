"""Which addresses get a secret: those of the platform's servers and no other that looks like them."""

from __future__ import annotations

import pytest

from gpkeys_plugin.entrepot.models import EndpointUrl, Offering, OfferingType
from gpkeys_plugin.keys.layer_needs.platform_hosts import Platform
from gpkeys_plugin.keys.services.connection_plans import served_layers
from gpkeys_plugin.keys.services.platform_address_check import base_url, is_on_platform, strangers

API = "https://data.geopf.fr/api"
LOCAL = "http://127.0.0.1:8080/api"


@pytest.mark.parametrize(
    "url",
    [
        "https://data.geopf.fr/private/wms-r",
        "https://DATA.geopf.fr/private/wfs?SERVICE=WFS",
        "https://data.geopf.fr:443/private/tms/1.0.0",
        "https://data.geopf.fr",
    ],
)
def test_the_platform_is_the_host_of_its_api(url: str) -> None:
    assert is_on_platform(url, API)


STRANGE = [
    "http://data.geopf.fr/private/wms-r",
    "https://data.geopf.fr:8443/private/wms-r",
    "https://evil.example/private/wms-r",
    "https://data.geopf.fr.evil.example/private/wms-r",
    "https://evil-data.geopf.fr/private/wms-r",
    "https://data.geopf.fr@evil.example/private/wms-r",
    "https://evil.example@data.geopf.fr/private/wms-r",
    "https://@data.geopf.fr/private/wms-r",
    "https://evil.example\\@data.geopf.fr/private/wms-r",
    "https://data.geopf.fr\\.evil.example/private/wms-r",
    "https://evil.example#@data.geopf.fr/private/wms-r",
    "https://data.geopf.fr\n.evil.example/private",
    "https://127.0.0.1/private/wms-r",
    "http://127.0.0.1:7070/private/wms-r",
    "file:///private/wms-r",
    "javascript:alert(1)",
    "ftp://data.geopf.fr/private",
    "//data.geopf.fr/private",
    "https://[bad",
    "https://data.geopf.fr:port/private",
    "",
]


@pytest.mark.parametrize("url", STRANGE)
def test_nothing_else_is(url: str) -> None:
    assert not is_on_platform(url, API)


@pytest.mark.parametrize("url", STRANGE)
def test_a_layer_that_is_said_to_be_there_is_a_stranger(url: str) -> None:
    urls = (EndpointUrl("WMS", url),)
    layers = served_layers(Offering("a", OfferingType.WMS_RASTER, "a", urls=urls))
    assert strangers(layers, API) == layers


def test_a_platform_on_this_machine_may_be_plain() -> None:
    assert is_on_platform("http://localhost:9000/private/wms-r", LOCAL)
    assert not is_on_platform("http://data.example/private/wms-r", LOCAL)
    assert not is_on_platform("http://data.example/private/wms-r", "http://data.example/api")


def test_there_is_one_truth_of_the_data_host() -> None:
    assert Platform.of(API).base_url == base_url(API) == "https://data.geopf.fr"
    assert base_url("nonsense") == base_url("https://[bad") == ""
