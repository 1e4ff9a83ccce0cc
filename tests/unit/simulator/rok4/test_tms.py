"""The simulator's TMS answers as the recorded servers did. No QGIS."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.simulator.dataset import made_up_layers
from tests.simulator.rok4.site import Site
from tests.simulator.rok4.tile_map import tile_map
from tests.unit.simulator.gateway.fakes import FakeOgc, FakeState
from tests.unit.simulator.rok4.recordings import FOLDER, LAYERS, Recorded, analogous, is_analogous, recorded, shape

TMS = [line for line in recorded() if line.path.startswith("/private/tms") and is_analogous(line.path)]
SCAN = made_up_layers.layer("rochebrune.scan25.touristique")
PLAN = made_up_layers.layer("rochebrune.plan.vecteur")


def name_of(line: Recorded) -> str:
    return line.name


@pytest.mark.parametrize("line", TMS, ids=name_of)
def test_every_recorded_question_is_answered_alike(client: FlaskClient, state: FakeState, line: Recorded) -> None:
    state.give(*LAYERS.values(), only_oauth=False)
    answer = client.get(analogous(line.path), headers={"apikey": "H"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (line.status, line.content_type)
    assert answer.headers.get("Content-Encoding", "") == line.encoding
    if line.body is not None:
        assert shape(answer.data) == shape(line.body)
    if line.body is not None and line.status >= 400:
        assert answer.data == analogous(line.body.decode()).encode()


def test_a_list_names_the_layers_of_the_key_alone(client: FlaskClient, state: FakeState) -> None:
    state.give(SCAN.layer_name, only_oauth=False)
    listed = ElementTree.fromstring(client.get("/private/tms/1.0.0/?apikey=H").data)
    assert [one.get("href") for one in listed.iter("TileMap")] == [
        f"http://localhost/private/tms/1.0.0/{SCAN.layer_name}"
    ]
    assert listed.get("services") == "http://localhost/private/tms"


@pytest.mark.parametrize(("layer", "levels"), [(SCAN, range(6, 16)), (PLAN, range(8, 15))])
def test_order_counts_from_the_top_and_the_level_is_in_the_address(
    layer: made_up_layers.DatasetLayer, levels: range
) -> None:
    root = ElementTree.fromstring(tile_map(layer, Site("http://h/tms", "http://h", (layer,))))
    sets = list(root.iter("TileSet"))
    assert [one.get("order") for one in sets] == [str(number) for number in range(len(levels))]
    assert [one.get("href", "").rpartition("/")[2] for one in sets] == [str(number) for number in levels]


def test_numbers_are_written_as_recorded() -> None:
    ours = tile_map(SCAN, Site("http://h/tms", "http://h", (SCAN,)))
    theirs = (FOLDER / "7.0.0/tilemap-png-pm.xml").read_text()
    sizes = re.compile(r'/(\d+)" minrow.*?units-per-pixel="([^"]+)"')
    assert dict(sizes.findall(theirs)).items() <= dict(sizes.findall(ours)).items()


@pytest.mark.parametrize(
    ("form", "version"), [("tilesets", "7.0.0"), ("nested", "6.1.4"), ("5.x", "5.3.0"), ("5.x-unescaped", "5.3.0")]
)
def test_each_form_of_a_tile_map_is_one_that_was_recorded(
    client: FlaskClient, state: FakeState, form: str, version: str
) -> None:
    state.give(SCAN.layer_name, only_oauth=False)
    state.options.tile_map_form = form
    body = client.get(f"/private/tms/1.0.0/{SCAN.layer_name}?apikey=H").data
    is_ill_formed = form == "5.x-unescaped"
    assert (b"?id=x&a=b" in body) is is_ill_formed
    mended = body.replace(b"?id=x&a=b", b"?id=x&amp;a=b")
    theirs = (FOLDER / version / "tilemap-png-pm.xml").read_bytes()
    assert shape(mended) == shape(theirs)
    assert _without_values(mended) == _without_values(theirs)


def _without_values(document: bytes) -> list[str]:
    """The document's tags, texts and values left out, consecutive equal ones once."""
    bare = re.sub(r'="[^"]*"', "", re.sub(r">[^<>\n]+<", "><", document.decode()))
    lines = re.sub(r">(?=<)", ">\n", bare).splitlines()
    return [line for number, line in enumerate(lines) if number == 0 or line != lines[number - 1]]


def test_a_vector_tile_without_data_is_missing_like_one_outside(
    client: FlaskClient, state: FakeState, ogc: FakeOgc
) -> None:
    state.give(PLAN.layer_name, only_oauth=False)
    ogc.has_nothing = True
    answer = client.get(analogous("/private/tms/1.0.0/ROCHEBRUNE.ZONAGE.VECTEUR/10/525/364.pbf?apikey=H"))
    assert answer.status_code == 404
    assert b"<Message>No data found</Message>" in answer.data


@pytest.mark.parametrize(("switch", "status"), [({}, 403), ({"unopened_layer_status": 400}, 400)])
def test_a_layer_that_the_key_does_not_open(
    client: FlaskClient, state: FakeState, switch: dict[str, int], status: int
) -> None:
    vars(state.options).update(switch)
    answer = client.get(f"/private/tms/1.0.0/{PLAN.layer_name}?apikey=H")
    assert answer.status_code == status
    assert (b"TileMapServerError" in answer.data) is (status == 400)


def test_a_layer_that_is_not_served_yet_is_unknown_and_not_listed(client: FlaskClient, state: FakeState) -> None:
    state.give(SCAN.layer_name, PLAN.layer_name, only_oauth=False)
    state.options.unserved = (SCAN.layer_name,)
    answer = client.get(f"/private/tms/1.0.0/{SCAN.layer_name}?apikey=H")
    assert (answer.status_code, b"unknown" in answer.data) == (400, True)
    listed = client.get("/private/tms/1.0.0?apikey=H").text
    assert PLAN.layer_name in listed
    assert SCAN.layer_name not in listed
