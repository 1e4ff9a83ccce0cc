"""What is read from the sources of layers."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gpkeys_plugin.keys.layer_needs.platform_hosts import Platform
from gpkeys_plugin.keys.layer_needs.sources import CarrierKind, LayerSource, read_source
from gpkeys_plugin.keys.services.connection_plans import ConnectionKind

from .forms import HOST, OLD, PLATFORM, SHARED, Made, made_sources

SCAN = "SCAN25TOUR_PYR-JPEG_WLD_WM"
WMS = f"{HOST}/private/wms-r"
PROVIDERS = ("wms", "WFS", "vectortile", "xyzvectortiles", "OAPIF", "ogr", "gdal", "")


def read(source: str, provider: str = "wms") -> LayerSource:
    found = read_source(provider, source, PLATFORM)
    assert found is not None
    return found


@given(made_sources())
def test_whatever_the_form_the_same_is_read(made: Made) -> None:
    assert read(made.source, made.provider) == made.read


@pytest.mark.parametrize(
    ("source", "carrier"),
    [
        (f"layers={SCAN}&styles&url={WMS}?VERSION%3D1.3.0%26apikey%3D{SHARED}", CarrierKind.HASH_IN_URL),
        (f"layers={SCAN}&styles&url={WMS}?apikey={SHARED}", CarrierKind.HASH_IN_URL),
        (f"layers={SCAN}&styles&url={WMS}?VERSION%3D1.3.0%26ApiKey%3D{SHARED}%23fin", CarrierKind.HASH_IN_URL),
        (f"layers={SCAN}&styles&url={WMS}?VERSION=1.3.0%26apikey%253D{SHARED}", CarrierKind.HASH_IN_URL),
        (f"http-header:apikey={SHARED}&layers={SCAN}&styles&url={WMS}?VERSION%3D1.3.0", CarrierKind.HASH_IN_HEADER),
        (f"http-header:ApiKey={SHARED}&layers={SCAN}&url={WMS}", CarrierKind.HASH_IN_HEADER),
        (f"http-header%3Aapikey={SHARED}&layers={SCAN}&url={WMS}", CarrierKind.HASH_IN_HEADER),
    ],
)
def test_forms_found_in_public_projects(source: str, carrier: CarrierKind) -> None:
    expected = LayerSource(ConnectionKind.WMS, "wms-r", WMS, (SCAN,), True, False, carrier, SHARED)
    assert read(source) == expected
    assert SHARED not in repr(read(source))


def test_a_hash_that_an_ampersand_cut_off_from_its_url_is_found() -> None:
    found = read(f"layers=a&url={WMS}?VERSION=1.3.0&apikey={OLD}")
    assert (found.carrier, found.hash) == (CarrierKind.HASH_IN_URL, OLD)


def test_a_parameter_that_only_ends_like_it_is_none() -> None:
    assert read(f"layers=a&url={WMS}?xapikey%3D{OLD}").carrier is CarrierKind.NOTHING


@pytest.mark.parametrize(
    "source",
    [
        f" typename='plu:zone' url='{HOST}/private/wfs?apikey={OLD}'",
        f"url={HOST}/private/wfs?apikey={OLD} typename=plu:zone",
        f'url="{HOST}/private/wfs?VERSION=2.0.0&APIKEY={OLD}" typename="plu:zone" sql=SELECT authcfg=\'a\'',
        f"typename='plu:zone'\nurl = '{HOST}/private/wfs?apikey={OLD}'",
        f"{HOST}/private/wfs?apikey={OLD}&SERVICE=WFS&VERSION=1.0.0&REQUEST=GetFeature&TYPENAME=plu:zone",
    ],
)
def test_forms_of_wfs(source: str) -> None:
    expected = LayerSource(
        ConnectionKind.WFS,
        "wfs",
        f"{HOST}/private/wfs",
        ("plu:zone",),
        True,
        False,
        CarrierKind.HASH_IN_URL,
        OLD,
    )
    assert read(source, "WFS") == expected


def test_a_source_that_is_a_url_has_its_fields_as_parameters() -> None:
    found = read(f"{HOST}/private/wfs?TYPENAME=a&AUTHCFG=abcdef1&username=bob&password=x", "WFS")
    assert (found.carrier, found.configuration_id, found.login) == (CarrierKind.CONFIGURATION, "abcdef1", "bob")


def test_qgis_knows_fields_by_their_case_only() -> None:
    assert read(f"layers=a&url={WMS}&authCFG=abcdef1").carrier is CarrierKind.NOTHING
    assert read_source("wms", f"layers=a&URL={WMS}", PLATFORM) is None


def test_of_several_urls_the_one_that_qgis_asks_counts() -> None:
    assert read_source("wms", f"url=https://other.example/wms&url={WMS}", PLATFORM) is not None
    assert read_source("wms", f"url={WMS}&url=https://other.example/wms", PLATFORM) is None
    assert read_source("WFS", f"url='{HOST}/private/wfs' url='https://other.example/wfs'", PLATFORM) is not None
    assert read_source("WFS", f"url='https://other.example/wfs' url='{HOST}/private/wfs'", PLATFORM) is None


def test_of_several_configurations_the_last_counts() -> None:
    assert read(f"authcfg=abcdef1&layers=a&url={WMS}&authcfg=abcdef2&authcfg=").configuration_id == "abcdef2"


def test_logins_are_found_in_the_url_and_in_fields_and_empty_ones_are_none() -> None:
    assert read(f"layers=a&url={WMS}&username=bob&password=mot").login == "bob"
    assert read(f"layers=a&url={WMS}&password=mot").carrier is CarrierKind.LOGIN_IN_URL
    assert read(f"layers=a&password=&url={WMS}&username=").carrier is CarrierKind.NOTHING
    in_url = read("layers=a&url=https://bob:mot%2540x@data.geopf.fr/private/wms-r")
    assert (in_url.carrier, in_url.login, in_url.root) == (CarrierKind.LOGIN_IN_URL, "bob", WMS)
    assert "mot" not in repr(in_url)


def test_a_layer_with_time_is_a_wms() -> None:
    assert read(f"type=wmst&layers=a&url={WMS}").kind is ConnectionKind.WMS


def test_open_services_of_the_platform_are_told_from_private_ones() -> None:
    assert not read(f"layers=a&url={HOST}/wms-r/wms").is_private
    assert not read(f"tileMatrixSet=PM&layers=a&url={HOST}/wmts?SERVICE%3DWMTS").is_private


def test_names_of_several_layers_stay_in_order_each_once() -> None:
    assert read(f"layers=b&layers=a%20%C3%A9&layers=b&url={WMS}").layer_names == ("b", "a é")
    assert read(f"layers=b,a&url={WMS}").layer_names == ("b", "a")
    assert read(f"url={WMS}?layers%3Dc").layer_names == ("c",)
    assert read(f"url={WMS}").layer_names == ()


@pytest.mark.parametrize(
    ("provider", "source"),
    [
        ("OAPIF", f"url='{HOST}/private/wfs' typename='a'"),
        ("ogr", f"/vsicurl/{HOST}/private/telechargement/a.gpkg?apikey={OLD}"),
        ("ogr", f"WFS:{HOST}/private/wfs?apikey={OLD}"),
        ("gdal", f"WMS:{WMS}?apikey={OLD}"),
        ("postgres", "dbname='data.geopf.fr'"),
        ("wms", f"type=mbtiles&url={HOST}/private/wmts"),
        ("vectortile", f"type=mbtiles&url={HOST}/private/tms/1.0.0/a"),
        ("wms", f"layers=a&url={HOST}/annexes/a.json"),
        ("wms", f"layers=a&url=https://other.example/?mirror={HOST}/private/wms-r"),
        ("wms", "layers=data.geopf.fr"),
    ],
)
def test_what_is_not_a_service_of_the_platform_is_none(provider: str, source: str) -> None:
    assert read_source(provider, source, PLATFORM) is None


@pytest.mark.parametrize(
    "authority",
    [
        "data.geopf.fr.other.example",
        "other.example\\@data.geopf.fr",
        "other.example%2F@data.geopf.fr",
        "other.example%252F@data.geopf.fr",
        "other.example%255C@data.geopf.fr",
        "data.geopf.fr@other.example",
        "data.geopf.fr:80@other.example",
        "data.geopf.fr:8443",
        "data.geopf.fr:80",
        "data.geopf.fr%2eother.example",
        "data.geopf.fr%00.other.example",
        "data.geopf.fr\t.other.example",
        "xn--data.geopf.fr",
        "ｄata.geopf.fr",
    ],
)
def test_another_host_is_never_taken_for_the_platform(authority: str) -> None:
    assert read_source("wms", f"layers=a&url=https://{authority}/private/wms-r", PLATFORM) is None
    assert read_source("WFS", f"url='https://{authority}/private/wfs' typename='a'", PLATFORM) is None


def test_the_port_of_https_is_its_own_only() -> None:
    assert read(f"layers=a&url={WMS.replace('.fr/', '.fr:443/')}").root == WMS
    assert read_source("wms", "layers=a&url=http://data.geopf.fr:443/private/wms-r", PLATFORM) is None


def test_a_platform_on_this_machine_has_its_port() -> None:
    platform = Platform.of("http://127.0.0.1:8090/api")
    source = "layers=a&url=http://127.0.0.1:8090/private/wms-v?apikey%3Dx"
    found = read_source("wms", source, platform)
    assert found is not None
    assert found.root == "http://127.0.0.1:8090/private/wms-v"
    assert read_source("wms", source.replace("8090", "8091"), platform) is None


@pytest.mark.parametrize(
    ("provider", "source", "endpoint", "root", "names"),
    [
        ("wms", f"layers={SCAN}&url=https://wxs.ign.fr/cle0cle/geoportail/r/wms", "wms-r", "geoportail/r/wms", (SCAN,)),
        (
            "wms",
            "layers=a&url=https://wxs.ign.fr/cle0cle/inspire/v/wms?VERSION%3D1.3.0",
            "wms-v",
            "inspire/v/wms",
            ("a",),
        ),
        ("wms", "layers=a&tileMatrixSet=PM&url=https://wxs.ign.fr/cle0cle/wmts?SERVICE%3DWMTS", "wmts", "wmts", ("a",)),
        ("wms", "layers=a&url=http://gpp3-wxs.ign.fr/cle0cle/geoportail/wmts", "wmts", "geoportail/wmts", ("a",)),
        ("wms", "layers=a&url=https://wxs.ign.fr/geoportail/wmts", "wmts", "geoportail/wmts", ("a",)),
        (
            "vectortile",
            "type=xyz&url=https://wxs.ign.fr/cle0cle/geoportail/tms/1.0.0/PCI/%7Bz%7D/%7Bx%7D/%7By%7D.pbf&zmax=19",
            "tms",
            "geoportail/tms/1.0.0",
            ("PCI",),
        ),
        ("WFS", " url='https://wxs.ign.fr/cle0cle/geoportail/wfs' typename='b:c'", "wfs", "geoportail/wfs", ("b:c",)),
    ],
)
def test_addresses_of_the_old_geoportail_are_named_without_their_key(
    provider: str, source: str, endpoint: str, root: str, names: tuple[str, ...]
) -> None:
    found = read(source, provider)
    assert (found.is_geoportail, found.is_private, found.endpoint) == (True, False, endpoint)
    assert found.root.split("://", maxsplit=1)[1].partition("/")[2] == root
    assert found.layer_names == names
    assert "cle0cle" not in repr(found)


def test_other_pages_of_the_old_geoportail_are_none() -> None:
    assert read_source("wms", "layers=a&url=https://wxs.ign.fr/cle/geoportail/ols", PLATFORM) is None


_PIECES = st.sampled_from(
    (
        *("data.geopf.fr", "wxs.ign.fr/k/geoportail/r/wms", "https://", "http%3A%2F%2F", "/private/wms-r", "url=", "&"),
        *("?", "%3F", "%26", "apikey", "=", "%3D", "%253D", "'", '"', "\\", " ", "%", "@", "#", "authcfg", "{z}", "["),
        *("http-header:apikey=", "typename=", "sql=", "\ud800", "é", "\x00", "type=xyz", "/tms/1.0.0/"),
    )
)
noise = st.one_of(st.text(), st.lists(_PIECES, max_size=20).map("".join))


@given(st.sampled_from(PROVIDERS), noise)
@example("wms", "url=https://data.geopf.fr/private/wmts?" + "%26" * 1000)
@example("WFS", "data.geopf.fr " + "'" * 1000)
def test_no_text_raises(provider: str, source: str) -> None:
    read_source(provider, source, PLATFORM)
    read_source(provider, f"{source}url={WMS}?{source}", PLATFORM)
