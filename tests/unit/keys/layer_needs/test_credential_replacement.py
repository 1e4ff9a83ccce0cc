"""A credential replaced in a source: the new one is read, every other byte is as it was, but for a second encoding."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.keys.layer_needs.credential_replacement import (
    Configuration,
    Credential,
    HashInHeader,
    HashInUrl,
    can_carry,
    with_credential,
)
from gpkeys_plugin.keys.layer_needs.platform_hosts import Platform
from gpkeys_plugin.keys.layer_needs.sources import CarrierKind, LayerSource, read_source

from .forms import HOST, NEW, OLD, PLATFORM, SHARED, Made, any_hashes, authcfgs, made_sources
from .test_sources import PROVIDERS, noise

WMS = f"{HOST}/private/wms-r"
FLAGS = "IgnoreGetMapUrl=1&IgnoreGetFeatureInfoUrl=1"
AUTHCFG, LOGIN = "abcdef1", "bob:mot"
credentials = st.one_of(
    st.builds(HashInUrl, any_hashes), st.builds(HashInHeader, any_hashes), st.builds(Configuration, authcfgs)
)


def carrying(read: LayerSource, credential: Credential) -> LayerSource:
    """Return what is to be read once a source carries a credential and nothing else."""
    bare = replace(read, hash=None, configuration_id="", login="")
    if isinstance(credential, Configuration):
        return replace(bare, carrier=CarrierKind.CONFIGURATION, configuration_id=credential.authcfg)
    in_url = isinstance(credential, HashInUrl)
    return replace(
        bare, carrier=CarrierKind.HASH_IN_URL if in_url else CarrierKind.HASH_IN_HEADER, hash=credential.hash
    )


@given(made_sources(), credentials)
def test_the_new_credential_is_read_and_all_else_is_as_before(made: Made, credential: Credential) -> None:
    changed = with_credential(made.provider, made.source, credential, PLATFORM)
    if not can_carry(made.provider, credential):
        assert changed == made.source
        return
    assert read_source(made.provider, changed, PLATFORM) == carrying(made.read, credential)
    assert with_credential(made.provider, changed, credential, PLATFORM) == changed


@pytest.mark.parametrize("kind", [CarrierKind.HASH_IN_URL, CarrierKind.HASH_IN_HEADER, CarrierKind.CONFIGURATION])
@given(st.data())
def test_back_again_every_byte_is_as_it_was(kind: CarrierKind, data: st.DataObject) -> None:
    made = data.draw(made_sources(carriers=(kind,)))
    if made.read.carrier is not kind:
        return
    old, new = (
        (Configuration(made.read.configuration_id), Configuration(data.draw(authcfgs)))
        if kind is CarrierKind.CONFIGURATION
        else (_as(kind, str(made.read.hash)), _as(kind, data.draw(any_hashes)))
    )
    changed = with_credential(made.provider, made.source, new, PLATFORM)
    assert with_credential(made.provider, changed, old, PLATFORM) == made.for_every_qgis


def _as(kind: CarrierKind, value: str) -> Credential:
    return HashInUrl(value) if kind is CarrierKind.HASH_IN_URL else HashInHeader(value)


@given(made_sources(), credentials)
def test_what_carries_nothing_stays_and_keeps_its_order(made: Made, credential: Credential) -> None:
    changed = with_credential(made.provider, made.source, credential, PLATFORM)
    added = {"IgnoreGetMapUrl=1", "IgnoreGetFeatureInfoUrl=1"}
    assert [field for field in _others(changed) if field not in added] == _others(made.source)


def _others(source: str) -> list[str]:
    parts = source.split(" ") if source.startswith(" ") else source.split("&")
    return [part for part in parts if not part.startswith(("url=", "authcfg=", "http-header:apikey="))]


@pytest.mark.parametrize(
    ("source", "in_url", "as_configuration"),
    [
        (
            f"crs=EPSG:3857&layers=b&layers=a&styles&styles=&url={WMS}?VERSION%3D1.3.0%26apikey%3D{SHARED}",
            f"crs=EPSG:3857&layers=b&layers=a&styles&styles=&url={WMS}?VERSION%3D1.3.0%26apikey%3D{NEW}",
            f"crs=EPSG:3857&layers=b&layers=a&styles&styles=&url={WMS}?VERSION%3D1.3.0&authcfg={AUTHCFG}",
        ),
        (
            f"http-header:apikey={SHARED}&http-header:referer=r&layers=a&url={WMS}?VERSION%3D1.3.0",
            f"http-header:referer=r&layers=a&url={WMS}?VERSION%3D1.3.0%26apikey%3D{NEW}&{FLAGS}",
            f"authcfg={AUTHCFG}&http-header:referer=r&layers=a&url={WMS}?VERSION%3D1.3.0",
        ),
        (
            f"layers=a&url={WMS}?apikey={OLD}",
            f"layers=a&url={WMS}?apikey={NEW}",
            f"layers=a&url={WMS}&authcfg={AUTHCFG}",
        ),
        (
            f"layers=a&url={WMS}?apikey={OLD}%26VERSION=1.3.0",
            f"layers=a&url={WMS}?apikey={NEW}%26VERSION=1.3.0",
            f"layers=a&url={WMS}?VERSION=1.3.0&authcfg={AUTHCFG}",
        ),
        (
            f"layers=a&url={quote(WMS, safe='')}",
            f"layers=a&url={quote(f'{WMS}?apikey={NEW}', safe='')}&{FLAGS}",
            f"layers=a&url={quote(WMS, safe='')}&authcfg={AUTHCFG}",
        ),
        (
            f"layers=a&url={quote(quote(WMS, safe=''), safe='')}",
            f"layers=a&url={quote(f'{WMS}?apikey={NEW}', safe='')}&{FLAGS}",
            f"layers=a&url={quote(WMS, safe='')}&authcfg={AUTHCFG}",
        ),
        (
            f"layers=a&url={WMS}?a=1&apikey={OLD}&b=2",
            f"layers=a&url={WMS}?a=1%26apikey%3D{NEW}&b=2&{FLAGS}",
            f"layers=a&url={WMS}?a=1&authcfg={AUTHCFG}&b=2",
        ),
        (
            f"authcfg=zzzzzz9&layers=a&url={WMS}&IgnoreGetMapUrl=1",
            f"layers=a&url={WMS}?apikey%3D{NEW}&IgnoreGetMapUrl=1&IgnoreGetFeatureInfoUrl=1",
            f"authcfg={AUTHCFG}&layers=a&url={WMS}&IgnoreGetMapUrl=1",
        ),
        (
            f"layers=a&password=mot&url={WMS}?&username=bob",
            f"layers=a&url={WMS}?apikey%3D{NEW}&{FLAGS}",
            f"layers=a&authcfg={AUTHCFG}&url={WMS}?",
        ),
        (
            f"layers=a&url=https://{LOGIN}@data.geopf.fr/private/wms-r?x%3D1%23fin",
            f"layers=a&url={WMS}?x%3D1%26apikey%3D{NEW}%23fin&{FLAGS}",
            f"layers=a&url={WMS}?x%3D1%23fin&authcfg={AUTHCFG}",
        ),
        (
            f"layers=a&url=http://data.geopf.fr/private/wms-r?apikey%3D{OLD}",
            f"layers=a&url={WMS}?apikey%3D{NEW}",
            f"layers=a&url={WMS}&authcfg={AUTHCFG}",
        ),
        (
            f"layers=a&authcfg&url={WMS}?apikey%3D{OLD}%26apikey%3Dautre",
            f"layers=a&url={WMS}?apikey%3D{NEW}%26apikey%3D{NEW}",
            f"layers=a&authcfg={AUTHCFG}&url={WMS}",
        ),
    ],
)
def test_each_carrier_of_a_joined_source_gives_way(source: str, in_url: str, as_configuration: str) -> None:
    assert with_credential("wms", source, HashInUrl(NEW), PLATFORM) == in_url
    assert with_credential("wms", source, Configuration(AUTHCFG), PLATFORM) == as_configuration


@pytest.mark.parametrize(
    ("source", "in_url", "as_configuration"),
    [
        (
            f" pagingEnabled='true' typename='p:z' url='{HOST}/private/wfs?apikey={OLD}&A=1' sql=SELECT url='x'",
            f" pagingEnabled='true' typename='p:z' url='{HOST}/private/wfs?apikey={NEW}&A=1' sql=SELECT url='x'",
            f" pagingEnabled='true' typename='p:z' url='{HOST}/private/wfs?A=1' authcfg='{AUTHCFG}' sql=SELECT url='x'",
        ),
        (
            f"url={HOST}/private/wfs authcfg=zzzzzz9 typename=p:z",
            f"url={HOST}/private/wfs?apikey={NEW} typename=p:z",
            f"url={HOST}/private/wfs authcfg={AUTHCFG} typename=p:z",
        ),
        (
            f"{HOST}/private/wfs?APIKEY={OLD}&SERVICE=WFS&TYPENAME=a&username=b&password=c",
            f"{HOST}/private/wfs?APIKEY={NEW}&SERVICE=WFS&TYPENAME=a",
            f"{HOST}/private/wfs?SERVICE=WFS&TYPENAME=a&authcfg={AUTHCFG}",
        ),
        (
            f"{HOST}/private/wfs?authcfg=zzzzzz9&TYPENAME=a",
            f"{HOST}/private/wfs?TYPENAME=a&apikey={NEW}",
            f"{HOST}/private/wfs?authcfg={AUTHCFG}&TYPENAME=a",
        ),
    ],
)
def test_each_carrier_of_a_wfs_source_gives_way(source: str, in_url: str, as_configuration: str) -> None:
    assert with_credential("WFS", source, HashInUrl(NEW), PLATFORM) == in_url
    assert with_credential("WFS", source, Configuration(AUTHCFG), PLATFORM) == as_configuration


def test_the_style_of_vector_tiles_follows_where_it_is_asked_with_a_key() -> None:
    tiles = f"{HOST}/private/tms/1.0.0/a/%7Bz%7D/%7Bx%7D/%7By%7D.pbf"
    source = f"styleUrl={HOST}/private/style.json?apikey%3D{OLD}&type=xyz&url={tiles}?apikey%3D{OLD}"
    assert with_credential("vectortile", source, HashInUrl(NEW), PLATFORM) == source.replace(OLD, NEW)
    assert OLD not in with_credential("vectortile", source, Configuration(AUTHCFG), PLATFORM)
    public = f"styleUrl={HOST}/annexes/style.json&type=xyz&url={tiles}"
    assert with_credential("vectortile", public, HashInUrl(NEW), PLATFORM) == f"{public}?apikey%3D{NEW}"


def test_no_other_host_gets_the_hash() -> None:
    tiles = f"{HOST}/private/tms/1.0.0/a/%7Bz%7D/%7Bx%7D/%7By%7D.pbf"
    style = f"styleUrl=https://other.example/private/style.json?apikey%3D{OLD}"
    changed = with_credential("vectortile", f"{style}&type=xyz&url={tiles}", HashInUrl(NEW), PLATFORM)
    assert changed.startswith(f"{style}&")
    for source in (f"layers=a&url=https://other.example/private/wms-r?apikey%3D{OLD}&x=data.geopf.fr",):
        assert with_credential("wms", source, HashInUrl(NEW), PLATFORM) == source


@pytest.mark.parametrize("authority", ["other.example%2F@data.geopf.fr", "other.example\\@data.geopf.fr"])
def test_a_url_that_others_read_otherwise_gets_none(authority: str) -> None:
    for source in (f"layers=a&url=https://{authority}/private/wms-r", f"layers=a&url=https://{authority}/wms-r"):
        assert with_credential("wms", source, HashInUrl(NEW), PLATFORM) == source


def test_where_the_platform_is_asked_over_http_so_is_the_layer() -> None:
    source = "layers=a&url=http://127.0.0.1:8090/private/wms-r"
    changed = with_credential("wms", source, Configuration(AUTHCFG), Platform.of("http://127.0.0.1:8090/api"))
    assert changed == f"{source}&authcfg={AUTHCFG}"


def test_the_old_geoportail_and_other_providers_get_nothing() -> None:
    for provider, source in (
        ("wms", "layers=a&url=https://wxs.ign.fr/cle/geoportail/r/wms"),
        ("ogr", f"WFS:{HOST}/private/wfs?apikey={OLD}"),
        ("OAPIF", f"url='{HOST}/private/wfs?apikey={OLD}'"),
    ):
        assert with_credential(provider, source, HashInUrl(NEW), PLATFORM) == source


def test_a_wfs_layer_has_no_headers() -> None:
    source = f"url='{HOST}/private/wfs?apikey={OLD}'"
    assert not can_carry("WFS", HashInHeader(NEW))
    assert with_credential("WFS", source, HashInHeader(NEW), PLATFORM) == source


def test_no_credential_shows_its_secret() -> None:
    assert NEW not in repr((HashInUrl(NEW), HashInHeader(NEW)))


@given(st.sampled_from(PROVIDERS), noise, credentials)
def test_no_text_raises(provider: str, source: str, credential: Credential) -> None:
    with_credential(provider, source, credential, PLATFORM)
    with_credential(provider, f"{source}url={WMS}?{source}", credential, PLATFORM)
