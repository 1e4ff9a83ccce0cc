"""Where offerings are served, and the connections that makes."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpkeys_plugin.entrepot.models import EndpointUrl, Offering, OfferingType
from gpkeys_plugin.keys.services.connection_plans import (
    ConnectionKind,
    ServedLayer,
    TileRange,
    capabilities_url,
    connection_plans,
    needs_tile_description,
    other_urls,
    ready_url,
    served_layers,
    shown_url,
    url_with_hash,
)

HOST = "https://data.geopf.fr/private"


def offering(layer_name: str, *urls: tuple[str, str], kind: OfferingType = OfferingType.UNKNOWN) -> Offering:
    return Offering(f"id-{layer_name}", kind, layer_name, urls=tuple(EndpointUrl(*url) for url in urls))


SCAN = offering(
    "rochebrune.scan25",
    ("WMTS", f"{HOST}/wmts/?service=WMTS&request=GetTile&layer=rochebrune.scan25&style={{style}}"),
    ("TMS", f"{HOST}/tms/1.0.0/rochebrune.scan25"),
)
PLU = offering(
    "plu",
    ("WFS", f"{HOST}/wfs/?service=WFS&version=2.0.0&request=GetFeature&typeNames=plu:zonage"),
    ("WFS", f"{HOST}/wfs?service=WFS&typenames=plu%3Aprescription"),
)


def test_wmts_tms_gives_both() -> None:
    wmts, tms = served_layers(SCAN)
    assert wmts == ServedLayer(SCAN.id, "rochebrune.scan25", ConnectionKind.WMTS, "wmts", f"{HOST}/wmts", "WMTS")
    assert tms == ServedLayer(SCAN.id, "rochebrune.scan25", ConnectionKind.XYZ, "tms", f"{HOST}/tms/1.0.0", "TMS")
    assert needs_tile_description(tms)
    assert not needs_tile_description(wmts)


def test_wfs_gives_one_layer_a_table() -> None:
    assert [(layer.name, layer.root) for layer in served_layers(PLU)] == [
        ("plu:zonage", f"{HOST}/wfs"),
        ("plu:prescription", f"{HOST}/wfs"),
    ]


@pytest.mark.parametrize(
    ("url", "root", "endpoint"),
    [
        (f"{HOST}/wms-r/?service=WMS&layers=a&bbox={{xmin}},{{ymin}}", f"{HOST}/wms-r", "wms-r"),
        (f"{HOST}/wms-r?SERVICE=WMS&LAYERS=a", f"{HOST}/wms-r", "wms-r"),
        (f"{HOST}/wms-r/wms?layers=a", f"{HOST}/wms-r/wms", "wms-r"),
        (f"{HOST}/wms-v/{{z}}/more?layers=a", f"{HOST}/wms-v", "wms-v"),
        ("http://127.0.0.1:8080/private/wms-v?layers=%7Blayers%7D", "http://127.0.0.1:8080/private/wms-v", "wms-v"),
        (
            "https://user:pw@data.geopf.fr/sandbox/wms-v?apikey=x&layers=a",  # pragma: allowlist secret - made up
            "https://@data.geopf.fr/sandbox/wms-v",
            "wms-v",
        ),
        ("https://other.example/maps/ows", "https://other.example/maps/ows", "ows"),
        ("https://other.example", "https://other.example", "wms"),
    ],
)
def test_wms_roots(url: str, root: str, endpoint: str) -> None:
    (layer,) = served_layers(offering("a", ("WMS", url)))
    assert (layer.name, layer.root, layer.endpoint, layer.kind) == ("a", root, endpoint, ConnectionKind.WMS)


@pytest.mark.parametrize(
    ("url", "root", "kind"),
    [
        (f"{HOST}/tms/1.0.0/a/{{z}}/{{x}}/{{y}}.pbf", f"{HOST}/tms/1.0.0", ConnectionKind.VECTOR_TILES),
        (f"{HOST}/tms/1.0.0/a/{{z}}/{{x}}/{{y}}.png", f"{HOST}/tms/1.0.0", ConnectionKind.XYZ),
        (f"{HOST}/tms/1.0.0/%7Blayer%7D", f"{HOST}/tms/1.0.0", ConnectionKind.XYZ),
        ("https://data.geopf.fr/vector-tms/a", "https://data.geopf.fr/vector-tms", ConnectionKind.VECTOR_TILES),
        (f"{HOST}/tms/1.0.0/a", f"{HOST}/tms/1.0.0", ConnectionKind.XYZ),
    ],
)
def test_tms_roots(url: str, root: str, kind: ConnectionKind) -> None:
    (layer,) = served_layers(offering("a", ("TMS", url)))
    assert (layer.name, layer.root, layer.kind) == ("a", root, kind)


VECTOR_TMS = "https://data.geopf.fr/vector-tms"


@pytest.mark.parametrize(
    ("url", "root"),
    [
        (f"{VECTOR_TMS}/plan.a/{{z}}/{{x}}/{{y}}.pbf", VECTOR_TMS),
        (f"{VECTOR_TMS}/plan.a/%7Bz%7D/%7Bx%7D/%7By%7D.pbf", VECTOR_TMS),
        (f"{VECTOR_TMS}/1.0.0/plan.a/{{z}}/{{x}}/{{y}}.pbf", f"{VECTOR_TMS}/1.0.0"),
        (f"{VECTOR_TMS}/plan.a.json", VECTOR_TMS),
        (f"{VECTOR_TMS}/plan.a", VECTOR_TMS),
    ],
)
@pytest.mark.parametrize("layer_name", ["plan.a", "a"])
def test_layers_of_pg_tileserv(url: str, root: str, layer_name: str) -> None:
    (layer,) = served_layers(offering(layer_name, ("TMS", url)))
    assert layer == ServedLayer(
        f"id-{layer_name}", "plan.a", ConnectionKind.VECTOR_TILES, "vector-tms", root, "TMS", "pbf"
    )
    assert capabilities_url(layer) == shown_url(layer) == f"{root}/plan.a.json"
    (plan,) = connection_plans("K", [layer], {(root, "plan.a"): TileRange(0, 14, "pbf")})
    assert plan.url == f"{root}/plan.a/{{z}}/{{x}}/{{y}}.pbf"


@pytest.mark.parametrize(
    ("url", "kind", "extension"),
    [
        ("a.b/{z}/{x}/{y}.jpeg", OfferingType.WMTS_TMS, "jpeg"),
        ("a.b/{z}/{x}/{y}.PNG?v=1.2", OfferingType.WMTS_TMS, "png"),
        ("a.b/{z}/{x}/{y}.mvt", OfferingType.WMTS_TMS, "mvt"),
        ("a.b/{z}/{x}/{y}", OfferingType.WMTS_TMS, ""),
        ("a.b", OfferingType.WMTS_TMS, ""),
        ("a.b", OfferingType.VECTOR_TMS, "pbf"),
        ("a.b/{z}/{x}/{y}.png", OfferingType.VECTOR_TMS, "png"),
    ],
)
def test_the_ending_of_tiles(url: str, kind: OfferingType, extension: str) -> None:
    (layer,) = served_layers(offering("a.b", ("TMS", f"{HOST}/tms/1.0.0/{url}"), kind=kind))
    assert (layer.name, layer.extension) == ("a.b", extension)
    is_vector = extension in ("pbf", "mvt")
    assert layer.kind is (ConnectionKind.VECTOR_TILES if is_vector else ConnectionKind.XYZ)


def test_tiles_of_a_service_without_version() -> None:
    (layer,) = served_layers(offering("a", ("TMS", "https://h/tuiles/plan/{z}/{x}/{y}.png")))
    assert (layer.root, layer.name) == ("https://h/tuiles", "plan")


@pytest.mark.parametrize(
    ("word", "url", "shown"),
    [
        ("DOWNLOAD", f"{HOST}/telechargement/resource/a", f"{HOST}/telechargement/capabilities"),
        ("DOWNLOAD", f"{HOST}/telechargement/download/{{r}}/{{f}}?x=1", f"{HOST}/telechargement/capabilities"),
        ("ALTIMETRY", f"{HOST}/altimetrie/1.0/calcul/?lon={{lon}}", f"{HOST}/altimetrie/1.0/calcul"),
        ("SEARCH", f"{HOST}/recherche/api/{{index}}", f"{HOST}/recherche/api"),
        ("NOVELTY", "https://data.geopf.fr/novelty", "https://data.geopf.fr/novelty"),
    ],
)
def test_services_without_connection_show_their_url(word: str, url: str, shown: str) -> None:
    layers = served_layers(offering("a", (word, url)))
    assert [layer.kind for layer in other_urls(layers)] == [None]
    assert capabilities_url(layers[0]) == shown
    assert connection_plans("Clé", layers, {}) == ()


@pytest.mark.parametrize("url", ["", "//host", "{url}"])
def test_what_is_no_url_is_left_out(url: str) -> None:
    assert served_layers(offering("a", ("WMS", url))) == ()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("ftp://x/y", "ftp:…"),
        ("file:///etc/passwd", "file:…"),
        ("javascript:alert(1)", "javascript:…"),
        ("https://[bad", "https:…"),
    ],
)
def test_what_is_no_http_url_is_told_but_opens_nothing(url: str, shown: str) -> None:
    (layer,) = served_layers(offering("a", ("WMS", url)))
    assert (layer.name, layer.root, layer.kind) == ("a", shown, None)


def test_one_connection_an_endpoint_and_one_a_tile_layer() -> None:
    maps = [offering(name, ("WMS", f"{HOST}/wms-r?layers={name}")) for name in "ab"]
    other = offering("c", ("WMS", f"{HOST}/wms-v?layers=c"))
    layers = [layer for each in (*maps, SCAN, PLU, other) for layer in served_layers(each)]
    tiles = {(f"{HOST}/tms/1.0.0", "rochebrune.scan25"): TileRange(6, 16, "png")}
    plans = connection_plans("Ma clé", layers, tiles)
    assert [(plan.name, plan.url, len(plan.layers)) for plan in plans] == [
        ("Ma clé – WMS raster", f"{HOST}/wms-r", 2),
        ("Ma clé – WMTS", f"{HOST}/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities", 1),
        ("Ma clé – TMS rochebrune.scan25", f"{HOST}/tms/1.0.0/rochebrune.scan25/{{z}}/{{x}}/{{y}}.png", 1),
        ("Ma clé – WFS", f"{HOST}/wfs", 2),
        ("Ma clé – WMS vecteur", f"{HOST}/wms-v", 1),
    ]
    assert [plan.tiles for plan in plans if plan.tiles] == [TileRange(6, 16, "png")]


def test_vector_tiles_by_their_description() -> None:
    layers = served_layers(SCAN)[1:]
    (plan,) = connection_plans("K", layers, {(layers[0].root, layers[0].name): TileRange(0, 14, "pbf")})
    assert plan.kind is plan.layers[0].kind is ConnectionKind.VECTOR_TILES


def test_tiles_without_description_make_no_connection() -> None:
    assert [plan.kind for plan in connection_plans("K", served_layers(SCAN), {})] == [ConnectionKind.WMTS]


def test_the_same_service_at_two_roots_has_two_names() -> None:
    layers = [
        layer
        for root in (HOST, "https://data.geopf.fr/sandbox")
        for layer in served_layers(offering("a", ("WMS", f"{root}/wms-r?layers=a")))
    ]
    assert [plan.name for plan in connection_plans("K", layers, {})] == ["K – WMS raster", "K – WMS raster (2)"]


def test_capabilities_urls() -> None:
    wmts, tms = served_layers(SCAN)
    assert capabilities_url(wmts) == f"{HOST}/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities"
    assert capabilities_url(tms) == f"{HOST}/tms/1.0.0/rochebrune.scan25"
    (plan,) = connection_plans("K", served_layers(PLU), {})
    assert capabilities_url(plan) == f"{HOST}/wfs?SERVICE=WFS&VERSION=2.0.0&REQUEST=GetCapabilities"


def test_the_url_to_copy_is_the_same_for_a_layer_and_its_connection() -> None:
    layers = [*served_layers(SCAN), *served_layers(PLU)]
    tiles = {(f"{HOST}/tms/1.0.0", "rochebrune.scan25"): TileRange(6, 16, "png")}
    plans = connection_plans("K", layers, tiles)
    assert [shown_url(plan) for plan in plans] == [
        f"{HOST}/wmts?SERVICE=WMTS&VERSION=1.0.0&REQUEST=GetCapabilities",
        f"{HOST}/tms/1.0.0/",
        f"{HOST}/wfs?SERVICE=WFS&VERSION=2.0.0&REQUEST=GetCapabilities",
    ]
    assert {shown_url(layer) for layer in layers} == {shown_url(plan) for plan in plans}


def test_the_hash_is_in_a_url_only_where_it_is_wanted() -> None:
    assert ready_url("https://h/p", "k", with_hash=True) == "https://h/p?apikey=k"
    assert ready_url("https://h/p", "k", with_hash=False) == "https://h/p"
    assert ready_url("https://h/p", None, with_hash=True) == "https://h/p"


def test_apikey_joins_and_replaces() -> None:
    assert url_with_hash("https://h/p", "a b&c") == "https://h/p?apikey=a%20b%26c"
    assert url_with_hash("https://h/p?", "k") == "https://h/p?apikey=k"
    assert url_with_hash("https://h/{z}/{x}?A=1&apikey=old#f", "k") == "https://h/{z}/{x}?A=1&apikey=k#f"
    assert url_with_hash("https://h/p?APIKEY=old&b=%2F+x", "k") == "https://h/p?b=%2F+x&apikey=k"


_WORDS = st.text(max_size=12)


@given(st.lists(st.tuples(_WORDS, _WORDS), max_size=4), st.text(min_size=1))
def test_apikey_comes_back_whole_and_the_query_stays(query: list[tuple[str, str]], hash_value: str) -> None:
    from urllib.parse import urlencode

    kept = [pair for pair in query if pair[0].lower() != "apikey"]
    url = f"https://h/p?{urlencode(query)}"
    read = parse_qsl(urlsplit(url_with_hash(url, hash_value)).query, keep_blank_values=True)
    assert read == [*kept, ("apikey", hash_value)]
    assert url_with_hash(url_with_hash(url, "other"), hash_value) == url_with_hash(url, hash_value)


@given(st.text(max_size=60), st.sampled_from(["WMS", "WMTS", "TMS", "WFS", "DOWNLOAD", "X"]))
def test_any_url_is_read_without_an_exception(rest: str, word: str) -> None:
    for layer in served_layers(offering("a", (word, f"https://h/{rest}"), (word, rest))):
        assert "?" not in layer.root
        assert not layer.root.endswith("/")
