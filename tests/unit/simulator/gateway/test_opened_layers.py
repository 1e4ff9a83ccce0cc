"""Which layers a key opens at the gateway. No QGIS."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.simulator.dataset import made_up_layers
from tests.simulator.tiling import pyramids
from tests.simulator.tiling.tile_formats import mime_type
from tests.unit.simulator.gateway.fakes import (
    ARCHIVE,
    GET_FEATURE,
    GET_MAP,
    GET_TILE,
    LIMITS,
    OGC_URL,
    ORTHO,
    PLAN,
    PLU,
    SCAN,
    SHADING,
    WATER,
    WATER_MAP,
    FakeOgc,
    FakeState,
)


def test_capabilities_list_the_layers_of_the_key_and_never_its_hash(client: FlaskClient, state: FakeState) -> None:
    state.give(LIMITS, only_oauth=False)
    answer = client.get("/private/wms-v/?service=WMS&request=GetCapabilities&apikey=H")
    assert LIMITS in answer.text
    assert WATER_MAP not in answer.text
    assert "tout" not in answer.text
    assert 'href="http://localhost/private/wms-v?"' in answer.text
    assert OGC_URL not in answer.text
    assert "apikey" not in answer.text


@pytest.mark.parametrize(
    ("path", "listed", "left_out"),
    [
        ("wmts?service=WMTS&request=GetCapabilities", [SCAN], [PLAN, "rochebrune.ortho.tuiles"]),
        ("wms-r?service=WMS&request=GetCapabilities", [SHADING, "http://localhost/private/wms-r?"], [ORTHO, OGC_URL]),
        ("wfs?request=GetCapabilities", [f"{PLU}:zonage"], [WATER]),
        ("tms/1.0.0/?", [SCAN, "http://localhost/private/tms/1.0.0"], [PLAN]),
        ("tms/1.0.0?", [SCAN], [PLAN, OGC_URL]),
    ],
)
def test_every_map_service_lists_what_the_key_opens(
    client: FlaskClient, state: FakeState, path: str, listed: list[str], left_out: list[str]
) -> None:
    state.give(SCAN, SHADING, PLU, only_oauth=False)
    answer = client.get(f"/private/{path}&apikey=H")
    assert answer.status_code == 200
    assert "apikey" not in answer.text
    assert all(name in answer.text for name in listed)
    assert not any(name in answer.text for name in left_out)


def test_a_new_key_sees_nothing(client: FlaskClient) -> None:
    answer = client.get("/private/wms-r?service=WMS&request=GetCapabilities&apikey=H")
    assert answer.status_code == 200
    assert SHADING not in answer.text


@pytest.mark.parametrize(
    ("only_oauth", "is_usable", "key_type", "status"),
    [
        (False, True, "HASH", 200),
        (None, True, "HASH", 200),
        (False, False, "HASH", 403),
        (True, True, "HASH", 403),
        (True, True, "OAUTH2", 200),
        (True, False, "OAUTH2", 403),
    ],
)
def test_only_usable_accesses_open(
    client: FlaskClient,
    state: FakeState,
    only_oauth: bool | None,
    is_usable: bool,
    key_type: str,
    status: int,
) -> None:
    state.key.type = key_type
    state.give(SHADING, only_oauth=only_oauth, is_usable=is_usable)
    headers = {"Authorization": "Bearer valid"} if key_type == "OAUTH2" else {"apikey": "H"}
    assert client.get(f"/private/wms-r?{GET_MAP}&layers={SHADING}", headers=headers).status_code == status


@pytest.mark.parametrize(
    "path",
    [
        f"wms-r?{GET_MAP}&layers={ORTHO}",
        f"wms-r?{GET_MAP}&layers={SHADING},{ORTHO}",
        f"wms-r?{GET_MAP.replace('GetMap', 'GetFeatureInfo')}&layers={SHADING}&query_layers={ORTHO}",
        f"wms-v?service=WMS&request=GetLegendGraphic&layer={WATER_MAP}",
        f"wms-v?{GET_MAP}&layers={SHADING}",
        f"wfs?{GET_FEATURE}&typenames={WATER}:canalisation",
        f"wfs?{GET_FEATURE}&typename=canalisation",
        f"wfs?{GET_FEATURE}&resourceid=canalisation.3",
        f"wfs?{GET_FEATURE}&typenames={PLU}:zonage&resourceid=canalisation.3",
        f"wfs?{GET_FEATURE}&typenames={PLU}:canalisation",
        f"tms/1.0.0/{PLAN}",
        f"tms/1.0.0/{PLAN}/12/2081/1464.pbf",
    ],
)
def test_a_layer_outside_is_refused(client: FlaskClient, state: FakeState, ogc: FakeOgc, path: str) -> None:
    state.give(SHADING, SCAN, PLU, LIMITS, only_oauth=False)
    answer = client.get(f"/private/{path}", headers={"apikey": "H"})
    assert answer.status_code == 403
    assert "Exception" in answer.text
    assert ogc.asked == []
    assert state.recorded == []


@pytest.mark.parametrize(
    "path", [f"wms-r?{GET_MAP}&layers={LIMITS}", f"wmts?{GET_TILE}&layer={SHADING}", "tms/1.0.0/../wms"]
)
def test_a_layer_that_rok4_does_not_have_is_a_wrong_question(
    client: FlaskClient, state: FakeState, ogc: FakeOgc, path: str
) -> None:
    state.give(SHADING, SCAN, PLU, LIMITS, only_oauth=False)
    answer = client.get(f"/private/{path}", headers={"apikey": "H"})
    assert answer.status_code == 400
    assert "unknown" in answer.text.lower()
    assert ogc.asked == []
    assert state.recorded == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"wms-v?{GET_MAP}&layers={LIMITS}", LIMITS),
        (f"wfs?{GET_FEATURE}&typenames={PLU}:zonage", PLU),
    ],
)
def test_a_layer_that_is_not_served_yet_is_neither_known_nor_listed(
    client: FlaskClient, state: FakeState, path: str, name: str
) -> None:
    state.give(LIMITS, PLU, only_oauth=False)
    assert client.get(f"/private/{path}&apikey=H").status_code == 200
    state.options.unserved = (name,)
    assert client.get(f"/private/{path}&apikey=H").status_code == 400
    endpoint = path.partition("?")[0]
    assert f"<Name>{name}" not in client.get(f"/private/{endpoint}?request=GetCapabilities&apikey=H").text


def test_what_is_allowed_reaches_the_server_without_the_key_and_is_counted(
    client: FlaskClient, state: FakeState, ogc: FakeOgc
) -> None:
    state.give(SHADING, only_oauth=False)
    answer = client.get(f"/private/wms-r/wms?{GET_MAP}&LAYERS={SHADING}&apikey=H&sld=http://x&MAP=/etc/passwd")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, b"picture", "image/png")
    assert ogc.asked[-1].startswith("/wms?")
    assert ogc.parameters["layers"] == SHADING
    assert not {"apikey", "sld", "map"} & ogc.parameters.keys()
    assert state.recorded == [("k1", f"access to {SHADING}", 7)]


def test_a_head_request_is_answered_too(client: FlaskClient, state: FakeState) -> None:
    state.give(SCAN, only_oauth=False)
    answer = client.head(f"/private/wmts?{GET_TILE}&layer={SCAN}&apikey=H")
    assert (answer.status_code, answer.data) == (200, b"")


def test_all_types_of_the_key_are_described_when_none_is_named(
    client: FlaskClient, state: FakeState, ogc: FakeOgc
) -> None:
    state.give(PLU, only_oauth=False)
    client.get("/private/wfs?service=WFS&request=DescribeFeatureType&apikey=H")
    assert ogc.parameters["typenames"] == f"{PLU}:zonage,{PLU}:prescription"


def test_features_may_be_asked_for_by_post(client: FlaskClient, state: FakeState, ogc: FakeOgc) -> None:
    state.give(PLU, only_oauth=False)
    body = (
        '<wfs:GetFeature xmlns:wfs="http://www.opengis.net/wfs/2.0" service="WFS" version="2.0.0" count="5">'
        '<wfs:Query typeNames="{}"><fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0"/></wfs:Query>'
        "</wfs:GetFeature>"
    )
    url = "/private/wfs?apikey=H"
    answer = client.post(url, data=body.format(f"{PLU}:zonage"), content_type="text/xml")
    assert answer.status_code == 200
    assert (ogc.parameters["typenames"], ogc.parameters["count"]) == (f"{PLU}:zonage", "5")
    assert "Filter" in ogc.parameters["filter"]
    assert client.post(url, data=body.format(f"{WATER}:canalisation"), content_type="text/xml").status_code == 403
    assert client.post(url, data="<broken", content_type="text/xml").status_code == 400
    assert client.post(url, data={"request": "GetFeature", "typenames": f"{PLU}:zonage"}).status_code == 200
    assert client.post("/private/wms-r?apikey=H", data="<x/>", content_type="text/xml").status_code == 405


# services without a map


def test_downloads_are_listed_and_fetched(client: FlaskClient, state: FakeState) -> None:
    state.give(ARCHIVE, only_oauth=False)
    root = "/private/telechargement"
    listed = client.get(f"{root}/capabilities?apikey=H")
    assert listed.mimetype == "application/atom+xml"
    assert f"http://localhost{root}/resource/{ARCHIVE}" in listed.text
    headers = {"Accept": "application/json", "apikey": "H"}
    entries = client.get(f"{root}/capabilities", headers=headers).json["entry"]  # type: ignore[index]
    address = entries[0]["link"][0]["href"]
    for _ in range(2):
        address = client.get(address, headers=headers).json["entry"][0]["link"][0]["href"]  # type: ignore[index]
    archive = client.get(address, headers=headers)
    assert (archive.status_code, archive.mimetype) == (200, "application/zip")
    assert len(state.recorded) == 3


@pytest.mark.parametrize(
    ("path", "status"),
    [("resource/autre", 403), ("autre", 403), (f"resource/{ARCHIVE}/autre", 404), (f"download/{ARCHIVE}/x/y", 404)],
)
def test_downloads_outside_are_refused(client: FlaskClient, state: FakeState, path: str, status: int) -> None:
    state.give(ARCHIVE, only_oauth=False)
    assert client.get(f"/private/telechargement/{path}?apikey=H").status_code == status


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("rochebrune.altimetrie", "altimetrie/1.0/calcul/alti/rest/elevation.json"),
        ("rochebrune.itineraires", "navigation/itineraire"),
        ("rochebrune.recherche", "recherche/geocodage/search"),
    ],
)
def test_calculations_answer_json_to_those_who_may(client: FlaskClient, state: FakeState, name: str, path: str) -> None:
    assert client.get(f"/private/{path}?apikey=H&resource={name}").status_code == 403
    state.give(name, only_oauth=False)
    assert client.get(f"/private/{path}?apikey=H&resource={name}").is_json
    endpoint = path.partition("/")[0]
    assert client.get(f"/private/{endpoint}/getcapabilities?apikey=H").json == {"resources": [{"_id": name}]}


def test_the_urls_of_the_data_set_are_understood(client: FlaskClient, state: FakeState) -> None:
    for known in made_up_layers.LAYERS:
        state.give(known.layer_name, only_oauth=False)
    for known in made_up_layers.LAYERS:
        for _, url in made_up_layers.offering_urls(known, "http://localhost/private"):
            answer = client.get(filled(known, url), headers={"apikey": "H"})
            assert answer.status_code == 200, url


def filled(layer: made_up_layers.DatasetLayer, url: str) -> str:
    """A template as a client that knows the layer fills it."""
    values = {
        "xmin": 1,
        "ymin": 2,
        "xmax": 3,
        "ymax": 4,
        "styles": "",
        "width": 64,
        "height": 64,
        "format": "image/png",
    }
    if layer.pyramid is not None:
        level = pyramids.levels(layer.pyramid)[0]
        found = pyramids.limits(layer.pyramid, level)
        values |= {"tilematrix": level.name, "tilerow": found.first_row, "tilecol": found.first_column}
        values |= {"tilematrixset": layer.pyramid.matrix_set, "style": "normal"}
        if layer.offering_type == "WMTS-TMS" or layer.pyramid.is_elevation:
            values["format"] = mime_type(layer.pyramid.extension)
    values |= {"srs": "EPSG:3857", "z": 14, "x": 8324, "y": 5860}
    return url.replace("srs=", "crs=").format(**values)
