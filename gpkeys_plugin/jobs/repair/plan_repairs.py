"""Use case: say what mends each layer that was found. On the main thread only; nothing is asked."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Sequence

from ...keys.layer_needs.remedies import CouldBeOpenedBy, OpenedBy, Remedy, remedies
from ...keys.layer_needs.rights import AccountRights
from ...keys.services import catalogue
from ...keys.upkeep.holdings import Holdings
from ...keys.upkeep.overview import KeyOverview
from ..steps.account_sessions import SignedIn
from .known_here import keys_without_secret
from .repair_values import LayerPlan, ProjectFindings


def plan_repairs(
    findings: ProjectFindings, signed_in: SignedIn, overviews: Sequence[KeyOverview], holdings: Holdings | None
) -> tuple[LayerPlan, ...]:
    """Return a plan for each layer that lacks a key or is dark, in the order they were found."""
    wanting = [layer for layer in findings.layers if layer.is_to_mend]
    account = account_rights(signed_in, overviews, holdings)
    found = remedies([layer.need for layer in wanting], account, datetime.now(timezone.utc))
    without_secret = account.without_secret if account is not None else ()
    return tuple(LayerPlan(layer, remedy, _key_id(remedy) in without_secret) for layer, remedy in zip(wanting, found))


def account_rights(
    signed_in: SignedIn, overviews: Sequence[KeyOverview], holdings: Holdings | None
) -> AccountRights | None:
    """Return what the account may open, None where nobody is signed in."""
    if holdings is None:
        return None
    known = {row.key.id: row for row in overviews}
    rows = tuple(known.get(key.id) or KeyOverview(key) for key in holdings.keys)
    offered = catalogue.build(holdings.permissions, datetime.now(timezone.utc))
    return AccountRights(rows, offered, holdings.account.id, keys_without_secret(holdings.keys, signed_in))


def _key_id(remedy: Remedy) -> str:
    return remedy.key.id if isinstance(remedy, (OpenedBy, CouldBeOpenedBy)) else ""
