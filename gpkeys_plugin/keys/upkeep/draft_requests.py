"""What is asked of the Géoplateforme for a draft to come true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable

from ...entrepot.models import KeyCreation, KeyType
from ..draft import Grant, KeyDraft
from ..rules.draft_rules import api_filters


@dataclass(frozen=True)
class AddAccesses:
    """Open offerings to a key, all through one permission (None for open offerings)."""

    permission_id: str | None
    offering_ids: tuple[str, ...]


def key_creation(draft: KeyDraft) -> KeyCreation:
    """Return what creates the key of a draft: with its filters, without any access yet."""
    is_basic = draft.type is KeyType.BASIC
    return KeyCreation(
        name=draft.name.strip(),
        type=draft.type,
        filters=api_filters(draft.filters),
        login=draft.login if is_basic else None,
        password=draft.password if is_basic else None,
    )


def access_steps(grants: Iterable[Grant]) -> tuple[AddAccesses, ...]:
    """Return what opens services to a key that exists: one request a permission, in the order of the grants."""
    offerings: dict[str | None, dict[str, None]] = {}
    for grant in grants:
        offerings.setdefault(grant.permission_id, {})[grant.offering_id] = None
    return tuple(AddAccesses(permission_id, tuple(ids)) for permission_id, ids in offerings.items())
