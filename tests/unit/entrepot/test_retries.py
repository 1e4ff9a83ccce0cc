"""When reading is tried again, and how long is waited."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

import pytest
import requests
from requests_mock import Mocker

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.retries import LONGEST_ASKED_S, retry_after_s

from .conftest import API_URL, Clock

ME = f"{API_URL}/users/me"
ACCOUNT: dict[str, Any] = {"json": {"_id": "a", "email": "e@x.example"}}


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_passing_failure_is_waited_out(
    client: EntrepotClient, requests_mock: Mocker, clock: Clock, status: int
) -> None:
    requests_mock.get(ME, [{"status_code": status}, {"status_code": status}, ACCOUNT])
    assert client.me().id == "a"
    assert 0 < clock.waited_s < 5


def test_a_lost_connection_is_tried_again(client: EntrepotClient, requests_mock: Mocker) -> None:
    requests_mock.get(ME, [{"exc": requests.ConnectionError}, ACCOUNT])
    assert client.me().id == "a"


@pytest.mark.parametrize(
    "failure",
    [{"status_code": 500}, {"status_code": 401}, {"status_code": 404}, {"text": "{"}, {"exc": requests.ReadTimeout}],
)
def test_other_failures_are_not(client: EntrepotClient, requests_mock: Mocker, failure: dict[str, object]) -> None:
    requests_mock.get(ME, [failure, ACCOUNT])
    with pytest.raises(GpkeysError):
        client.me()
    assert requests_mock.call_count == 1


def test_the_server_says_how_long(client: EntrepotClient, requests_mock: Mocker, clock: Clock) -> None:
    requests_mock.get(ME, [{"status_code": 429, "headers": {"retry-after": "5"}}, ACCOUNT])
    client.me()
    assert clock.waited_s == pytest.approx(5)


@pytest.mark.parametrize(
    "header", ["", "soon", "-3", "²", "Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 99999 07:28:00"]
)
def test_a_useless_retry_after_is_survived(
    client: EntrepotClient, requests_mock: Mocker, clock: Clock, header: str
) -> None:
    requests_mock.get(ME, [{"status_code": 503, "headers": {"Retry-After": header}}, ACCOUNT])
    client.me()
    assert clock.waited_s < 5


def _told(header: str) -> float | None:
    response = requests.Response()
    response.headers["Retry-After"] = header
    return retry_after_s(response)


@pytest.mark.parametrize(
    "header", ["²", "٣", "soon", "-3", "1.5", "9" * 5000, "Wed,,,", "Wed, 21 Oct 99999 07:28:00 GMT"]
)
def test_what_says_no_time_is_not_told(header: str) -> None:
    assert _told(header) is None


def test_a_date_is_read_as_the_seconds_until_then() -> None:
    seconds = _told(format_datetime(datetime.now(timezone.utc) + timedelta(seconds=90), usegmt=True))
    assert seconds == pytest.approx(90, abs=5)


@pytest.mark.parametrize("header", ["9" * 300, "Wed, 21 Oct 2999 07:28:00 GMT"])
def test_no_wait_is_longer_than_a_day(header: str) -> None:
    seconds = _told(header)
    assert seconds is not None
    assert 3600 <= seconds <= LONGEST_ASKED_S


def test_too_long_a_wait_is_an_error_that_tells_it(client: EntrepotClient, requests_mock: Mocker, clock: Clock) -> None:
    requests_mock.get(ME, status_code=429, headers={"Retry-After": "3600"})
    with pytest.raises(GpkeysError) as caught:
        client.me()
    assert (caught.value.code, caught.value.retry_after_s, clock.waited_s) == (ErrorCode.RATE_LIMITED, 3600, 0)


def test_it_ends(client: EntrepotClient, requests_mock: Mocker, clock: Clock) -> None:
    requests_mock.get(ME, status_code=503)
    with pytest.raises(GpkeysError) as caught:
        client.me()
    assert caught.value.code is ErrorCode.SERVER
    assert requests_mock.call_count == 5
    assert clock.waited_s < 30


def test_a_cancel_ends_the_wait(client: EntrepotClient, requests_mock: Mocker, clock: Clock) -> None:
    clock.cancel_after_s = 2
    requests_mock.get(ME, status_code=429, headers={"Retry-After": "50"})
    with pytest.raises(GpkeysError) as caught:
        client.me()
    assert caught.value.code is ErrorCode.CANCELLED
    assert clock.waited_s < 3


def test_once_cancelled_nothing_is_sent(client: EntrepotClient, requests_mock: Mocker, clock: Clock) -> None:
    clock.cancelled = True
    requests_mock.get(ME, **ACCOUNT)
    with pytest.raises(GpkeysError) as caught:
        client.me()
    assert caught.value.code is ErrorCode.CANCELLED
    assert requests_mock.call_count == 0


def test_the_default_sleep_really_waits_a_little() -> None:
    from gpkeys_plugin.entrepot.retries import sleep

    sleep(0)
