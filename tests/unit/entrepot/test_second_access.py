"""A second access to an offering, through another permission: what the platform does of it is told as it is."""

from __future__ import annotations

import pytest

from gpkeys_plugin.entrepot.client import EntrepotClient
from gpkeys_plugin.entrepot.errors import Conflict, ErrorCode, GpkeysError
from gpkeys_plugin.keys.services import catalogue
from tests.simulator.remote.steering import Simulator

from .test_client_against_simulator import HASH, camille, connect, now

__all__ = ["camille", "connect"]


def _scan_twice(client: EntrepotClient) -> tuple[str, list[str]]:
    """Return an offering and the permissions that open it, two of them."""
    choice = next(one for one in catalogue.build(client.permissions(), now()).choices if one.alternatives)
    return choice.offering.id, [choice.permission.id, *(other.id for other in choice.alternatives)]


def test_a_second_access_to_an_offering_is_had_where_the_platform_gives_it(camille: EntrepotClient) -> None:
    key_id = camille.create_key(HASH, existing_ids=()).key.id
    offering_id, permission_ids = _scan_twice(camille)
    for permission_id in permission_ids:
        camille.create_accesses(key_id, permission_id, [offering_id])
    accesses = camille.accesses(key_id)
    assert [access.permission.id for access in accesses if access.permission] == permission_ids


def test_a_second_access_that_is_refused_is_told_plainly(camille: EntrepotClient, light_simulator: Simulator) -> None:
    light_simulator.switch(second_access="409")
    key_id = camille.create_key(HASH, existing_ids=()).key.id
    offering_id, (first, second) = _scan_twice(camille)
    camille.create_accesses(key_id, first, [offering_id])
    with pytest.raises(GpkeysError) as caught:
        camille.create_accesses(key_id, second, [offering_id])
    assert (caught.value.code, caught.value.conflict, caught.value.status) == (ErrorCode.CONFLICT, Conflict.ACCESS, 409)
    assert "one permission only" in str(caught.value.user)
    assert "rochebrune.scan25.touristique" in str(caught.value.user)
    assert len(camille.accesses(key_id)) == 1
    # What is there already through that permission is no error still.
    camille.create_accesses(key_id, first, [offering_id])
