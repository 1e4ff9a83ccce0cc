"""The simulated search service."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.simulator.dataset.made_up_layers import LAYERS
from tests.simulator.memory.seeds import PLAN, PLU, SCAN, SHADING, seed_id
from tests.simulator.public.search_service import NOT_INDEXED
from tests.simulator.remote.steering import Simulator

_MEMBERS = ("id", "offering_id", "layer_name", "title", "description", "type", "url", "open", "producers", "srs")


def ask(simulator: Simulator, page: int = 1, size: int = 50, **criteria: object) -> requests.Response:
    """Search, as anybody may."""
    url = f"{simulator.search_url}/api/indexes/geoplateforme?page={page}&size={size}"
    return requests.post(url, json=criteria, timeout=30)


def names(answer: requests.Response) -> list[str]:
    """Return the layer names found."""
    assert answer.status_code == 200, answer.text
    return [document["layer_name"] for document in answer.json()["documents"]]


def test_a_document_has_the_members_of_the_documentation(light_simulator: Simulator) -> None:
    document: dict[str, Any] = ask(light_simulator, layer_name=SHADING).json()["documents"][0]
    assert set(_MEMBERS) <= set(document)
    scan = next(one for one in ask(light_simulator).json()["documents"] if one["layer_name"] == SCAN)
    assert (scan["title"], scan["type"], scan["open"]) == ("SCAN 25 touristique de Rochebrune", "WMTS", False)
    assert scan["offering_id"] == seed_id("offering", SCAN)


def test_without_criteria_everything_indexed_is_found(light_simulator: Simulator) -> None:
    found = {name.partition(":")[0] for name in names(ask(light_simulator))}
    searchable = {layer.layer_name for layer in LAYERS if layer.offering_type != "SEARCH"}
    assert found == searchable - NOT_INDEXED
    assert NOT_INDEXED


def test_restricted_services_alone_can_be_asked_for(light_simulator: Simulator) -> None:
    every, restricted, free = (
        set(names(ask(light_simulator, **criteria))) for criteria in ({}, {"open": False}, {"open": True})
    )
    assert (restricted | free, restricted & free) == (every, set())
    assert free


def test_feature_types_have_documents_of_their_own(light_simulator: Simulator) -> None:
    light_simulator.switch(search_layer_name="prefix")
    assert names(ask(light_simulator, layer_name=PLU)) == [f"{PLU}:zonage", f"{PLU}:prescription"]


def test_pages_follow_each_other_and_end(light_simulator: Simulator) -> None:
    whole = names(ask(light_simulator))
    first, second = names(ask(light_simulator, 1, 7)), names(ask(light_simulator, 2, 7))
    assert first + second == whole[:14]
    assert names(ask(light_simulator, 9, 50)) == []


@pytest.mark.parametrize(
    ("comparison", "wanted", "expected"),
    [
        ("exact", PLAN, {PLAN}),
        ("exact", PLU, set()),
        ("prefix", "rochebrune.plan", {PLAN}),
        ("words", "un.scan25", {SCAN, SHADING}),
    ],
)
def test_layer_names_are_compared_as_the_switch_says(
    light_simulator: Simulator, comparison: str, wanted: str, expected: set[str]
) -> None:
    light_simulator.switch(search_layer_name=comparison)
    assert set(names(ask(light_simulator, layer_name=wanted))) == expected


def test_whoever_asks_too_much_waits(light_simulator: Simulator) -> None:
    light_simulator.switch(search_limit_per_s=1, rate_limit_wait_s=3)
    answers = [ask(light_simulator) for _ in range(3)]
    refused = [answer for answer in answers if answer.status_code == 429]
    assert refused
    assert 1 <= int(refused[0].headers["Retry-After"]) <= 3
