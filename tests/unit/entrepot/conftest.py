"""A client whose waits are written down instead of waited."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
import requests
from hypothesis import settings

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.request_turns import RequestTurns
from gpkeys_plugin.entrepot.retries import Patience

# Property tests that neither a slow machine nor chance can fail.
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")

API_URL = "https://api.example/api"


@dataclass
class Clock:
    """Counts the seconds that were waited, and cancels once they reach `cancel_after_s`."""

    waited_s: float = 0.0
    cancel_after_s: float | None = None
    cancelled: bool = field(default=False)

    def sleep(self, seconds: float) -> None:
        self.waited_s += seconds

    def now(self) -> float:
        return self.waited_s

    def is_cancelled(self) -> bool:
        return self.cancelled or (self.cancel_after_s is not None and self.waited_s >= self.cancel_after_s)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> EntrepotClient:
    turns = RequestTurns(now=clock.now)
    return EntrepotClient(
        requests.Session(), API_URL, patience=Patience(clock.is_cancelled, sleep=clock.sleep), turns=turns
    )
