"""The client of the search service: what it sends, and what it makes of answers."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from requests_mock import Mocker

from gpkeys_plugin.entrepot.catalogue_search import SearchClient, SearchDocument, read_documents
from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.json_reading import UnreadableError
from tests.simulator.remote.steering import Simulator

URL = "https://data.example/recherche"
PATH = f"{URL}/api/indexes/geoplateforme"
# As the platform documents it.
DOCUMENT: dict[str, Any] = {
    "id": "4c2afe00-d2a4-4536-a254-e4025aa8daf7",
    "offering_id": "c39d62ca-f696-4f60-98a5-9b4e02a6b5c6",
    "layer_name": "bdtopo_971:non_communication",
    "title": "Routes de non communication 971",
    "description": "Routes de non communication\n du département 971",
    "type": "WFS",
    "open": True,
    "producers": ["IGN"],
    "srs": ["EPSG:5490"],
}


def client(search_url: str = URL) -> SearchClient:
    return SearchClient(requests.Session(), search_url, lambda: False)


def test_a_name_is_asked_for_as_documented(requests_mock: Mocker) -> None:
    requests_mock.post(PATH, json={"documents": [DOCUMENT], "aggregations": {}})
    found = client().named("bdtopo_971:non_communication")
    sent = requests_mock.last_request
    assert sent is not None
    assert sent.qs == {"page": ["1"], "size": ["50"]}
    assert sent.json() == {"layer_name": "bdtopo_971:non_communication"}
    assert "Authorization" not in sent.headers
    assert found == (
        SearchDocument(
            "bdtopo_971:non_communication",
            "Routes de non communication 971",
            "Routes de non communication du département 971",
            ("IGN",),
        ),
    )


def test_a_page_of_the_restricted_services_is_asked_for(requests_mock: Mocker) -> None:
    requests_mock.post(PATH, json={"documents": []})
    assert client().restricted(3) == ()
    sent = requests_mock.last_request
    assert sent is not None
    assert (sent.qs["page"], sent.json()) == (["3"], {"open": False})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"description": None, "producers": None}, ("", ())),
        ({"description": 3, "producers": "IGN"}, ("", ("IGN",))),
        ({"producers": ["IGN", None, " ", 4]}, (None, ("IGN",))),
    ],
)
def test_what_is_missing_or_strange_is_left_out(changes: dict[str, Any], expected: tuple[Any, ...]) -> None:
    (found,) = read_documents({"documents": [{**DOCUMENT, **changes}]})
    description, producers = expected
    assert found.producers == producers
    assert description is None or found.description == description


@pytest.mark.parametrize("changes", [{"title": None}, {"title": " "}, {"layer_name": None}, {"layer_name": 7}])
def test_a_document_without_title_or_name_does_not_spoil_the_others(changes: dict[str, Any]) -> None:
    found = read_documents({"documents": [None, "x", {**DOCUMENT, **changes}, DOCUMENT]})
    assert [document.title for document in found] == [DOCUMENT["title"]]


@pytest.mark.parametrize("body", [None, [], {}, {"documents": None}, {"documents": {}}, "text"])
def test_what_is_no_such_answer_is_refused(body: object) -> None:
    with pytest.raises(UnreadableError):
        read_documents(body)


@pytest.mark.parametrize(
    ("answer", "code", "wait_s"),
    [
        ({"status_code": 429, "headers": {"Retry-After": "7"}}, ErrorCode.RATE_LIMITED, 7.0),
        ({"status_code": 503}, ErrorCode.SERVER, None),
        ({"status_code": 200, "text": "<html>Portail</html>"}, ErrorCode.BAD_ANSWER, None),
        ({"status_code": 200, "json": ["autre"]}, ErrorCode.BAD_ANSWER, None),
        ({"exc": requests.ConnectionError}, ErrorCode.CONNECTION, None),
    ],
)
def test_a_failure_is_one_error_and_nothing_is_asked_twice(
    requests_mock: Mocker, answer: dict[str, Any], code: ErrorCode, wait_s: float | None
) -> None:
    requests_mock.post(PATH, **answer)
    with pytest.raises(GpkeysError) as failed:
        client().named("x")
    assert (failed.value.code, failed.value.retry_after_s) == (code, wait_s)
    assert requests_mock.call_count == 1


@pytest.mark.parametrize("comparison", ["words", "prefix", "exact"])
def test_the_simulator_answers_it(light_simulator: Simulator, comparison: str) -> None:
    light_simulator.switch(search_layer_name=comparison)
    found = {one.layer_name: one.title for one in client(light_simulator.search_url).named("rochebrune.plan.vecteur")}
    assert found["rochebrune.plan.vecteur"] == "Plan vectoriel de Rochebrune"
