"""Requests, built without sending anything."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from gpkeys_plugin.entrepot import api_requests, json_writing
from gpkeys_plugin.entrepot.models import Filters, KeyCreation, KeyType, KeyUpdate

BASIC = KeyCreation("Clé", KeyType.BASIC, Filters(("192.0.2.0/24",), (), "x%.y", ""), "camille", "s-e-s-a-m-e")


def test_creation_of_each_type() -> None:
    assert json_writing.key_creation(BASIC) == {
        "name": "Clé",
        "type": "BASIC",
        "type_infos": {"login": "camille", "password": "s-e-s-a-m-e"},  # pragma: allowlist secret - made up
        "whitelist": ["192.0.2.0/24"],
        "user_agent": "x%.y",
    }
    for kind in (KeyType.HASH, KeyType.OAUTH2):
        assert json_writing.key_creation(KeyCreation("K", kind)) == {"name": "K", "type": kind.value, "type_infos": {}}


def test_update_sends_what_is_set_empty_or_not() -> None:
    assert json_writing.key_update(KeyUpdate()) == {}
    assert json_writing.key_update(KeyUpdate("n", (), None, "", None)) == {
        "name": "n",
        "whitelist": [],
        "user_agent": "",
    }


def test_accesses_with_and_without_permission() -> None:
    assert json_writing.access_creation("p", ["a", "b", "a"]) == {"permission": "p", "offerings": ["a", "b"]}
    assert json_writing.access_creation(None, ["a"]) == {"offerings": ["a"]}


def test_times_are_utc_milliseconds() -> None:
    moment = datetime(2026, 8, 1, 2, 0, 0, 999999, timezone(timedelta(hours=2)))
    assert json_writing.write_time(moment) == "2026-08-01T00:00:00.999Z"


def test_paths_and_queries() -> None:
    start = datetime(2026, 8, 1, tzinfo=timezone.utc)
    assert api_requests.access("k/1", "a b").path == "/users/me/keys/k%2F1/accesses/a%20b"
    assert api_requests.permissions(personal=True, community=False).query == (
        ("personal", "true"),
        ("community", "false"),
    )
    assert api_requests.permissions().query == ()
    assert api_requests.keys().page(2, 50).query == (("page", "2"), ("limit", "50"))
    stats = api_requests.key_stats("k/1", start, start, details=True)
    assert stats.path == "/users/me/keys/k%2F1/stats"
    assert stats.query[0] == ("start", "2026-08-01T00:00:00.000Z")
    assert stats.query[2] == ("details", "true")


@pytest.mark.parametrize("shown", [repr, str])
def test_no_secret_is_shown(shown: type[str]) -> None:
    operation = api_requests.create_key(BASIC)
    assert "s-e-s-a-m-e" not in shown(operation) + shown(BASIC)
    assert operation.secrets == ("s-e-s-a-m-e",)
