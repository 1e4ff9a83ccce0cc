"""A key as the list shows it: what it opens, until when, when it was last used, and what calls for attention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Iterable

from ...entrepot.errors import GpkeysError
from ...entrepot.models import Access, Hits, Key, KeyType, OfferingType, Permission
from ..last_day import days_left
from ..services.catalogue import is_expired
from ..services.search_folding import folded
from ..services.titles import NO_TITLES, TitleBook

UNUSED_AFTER = timedelta(days=90)
USAGE_PERIOD = timedelta(days=365)
CONNECTABLE = (KeyType.BASIC, KeyType.HASH, KeyType.OAUTH2)
"""The types of keys that QGIS can send to a service."""


class Attention(Enum):
    """What is to be known about a key, the most urgent first."""

    UNREADABLE = "unreadable"
    EXPIRED_ACCESSES = "expired-accesses"
    ENDS_WITHIN_1_DAY = "1"
    ENDS_WITHIN_7_DAYS = "7"
    ENDS_WITHIN_30_DAYS = "30"
    NO_ACCESS = "no-access"
    UNUSED = "unused"


@dataclass(frozen=True)
class KeyOverview:
    """A key and what was read about it so far.

    `accesses` is None until they are read, `usage` (the past 365 days) until that is read or where the platform does
    not tell. `problem` is why the accesses could not be read. `is_connected`: QGIS holds something for this key.
    """

    key: Key
    accesses: tuple[Access, ...] | None = None
    usage: Hits | None = None
    is_connected: bool = False
    problem: GpkeysError | None = None

    @property
    def last_use(self) -> datetime | None:
        """When the key was last used in the past 365 days, None when it was not or that is not known."""
        return self.usage.end_date if self.usage is not None and self.usage.hits else None

    @property
    def offering_types(self) -> tuple[OfferingType, ...]:
        """The types of the services it opens, each once, sorted by the API's word."""
        types = {access.offering.type for access in self.accesses or ()}
        return tuple(sorted(types, key=lambda found: found.value))


def first_to_end(accesses: Iterable[Access], now: datetime) -> Permission | None:
    """Return the permission that ends first of those that still hold; None when none of them ever does."""
    ending = [
        (access.permission.end_date, access.permission)
        for access in accesses
        if access.permission is not None and access.permission.end_date is not None
    ]
    left = [(end, permission) for end, permission in ending if not is_expired(permission, now)]
    return min(left, key=lambda found: found[0])[1] if left else None


def first_end(row: KeyOverview, now: datetime) -> datetime | None:
    """Return when the first permission that still holds ends; None when none of them ever does."""
    permission = first_to_end(row.accesses or (), now)
    return permission.end_date if permission is not None else None


def ends_within(row: KeyOverview, days: int, now: datetime) -> bool:
    """Return whether one of the key's permissions has ended or ends within so many days, today's end counting as 0."""
    end = first_end(row, now)
    return bool(expired_accesses(row.accesses or (), now)) or (end is not None and days_left(end, now) <= days)


def expired_accesses(accesses: Iterable[Access], now: datetime) -> tuple[Access, ...]:
    """Return the accesses whose permission has ended."""
    return tuple(access for access in accesses if access.permission is not None and is_expired(access.permission, now))


def attentions(row: KeyOverview, now: datetime) -> tuple[Attention, ...]:
    """Return what calls for attention, the most urgent first; nothing for what was not read yet."""
    if row.problem is not None:
        return (Attention.UNREADABLE,)
    if row.accesses is None:
        return ()
    found = (_expiry(row, now), _emptiness(row), _disuse(row, now))
    expired = (Attention.EXPIRED_ACCESSES,) if expired_accesses(row.accesses, now) else ()
    return expired + tuple(attention for attention in found if attention is not None)


def matches(
    row: KeyOverview,
    text: str,
    key_type: KeyType | None = None,
    offering: OfferingType | None = None,
    titles: TitleBook = NO_TITLES,
) -> bool:
    """Return whether a key is of the type, opens the service, and holds every word of `text`.

    Words are looked for in its name, its type, and in the names and titles of its layers.
    """
    if key_type is not None and row.key.type is not key_type:
        return False
    if offering is not None and offering not in row.offering_types:
        return False
    words = folded(text).split()
    if not words:
        return True
    names = [access.offering.layer_name for access in row.accesses or ()]
    pieces = (row.key.name, row.key.type.value, *names)
    known = " ".join((*map(folded, pieces), *map(titles.folded_title, names)))
    return all(word in known for word in words)


def _expiry(row: KeyOverview, now: datetime) -> Attention | None:
    end = first_end(row, now)
    if end is None:
        return None
    left = days_left(end, now)
    steps = ((1, Attention.ENDS_WITHIN_1_DAY), (7, Attention.ENDS_WITHIN_7_DAYS), (30, Attention.ENDS_WITHIN_30_DAYS))
    return next((attention for days, attention in steps if left <= days), None)


def _emptiness(row: KeyOverview) -> Attention | None:
    return None if row.accesses else Attention.NO_ACCESS


def _disuse(row: KeyOverview, now: datetime) -> Attention | None:
    """A key younger than that has had no time to be used."""
    is_young = row.key.creation is None or now - row.key.creation < UNUSED_AFTER
    if row.usage is None or (row.last_use is None and is_young):
        return None
    return Attention.UNUSED if row.last_use is None or now - row.last_use >= UNUSED_AFTER else None
