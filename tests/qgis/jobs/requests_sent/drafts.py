"""Drafts for services of the simulator by their layers, each through the first permission that opens it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone

from gpkeys_plugin.entrepot.models import KeyType
from gpkeys_plugin.keys.draft import Grant, KeyDraft
from gpkeys_plugin.keys.services.catalogue import is_expired
from tests.qgis.jobs.conftest import Bench
from tests.qgis.jobs.test_create_key import draft_of
from tests.simulator.memory import seeds

MAP_AND_DOWNLOAD = (seeds.SCAN, seeds.ARCHIVE)
"""Of two permissions."""


def draft_for(bench: Bench, type_: KeyType, layer_names: Sequence[str] = MAP_AND_DOWNLOAD) -> KeyDraft:
    """Return a draft for these layers."""
    now = datetime.now(timezone.utc)
    found = bench.run(lambda _: bench.signed_in.client().permissions())
    grants = {
        offering.layer_name: Grant(offering.id, permission.id)
        for permission in reversed(found)
        if not is_expired(permission, now)
        for offering in permission.offerings
    }
    return replace(draft_of(bench, type_), grants=tuple(grants[name] for name in layer_names))
