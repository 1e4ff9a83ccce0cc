"""The simulator's WMS raster answers as the recorded server did. No QGIS."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.simulator.dataset import made_up_layers
from tests.unit.simulator.gateway.fakes import FakeOgc, FakeState
from tests.unit.simulator.rok4.recordings import FOLDER, Recorded, recorded, shape

SHADING = made_up_layers.layer("rochebrune.scan25.estompage")
HEIGHTS, SURFACE = made_up_layers.layer("rochebrune.mnt"), made_up_layers.layer("rochebrune.mns")
LAYERS = {
    "ROCHEBRUNE.GEOGRAPHICALGRIDSYSTEMS.MAPS.SCAN25TOUR": SHADING.layer_name,
    "rochebrune_mnt_zbil": SURFACE.layer_name,
}
# Four bands make no jpeg; ours have three. The gateway refuses what is doubled (its notice of January 2026).
UNLIKE = ("wms-map-jpeg-of-png4.bin", "wms-doubled-request.xml", "wms-map-doubled-layers.bin")
WMS = [line for line in recorded() if line.path.startswith("/private/wms-r") and line.name not in UNLIKE]
NS = "{http://www.opengis.net/wms}"
GET_MAP = next(line.path for line in WMS if line.name == "wms-map.png")


def ours(text: str) -> str:
    """The same about our layers."""
    for name, own in LAYERS.items():
        text = text.replace(name, own)
    return text


@pytest.mark.parametrize("line", WMS, ids=lambda line: line.name)
def test_every_recorded_question_is_answered_alike(client: FlaskClient, state: FakeState, line: Recorded) -> None:
    state.give(*LAYERS.values(), only_oauth=False)
    answer = client.get(ours(line.path), headers={"apikey": "H"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (line.status, line.content_type)
    if line.body is not None and line.status >= 400:
        assert answer.data == ours(line.body.decode()).encode()


def test_the_document_has_the_recorded_shape(client: FlaskClient, state: FakeState) -> None:
    state.give(SHADING.layer_name, HEIGHTS.layer_name, only_oauth=False)
    document = client.get("/private/wms-r?SERVICE=WMS&REQUEST=GetCapabilities&apikey=H").data
    theirs = ElementTree.fromstring((FOLDER / "7.0.0/wms-capabilities.xml").read_bytes())
    root = ElementTree.fromstring(document)
    assert shape(ElementTree.tostring(root[0])) == shape(ElementTree.tostring(theirs[0]))
    names = {HEIGHTS.layer_name: "rochebrune_mnt_hypso", **{own: name for name, own in LAYERS.items()}}
    for name in (SHADING.layer_name, HEIGHTS.layer_name):
        pair = zip((root, theirs), (name, names[name]))
        one, other = (shape(ElementTree.tostring(layer_node(node, wanted))) for node, wanted in pair)
        assert one == other
    group, other_group = (node.find(f"{NS}Capability/{NS}Layer") for node in (root, theirs))
    assert group is not None
    assert other_group is not None
    assert [node.text for node in group.findall(f"{NS}CRS")] == [node.text for node in other_group.findall(f"{NS}CRS")]


def layer_node(root: ElementTree.Element, name: str) -> ElementTree.Element:
    return next(node for node in root.iter(f"{NS}Layer") if node.findtext(f"{NS}Name") == name)


def test_heights_have_a_palette_only_where_it_is_named(client: FlaskClient, state: FakeState) -> None:
    state.give(HEIGHTS.layer_name, SURFACE.layer_name, only_oauth=False)
    document = client.get("/private/wms-r?SERVICE=WMS&REQUEST=GetCapabilities&apikey=H").data
    root = ElementTree.fromstring(document)
    styles = {
        layer.layer_name: [node.text for node in layer_node(root, layer.layer_name).findall(f"{NS}Style/{NS}Name")]
        for layer in (HEIGHTS, SURFACE)
    }
    assert styles == {HEIGHTS.layer_name: ["normal", "hypso"], SURFACE.layer_name: ["normal"]}


@pytest.mark.parametrize(
    ("layer", "style", "image_format", "status"),
    [
        (HEIGHTS, "", "image/png", 400),
        (HEIGHTS, "normal", "image/png", 400),
        (HEIGHTS, "normal", "image/x-bil;bits=32", 200),
        (HEIGHTS, "normal", "image/geotiff", 200),
        (HEIGHTS, "hypso", "image/png", 200),
        (HEIGHTS, "hypso", "image/jpeg", 200),
        (HEIGHTS, "hypso", "image/x-bil;bits=32", 400),
        (SURFACE, "hypso", "image/png", 400),
        (SHADING, "", "image/x-bil;bits=32", 400),
    ],
)
def test_which_style_goes_with_which_format(
    client: FlaskClient,
    state: FakeState,
    layer: made_up_layers.DatasetLayer,
    style: str,
    image_format: str,
    status: int,
) -> None:
    state.give(layer.layer_name, only_oauth=False)
    asked = ours(GET_MAP).replace(SHADING.layer_name, layer.layer_name)
    asked = asked.replace("STYLES=", f"STYLES={style}").replace("image/png", image_format)
    answer = client.get(asked, headers={"apikey": "H"})
    assert answer.status_code == status
    if status == 200:
        assert answer.headers["Content-Type"] == image_format


@pytest.mark.parametrize(
    ("crs", "asked_crs", "box"),
    [
        ("IGNF:LAMB93", "EPSG:2154", "1.0,2.0,3.0,4.0"),
        ("EPSG:2154", "EPSG:2154", "1.0,2.0,3.0,4.0"),
        ("CRS:84", "EPSG:4326", "2.0,1.0,4.0,3.0"),
        ("EPSG:4326", "EPSG:4326", "1.0,2.0,3.0,4.0"),
    ],
)
def test_systems_are_put_in_the_server_s_words(
    client: FlaskClient, state: FakeState, ogc: FakeOgc, crs: str, asked_crs: str, box: str
) -> None:
    state.give(SHADING.layer_name, only_oauth=False)
    asked = ours(GET_MAP).replace("EPSG:3857", crs).replace("520000,5720000,560000,5760000", "1,2,3,4")
    assert client.get(asked, headers={"apikey": "H"}).status_code == 200
    assert (ogc.parameters["crs"], ogc.parameters["bbox"]) == (asked_crs, box)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("CRS=EPSG:3857", "CRS=EPSG:27572", "CRS EPSG:27572 unknown"),
        ("BBOX=520000,", "BBOX=", "BBOX query parameter invalid (require 4 comma separated numbers)"),
        ("BBOX=520000,", "BBOX=620000,", "BBOX query parameter invalid (max have to be bigger than min)"),
        ("WIDTH=64", "WIDTH=abc", "Invalid WIDTH value"),
        ("WIDTH=64", "WIDTH=0", "WIDTH query parameter have to be a strictly positive integer"),
        ("HEIGHT=64", "HEIGHT=10001", "HEIGHT query parameter exceed the limit (10000)"),
        ("STYLES=", "STYLES=nuit", f"Style nuit is not available for the layer {SHADING.layer_name}"),
        ("STYLES=", "STYLES=,", "STYLES query parameter invalid (comma separated styles identifier"),
        ("REQUEST=GetMap", "REQUEST=GetLegendGraphic", "REQUEST query parameter unknown"),
        ("SERVICE=WMS", "SERVICE=WFS", "SERVICE query parameter have to be WMS"),
    ],
)
def test_what_is_wrong_is_told(client: FlaskClient, state: FakeState, old: str, new: str, sentence: str) -> None:
    state.give(SHADING.layer_name, only_oauth=False)
    answer = client.get(ours(GET_MAP).replace(old, new), headers={"apikey": "H"})
    assert answer.status_code == 400
    assert sentence in answer.text


def test_two_layers_at_most_and_of_one_kind(client: FlaskClient, state: FakeState) -> None:
    ortho = "rochebrune.ortho_vallee_2023"
    state.give(SHADING.layer_name, ortho, HEIGHTS.layer_name, only_oauth=False)

    def status(*names: str) -> int:
        asked = ours(GET_MAP).replace(f"LAYERS={SHADING.layer_name}", f"LAYERS={','.join(names)}")
        return client.get(asked, headers={"apikey": "H"}).status_code

    assert status(SHADING.layer_name, ortho) == 200
    assert status(SHADING.layer_name, HEIGHTS.layer_name) == 400
    assert status(SHADING.layer_name, ortho, HEIGHTS.layer_name) == 400


@pytest.mark.parametrize(("switch", "status"), [({}, 403), ({"unopened_layer_status": 400}, 400)])
def test_a_layer_that_the_key_does_not_open(
    client: FlaskClient, state: FakeState, switch: dict[str, int], status: int
) -> None:
    vars(state.options).update(switch)
    assert client.get(ours(GET_MAP), headers={"apikey": "H"}).status_code == status
    state.give(SHADING.layer_name, only_oauth=False)
    state.options.unserved = (SHADING.layer_name,)
    answer = client.get(ours(GET_MAP), headers={"apikey": "H"})
    assert (answer.status_code, f"Layer {SHADING.layer_name} unknown" in answer.text) == (400, True)
