"""An account of any size: read through the API, its layers served by the gateway."""

from __future__ import annotations

import requests

from tests.simulator.remote.steering import Simulator

_SIZE = {"permissions": 3, "offerings": 5, "keys": 12, "accesses": 2}


def test_it_has_what_was_sown_and_room_for_more(light_simulator: Simulator) -> None:
    light_simulator.sow("nadia", **_SIZE)
    session, me = light_simulator.session_for("nadia"), f"{light_simulator.api_url}/users/me"
    permissions = session.get(f"{me}/permissions").json()
    keys = session.get(f"{me}/keys?limit=100").json()
    assert [len(permission["offerings"]) for permission in permissions] == [5, 5, 5]
    assert len(keys) == 12
    assert len(session.get(f"{me}/keys/{keys[5]['_id']}/accesses").json()) == 2
    assert session.get(me).json()["keys_quota"] > 12


def test_its_layers_are_served_to_its_keys_alone(light_simulator: Simulator) -> None:
    light_simulator.sow("nadia", **_SIZE)
    key = light_simulator.session_for("nadia").get(f"{light_simulator.api_url}/users/me/keys").json()[0]
    details = light_simulator.session_for("nadia").get(f"{light_simulator.api_url}/users/me/keys/{key['_id']}").json()
    headers = {"apikey": details["type_infos"]["hash"]}
    tiles, other = (f"{light_simulator.gateway_url}/tms/1.0.0/essai.couche_{name}" for name in ("0000_00", "0002_00"))
    assert requests.get(tiles, headers=headers, timeout=30).status_code == 200
    assert requests.get(other, headers=headers, timeout=30).status_code == 403


def test_a_reset_takes_all_of_it_away(light_simulator: Simulator) -> None:
    light_simulator.sow("nadia", **_SIZE)
    light_simulator.reset()
    assert light_simulator.session_for("nadia").get(f"{light_simulator.api_url}/users/me/keys").json() == []
