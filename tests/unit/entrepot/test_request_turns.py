"""Turns: so many at once, in the order they were asked for, none while the platform wants to be left alone."""

from __future__ import annotations

import threading

import pytest
import requests
from requests_mock import Mocker

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.errors import ErrorCode, GpkeysError
from gpkeys_plugin.entrepot.request_turns import MOST_AT_ONCE, RequestTurns, side_by_side
from gpkeys_plugin.entrepot.retries import Patience
from tests.unit.entrepot.conftest import API_URL, Clock

_PATIENCE_S = 30


class Queued(Patience):
    """Says when it has been asked whether to wait on: whoever waits stands in the queue then."""

    def __init__(self) -> None:
        super().__init__()
        object.__setattr__(self, "stands", threading.Event())

    stands: threading.Event

    def check(self) -> None:
        self.stands.set()


def test_those_who_wait_come_in_the_order_they_asked() -> None:
    turns, came = RequestTurns(1), list[int]()

    def take(number: int, patience: Queued) -> None:
        with turns.taken(patience):
            came.append(number)

    threads: list[threading.Thread] = []
    with turns.taken(Patience()):
        for number in range(4):
            patience = Queued()
            threads.append(threading.Thread(target=take, args=(number, patience)))
            threads[-1].start()
            assert patience.stands.wait(_PATIENCE_S)
    for thread in threads:
        thread.join(_PATIENCE_S)
    assert came == [0, 1, 2, 3]


def test_as_many_as_there_are_turns_go_side_by_side() -> None:
    turns, together = RequestTurns(), threading.Barrier(MOST_AT_ONCE)

    def take(number: int) -> int:
        with turns.taken(Patience()):
            together.wait(_PATIENCE_S)
            return number

    assert side_by_side(take, range(MOST_AT_ONCE)) == list(range(MOST_AT_ONCE))


def test_who_is_cancelled_in_the_queue_holds_nobody_up() -> None:
    turns = RequestTurns(1)
    with turns.taken(Patience()), pytest.raises(GpkeysError) as caught, turns.taken(Patience(lambda: True)):
        pass
    assert caught.value.code is ErrorCode.CANCELLED
    with turns.taken(Patience()):
        pass


def test_an_error_gives_the_turn_back() -> None:
    turns = RequestTurns(1)
    for _ in range(3):
        with pytest.raises(KeyError), turns.taken(Patience()):
            raise KeyError


def test_what_one_is_asked_to_wait_all_wait(requests_mock: Mocker, clock: Clock) -> None:
    turns, patience = RequestTurns(now=clock.now), Patience(clock.is_cancelled, sleep=clock.sleep)
    one, other = (EntrepotClient(requests.Session(), API_URL, patience=patience, turns=turns) for _ in range(2))
    requests_mock.post(f"{API_URL}/users/me/keys/k/accesses", status_code=429, headers={"Retry-After": "20"})
    requests_mock.get(f"{API_URL}/users/me", json={"_id": "a", "email": "e@x.example"})
    clock.cancel_after_s = 5
    with pytest.raises(GpkeysError):
        one.create_accesses("k", None, ["o"])
    clock.cancel_after_s = None
    other.me()
    assert clock.waited_s == pytest.approx(20, abs=0.2)


def test_a_wait_is_told_second_by_second(requests_mock: Mocker, clock: Clock) -> None:
    told: list[int] = []
    patience = Patience(clock.is_cancelled, told.append, clock.sleep)
    client = EntrepotClient(requests.Session(), API_URL, patience=patience, turns=RequestTurns(now=clock.now))
    account = {"json": {"_id": "a", "email": "e@x.example"}}
    requests_mock.get(f"{API_URL}/users/me", [{"status_code": 429, "headers": {"Retry-After": "3"}}, account])
    client.me()
    assert told == [3, 2, 1, 0]
    assert clock.waited_s == pytest.approx(3, abs=0.2)
