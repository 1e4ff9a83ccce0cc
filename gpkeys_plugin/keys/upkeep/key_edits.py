"""What is wanted of a key that exists, and the difference to what it is: only that is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterable, Sequence

from ...entrepot.models import Access, Filters, KeyDetails, KeyUpdate
from ..draft import Grant, PlainFilters
from ..problem import Field
from ..rules.header_patterns import containing, plain_text
from ..rules.ip_ranges import normalized
from .draft_requests import AddAccesses, access_steps


@dataclass(frozen=True)
class KeyEdit:
    """What is wanted of a key: None leaves a property as it is, an empty text or tuple clears a filter.

    `grants` are all that it is to open; `user_agent` and `referer` are plain texts, as in a draft.
    """

    name: str | None = None
    grants: Sequence[Grant] | None = None
    whitelist: tuple[str, ...] | None = None
    blacklist: tuple[str, ...] | None = None
    user_agent: str | None = None
    referer: str | None = None


@dataclass(frozen=True)
class KeyDifference:
    """What must be asked for, in this order: additions, the update, removals."""

    additions: tuple[AddAccesses, ...] = ()
    update: KeyUpdate = field(default_factory=KeyUpdate)
    removals: tuple[Access, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to ask for."""
        return self == KeyDifference()


def difference(details: KeyDetails, accesses: Sequence[Access], edit: KeyEdit) -> KeyDifference:
    """Return what must be asked for a key to become as it is wanted; what stays as it is is not in it."""
    present = {grant_of(access) for access in accesses}
    wanted = present if edit.grants is None else set(edit.grants)
    return KeyDifference(
        additions=access_steps(grant for grant in edit.grants or () if grant not in present),
        update=_update(details, edit),
        removals=tuple(access for access in accesses if grant_of(access) not in wanted),
    )


def rebased(found: KeyDifference, accesses: Sequence[Access]) -> KeyDifference:
    """Return the difference to the accesses of now, which somebody else may have changed meanwhile.

    What is there already is not added, what has gone is not removed, and all else is left alone.
    """
    present = {grant_of(access) for access in accesses}
    removed = {grant_of(access) for access in found.removals}
    wanted = (Grant(offering_id, step.permission_id) for step in found.additions for offering_id in step.offering_ids)
    return KeyDifference(
        additions=access_steps(grant for grant in wanted if grant not in present),
        update=found.update,
        removals=tuple(access for access in accesses if grant_of(access) in removed),
    )


def grant_of(access: Access) -> Grant:
    """Return an access as a draft holds it."""
    return Grant(access.offering.id, access.permission.id if access.permission is not None else None)


def grants_of(
    accesses: Iterable[Access], *, added: Iterable[Grant] = (), removed: Iterable[Access] = ()
) -> tuple[Grant, ...]:
    """Return what a key opens, as a draft holds it: but for what is `removed`, and with what is `added`."""
    left_out = {grant_of(access) for access in removed}
    kept = (grant for grant in map(grant_of, accesses) if grant not in left_out)
    return tuple(dict.fromkeys((*kept, *added)))


def with_twins(ticked: Iterable[Grant], filled: Sequence[Grant]) -> tuple[Grant, ...]:
    """Return what is ticked; of an offering that was filled in through several permissions, its other grants too.

    An offering has one box only: as long as it is ticked through one of them, all of them stay.
    """
    twins: dict[str, list[Grant]] = {}
    for grant in filled:
        twins.setdefault(grant.offering_id, []).append(grant)
    found: dict[Grant, None] = {}
    for grant in ticked:
        same = twins.get(grant.offering_id, ())
        found.update(dict.fromkeys((grant, *same) if grant in same else (grant,)))
    return tuple(found)


def plain_filters(filters: Filters) -> PlainFilters:
    """Return a key's filters in plain text, empty for a pattern that says something else."""
    user_agent, referer = _shown(filters.user_agent), _shown(filters.referer)
    return PlainFilters(filters.whitelist, filters.blacklist, user_agent or "", referer or "")


def strange_patterns(filters: Filters) -> dict[Field, str]:
    """Return the patterns of a key that say something that plain text cannot."""
    stored = {Field.USER_AGENT: filters.user_agent, Field.REFERER: filters.referer}
    return {place: pattern for place, pattern in stored.items() if pattern and _shown(pattern) is None}


def _update(details: KeyDetails, edit: KeyEdit) -> KeyUpdate:
    now, name = details.filters, details.key.name if edit.name is None else edit.name.strip()
    return KeyUpdate(
        name=name if name != details.key.name else None,
        whitelist=_changed_list(now.whitelist, edit.whitelist),
        blacklist=_changed_list(now.blacklist, edit.blacklist),
        user_agent=_changed_pattern(now.user_agent, edit.user_agent),
        referer=_changed_pattern(now.referer, edit.referer),
    )


def _changed_list(now: Sequence[str], wanted: Sequence[str] | None) -> tuple[str, ...] | None:
    if wanted is None:
        return None
    ranges = tuple(dict.fromkeys(normalized(entry) for entry in wanted if entry.strip()))
    return None if set(ranges) == {normalized(entry) for entry in now} else ranges


def _changed_pattern(now: str | None, wanted: str | None) -> str | None:
    if wanted is None or wanted.strip() == _shown(now):
        return None
    text = wanted.strip()
    return containing(text) if text else ""


def _shown(pattern: str | None) -> str | None:
    """Return the text a stored pattern asks for, empty for no filter; None when no text says the same."""
    return plain_text(pattern) if pattern else ""
