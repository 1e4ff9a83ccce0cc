"""What of the world is the platform."""

from __future__ import annotations

import pytest

from gpkeys_plugin.keys.layer_needs.platform_hosts import Platform


@pytest.mark.parametrize(
    ("api_url", "base_url", "host", "is_protected"),
    [
        ("https://data.geopf.fr/api", "https://data.geopf.fr", "data.geopf.fr", True),
        ("https://DATA.geopf.fr:443/api", "https://DATA.geopf.fr:443", "data.geopf.fr", True),
        ("http://127.0.0.1:8090/api", "http://127.0.0.1:8090", "127.0.0.1:8090", False),
        ("", "", "", False),
        ("data.geopf.fr/api", "", "", False),
        ("https://[::1/api", "", "", False),
    ],
)
def test_the_services_are_where_the_api_is(api_url: str, base_url: str, host: str, is_protected: bool) -> None:
    platform = Platform.of(api_url)
    assert (platform.base_url, platform.host, platform.is_protected) == (base_url, host, is_protected)


def test_private_services_are_below_private() -> None:
    platform = Platform.of("https://data.geopf.fr/api")
    assert platform.private_root("wms-r") == "https://data.geopf.fr/private/wms-r"
    assert platform.private_root("tms") == "https://data.geopf.fr/private/tms/1.0.0"


def test_a_platform_that_is_not_known_is_mentioned_nowhere_but_the_old_geoportail_is() -> None:
    nothing = Platform.of("")
    assert not nothing.is_mentioned("layers=a&url=https://data.geopf.fr/private/wms-r")
    assert nothing.is_mentioned("layers=a&url=https://WXS.ign.fr/cle/geoportail/r/wms")


def test_a_port_may_be_encoded() -> None:
    assert Platform.of("http://127.0.0.1:8090/api").is_mentioned("url=http%3A%2F%2F127.0.0.1%3A8090%2Fprivate")
