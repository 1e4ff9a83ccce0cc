"""A listing with something broken in it: the rest is shown, and the log says what is missing."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
import requests
from requests_mock import Mocker

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.retries import Patience

from .conftest import API_URL

ME = f"{API_URL}/users/me"
START, END = datetime(2026, 8, 1, tzinfo=timezone.utc), datetime(2026, 9, 1, tzinfo=timezone.utc)
BROKEN: list[Any] = [None, 3, {"layer_name": "confidentiel"}]
OFFERING = {"_id": "o", "layer_name": "plan"}


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def client(said: list[str]) -> EntrepotClient:
    return EntrepotClient(requests.Session(), API_URL, patience=Patience(sleep=lambda _s: None), log=said.append)


def range_of(count: int) -> dict[str, str]:
    return {"Content-Range": f"1-{count}/{count}"}


@pytest.mark.parametrize("broken", BROKEN)
def test_keys(client: EntrepotClient, requests_mock: Mocker, said: list[str], broken: object) -> None:
    requests_mock.get(f"{ME}/keys", json=[{"_id": "a"}, broken, {"_id": "b"}], headers=range_of(3))
    keys = client.keys()
    assert [key.id for key in keys] == ["a", "b"]
    assert requests_mock.call_count == 1, "what cannot be read is there all the same: nothing is read again"
    (line,) = said
    assert line.startswith("GET /users/me/keys: left out 1 (")
    assert "confidentiel" not in line


@pytest.mark.parametrize("change", [{"offering": None}, {"permission": 3}, {"_id": None}])
def test_accesses(client: EntrepotClient, requests_mock: Mocker, said: list[str], change: dict[str, Any]) -> None:
    good = {"_id": "a", "offering": OFFERING}
    requests_mock.get(f"{ME}/keys/k/accesses", json=[{**good, "_id": "b", **change}, good], headers=range_of(2))
    assert [access.id for access in client.accesses("k")] == ["a"]
    assert len(said) == 1


def test_permissions_and_their_offerings(client: EntrepotClient, requests_mock: Mocker, said: list[str]) -> None:
    body = [{"_id": "p", "offerings": [*BROKEN, OFFERING]}, None]
    requests_mock.get(f"{ME}/permissions", [{"json": body, "headers": range_of(2)}])
    (permission,) = client.permissions()
    assert [offering.layer_name for offering in permission.offerings] == ["plan"]
    assert {line.partition(": ")[2] for line in said} == {
        "left out 1 (no object where the permission was expected)",
        "left out 2 (no object where the offering was expected)",
        "left out 1 (offering without identifier)",
    }


def test_offerings_of_one_permission(client: EntrepotClient, requests_mock: Mocker, said: list[str]) -> None:
    requests_mock.get(f"{ME}/permissions/p", json={"_id": "p", "offerings": [None, OFFERING]})
    assert [offering.id for offering in client.permission("p").offerings] == ["o"]
    assert said == ["GET /users/me/permissions/p: left out 1 (no object where the offering was expected)"]


def test_lines_of_statistics(client: EntrepotClient, requests_mock: Mocker, said: list[str]) -> None:
    body = {"total": {"hits": 3}, "details": [None, {"hits": 1}, None, {"hits": 2}]}
    requests_mock.get(f"{ME}/stats", json=body, headers=range_of(4))
    assert [row.hits for row in client.stats(START, END, details=True).details] == [1, 2]
    assert requests_mock.call_count == 1
    assert said == ["GET /users/me/stats: left out 2 (no object where the line of statistics was expected)"]


def test_pages_are_counted_as_the_server_does(client: EntrepotClient, requests_mock: Mocker) -> None:
    pages: dict[str, list[Any]] = {"1": [{"_id": "a"}, None], "2": [None, {"_id": "b"}], "3": [{"_id": "c"}]}

    def page(request: Any, context: Any) -> list[Any]:
        context.headers["Content-Range"] = "1-2/5"
        return pages[request.qs["page"][0]]

    requests_mock.get(f"{ME}/keys", json=page)
    keys = client.keys()
    assert [key.id for key in keys] == ["a", "b", "c"]
    assert requests_mock.call_count == 3


def test_a_listing_of_nothing_but_broken_things_is_no_empty_one(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.get(f"{ME}/keys", json=BROKEN, headers=range_of(3))
    with pytest.raises(GpkeysError) as caught:
        client.keys()
    assert caught.value.code is ErrorCode.BAD_ANSWER


@pytest.mark.parametrize("body", [None, 3, [], {}])
def test_one_thing_that_was_asked_for_is_not_left_out(
    client: EntrepotClient, requests_mock: Mocker, body: object
) -> None:
    for path in ("keys/k", "permissions/p", "keys/k/accesses/a"):
        requests_mock.get(f"{ME}/{path}", json=body)
    for read in (lambda: client.key("k"), lambda: client.permission("p"), lambda: client.access("k", "a")):
        with pytest.raises(GpkeysError) as caught:
            read()
        assert caught.value.code is ErrorCode.BAD_ANSWER
