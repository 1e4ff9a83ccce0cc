"""How a key differs from the permissions it uses: what was granted since, and what has ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Iterable, Sequence

from ...entrepot.models import Access, KeyType, Permission
from ..draft import Grant
from ..services.catalogue import is_expired
from .overview import expired_accesses


@dataclass(frozen=True)
class Synchronisation:
    """What is proposed for a key: services to add, accesses to remove. Nothing of it is done without a yes."""

    new: tuple[Grant, ...] = ()
    expired: tuple[Access, ...] = ()

    @property
    def removals(self) -> Synchronisation:
        """The accesses to remove alone."""
        return Synchronisation(expired=self.expired)

    @property
    def additions(self) -> Synchronisation:
        """The services to add, and of the accesses to remove only those that these take the place of."""
        added = {grant.offering_id for grant in self.new}
        return Synchronisation(self.new, tuple(access for access in self.expired if access.offering.id in added))


def synchronisation(
    key_type: KeyType, accesses: Sequence[Access], permissions: Iterable[Permission], now: datetime
) -> Synchronisation:
    """Return what a key lacks of the permissions it uses, and which of its accesses have ended."""
    used = {access.permission.id for access in accesses if access.permission is not None}
    ended = expired_accesses(accesses, now)
    # What is open through a permission that has ended is open no more.
    opened = {access.offering.id for access in accesses if access not in ended}
    new: dict[str, Grant] = {}
    for permission in permissions:
        is_usable = key_type is KeyType.OAUTH2 or not permission.only_oauth
        if permission.id in used and is_usable and not is_expired(permission, now):
            for offering in permission.offerings:
                if offering.id not in opened:
                    new.setdefault(offering.id, Grant(offering.id, permission.id))
    return Synchronisation(tuple(new.values()), ended)
