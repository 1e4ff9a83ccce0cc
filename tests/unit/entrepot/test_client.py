"""The client's operations, and changes whose answer is lost."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
import requests
from requests_mock import Mocker

from gpkeys_plugin.entrepot import errors_from_answers
from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.errors import Conflict, ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.models import KeyCreation, KeyType, KeyUpdate
from gpkeys_plugin.entrepot.retries import Patience

from .conftest import API_URL, Clock

ME = f"{API_URL}/users/me"
KEYS = f"{ME}/keys"
PERMISSIONS = f"{ME}/permissions"
HASH = KeyCreation("Ma clé", KeyType.HASH)
BASIC = KeyCreation("Ma clé", KeyType.BASIC, login="camille", password="s-e-s-a-m-e")
START, END = datetime(2026, 8, 1, tzinfo=timezone.utc), datetime(2026, 9, 1, tzinfo=timezone.utc)
LOST: list[dict[str, Any]] = [
    {"exc": requests.ConnectionError},
    {"exc": requests.ReadTimeout},
    {"status_code": 500},
    {"status_code": 502, "text": "<html>"},
    {"status_code": 201, "text": '{"_id": "new'},
    {"status_code": 201, "text": ""},
    {"status_code": 409},
]


def key(key_id: str, name: str = "Ma clé", kind: str = "HASH", **more: object) -> dict[str, object]:
    infos = {"HASH": {"hash": "FauxHash"}, "BASIC": {"login": "camille", "password": "0" * 40}}.get(kind, {})
    return {"_id": key_id, "name": name, "type": kind, "type_infos": infos, **more}


def access(offering_id: str, permission_id: str | None) -> dict[str, object]:
    permission = {"permission": {"_id": permission_id, "licence": ""}} if permission_id else {}
    return {"_id": f"a-{offering_id}", "offering": {"_id": offering_id, "type": "WFS"}, **permission}


def holds(requests_mock: Mocker, *keys: dict[str, object], accesses: tuple[dict[str, object], ...] = ()) -> None:
    """Make the account hold these keys."""
    requests_mock.get(KEYS, json=list(keys), headers={"Content-Range": f"1-{len(keys)}/{len(keys)}"})
    for each in keys:
        requests_mock.get(f"{KEYS}/{each['_id']}", json=each)
        requests_mock.get(f"{KEYS}/{each['_id']}/accesses", json=list(accesses))


def calls(requests_mock: Mocker, method: str) -> int:
    return sum(1 for request in requests_mock.request_history if request.method == method)


def refused(client: EntrepotClient, creation: KeyCreation, existing: tuple[str, ...] = ()) -> GpkeysError:
    with pytest.raises(GpkeysError) as caught:
        client.create_key(creation, existing_ids=existing)
    return caught.value


def test_requests_ask_for_json_and_do_not_wait_for_ever(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.get(ME, json={"_id": "a"})
    client.me()
    sent = requests_mock.request_history[-1]
    assert sent.headers["Accept"] == "application/json"
    assert sent.timeout == 30.0


def test_listings_take_all_pages(client: EntrepotClient, requests_mock: Mocker) -> None:
    def page(request: Any, context: Any) -> list[dict[str, object]]:
        number, limit = int(request.qs["page"][0]), min(int(request.qs["limit"][0]), 50)
        rows = [key(f"k{index}") for index in range(120)][(number - 1) * limit : number * limit]
        context.headers["Content-Range"] = f"{(number - 1) * limit + 1}-{(number - 1) * limit + len(rows)}/120"
        return rows

    requests_mock.get(KEYS, json=page)
    listed = client.keys()
    assert [found.id for found in listed] == [f"k{index}" for index in range(120)]
    assert requests_mock.call_count == 3


def test_permissions_are_told_apart(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.get(f"{PERMISSIONS}?personal=true&community=false", json=[{"_id": "mine"}])
    requests_mock.get(f"{PERMISSIONS}?personal=false&community=true", json=[{"_id": "ours"}])
    assert [(found.id, found.is_community) for found in client.permissions()] == [("mine", False), ("ours", True)]


def test_permissions_of_a_server_that_does_not_tell_them_apart(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.get(PERMISSIONS, json=[{"_id": "p"}])
    assert [(found.id, found.is_community) for found in client.permissions()] == [("p", None)]


def test_permissions_of_a_server_that_refuses_the_filters(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.get(PERMISSIONS, json=[{"_id": "p"}])
    requests_mock.get(f"{PERMISSIONS}?community=true", status_code=400)
    assert [(found.id, found.is_community) for found in client.permissions()] == [("p", None)]


@pytest.mark.parametrize("status", [200, 201, 202])
def test_creation(client: EntrepotClient, requests_mock: Mocker, status: int) -> None:
    requests_mock.post(KEYS, status_code=status, json=key("new"))
    created = client.create_key(HASH, existing_ids=())
    assert (created.key.id, created.hash) == ("new", "FauxHash")
    assert requests_mock.call_count == 1


def test_a_hash_that_is_not_in_the_answer_is_read(client: EntrepotClient, requests_mock: Mocker) -> None:
    holds(requests_mock, key("new"))
    requests_mock.post(KEYS, status_code=201, json={**key("new"), "type_infos": {}})
    assert client.create_key(HASH, existing_ids=()).hash == "FauxHash"


@pytest.mark.parametrize("lost", LOST)
def test_a_creation_whose_answer_is_lost_is_found_not_repeated(
    client: EntrepotClient, requests_mock: Mocker, lost: dict[str, Any]
) -> None:
    holds(requests_mock, key("old", "Autre"), key("new"))
    requests_mock.post(KEYS, **lost)
    assert client.create_key(HASH, existing_ids=("old",)).key.id == "new"
    assert calls(requests_mock, "POST") == 1


@pytest.mark.parametrize("lost", LOST[:-1])
def test_a_creation_that_was_not_made_is_sent_once_more(
    client: EntrepotClient, requests_mock: Mocker, lost: dict[str, Any]
) -> None:
    holds(requests_mock)
    requests_mock.post(KEYS, [lost, {"status_code": 201, "json": key("new")}])
    assert client.create_key(HASH, existing_ids=()).key.id == "new"
    requests_mock.post(KEYS, **lost)
    error = refused(client, HASH)
    assert error.code is not ErrorCode.OUTCOME_UNKNOWN
    assert calls(requests_mock, "POST") == 4


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_plain_refusal_is_not_looked_into(client: EntrepotClient, requests_mock: Mocker, status: int) -> None:
    requests_mock.post(KEYS, status_code=status)
    assert refused(client, HASH).status == status
    assert requests_mock.call_count == 1


def test_when_looking_fails_the_outcome_is_unknown(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.get(KEYS, status_code=500)
    requests_mock.post(KEYS, exc=requests.ReadTimeout)
    error = refused(client, BASIC)
    assert error.code is ErrorCode.OUTCOME_UNKNOWN
    assert calls(requests_mock, "POST") == 1
    assert "s-e-s-a-m-e" not in error.log


@pytest.mark.parametrize(("status", "posts", "waited_s"), [(429, 1, 0), (503, 2, 1)])
def test_nobody_is_kept_waiting_for_an_hour(
    client: EntrepotClient, requests_mock: Mocker, clock: Clock, status: int, posts: int, waited_s: float
) -> None:
    holds(requests_mock)
    requests_mock.post(KEYS, status_code=status, headers={"Retry-After": "3600"})
    error = refused(client, HASH)
    assert error.retry_after_s == 3600
    assert "3600" in str(error.advice)
    assert calls(requests_mock, "POST") == posts
    assert clock.waited_s == pytest.approx(waited_s)


def test_a_namesake_made_elsewhere_is_not_taken_for_ours(client: EntrepotClient, requests_mock: Mocker) -> None:
    holds(requests_mock, key("web"), accesses=(access("o", "p"),))
    requests_mock.get(ME, json={"_id": "a"})
    requests_mock.post(KEYS, status_code=409)
    assert refused(client, HASH).conflict is Conflict.NAME


def test_a_basic_key_of_another_login_is_not_taken_for_ours(client: EntrepotClient, requests_mock: Mocker) -> None:
    holds(requests_mock, key("web", kind="BASIC", type_infos={"login": "other"}))
    requests_mock.get(ME, json={"_id": "a"})
    requests_mock.post(KEYS, status_code=409)
    assert refused(client, BASIC).conflict is Conflict.NAME


def test_login_taken_by_somebody_else(client: EntrepotClient, requests_mock: Mocker) -> None:
    holds(requests_mock, key("old", "Autre"))
    requests_mock.get(ME, json={"_id": "a", "keys_quota": 10, "keys_use": 1})
    requests_mock.post(KEYS, status_code=409, json={"error_description": ["Valeur de clé déjà utilisé"]})
    error = refused(client, BASIC, ("old",))
    assert errors_from_answers.is_login_taken(error)
    assert (error.code, error.details) == (ErrorCode.CONFLICT, ("Valeur de clé déjà utilisé",))
    assert calls(requests_mock, "POST") == 1


@pytest.mark.parametrize(
    ("creation", "held", "account", "expected"),
    [
        (BASIC, key("old"), {}, Conflict.NAME),
        (KeyCreation("K", KeyType.OAUTH2), key("old", "Perso", "OAUTH2"), {}, Conflict.OAUTH2_KEY),
        (HASH, key("old", "Autre"), {"keys_quota": 1}, Conflict.QUOTA),
        (BASIC, key("old", "Autre"), {"keys_quota": 5, "keys_use": 5}, Conflict.QUOTA),
        (HASH, key("old", "Autre"), {}, None),
    ],
)
def test_what_a_refusal_runs_into(
    client: EntrepotClient,
    requests_mock: Mocker,
    creation: KeyCreation,
    held: dict[str, object],
    account: dict[str, object],
    expected: Conflict | None,
) -> None:
    holds(requests_mock, held)
    requests_mock.get(ME, json={"_id": "a", **account})
    requests_mock.post(KEYS, status_code=409)
    error = refused(client, creation, ("old",))
    assert (error.code, error.conflict) == (ErrorCode.CONFLICT, expected)
    assert not errors_from_answers.is_login_taken(error)


@pytest.mark.parametrize(
    "answer", [{"status_code": 204}, {"status_code": 201, "json": {}}, {"status_code": 200, "json": []}]
)
def test_accesses(client: EntrepotClient, requests_mock: Mocker, answer: dict[str, Any]) -> None:
    requests_mock.post(f"{KEYS}/k/accesses", **answer)
    requests_mock.get(f"{KEYS}/k/accesses", json=[access("o1", "p"), access("o2", "p"), access("o3", None)])
    client.create_accesses("k", "p", ["o1", "o2", "o1"])
    assert requests_mock.request_history[0].json() == {"permission": "p", "offerings": ["o1", "o2"]}
    client.create_accesses("k", None, ["o3"])
    assert requests_mock.request_history[2].json() == {"offerings": ["o3"]}
    client.create_accesses("k", "p", [])
    assert calls(requests_mock, "POST") == 2


@pytest.mark.parametrize("lost", [*LOST[:4], LOST[-1]])
def test_accesses_whose_answer_is_lost(client: EntrepotClient, requests_mock: Mocker, lost: dict[str, Any]) -> None:
    requests_mock.get(f"{KEYS}/k/accesses", json=[access("o1", "p"), access("o2", "p")])
    requests_mock.post(f"{KEYS}/k/accesses", **lost)
    client.create_accesses("k", "p", ["o1", "o2"])
    assert calls(requests_mock, "POST") == 1


@pytest.mark.parametrize("lost", [LOST[0], LOST[-1]])
def test_only_the_missing_accesses_are_sent_again(
    client: EntrepotClient, requests_mock: Mocker, lost: dict[str, Any]
) -> None:
    half, whole = [access("o1", "p"), access("o2", None)], [access("o1", "p"), access("o2", "p")]
    requests_mock.get(f"{KEYS}/k/accesses", [{"json": half}, {"json": whole}])
    requests_mock.post(f"{KEYS}/k/accesses", [lost, {"status_code": 204}])
    client.create_accesses("k", "p", ["o1", "o2"])
    assert [sent.json()["offerings"] for sent in requests_mock.request_history if sent.method == "POST"][1:] == [["o2"]]


def test_a_conflict_of_accesses_that_are_not_there_is_told(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.get(f"{KEYS}/k/accesses", json=[access("o1", "another")])
    requests_mock.post(f"{KEYS}/k/accesses", status_code=409)
    with pytest.raises(GpkeysError) as caught:
        client.create_accesses("k", "p", ["o1"])
    assert caught.value.code is ErrorCode.CONFLICT
    assert calls(requests_mock, "POST") == 1


@pytest.mark.parametrize("status", [200, 202, 204, 404])
def test_deletion(client: EntrepotClient, requests_mock: Mocker, status: int) -> None:
    requests_mock.delete(f"{KEYS}/k", status_code=status)
    requests_mock.get(KEYS, json=[key("another")])
    client.delete_key("k")
    requests_mock.delete(f"{KEYS}/k/accesses/a", status_code=status)
    requests_mock.get(f"{KEYS}/k/accesses", json=[])
    client.delete_access("k", "a")
    assert calls(requests_mock, "DELETE") == 2


def test_a_deletion_whose_answer_is_lost(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.delete(f"{KEYS}/k", exc=requests.ConnectionError)
    requests_mock.get(KEYS, json=[])
    client.delete_key("k")
    assert calls(requests_mock, "DELETE") == 1


def test_a_deletion_that_was_not_made_is_sent_again(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.delete(f"{KEYS}/k", [{"exc": requests.ConnectionError}, {"status_code": 204}])
    requests_mock.get(KEYS, [{"json": [key("k")]}, {"json": []}])
    client.delete_key("k")
    assert calls(requests_mock, "DELETE") == 2


def test_a_refused_deletion_is_told(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.delete(f"{KEYS}/k", status_code=403)
    with pytest.raises(GpkeysError) as caught:
        client.delete_key("k")
    assert caught.value.code is ErrorCode.FORBIDDEN


@pytest.mark.parametrize(
    "answer", [{"status_code": 204}, {"status_code": 200, "text": ""}, {"status_code": 200, "json": key("k")}]
)
def test_update(client: EntrepotClient, requests_mock: Mocker, answer: dict[str, Any]) -> None:
    requests_mock.patch(f"{KEYS}/k", **answer)
    requests_mock.get(f"{KEYS}/k", json=key("k", "N", whitelist=["192.0.2.7/32"]))
    client.update_key("k", KeyUpdate(name="N", whitelist=("192.0.2.7",)))
    assert requests_mock.request_history[0].json() == {"name": "N", "whitelist": ["192.0.2.7"]}
    client.update_key("k", KeyUpdate())
    assert calls(requests_mock, "PATCH") == 1


def test_an_update_whose_answer_is_lost(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.get(f"{KEYS}/k", json=key("k", "N", blacklist=["b", "a"], referer="r"))
    requests_mock.patch(f"{KEYS}/k", exc=requests.ConnectionError)
    client.update_key("k", KeyUpdate(name="N", whitelist=(), blacklist=("a", "b"), user_agent="", referer="r"))
    assert calls(requests_mock, "PATCH") == 1


def test_an_update_that_was_not_made_is_sent_again(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.get(f"{KEYS}/k", [{"json": key("k", "Old")}, {"json": key("k", "N")}])
    requests_mock.patch(f"{KEYS}/k", [{"status_code": 503}, {"status_code": 204}])
    client.update_key("k", KeyUpdate(name="N"))
    assert calls(requests_mock, "PATCH") == 2


def test_a_name_taken_by_another_key(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.get(f"{KEYS}/k", json=key("k", "Old"))
    requests_mock.patch(f"{KEYS}/k", status_code=409)
    with pytest.raises(GpkeysError) as caught:
        client.update_key("k", KeyUpdate(name="N"))
    assert caught.value.conflict is Conflict.NAME


def test_statistics(client: EntrepotClient, requests_mock: Mocker) -> None:
    def page(request: Any, context: Any) -> dict[str, object]:
        number = int(request.qs.get("page", ["1"])[0])
        context.headers["Content-Range"] = f"{number}-{number}/3"
        return {"total": {"hits": 6}, "details": [{"hits": number}]}

    requests_mock.get(f"{KEYS}/k/stats", json=page)
    told = client.key_stats("k", START, END, details=True)
    assert (told.total.hits, [row.hits for row in told.details]) == (6, [1, 2, 3])
    assert client.key_stats("k", START, END).total.hits == 6
    assert requests_mock.request_history[-1].qs["details"] == ["false"]
    requests_mock.get(f"{ME}/stats", json={"total": {"hits": 1}})
    assert client.stats(START, END).total.hits == 1


def test_a_page_limit_that_is_refused(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.get(KEYS, json=[key("k")])
    requests_mock.get(f"{KEYS}?limit=100", status_code=400)
    listed = client.keys()
    assert [found.id for found in listed] == ["k"]


def test_a_cancelled_creation_stops_at_once(requests_mock: Mocker) -> None:
    asked: list[int] = []
    client = EntrepotClient(
        requests.Session(), API_URL, patience=Patience(lambda: len(asked) > 0, sleep=lambda _s: None)
    )

    def lose(request: Any, context: Any) -> str:
        asked.append(1)
        raise requests.ConnectionError

    requests_mock.post(KEYS, text=lose)
    assert refused(client, HASH).code is ErrorCode.CANCELLED
    assert requests_mock.call_count == 1
