"""People of the seeds, signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.simulator.remote.steering import Simulator
from tests.unit.simulator.people import Person


@pytest.fixture
def person(light_simulator: Simulator) -> Callable[[str], Person]:
    """Signs somebody in."""
    return lambda username: Person(light_simulator, username)


@pytest.fixture
def camille(person: Callable[[str], Person]) -> Person:
    """The account with many permissions."""
    return person("camille")


@pytest.fixture
def hector(person: Callable[[str], Person]) -> Person:
    """The account with keys of all four types."""
    return person("hector")
