"""VECTOR-TMS answers as pg_tileserv does. No QGIS."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.simulator.dataset import made_up_layers
from tests.unit.simulator.gateway.fakes import FakeState

ZONING = "rochebrune.zonage_tuiles"
ROOT = "/private/vector-tms"


def test_a_layer_is_described_at_its_name_with_json(client: FlaskClient, state: FakeState) -> None:
    state.give(ZONING, only_oauth=False)
    answer = client.get(f"{ROOT}/{ZONING}.json?apikey=H")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.json is not None
    assert list(answer.json) == [
        "id",
        "schema",
        "name",
        "description",
        "properties",
        "geometrytype",
        "center",
        "bounds",
        "minzoom",
        "maxzoom",
        "tileurl",
    ]
    assert answer.json["tileurl"] == f"http://localhost{ROOT}/{ZONING}/{{z}}/{{x}}/{{y}}.pbf"
    assert (answer.json["minzoom"], answer.json["maxzoom"]) == made_up_layers.VECTOR_TMS_LEVELS
    assert answer.json["properties"][0] == {"name": "libelle", "type": "varchar", "description": ""}


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        (f"{ZONING}/14/8324/5860.pbf", 200, "application/vnd.mapbox-vector-tile"),
        (f"{ZONING}/2/0/0.pbf", 200, "application/vnd.mapbox-vector-tile"),
        (f"{ZONING}/2/9/0.pbf", 400, "text/plain; charset=utf-8"),
        (f"{ZONING}/23/0/0.pbf", 400, "text/plain; charset=utf-8"),
        (f"{ZONING}/2/a/0.pbf", 404, "text/plain; charset=utf-8"),
        (f"{ZONING}", 404, "text/plain; charset=utf-8"),
        ("autre.json", 404, "text/plain; charset=utf-8"),
        ("index.json", 200, "application/json"),
    ],
)
def test_what_a_path_gives(client: FlaskClient, state: FakeState, path: str, status: int, kind: str) -> None:
    state.give(ZONING, only_oauth=False)
    answer = client.get(f"{ROOT}/{path}?apikey=H")
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, kind)


def test_the_list_names_the_layers_of_the_key(client: FlaskClient, state: FakeState) -> None:
    assert client.get(f"{ROOT}/index.json?apikey=H").json == {}
    assert client.get(f"{ROOT}/{ZONING}.json?apikey=H").status_code == 403
    state.give(ZONING, only_oauth=False)
    listed = client.get(f"{ROOT}/index.json?apikey=H").json
    assert listed is not None
    assert listed[ZONING]["detailurl"] == f"http://localhost{ROOT}/{ZONING}.json"
    state.options.unserved = (ZONING,)
    assert client.get(f"{ROOT}/{ZONING}.json?apikey=H").status_code == 404
