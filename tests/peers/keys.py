"""Keys that open what the peers serve, made as the window makes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

import pytest

from gpkeys_plugin.entrepot.models import KeyType, Permission
from gpkeys_plugin.jobs.values import CreatedKey
from gpkeys_plugin.keys.draft import Grant, HashStorage, KeyDraft
from gpkeys_plugin.store.configurations import auth_configs
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.test_create_key import create

ORTHO = "rochebrune.ortho_vallee_2023"
BOUNDARIES = "rochebrune.limites_communales"
SCAN = "rochebrune.scan25.touristique"
PLU = "rochebrune.plu_2026"
OFFERINGS = (ORTHO, BOUNDARIES, SCAN, PLU)


@dataclass(frozen=True)
class Way:
    """How a key shows itself: its type, and where its hash is kept."""

    type: KeyType
    storage: HashStorage = HashStorage.URL


WAYS = {
    "hash in the URL": Way(KeyType.HASH),
    "hash in a header": Way(KeyType.HASH, HashStorage.HEADER),
    "login and password": Way(KeyType.BASIC),
}


def made(bench: Bench, way: Way) -> CreatedKey:
    """Create a key that opens what the peers serve, as the window does; skip where this QGIS cannot hold it."""
    if way.storage is HashStorage.HEADER and not auth_configs.has_header_method():
        pytest.skip("this QGIS has no APIHeader method (3.24 and later have)")
    draft = KeyDraft(
        name="Pairs",
        grants=grants(bench),
        type=way.type,
        login="essai-pairs",
        password="Mot-de-passe-26",  # pragma: allowlist secret - made up
        hash_storage=way.storage,
    )
    return create(bench, draft)


def grants(bench: Bench) -> tuple[Grant, ...]:
    """Return one grant for each offering that the peers serve."""
    now = datetime.now(timezone.utc)
    permissions: tuple[Permission, ...] = bench.run(lambda _: bench.signed_in.client().permissions())
    found = {
        offering.layer_name: Grant(offering.id, permission.id)
        for permission in permissions
        if permission.end_date is None or permission.end_date > now
        for offering in permission.offerings
        if offering.layer_name in OFFERINGS
    }
    assert set(found) == set(OFFERINGS)
    return tuple(found.values())
