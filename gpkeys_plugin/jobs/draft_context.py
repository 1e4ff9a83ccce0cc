"""What a draft or an edit is checked against, here and now."""

from __future__ import annotations

from datetime import datetime, timezone

from ..entrepot.models import Key
from ..keys.problem import DraftContext
from ..keys.upkeep.holdings import Holdings
from ..store import settings
from ..store.configurations import auth_configs


def draft_context(holdings: Holdings, user_agent: str) -> DraftContext:
    """Return what the draft of a new key is checked against; `user_agent` is the header this QGIS sends."""
    oauth2 = holdings.oauth2_key
    communities = holdings.account.communities
    return DraftContext(
        now=datetime.now(timezone.utc),
        existing_names=frozenset(key.name for key in holdings.keys),
        oauth2_key_name=oauth2.name if oauth2 is not None else None,
        permissions=holdings.permissions,
        quota=holdings.account.keys_quota,
        used=len(holdings.keys),
        user_agent=user_agent,
        has_header_method=auth_configs.has_header_method(),
        fixed_storage=settings.fixed_hash_storage(),
        organisation=communities[0].name if len(communities) == 1 else "",
    )


def edit_context(key: Key, holdings: Holdings, user_agent: str) -> DraftContext:
    """Return what an edit of a key is checked against: its own name is free, the quota does not count."""
    return DraftContext(
        now=datetime.now(timezone.utc),
        existing_names=frozenset(other.name for other in holdings.keys if other.id != key.id),
        permissions=holdings.permissions,
        user_agent=user_agent,
        has_header_method=auth_configs.has_header_method(),
    )
