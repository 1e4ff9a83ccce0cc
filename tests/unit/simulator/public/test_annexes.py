"""Public files of the platform: styles, sprites, a legend. No QGIS."""

from __future__ import annotations

import json
import struct
from xml.etree import ElementTree

import pytest
import requests

from tests.simulator.dataset import made_up_layers
from tests.simulator.memory.seeds import PLAN
from tests.simulator.remote.steering import Simulator
from tests.unit.simulator.people import KEYS, Person, offering


@pytest.fixture
def basile(light_simulator: Simulator) -> Person:
    return Person(light_simulator, "basile")


@pytest.fixture
def apikey(basile: Person) -> str:
    """A key of basile's that opens the vector tiles."""
    key = basile.new_key()
    body = {"permission": basile.permission("Convention SCAN 25 - toutes les formes"), "offerings": [offering(PLAN)]}
    assert basile.ask("POST", f"{KEYS}/{key['_id']}/accesses", body).ok
    value: str = basile.read(f"{KEYS}/{key['_id']}")["type_infos"]["hash"]
    return value


def style_links(simulator: Simulator, apikey: str) -> list[str]:
    """The styles that the TileMap names."""
    url = f"{simulator.gateway_url}/tms/1.0.0/{PLAN}"
    root = ElementTree.fromstring(requests.get(url, headers={"apikey": apikey}, timeout=30).content)
    return [found.get("href", "") for found in root.iter("Metadata") if found.get("type") == "Other"]


def test_a_tile_map_names_the_styles_and_they_are_public(light_simulator: Simulator, apikey: str) -> None:
    links = style_links(light_simulator, apikey)
    assert [link.rpartition("/")[2] for link in links] == ["standard.json", "gris.json"]
    for link in links:
        answer = requests.get(link, timeout=30)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
        style = answer.json()
        (source,) = style["sources"].values()
        assert source["tiles"] == [f"{light_simulator.gateway_url}/tms/1.0.0/{PLAN}/{{z}}/{{x}}/{{y}}.pbf"]
        assert {one["source-layer"] for one in style["layers"] if "source-layer" in one} == set(
            made_up_layers.TILE_TABLES
        )
        assert apikey not in answer.text


@pytest.mark.parametrize(("ratio", "width"), [("", 32), ("@2x", 64)])
def test_the_sprite_has_the_symbols_that_the_styles_use(
    light_simulator: Simulator, apikey: str, ratio: str, width: int
) -> None:
    style = requests.get(style_links(light_simulator, apikey)[0], timeout=30).json()
    symbols = requests.get(f"{style['sprite']}{ratio}.json", timeout=30).json()
    picture = requests.get(f"{style['sprite']}{ratio}.png", timeout=30)
    assert picture.headers["Content-Type"] == "image/png"
    assert struct.unpack(">II", picture.content[16:24]) == (width, width // 2)
    text = json.dumps(style["layers"])
    assert symbols
    assert all(f'"{name}"' in text for name in symbols)
    assert max(one["x"] + one["width"] for one in symbols.values()) == width


def test_private_styles_ask_for_a_key(light_simulator: Simulator, apikey: str) -> None:
    light_simulator.switch(private_styles=True)
    link = style_links(light_simulator, apikey)[0]
    sprite = link.rpartition("/")[0] + "/sprite/symboles"
    for url in (link, f"{sprite}.json", f"{sprite}@2x.png"):
        assert requests.get(url, timeout=30).status_code == 401
        assert requests.get(f"{url}?apikey=FausseCle", timeout=30).status_code == 401
        assert requests.get(f"{url}?apikey={apikey}", timeout=30).status_code == 200


def test_what_is_not_there_is_not_found(light_simulator: Simulator) -> None:
    root = light_simulator.gateway_url.removesuffix("/private") + "/annexes/ressources"
    for path in (
        f"vectorTiles/styles/{PLAN}/nuit.json",
        "vectorTiles/styles/autre/standard.json",
        "legendes/autre.png",
    ):
        assert requests.get(f"{root}/{path}", timeout=30).status_code == 404
    legend = requests.get(f"{root}/legendes/LEGEND.png", timeout=30)
    assert struct.unpack(">II", legend.content[16:24]) == (280, 69)
