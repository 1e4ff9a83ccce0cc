"""What of a key can be changed, before and after an edit; and what brings the key of now to either of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Iterable, Sequence

from ...entrepot import lost_answers
from ...entrepot.models import Access, Filters, KeyDetails, KeyUpdate
from ..draft import Grant
from .draft_requests import access_steps
from .key_edits import KeyDifference, grant_of


@dataclass(frozen=True)
class KeyState:
    """A key's name, its filters as the platform stores them, and all that it opens."""

    name: str
    filters: Filters
    grants: tuple[Grant, ...] = ()


def state_of(details: KeyDetails, accesses: Sequence[Access]) -> KeyState:
    """Return what a key is now."""
    return KeyState(details.key.name, details.filters, tuple(map(grant_of, accesses)))


def changed(state: KeyState, found: KeyDifference) -> KeyState:
    """Return what a key is once a difference was asked for."""
    update = found.update
    return KeyState(
        name=state.name if update.name is None else update.name,
        filters=filters_after(state.filters, update),
        grants=grants_after(state.grants, found),
    )


def grants_after(now: Iterable[Grant], found: KeyDifference) -> tuple[Grant, ...]:
    """Return all that a key opens once a difference was asked for."""
    closed = set(map(grant_of, found.removals))
    kept = (grant for grant in now if grant not in closed)
    added = (Grant(offering_id, step.permission_id) for step in found.additions for offering_id in step.offering_ids)
    return tuple(dict.fromkeys((*kept, *added)))


def filters_after(now: Filters, update: KeyUpdate) -> Filters:
    """Return the filters that a key has once an update was made."""
    return replace(
        now,
        whitelist=now.whitelist if update.whitelist is None else update.whitelist,
        blacklist=now.blacklist if update.blacklist is None else update.blacklist,
        user_agent=now.user_agent if update.user_agent is None else update.user_agent or None,
        referer=now.referer if update.referer is None else update.referer or None,
    )


def towards(wanted: KeyState, other: KeyState, details: KeyDetails, accesses: Sequence[Access]) -> KeyDifference:
    """Return what a key lacks to be as `wanted`, in all that `other` has otherwise; what they share is left alone.

    So what somebody else has changed meanwhile stays, unless the edit was about just that.
    """
    present = set(map(grant_of, accesses))
    closed = set(other.grants) - set(wanted.grants)
    missing = (grant for grant in wanted.grants if grant not in other.grants and grant not in present)
    return KeyDifference(
        additions=access_steps(missing),
        update=_update(wanted, other, details),
        removals=tuple(access for access in accesses if grant_of(access) in closed),
    )


def _update(wanted: KeyState, other: KeyState, details: KeyDetails) -> KeyUpdate:
    to, of = wanted.filters, other.filters
    update = KeyUpdate(
        name=wanted.name if wanted.name != other.name else None,
        whitelist=to.whitelist if to.whitelist != of.whitelist else None,
        blacklist=to.blacklist if to.blacklist != of.blacklist else None,
        user_agent=(to.user_agent or "") if to.user_agent != of.user_agent else None,
        referer=(to.referer or "") if to.referer != of.referer else None,
    )
    return KeyUpdate() if lost_answers.is_updated(update, details) else update
