"""The simulator's WMTS answers as the recorded servers did. No QGIS."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from tests.simulator.dataset import made_up_layers
from tests.simulator.tiling import pyramids
from tests.unit.simulator.gateway.fakes import FakeOgc, FakeState
from tests.unit.simulator.rok4.recordings import FOLDER, LAYERS, Recorded, analogous, recorded, shape

WMTS = [line for line in recorded() if line.path.startswith("/private/wmts") and "doubled" not in line.name]
PLAIN = [
    line
    for line in recorded("5.3.0")
    if line.path.startswith("/private/wmts?") and "TILEMATRIX" in line.path and "doubled" not in line.name
]
OWS = "{http://www.opengis.net/ows/1.1}"
NS = "{http://www.opengis.net/wmts/1.0}"
SCAN = made_up_layers.layer("rochebrune.scan25.touristique")
PLAN = made_up_layers.layer("rochebrune.plan.vecteur")


def ours(path: str) -> str:
    """The analogous question about a tile of ours."""
    asked = analogous(path).replace("PM_6_12", "PM_6_13" if "mnt" in path else "PM_6_15")
    found = pyramids.limits(SCAN.tiles, pyramids.matrix_set(SCAN.tiles).levels["10"])
    place = f"TILECOL={found.first_column}&TILEROW={found.first_row}"
    return asked.replace("TILECOL=525&TILEROW=364", place)


@pytest.mark.parametrize("line", WMTS, ids=lambda line: line.name)
def test_every_recorded_question_is_answered_alike(client: FlaskClient, state: FakeState, line: Recorded) -> None:
    state.give(*dict.fromkeys(LAYERS.values()), only_oauth=False)
    answer = client.get(ours(line.path), headers={"apikey": "H"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (line.status, line.content_type)
    assert answer.headers.get("Content-Encoding", "") == line.encoding
    if line.body is not None and line.status >= 400:
        assert answer.data == analogous(line.body.decode()).encode()


@pytest.mark.parametrize("line", PLAIN, ids=lambda line: line.name)
def test_whole_sets_are_asked_for_as_in_5_3_0(client: FlaskClient, state: FakeState, line: Recorded) -> None:
    state.give(*dict.fromkeys(LAYERS.values()), only_oauth=False)
    state.options.wmts_sets = "plain"
    answer = client.get(ours(line.path), headers={"apikey": "H"})
    assert answer.status_code == line.status
    if line.status == 200:
        assert answer.headers["Content-Type"] == line.content_type


def capabilities(client: FlaskClient, state: FakeState, **switches: Any) -> bytes:
    state.give(*dict.fromkeys(LAYERS.values()), only_oauth=False)
    vars(state.options).update(switches)
    answer = client.get("/private/wmts?SERVICE=WMTS&REQUEST=GetCapabilities&apikey=H")
    assert answer.status_code == 200
    return answer.data


def layer_node(document: bytes, name: str) -> ElementTree.Element:
    found = ElementTree.fromstring(document).iter(f"{NS}Layer")
    return next(node for node in found if node.findtext(f"{OWS}Identifier") == name)


def test_the_document_has_the_recorded_shape(client: FlaskClient, state: FakeState) -> None:
    theirs = (FOLDER / "7.0.0/wmts-capabilities.xml").read_bytes()
    document = capabilities(client, state)
    names = (SCAN.layer_name, "ROCHEBRUNE.GEOGRAPHICALGRIDSYSTEMS.MAPS.SCAN25TOUR")
    one, other = (shape(ElementTree.tostring(layer_node(text, name))) for text, name in zip((document, theirs), names))
    assert one == other
    ours_root, their_root = ElementTree.fromstring(document), ElementTree.fromstring(theirs)
    assert [node.tag for node in ours_root] == [node.tag for node in their_root]
    assert shape(ElementTree.tostring(ours_root[2])) == shape(ElementTree.tostring(their_root[2]))


def test_whole_sets_are_written_as_recorded(client: FlaskClient, state: FakeState) -> None:
    theirs = (FOLDER / "7.0.0/wmts-capabilities.xml").read_text()
    document = capabilities(client, state).decode()
    for name in ("PM", "LAMB93_10cm"):
        start = f"<TileMatrixSet><ows:Identifier>{name}</ows:Identifier>"
        one, other = (text.split(start)[1].split("</TileMatrixSet>")[0] for text in (document, theirs))
        assert one == other


@pytest.mark.parametrize(
    ("switches", "linked", "has_vector"),
    [({}, "PM_6_15", False), ({"wmts_sets": "plain"}, "PM", True)],
)
def test_sets_are_of_the_levels_or_whole(
    client: FlaskClient, state: FakeState, switches: dict[str, str], linked: str, has_vector: bool
) -> None:
    document = capabilities(client, state, **switches)
    node = layer_node(document, SCAN.layer_name)
    assert node.findtext(f"{NS}TileMatrixSetLink/{NS}TileMatrixSet") == linked
    assert (PLAN.layer_name in document.decode()) is has_vector
    if has_vector:
        vector = layer_node(document, PLAN.layer_name)
        assert vector.findtext(f"{NS}Format") == "application/x-protobuf"
        assert vector.find(f"{NS}Style") is None


def test_a_restricted_set_has_the_levels_of_the_pyramid_alone(client: FlaskClient, state: FakeState) -> None:
    root = ElementTree.fromstring(capabilities(client, state))
    sets = {node.findtext(f"{OWS}Identifier"): node for node in root.iter(f"{NS}TileMatrixSet") if len(node)}
    levels = [node.findtext(f"{OWS}Identifier") for node in sets["LAMB93_10cm_9_17"].iter(f"{NS}TileMatrix")]
    assert levels == [str(number) for number in range(9, 18)]
    assert sets["LAMB93_10cm_9_17"].findtext(f"{OWS}SupportedCRS") == "IGNF:LAMB93"


def test_tiles_are_those_of_the_tms(client: FlaskClient, state: FakeState, ogc: FakeOgc) -> None:
    state.give(SCAN.layer_name, only_oauth=False)
    tile = next(line for line in WMTS if line.name == "wmts-tile-limited-set.png")
    client.get(ours(tile.path), headers={"apikey": "H"})
    path = next(line.path for line in recorded() if line.name == "tms-tile.png")
    client.get(analogous(path), headers={"apikey": "H"})
    assert ogc.asked[0] == ogc.asked[1]
    assert [name for _, name, _ in state.recorded] == [f"access to {SCAN.layer_name}"] * 2


@pytest.mark.parametrize(("switch", "status"), [({}, 403), ({"unopened_layer_status": 400}, 400)])
def test_a_layer_that_the_key_does_not_open(
    client: FlaskClient, state: FakeState, switch: dict[str, int], status: int
) -> None:
    vars(state.options).update(switch)
    tile = next(line for line in WMTS if line.name == "wmts-tile.png")
    assert client.get(ours(tile.path), headers={"apikey": "H"}).status_code == status


def test_a_layer_that_is_not_served_yet_is_unknown(client: FlaskClient, state: FakeState) -> None:
    document = capabilities(client, state, unserved=(SCAN.layer_name,)).decode()
    assert SCAN.layer_name not in document
    tile = next(line for line in WMTS if line.name == "wmts-tile.png")
    answer = client.get(ours(tile.path), headers={"apikey": "H"})
    assert (answer.status_code, f"Layer {SCAN.layer_name} unknown" in answer.text) == (400, True)


@pytest.mark.parametrize("name", ["TILEMATRIXSET", "TILEMATRIX", "TILECOL", "TILEROW", "FORMAT", "STYLE"])
def test_what_is_missing_is_told(client: FlaskClient, state: FakeState, name: str) -> None:
    state.give(SCAN.layer_name, only_oauth=False)
    tile = next(line for line in WMTS if line.name == "wmts-tile.png")
    asked = "&".join(part for part in ours(tile.path).split("&") if not part.startswith(f"{name}="))
    answer = client.get(asked, headers={"apikey": "H"})
    assert answer.status_code == 400
    assert f'exceptionCode="MissingParameterValue" >{name} query parameter missing<' in answer.text
