"""A key that opens every service and every form of tiles."""

from __future__ import annotations

import pytest

from tests.qgis.simulator.test_ogc_server import new_key
from tests.simulator.remote.steering import Simulator


@pytest.fixture
def hash_value(simulator: Simulator) -> str:
    """The hash of a key of basile's."""
    with simulator.session_for("basile") as basile:
        key_id = new_key(simulator, basile, {"name": "Essai ROK4", "type": "HASH", "type_infos": {}})
        detail = basile.get(f"{simulator.api_url}/users/me/keys/{key_id}", timeout=30).json()
        value: str = detail["type_infos"]["hash"]
        return value
