"""A hash in a text goes into addresses of the platform that stand for themselves, and nowhere else."""

from __future__ import annotations

import pytest

from gpkeys_plugin.keys.layer_needs.loose_texts import (
    hosts_named,
    mentions_old_geoportail,
    shortened,
    sources_in,
    with_hash_given,
)
from gpkeys_plugin.keys.layer_needs.platform_hosts import Platform

PLATFORM = Platform.of("https://data.geopf.fr/api")
OLD, NEW = "ign_scan_ws", "FauxHash0002"
ADDRESS = f"https://data.geopf.fr/private/wms-r?SERVICE=WMS&LAYERS=a.b&apikey={OLD}"


@pytest.mark.parametrize(
    "text",
    [
        ADDRESS,
        f'<a href="{ADDRESS}">été</a> <img src="{ADDRESS}">',
        f"une phrase, puis {ADDRESS.replace('&', '&amp;')}, puis une autre",
        "crs=EPSG:3857&layers=a&url=https://data.geopf.fr/private/wms-r?apikey%3Dign_scan_ws",
        "https%3A%2F%2Fdata.geopf.fr%2Fprivate%2Fwms-r%3Fapikey%3Dign_scan_ws",
        "HTTPS://DATA.GEOPF.FR:443/private/wmts?APIKEY=ign_scan_ws",
    ],
)
def test_an_address_of_the_platform_gets_it(text: str) -> None:
    assert with_hash_given(text, OLD, NEW, PLATFORM) == text.replace(OLD, NEW)


@pytest.mark.parametrize(
    "text",
    [
        "ign_scan_ws",
        "apikey=ign_scan_ws",
        "https://example.org/private/wms-r?apikey=ign_scan_ws",
        "https://data.geopf.fr.example.org/?apikey=ign_scan_ws",
        "https://data.geopf.fr@example.org/?apikey=ign_scan_ws",
        f"https://example.org/relais?url={ADDRESS}",
        "https://example.org/relais?url=https%3A%2F%2Fdata.geopf.fr%2F%3Fapikey%3Dign_scan_ws",
        f"styleUrl=https://example.org/style&url={ADDRESS}",
        "http://data.geopf.fr/private/wms-r?apikey=ign_scan_ws",
        "https://data.geopf.fr/private/wms-r?apikey=ign_scan_ws_2",
    ],
)
def test_anything_else_stays(text: str) -> None:
    assert with_hash_given(text, OLD, NEW, PLATFORM) == text


def test_what_addresses_ask_for_is_read() -> None:
    text = (
        f'<a href="{ADDRESS}">été</a> https://data.geopf.fr/private/tms/1.0.0/plan/{{z}}/{{x}}/{{y}}.pbf?apikey=autre'
    )
    found = sources_in(text, PLATFORM)
    assert [(one.endpoint, one.layer_names, one.hash) for one in found] == [
        ("wms-r", ("a.b",), OLD),
        ("tms", ("plan",), "autre"),
    ]


def test_the_old_geoportail_is_noticed() -> None:
    assert mentions_old_geoportail("voir https://wxs.ign.fr/cle/geoportail/r/wms?x")
    assert not mentions_old_geoportail("voir https://wxs.ign.fr.example.org/")


@pytest.mark.parametrize(("value", "shown"), [("abcdefghijxyz", "abc…yz"), ("court", "…"), ("", "…")])
def test_a_hash_is_shown_shortened(value: str, shown: str) -> None:
    assert shortened(value) == shown


def test_what_is_no_address_has_a_host_nobody_allows() -> None:
    assert hosts_named("host=localhost user=a authcfg=abc1234") == {""}
    assert hosts_named("url=https://data.geopf.fr:8443/a?b=http%3A%2F%2Fautre") == {"data.geopf.fr:8443", "autre"}
