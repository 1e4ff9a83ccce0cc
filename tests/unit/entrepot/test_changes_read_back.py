"""Changes are believed once they were seen: some answers do not know."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import requests
from requests_mock import Mocker

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.errors_from_answers import cancelled
from gpkeys_plugin.entrepot.key_replacement import KeyReplacement
from gpkeys_plugin.entrepot.models import KeyCreation, KeyType, KeyUpdate

from .test_client import KEYS, access, calls, key


@pytest.mark.parametrize("status", [200, 204, 404])
def test_what_is_confirmed_and_not_made_is_no_success(
    client: EntrepotClient, requests_mock: Mocker, status: int
) -> None:
    requests_mock.get(KEYS, json=[key("k")])
    requests_mock.get(f"{KEYS}/k", json=key("k"))
    requests_mock.get(f"{KEYS}/k/accesses", json=[access("o1", "p")])
    for method in ("DELETE", "POST", "PATCH"):
        requests_mock.register_uri(method, re.compile(f"{KEYS}/k.*"), status_code=status)
    changes: tuple[Callable[[], object], ...] = (
        lambda: client.delete_key("k"),
        lambda: client.delete_access("k", "a-o1"),
        lambda: client.update_key("k", KeyUpdate(name="N")),
        lambda: client.create_accesses("k", "p", ["o2"]),
        lambda: client.accesses_after("k", [("p", ["o2"])], (), client.try_to_open("k", [("p", ["o2"])])),
        lambda: client.accesses_after("k", (), {"a-o1"}, list(filter(None, [client.try_to_close("k", "a-o1")]))),
        lambda: KeyReplacement(client, "k", "k2", "N", unheard).make(unheard),
    )
    for change in changes:
        with pytest.raises(GpkeysError):
            change()


def unheard() -> None:
    """Hear nothing."""


@pytest.mark.parametrize("answer", [{"text": ""}, {"json": {}}, {"status_code": 404}, {"text": "<html>sign in</html>"}])
def test_a_deletion_that_cannot_be_looked_up_is_no_success(
    client: EntrepotClient, requests_mock: Mocker, answer: dict[str, Any]
) -> None:
    requests_mock.delete(f"{KEYS}/k", status_code=404)
    requests_mock.get(KEYS, **answer)
    with pytest.raises(GpkeysError):
        client.delete_key("k")


@pytest.mark.parametrize(
    "answer",
    [{"status_code": 401}, {"status_code": 403}, {"status_code": 429, "headers": {"Retry-After": "3600"}}],
)
def test_nobody_knows_of_a_confirmed_change_that_nobody_may_look_at(
    client: EntrepotClient, requests_mock: Mocker, answer: dict[str, Any]
) -> None:
    requests_mock.delete(f"{KEYS}/k", status_code=204)
    requests_mock.get(KEYS, **answer)
    with pytest.raises(GpkeysError) as caught:
        client.delete_key("k")
    assert caught.value.code is ErrorCode.OUTCOME_UNKNOWN
    assert "confirmed the change" in str(caught.value.user)
    assert "look at your keys" in str(caught.value.advice).lower()
    assert calls(requests_mock, "DELETE") == 1


@pytest.mark.parametrize(
    "answer",
    [
        {"status_code": 403},
        {"status_code": 401},
        {"status_code": 404},
        {"status_code": 500},
        {"exc": requests.exceptions.ConnectionError},
    ],
)
def test_nobody_knows_of_any_confirmed_change_that_nobody_may_look_at(
    client: EntrepotClient, requests_mock: Mocker, answer: dict[str, Any]
) -> None:
    requests_mock.post(KEYS, json={"_id": "k", "name": "N", "type": "HASH"})
    for method in ("DELETE", "POST", "PATCH"):
        requests_mock.register_uri(method, re.compile(f"{KEYS}/k.*"), status_code=204)
    requests_mock.get(re.compile(f"{KEYS}.*"), **answer)
    changes: tuple[Callable[[], object], ...] = (
        lambda: client.create_key(KeyCreation("N", KeyType.HASH), existing_ids=[]),
        lambda: client.update_key("k", KeyUpdate(name="N")),
        lambda: client.create_accesses("k", "p", ["o2"]),
        lambda: client.open_offerings("k", [("p", ["o2"]), ("q", ["o3"])]),
        lambda: client.delete_access("k", "a-o1"),
        lambda: client.delete_key("k"),
    )
    for change in changes:
        with pytest.raises(GpkeysError) as caught:
            change()
        assert caught.value.code is ErrorCode.OUTCOME_UNKNOWN, caught.value.log


def test_an_old_key_that_is_gone_is_known_to_be_where_its_name_is_refused(
    client: EntrepotClient, requests_mock: Mocker
) -> None:
    requests_mock.delete(f"{KEYS}/old", status_code=204)
    requests_mock.patch(f"{KEYS}/new", status_code=403)
    requests_mock.get(KEYS, json=[key("new")])
    heard: list[str] = []
    with pytest.raises(GpkeysError) as caught:
        KeyReplacement(client, "old", "new", "N", lambda: heard.append("deleted")).make(unheard)
    assert caught.value.code is ErrorCode.FORBIDDEN
    assert heard == ["deleted"]


def test_a_deletion_is_not_sent_again_before_it_was_looked_whether_it_was_made(
    client: EntrepotClient, requests_mock: Mocker
) -> None:
    requests_mock.delete(f"{KEYS}/old", exc=requests.exceptions.ConnectionError)
    requests_mock.patch(f"{KEYS}/new", status_code=204)
    requests_mock.get(KEYS, json=[key("new")])
    requests_mock.get(f"{KEYS}/new", json={**key("new"), "name": "N"})
    heard: list[str] = []
    KeyReplacement(client, "old", "new", "N", lambda: heard.append("deleted")).make(lambda: heard.append("renaming"))
    assert heard == ["deleted", "renaming"]
    assert calls(requests_mock, "DELETE") == 1


def test_a_cancel_between_the_two_leaves_it_known_that_the_old_key_is_gone(
    client: EntrepotClient, requests_mock: Mocker
) -> None:
    requests_mock.delete(f"{KEYS}/old", status_code=204)
    requests_mock.get(KEYS, json=[key("new")])
    heard: list[str] = []

    def cancel() -> None:
        raise cancelled()

    with pytest.raises(GpkeysError) as caught:
        KeyReplacement(client, "old", "new", "N", lambda: heard.append("deleted")).make(cancel)
    assert caught.value.code is ErrorCode.CANCELLED
    assert heard == ["deleted"]
