"""People who deal with the simulated API, each with an access token."""

from __future__ import annotations

from typing import Any

import requests

from tests.simulator.memory.seeds import seed_id
from tests.simulator.remote.steering import Simulator

ME = "/users/me"
KEYS = f"{ME}/keys"
PERMISSIONS = f"{ME}/permissions"
_TIMEOUT_S = 30.0


class Person:
    """A seeded account, signed in."""

    def __init__(self, simulator: Simulator, username: str) -> None:
        self.username = username
        self._base = simulator.api_url
        self._session = simulator.session_for(username)

    def ask(self, method: str, path: str, body: object = None, **more: Any) -> requests.Response:
        """Send a request and take any answer."""
        if body is not None:
            more["json"] = body
        return self._session.request(method, self._base + path, timeout=_TIMEOUT_S, **more)

    def read(self, path: str, **parameters: object) -> Any:
        """The body of a successful GET."""
        answer = self.ask("GET", path, params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def new_key(self, name: str = "Essai", key_type: str = "HASH", **more: object) -> dict[str, Any]:
        """The body of a key just created."""
        answer = self.ask("POST", KEYS, {"name": name, "type": key_type, "type_infos": {}, **more})
        assert answer.status_code == 201, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def permission(self, licence: str) -> str:
        """Id of a permission of the seeds."""
        return seed_id("permission", f"{self.username}/{licence}")


def offering(layer_name: str) -> str:
    """Id of an offering of the seeds."""
    return seed_id("offering", layer_name)
